"""A sheet set aside leaves its place to the one that is scored or agreed upon anew."""

import sqlalchemy as sa
from alembic import op

revision = "0009_sheets_scored_anew"
down_revision = "0008_committee_complete"

OLD = "uq_sheets_application_id_member_id_is_consensus"
COLUMNS = ["application_id", "member_id", "is_consensus"]
STANDS = sa.text("set_aside_at IS NULL")


def upgrade() -> None:
    """One standing sheet of each kind, however many were set aside."""
    with op.batch_alter_table("sheets", schema=None) as batch_op:
        batch_op.drop_constraint(OLD, type_="unique")
        batch_op.create_index(
            "uq_sheets_standing",
            COLUMNS,
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        )


def downgrade() -> None:
    """One sheet of each kind; refused where one was scored anew."""
    with op.batch_alter_table("sheets", schema=None) as batch_op:
        batch_op.drop_index("uq_sheets_standing")
        batch_op.create_unique_constraint(OLD, COLUMNS)
