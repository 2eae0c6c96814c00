"""Every read of a municipality's row happens in a scope, or raises."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from sqlalchemy import ForeignKey, Table, event
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    UOWTransaction,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.visitors import ExternallyTraversible

from grants.db import Base


class NoScope(Exception):
    """A municipality's rows were asked for without saying which municipality."""


class ForeignRow(Exception):
    """A row of another municipality was about to be written."""


class Tenant(Base):
    """A row that belongs to one municipality."""

    __abstract__ = True

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)


@dataclass(frozen=True)
class Scope:
    """One municipality, or all of them for a stated reason."""

    municipality_id: int | None
    reason: str = ""


_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current_municipality_id() -> int | None:
    """The municipality of the scope, None when there is none or it spans all."""
    scope = _scope.get()
    return scope.municipality_id if scope else None


def enter(municipality_id: int) -> None:
    """Scope the rest of the request; a second, different municipality in one request raises."""
    scope = _scope.get()
    if scope is not None and scope.municipality_id not in (None, municipality_id):
        raise ForeignRow(f"already in the scope of municipality {scope.municipality_id}")
    _scope.set(Scope(municipality_id))


def leave() -> None:
    """Forget the scope; the end of a request calls it."""
    _scope.set(None)


@contextmanager
def within(municipality_id: int) -> Iterator[None]:
    """Scope everything inside to one municipality: jobs, commands, tests."""
    token = _scope.set(Scope(municipality_id))
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def across(reason: str) -> Iterator[None]:
    """The one way out of the scope; a house test keeps the list of reasons and callers."""
    if not reason:
        raise ValueError("leaving the scope needs a reason")
    token = _scope.set(Scope(None, reason))
    try:
        yield
    finally:
        _scope.reset(token)


def _tenant_tables() -> frozenset[str]:
    found = {
        mapper.local_table.name  # type: ignore[attr-defined]  # every model of ours maps a Table
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Tenant)
    }
    return frozenset(found)


_tables: dict[int, frozenset[str]] = {}


def _is_tenant_table(name: str) -> bool:
    known = len(Base.metadata.tables)
    if known not in _tables:
        _tables.clear()
        _tables[known] = _tenant_tables()
    return name in _tables[known]


def _touches_tenants(state: ORMExecuteState) -> bool:
    """Looks at the tables, so that no count or subquery leaks; a tenant model is enough."""
    # The first mapper is at hand; to list all of them is a walk through the statement.
    if state.bind_mapper is not None and issubclass(state.bind_mapper.class_, Tenant):
        return True
    if any(issubclass(mapper.class_, Tenant) for mapper in state.all_mappers):
        return True
    return any(
        isinstance(element, Table) and _is_tenant_table(element.name)
        for element in visitors.iterate(cast("ExternallyTraversible", state.statement))
    )


@event.listens_for(Session, "do_orm_execute")
def _scope_statement(state: ORMExecuteState) -> None:
    # The loads of a relationship or an expired column carry the criteria of their first statement.
    if state.is_column_load or state.is_relationship_load or not _touches_tenants(state):
        return
    scope = _scope.get()
    if scope is None:
        raise NoScope(str(state.statement)[:300])
    if scope.municipality_id is None:
        return
    if not state.is_orm_statement:
        raise NoScope(f"not through the models: {str(state.statement)[:300]}")
    state.statement = state.statement.options(_criteria(scope.municipality_id))


@lru_cache(maxsize=1024)
def _criteria(municipality_id: int) -> ExecutableOption:
    """Made once for each municipality: making it costs as much as a small statement."""
    return with_loader_criteria(
        Tenant, lambda row: row.municipality_id == municipality_id, include_aliases=True
    )


@event.listens_for(Session, "before_flush")
def _guard_rows(session: Session, _context: UOWTransaction, _rows: object) -> None:
    scope = _scope.get()
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, Tenant):
            continue
        if scope is None:
            raise NoScope(f"writing {type(row).__name__}")
        if scope.municipality_id is None:
            continue
        if row.municipality_id is None:
            row.municipality_id = scope.municipality_id
        if row.municipality_id != scope.municipality_id:
            raise ForeignRow(f"{type(row).__name__} of municipality {row.municipality_id}")
