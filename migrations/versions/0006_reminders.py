"""Reminders of drafts, and quick counts of what was not read or waits for a daily letter."""

import sqlalchemy as sa
from alembic import op

revision = "0006_reminders"
down_revision = "0005_answers_explained"
UNREAD, WAITING = sa.text("read_at IS NULL"), sa.text("digest_at IS NOT NULL")


def upgrade() -> None:
    """A column and two indexes."""
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminded_for", sa.Text(), nullable=True))
    op.create_index(
        "ix_notices_unread", "notices", ["user_id"], sqlite_where=UNREAD, postgresql_where=UNREAD
    )
    op.create_index(
        "ix_notices_digest",
        "notices",
        ["digest_at"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_notices_digest", "notices")
    op.drop_index("ix_notices_unread", "notices")
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_column("reminded_for")
