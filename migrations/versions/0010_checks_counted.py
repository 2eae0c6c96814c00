"""An index out of which the list of the administrative check counts and filters."""

from alembic import op

revision = "0010_checks_counted"
down_revision = "0009_sheets_scored_anew"


def upgrade() -> None:
    """One index."""
    op.create_index(
        "ix_checks_answers",
        "checks",
        ["municipality_id", "application_id", "reading", "item", "finding", "checked_by_id"],
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_checks_answers", "checks")
