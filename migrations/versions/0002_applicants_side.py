"""The applicant's side."""

import sqlalchemy as sa
from alembic import op

revision = "0002_applicants_side"
down_revision = "0001_first_tables"
# Columns that may not be empty, filled in the rows that stood there before.
FILLED = {
    "applications": ("form_version",),
    "budget_rows": ("sources", "partner"),
    "calls": ("conditions",),
    "organisation_documents": ("title",),
    "organisations": (
        "is_vat_payer",
        "bank_address",
        "swift",
        "seat_municipality",
        "seat_region",
        "contact_name",
        "contact_email",
        "contact_phone",
        "activity_code",
    ),
    "partners": ("kind", "jib", "country", "representative", "email", "brings"),
}


def upgrade() -> None:
    """The applicant's side."""
    op.create_table(
        "mail_settings",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "at_once",
                "daily",
                name="mail_mode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("last_digest_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_settings")),
        sa.UniqueConstraint("user_id", name=op.f("uq_mail_settings_user_id")),
    )
    op.create_table(
        "asked_questions",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "answered",
                "set_aside",
                name="question_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["users.id"], name=op.f("fk_asked_questions_asked_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name=op.f("fk_asked_questions_call_id_calls")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_asked_questions_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_questions")),
        sa.UniqueConstraint("slug", name=op.f("uq_asked_questions_slug")),
    )
    with op.batch_alter_table("asked_questions", schema=None) as batch_op:
        batch_op.create_index("ix_asked_questions_call", ["call_id", "status"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_asked_questions_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "call_corrections",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "sent",
                "published",
                name="correction_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name=op.f("fk_call_corrections_call_id_calls")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_call_corrections_made_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_call_corrections_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["users.id"],
            name=op.f("fk_call_corrections_published_by_id_users"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_corrections")),
        sa.UniqueConstraint("call_id", "number", name=op.f("uq_call_corrections_call_id_number")),
        sa.UniqueConstraint("slug", name=op.f("uq_call_corrections_slug")),
    )
    with op.batch_alter_table("call_corrections", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_call_corrections_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "form_versions",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name=op.f("fk_form_versions_call_id_calls")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_form_versions_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["users.id"], name=op.f("fk_form_versions_published_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_versions")),
        sa.UniqueConstraint("call_id", "number", name=op.f("uq_form_versions_call_id_number")),
    )
    with op.batch_alter_table("form_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_form_versions_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "representative_terms",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["users.id"],
            name=op.f("fk_representative_terms_confirmed_by_id_users"),
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["documents.id"],
            name=op.f("fk_representative_terms_evidence_id_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_representative_terms_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_representative_terms_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representative_terms")),
    )
    with op.batch_alter_table("representative_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_representative_terms_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "standings",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "report_due",
                "report_late",
                "return_due",
                name="standing_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_standings_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_standings_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standings")),
        sa.UniqueConstraint(
            "organisation_id",
            "kind",
            "reference",
            name=op.f("uq_standings_organisation_id_kind_reference"),
        ),
    )
    with op.batch_alter_table("standings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_standings_municipality_id"), ["municipality_id"], unique=False
        )
        batch_op.create_index("ix_standings_organisation", ["organisation_id"], unique=False)

    op.create_table(
        "answer_versions",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("question_text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_answer_versions_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["users.id"], name=op.f("fk_answer_versions_published_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["asked_questions.id"],
            name=op.f("fk_answer_versions_question_id_asked_questions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_versions")),
        sa.UniqueConstraint(
            "question_id", "version", name=op.f("uq_answer_versions_question_id_version")
        ),
    )
    with op.batch_alter_table("answer_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_versions_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "messages",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("is_from_office", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_messages_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_messages_author_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_messages_document_id_documents")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_messages_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("slug", name=op.f("uq_messages_slug")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index("ix_messages_application", ["application_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_messages_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "partner_statements",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_name", sa.Text(), nullable=False),
        sa.Column("signed_title", sa.Text(), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_partner_statements_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["users.id"], name=op.f("fk_partner_statements_asked_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_partner_statements_document_id_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_partner_statements_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_statements")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_partner_statements_token_hash")),
    )
    with op.batch_alter_table("partner_statements", schema=None) as batch_op:
        batch_op.create_index(
            "ix_partner_statements_application", ["application_id", "row"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_partner_statements_municipality_id"), ["municipality_id"], unique=False
        )

    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("form_version", sa.Integer(), nullable=False, server_default="1")
        )
        batch_op.add_column(sa.Column("keyed_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_applications_keyed_by_id_users"), "users", ["keyed_by_id"], ["id"]
        )

    with op.batch_alter_table("budget_rows", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sources", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("partner", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.add_column(sa.Column("questions_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("conditions", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("organisation_documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reminded_for", sa.Date(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_organisation_documents_replaces_id_organisation_documents"),
            "organisation_documents",
            ["replaces_id"],
            ["id"],
        )

    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_vat_payer", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("bank_address", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("swift", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("last_registered_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("seat_municipality", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("seat_region", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("contact_name", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("contact_email", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("contact_phone", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("activity_code", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("members_women", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("members_youth", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("contractors_count", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("volunteers_women", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("representative_until", sa.Date(), nullable=True))

    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("jib", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("country", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("representative", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("email", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("brings", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("snapshots", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pdf_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_snapshots_pdf_id_documents"), "documents", ["pdf_id"], ["id"]
        )

    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar_key", sa.Text(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_users_calendar_key"), ["calendar_key"])

    # Rows that stood there got these once; from now on the models say them.
    for table, columns in FILLED.items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_users_calendar_key"), type_="unique")
        batch_op.drop_column("calendar_key")

    with op.batch_alter_table("snapshots", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_snapshots_pdf_id_documents"), type_="foreignkey")
        batch_op.drop_column("pdf_id")

    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.drop_column("brings")
        batch_op.drop_column("email")
        batch_op.drop_column("representative")
        batch_op.drop_column("country")
        batch_op.drop_column("jib")
        batch_op.drop_column("kind")

    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_column("representative_until")
        batch_op.drop_column("volunteers_women")
        batch_op.drop_column("contractors_count")
        batch_op.drop_column("members_youth")
        batch_op.drop_column("members_women")
        batch_op.drop_column("activity_code")
        batch_op.drop_column("contact_phone")
        batch_op.drop_column("contact_email")
        batch_op.drop_column("contact_name")
        batch_op.drop_column("seat_region")
        batch_op.drop_column("seat_municipality")
        batch_op.drop_column("last_registered_on")
        batch_op.drop_column("swift")
        batch_op.drop_column("bank_address")
        batch_op.drop_column("is_vat_payer")

    with op.batch_alter_table("organisation_documents", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_organisation_documents_replaces_id_organisation_documents"),
            type_="foreignkey",
        )
        batch_op.drop_column("reminded_for")
        batch_op.drop_column("replaces_id")
        batch_op.drop_column("title")

    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_column("digest_at")

    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_column("conditions")
        batch_op.drop_column("questions_until")

    with op.batch_alter_table("budget_rows", schema=None) as batch_op:
        batch_op.drop_column("partner")
        batch_op.drop_column("sources")

    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_applications_keyed_by_id_users"), type_="foreignkey"
        )
        batch_op.drop_column("keyed_by_id")
        batch_op.drop_column("form_version")

    with op.batch_alter_table("partner_statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_statements_municipality_id"))
        batch_op.drop_index("ix_partner_statements_application")

    op.drop_table("partner_statements")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_municipality_id"))
        batch_op.drop_index("ix_messages_application")

    op.drop_table("messages")
    with op.batch_alter_table("answer_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_versions_municipality_id"))

    op.drop_table("answer_versions")
    with op.batch_alter_table("standings", schema=None) as batch_op:
        batch_op.drop_index("ix_standings_organisation")
        batch_op.drop_index(batch_op.f("ix_standings_municipality_id"))

    op.drop_table("standings")
    with op.batch_alter_table("representative_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_representative_terms_organisation_id"))

    op.drop_table("representative_terms")
    with op.batch_alter_table("form_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_versions_municipality_id"))

    op.drop_table("form_versions")
    with op.batch_alter_table("call_corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_corrections_municipality_id"))

    op.drop_table("call_corrections")
    with op.batch_alter_table("asked_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asked_questions_municipality_id"))
        batch_op.drop_index("ix_asked_questions_call")

    op.drop_table("asked_questions")
    op.drop_table("mail_settings")
