"""The kept preview of a ranking, and indexes for the list and the figures of a call."""

import sqlalchemy as sa
from alembic import op

revision = "0003_previews"
down_revision = "0002_applicants_side"


def upgrade() -> None:
    """Previews and indexes."""
    op.create_table(
        "ranking_previews",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name=op.f("fk_ranking_previews_call_id_calls")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_ranking_previews_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_previews")),
        sa.UniqueConstraint("call_id", name=op.f("uq_ranking_previews_call_id")),
    )
    with op.batch_alter_table("ranking_previews", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ranking_previews_municipality_id"), ["municipality_id"], unique=False
        )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index("ix_applications_list")
        batch_op.create_index(
            "ix_applications_figures",
            ["call_id", "status", "outcome", "requested", "municipality_id"],
            unique=False,
        )
        batch_op.create_index("ix_applications_list", ["call_id", "ordinal", "id"], unique=False)


def downgrade() -> None:
    """Without them."""
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index("ix_applications_list")
        batch_op.drop_index("ix_applications_figures")
        batch_op.create_index("ix_applications_list", ["call_id", "status", "id"], unique=False)
    with op.batch_alter_table("ranking_previews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ranking_previews_municipality_id"))
    op.drop_table("ranking_previews")
