"""The database: base of all models, column types, and transactions that say what they are for."""

import enum
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Enum, MetaData, Text, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry, relationship
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An instant, kept in UTC; a naive one is refused, because nobody can tell what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC on the way in; SQLite drops the zone, so it gets the bare UTC wall time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive moment {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC on the way out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def status_column(states: type[enum.StrEnum], **options: Any) -> Any:
    """A column for a state, stored by value and pinned by a CHECK constraint."""
    name = _snake(states.__name__)
    stored = Enum(
        states,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
    return mapped_column(stored, **options)


def amount_column(**options: Any) -> Any:
    """A column for an amount in whole fening."""
    return mapped_column(BigInteger, **options)


# Loading is said where it is needed; a forgotten one is an error at once, not a slow page later.
related = partial(relationship, lazy="raise")


class Base(DeclarativeBase):
    """The base of every model; models name their table themselves."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: Moment, str: Text},
    )

    id: Mapped[int] = mapped_column(primary_key=True)


db = SQLAlchemy(
    model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False}
)

_writing: ContextVar[bool] = ContextVar("writing", default=True)


@contextmanager
def transactions(*, writing: bool) -> Iterator[None]:
    """Every transaction begun inside may write (immediate) or may only read (deferred)."""
    token = _writing.set(writing)
    try:
        yield
    finally:
        _writing.reset(token)


def set_writing(*, writing: bool) -> None:
    """The same for the rest of a request; the request's end resets it."""
    _writing.set(writing)


@contextmanager
def unit_of_work(purpose: str, *, writing: bool = True) -> Iterator[Session]:
    """A transaction of its own that commits at its end, whatever becomes of the request around it.

    `purpose` names it for the house test that lists the callers.
    """
    if not purpose:
        raise ValueError("a unit of work says what it is for")
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  Flask's own way to the object behind the proxy
    with app.app_context(), transactions(writing=writing):
        session = db.session()
        yield session
        session.commit()


def release() -> None:
    """End the request's transaction before slow work: hashing, rendering, spooling."""
    db.session.rollback()


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: object) -> None:
    if _is_sqlite(connection):
        connection.isolation_level = None  # BEGIN is ours, see _begin
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=30000",
            "cache_size=-32000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Begin as the purpose asks; spoken to the driver, so that no statement counter sees it."""
    raw: Any = connection.connection.dbapi_connection
    writing = _writing.get()
    if _is_sqlite(raw):
        raw.execute(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        begin = "BEGIN IMMEDIATE" if writing else "BEGIN"
        try:
            raw.execute(begin)
        except sqlite3.OperationalError as fault:
            # Spoken past SQLAlchemy, so it does not wrap it: somebody waited too long to write.
            raise OperationalError(begin, None, fault) from fault
    elif hasattr(raw, "read_only"):
        raw.read_only = None if writing else True


def _is_sqlite(raw: object) -> bool:
    return type(raw).__module__.startswith("sqlite3")


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
