"""Why an answer was published anew, and how the office's term for it was counted."""

import sqlalchemy as sa
from alembic import op

revision = "0005_answers_explained"
down_revision = "0004_dated_documents"


def upgrade() -> None:
    """Two columns; rows that stood there before get an empty one."""
    with op.batch_alter_table("answer_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("answer_versions", schema=None) as batch_op:
        batch_op.alter_column("note", server_default=None)
    with op.batch_alter_table("asked_questions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("counted", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("asked_questions", schema=None) as batch_op:
        batch_op.alter_column("counted", server_default=None)


def downgrade() -> None:
    """Without them."""
    with op.batch_alter_table("asked_questions", schema=None) as batch_op:
        batch_op.drop_column("counted")
    with op.batch_alter_table("answer_versions", schema=None) as batch_op:
        batch_op.drop_column("note")
