"""When an application on paper was received, and why it is taken after the deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0007_paper"
down_revision = "0006_reminders"


def upgrade() -> None:
    """The moment and the reason."""
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.add_column(sa.Column("received_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("late_reason", sa.Text(), nullable=False, server_default=""))
    # Rows that stood there got it once; from now on the model says it.
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.alter_column("late_reason", server_default=None)


def downgrade() -> None:
    """Without them."""
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_column("late_reason")
        batch_op.drop_column("received_at")
