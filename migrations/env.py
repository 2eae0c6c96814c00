"""Alembic's way into the application: its engine, its metadata, its transactions."""

from typing import Any

from alembic import context

from grants.db import db, transactions


def write_moments_by_name(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own column types as what they are stored as."""
    if kind == "type" and type(item).__name__ == "Moment":
        return "sa.DateTime(timezone=True)"
    return False


def migrate() -> None:
    """Run the migrations on the application's database."""
    with transactions(writing=True), db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=write_moments_by_name,
            process_revision_directives=drop_empty,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


def drop_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no revision where the models say nothing new."""
    if directives and directives[0].upgrade_ops.is_empty():
        directives.clear()


if not context.is_offline_mode():
    migrate()
