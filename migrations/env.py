"""Alembic's way into the application: its engine, its metadata, its transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from sqlalchemy import Connection

from grants.db import db, transactions


def write_moments_by_name(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own column types as what they are stored as."""
    if kind == "type" and type(item).__name__ == "Moment":
        return "sa.DateTime(timezone=True)"
    return False


def migrate() -> None:
    """Run the migrations on the application's database."""
    with transactions(writing=True), db.engine.connect() as connection, _tables_rebuilt(connection):
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


@contextmanager
def _tables_rebuilt(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by building it anew; its rows are pointed to meanwhile.

    Its foreign keys can only be let go outside a transaction, hence the driver's own connection.
    """
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows that point nowhere after the migration: {broken[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def drop_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no revision where the models say nothing new; a mere check wants the empty one."""
    is_writing = getattr(context.config.cmd_opts, "migrate", False)
    if is_writing and directives and directives[0].upgrade_ops.is_empty():
        directives.clear()


if not context.is_offline_mode():
    migrate()
