"""The committee's side: deputies, conflicts found, assignments, meetings, objections, scenarios."""

import sqlalchemy as sa
from alembic import op

revision = "0008_committee_complete"
down_revision = "0007_paper"
# Columns that may not be empty, filled in the rows that stood there before.
FILLED = {
    "calls": ("guides", "is_checked_twice", "is_blind", "ruling_days"),
    "checks": ("reading",),
    "committee_members": ("kind", "is_deputy", "left_reason", "expertise", "ties"),
    "committees": ("assignment",),
    "conflicts": ("reason",),
    "organisations": ("board",),
    "rankings": ("kind", "remarks"),
    "sheets": ("set_aside_reason",),
    "tie_votes": ("votes",),
}
KINDS = (
    "committee_appointment",
    "record_of_opening",
    "record_of_committee",
    "completion_request",
    "award_decision",
    "award",
    "refusal",
    "dismissal",
    "reserve_activation",
    "contract",
    "correction",
)
NEW_KINDS = (
    "record_of_check",
    "record_of_selection",
    "committee_change",
    "minutes",
    "ruling",
)


def upgrade() -> None:
    """Make it."""
    op.create_table(
        "bundles",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "building",
                "ready",
                "failed",
                name="bundle_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["users.id"], name=op.f("fk_bundles_asked_by_id_users")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_bundles_call_id_calls")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_bundles_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundles")),
        sa.UniqueConstraint("slug", name=op.f("uq_bundles_slug")),
    )
    with op.batch_alter_table("bundles", schema=None) as batch_op:
        batch_op.create_index("ix_bundles_call", ["call_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_bundles_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "scenarios",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("inputs_sha256", sa.Text(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_scenarios_call_id_calls")),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["users.id"], name=op.f("fk_scenarios_chosen_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_scenarios_made_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_scenarios_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenarios")),
        sa.UniqueConstraint("call_id", "name", name=op.f("uq_scenarios_call_id_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_scenarios_slug")),
    )
    with op.batch_alter_table("scenarios", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scenarios_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "check_records",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name=op.f("fk_check_records_act_id_acts")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name=op.f("fk_check_records_call_id_calls")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_check_records_made_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_check_records_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_records")),
        sa.UniqueConstraint("call_id", name=op.f("uq_check_records_call_id")),
    )
    with op.batch_alter_table("check_records", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_check_records_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "seat_calls",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "published",
                "voting",
                "closed",
                name="seat_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("votes_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name=op.f("fk_seat_calls_act_id_acts")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name=op.f("fk_seat_calls_call_id_calls")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_seat_calls_made_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_seat_calls_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_calls")),
        sa.UniqueConstraint("slug", name=op.f("uq_seat_calls_slug")),
    )
    with op.batch_alter_table("seat_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_calls_call_id"), ["call_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_seat_calls_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "candidates",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("seat_call_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("cv_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "standing",
                "set_aside",
                "chosen",
                "not_chosen",
                name="candidate_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("stood_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cv_id"], ["documents.id"], name=op.f("fk_candidates_cv_id_documents")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_candidates_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_candidates_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["seat_call_id"], ["seat_calls.id"], name=op.f("fk_candidates_seat_call_id_seat_calls")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_candidates_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
        sa.UniqueConstraint(
            "seat_call_id", "user_id", name=op.f("uq_candidates_seat_call_id_user_id")
        ),
        sa.UniqueConstraint("slug", name=op.f("uq_candidates_slug")),
    )
    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_candidates_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "inspections",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("inspected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inspected_by_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_inspections_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["inspected_by_id"], ["users.id"], name=op.f("fk_inspections_inspected_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_inspections_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
    )
    with op.batch_alter_table("inspections", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inspections_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inspections_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "meetings",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name=op.f("fk_meetings_act_id_acts")),
        sa.ForeignKeyConstraint(
            ["called_by_id"], ["users.id"], name=op.f("fk_meetings_called_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_meetings_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_meetings_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("slug", name=op.f("uq_meetings_slug")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meetings_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_meetings_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "objections",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "against",
            sa.Enum(
                "dismissal",
                "score",
                "ranking",
                name="against",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "filed",
                "withdrawn",
                "ruled",
                name="objection_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "online",
                "post",
                "in_person",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asks_for", sa.Text(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), nullable=True),
        sa.Column("protocol_number", sa.Text(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("filed_until", sa.Date(), nullable=False),
        sa.Column("ruling_due_on", sa.Date(), nullable=False),
        sa.Column("ruling_counted", sa.JSON(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ruling",
            sa.Enum(
                "upheld",
                "rejected",
                "dismissed",
                name="ruling",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "effect",
            sa.Enum(
                "recheck",
                "new_sheets",
                "corrected_ranking",
                name="effect",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reasoning", sa.Text(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ruled_by_id", sa.Integer(), nullable=True),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name=op.f("fk_objections_act_id_acts")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_objections_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name=op.f("fk_objections_call_id_calls")
        ),
        sa.ForeignKeyConstraint(
            ["filed_by_id"], ["users.id"], name=op.f("fk_objections_filed_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_objections_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["ruled_by_id"], ["users.id"], name=op.f("fk_objections_ruled_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("slug", name=op.f("uq_objections_slug")),
    )
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objections_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index("ix_objections_call", ["call_id", "status"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_objections_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "assignments",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by_id", sa.Integer(), nullable=True),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.Column("is_anew", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_assignments_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["assigned_by_id"], ["users.id"], name=op.f("fk_assignments_assigned_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["committee_members.id"],
            name=op.f("fk_assignments_member_id_committee_members"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_assignments_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint(
            "application_id", "member_id", name=op.f("uq_assignments_application_id_member_id")
        ),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assignments_member", ["member_id", "application_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assignments_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "conflict_hits",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "organisation",
                "person_name",
                "person_email",
                "address",
                "phone",
                "account",
                "partner",
                "employer",
                name="hit_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("is_conflict", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_conflict_hits_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_conflict_hits_decided_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["committee_members.id"],
            name=op.f("fk_conflict_hits_member_id_committee_members"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_conflict_hits_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_hits")),
        sa.UniqueConstraint(
            "member_id",
            "application_id",
            "kind",
            "mark",
            name=op.f("uq_conflict_hits_member_id_application_id_kind_mark"),
        ),
    )
    with op.batch_alter_table("conflict_hits", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conflict_hits_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_conflict_hits_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "objection_documents",
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_objection_documents_document_id_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_objection_documents_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"],
            ["objections.id"],
            name=op.f("fk_objection_documents_objection_id_objections"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_documents")),
    )
    with op.batch_alter_table("objection_documents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objection_documents_municipality_id"), ["municipality_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objection_documents_objection_id"), ["objection_id"], unique=False
        )

    op.create_table(
        "private_notes",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_private_notes_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["committee_members.id"],
            name=op.f("fk_private_notes_member_id_committee_members"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_private_notes_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_notes")),
        sa.UniqueConstraint(
            "member_id", "application_id", name=op.f("uq_private_notes_member_id_application_id")
        ),
    )
    with op.batch_alter_table("private_notes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_private_notes_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "record_confirmations",
        sa.Column("ranking_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("is_agreed", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["committee_members.id"],
            name=op.f("fk_record_confirmations_member_id_committee_members"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_record_confirmations_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["ranking_id"],
            ["rankings.id"],
            name=op.f("fk_record_confirmations_ranking_id_rankings"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_confirmations")),
        sa.UniqueConstraint(
            "ranking_id", "member_id", name=op.f("uq_record_confirmations_ranking_id_member_id")
        ),
    )
    with op.batch_alter_table("record_confirmations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_record_confirmations_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "seat_votes",
        sa.Column("seat_call_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cast_by_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_seat_votes_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["cast_by_id"], ["users.id"], name=op.f("fk_seat_votes_cast_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_seat_votes_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_seat_votes_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["seat_call_id"], ["seat_calls.id"], name=op.f("fk_seat_votes_seat_call_id_seat_calls")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_votes")),
        sa.UniqueConstraint(
            "seat_call_id",
            "organisation_id",
            name=op.f("uq_seat_votes_seat_call_id_organisation_id"),
        ),
    )
    with op.batch_alter_table("seat_votes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_seat_votes_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "meeting_items",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("spread", sa.Text(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("recused", sa.JSON(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("votes_abstained", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_meeting_items_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_items_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_meeting_items_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheets.id"], name=op.f("fk_meeting_items_sheet_id_sheets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_items")),
        sa.UniqueConstraint(
            "meeting_id", "application_id", name=op.f("uq_meeting_items_meeting_id_application_id")
        ),
    )
    with op.batch_alter_table("meeting_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_items_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_meeting_items_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "signed_sheets",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_sha256", sa.Text(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_signed_sheets_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by_id"], ["users.id"], name=op.f("fk_signed_sheets_reopened_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheets.id"], name=op.f("fk_signed_sheets_sheet_id_sheets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_sheets")),
    )
    with op.batch_alter_table("signed_sheets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signed_sheets_municipality_id"), ["municipality_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_signed_sheets_sheet_id"), ["sheet_id"], unique=False)

    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guides", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(
            sa.Column("is_checked_twice", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("is_blind", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("ruling_days", sa.Integer(), nullable=False, server_default="15")
        )

    with op.batch_alter_table("checks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reading", sa.Integer(), nullable=False, server_default="1"))
        batch_op.drop_constraint(batch_op.f("uq_checks_application_id_item"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_checks_application_id_item_reading"),
            ["application_id", "item", "reading"],
        )

    with op.batch_alter_table("committee_members", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "municipal",
                    "donor",
                    "cso",
                    name="member_kind",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="municipal",
            )
        )
        batch_op.add_column(
            sa.Column("is_deputy", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("stands_in_for_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("seated_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("left_reason", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("expertise", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("ties", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.create_foreign_key(
            batch_op.f("fk_committee_members_stands_in_for_id_committee_members"),
            "committee_members",
            ["stands_in_for_id"],
            ["id"],
        )

    with op.batch_alter_table("committees", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quorum", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "assignment",
                sa.Enum(
                    "everybody",
                    "by_lot",
                    "by_hand",
                    "automatic",
                    name="assignment_mode",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="everybody",
            )
        )
        batch_op.add_column(sa.Column("sheets_each", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("matched_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("conflicts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decided_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch_op.create_foreign_key(
            batch_op.f("fk_conflicts_decided_by_id_users"), "users", ["decided_by_id"], ["id"]
        )

    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("board", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("rankings", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "preliminary",
                    "final",
                    name="ranking_kind",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="preliminary",
            )
        )
        batch_op.add_column(sa.Column("remarks", sa.JSON(), nullable=False, server_default="{}"))

    with op.batch_alter_table("sheets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("set_aside_reason", sa.Text(), nullable=False, server_default="")
        )

    with op.batch_alter_table("tie_votes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("votes", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("acts", schema=None) as batch_op:
        batch_op.drop_constraint("act_kind", type_="check")
        batch_op.create_check_constraint("act_kind", sa.column("kind").in_([*KINDS, *NEW_KINDS]))
    # Rows that stood there got them once; from now on the models say it.
    for table, columns in FILLED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("acts", schema=None) as batch_op:
        batch_op.drop_constraint("act_kind", type_="check")
        batch_op.create_check_constraint("act_kind", sa.column("kind").in_(KINDS))

    with op.batch_alter_table("tie_votes", schema=None) as batch_op:
        batch_op.drop_column("votes")

    with op.batch_alter_table("sheets", schema=None) as batch_op:
        batch_op.drop_column("set_aside_reason")
        batch_op.drop_column("set_aside_at")

    with op.batch_alter_table("rankings", schema=None) as batch_op:
        batch_op.drop_column("remarks")
        batch_op.drop_constraint("ranking_kind", type_="check")
        batch_op.drop_column("kind")

    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_column("board")

    with op.batch_alter_table("conflicts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_conflicts_decided_by_id_users"), type_="foreignkey")
        batch_op.drop_column("reason")
        batch_op.drop_column("decided_by_id")

    with op.batch_alter_table("committees", schema=None) as batch_op:
        batch_op.drop_column("matched_at")
        batch_op.drop_column("assigned_at")
        batch_op.drop_column("sheets_each")
        batch_op.drop_constraint("assignment_mode", type_="check")
        batch_op.drop_column("assignment")
        batch_op.drop_column("quorum")

    with op.batch_alter_table("committee_members", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_committee_members_stands_in_for_id_committee_members"),
            type_="foreignkey",
        )
        batch_op.drop_column("ties")
        batch_op.drop_column("expertise")
        batch_op.drop_column("left_reason")
        batch_op.drop_column("left_at")
        batch_op.drop_column("seated_at")
        batch_op.drop_column("stands_in_for_id")
        batch_op.drop_column("is_deputy")
        batch_op.drop_constraint("member_kind", type_="check")
        batch_op.drop_column("kind")

    with op.batch_alter_table("checks", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_checks_application_id_item_reading"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_checks_application_id_item"), ["application_id", "item"]
        )
        batch_op.drop_column("reading")

    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_column("ruling_days")
        batch_op.drop_column("is_blind")
        batch_op.drop_column("is_checked_twice")
        batch_op.drop_column("guides")

    with op.batch_alter_table("signed_sheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signed_sheets_sheet_id"))
        batch_op.drop_index(batch_op.f("ix_signed_sheets_municipality_id"))

    op.drop_table("signed_sheets")
    with op.batch_alter_table("meeting_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_items_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_items_application_id"))

    op.drop_table("meeting_items")
    with op.batch_alter_table("seat_votes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_votes_municipality_id"))

    op.drop_table("seat_votes")
    with op.batch_alter_table("record_confirmations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_confirmations_municipality_id"))

    op.drop_table("record_confirmations")
    with op.batch_alter_table("private_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_private_notes_municipality_id"))

    op.drop_table("private_notes")
    with op.batch_alter_table("objection_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_documents_objection_id"))
        batch_op.drop_index(batch_op.f("ix_objection_documents_municipality_id"))

    op.drop_table("objection_documents")
    with op.batch_alter_table("conflict_hits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_hits_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_conflict_hits_application_id"))

    op.drop_table("conflict_hits")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignments_municipality_id"))
        batch_op.drop_index("ix_assignments_member")

    op.drop_table("assignments")
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objections_municipality_id"))
        batch_op.drop_index("ix_objections_call")
        batch_op.drop_index(batch_op.f("ix_objections_application_id"))

    op.drop_table("objections")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetings_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_meetings_committee_id"))

    op.drop_table("meetings")
    with op.batch_alter_table("inspections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspections_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_inspections_application_id"))

    op.drop_table("inspections")
    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidates_municipality_id"))

    op.drop_table("candidates")
    with op.batch_alter_table("seat_calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_calls_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_seat_calls_call_id"))

    op.drop_table("seat_calls")
    with op.batch_alter_table("check_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_records_municipality_id"))

    op.drop_table("check_records")
    with op.batch_alter_table("scenarios", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scenarios_municipality_id"))

    op.drop_table("scenarios")
    with op.batch_alter_table("bundles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bundles_municipality_id"))
        batch_op.drop_index("ix_bundles_call")

    op.drop_table("bundles")
