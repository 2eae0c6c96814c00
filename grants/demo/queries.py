"""Finding the demo people with what they hold, and the terms that run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from grants import clock, tenancy
from grants.applications.models import Application, Reopening
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.demo.people import BY_EMAIL, DemoPerson
from grants.evaluation.models import Committee
from grants.municipalities.models import Municipality
from grants.organisations.models import Organisation
from grants.people.models import Membership, User
from grants.people.rules import ScopeKind
from grants.ranking.models import Ranking

MOST_TERMS = 8


@dataclass(frozen=True)
class HeldRole:
    """A role and the name of what it is held on."""

    role: str
    key: str
    name: str


@dataclass(frozen=True)
class KnownPerson:
    """A demo person as the database knows them now."""

    person: DemoPerson
    roles: Sequence[HeldRole]


@dataclass(frozen=True)
class Term:
    """A moment to which the clock may be moved."""

    title: str
    until: datetime


def is_empty() -> bool:
    """Whether nothing has been loaded yet."""
    return db.session.execute(select(Municipality.id).limit(1)).first() is None


def list_demo_people() -> list[KnownPerson]:
    """The demo people who exist here, in the order of the cast, with their roles of this moment."""
    statement = (
        select(User).where(User.email.in_(list(BY_EMAIL))).options(selectinload(User.memberships))
    )
    users = {user.email: user for user in db.session.execute(statement).scalars()}
    names = _names_of(held for user in users.values() for held in user.memberships)
    return [
        KnownPerson(person, [_held(held, names) for held in _sorted(users[email].memberships)])
        for email, person in BY_EMAIL.items()
        if email in users
    ]


def _sorted(memberships: Sequence[Membership]) -> list[Membership]:
    return sorted(memberships, key=lambda held: held.id)


def _held(held: Membership, names: Mapping[tuple[ScopeKind, int], tuple[str, str]]) -> HeldRole:
    key, name = names.get((held.scope_kind, held.scope_id), ("", ""))
    return HeldRole(held.role.value, key, name)


def _names_of(memberships: Any) -> dict[tuple[ScopeKind, int], tuple[str, str]]:
    """Key and name of everything on which roles are held, in at most three statements."""
    ids: dict[ScopeKind, set[int]] = {}
    for held in memberships:
        ids.setdefault(held.scope_kind, set()).add(held.scope_id)
    found: dict[tuple[ScopeKind, int], tuple[str, str]] = {}
    for town in _rows(Municipality, ids.get(ScopeKind.MUNICIPALITY)):
        found[ScopeKind.MUNICIPALITY, town.id] = (town.code, town.full_name)
    for organisation in _rows(Organisation, ids.get(ScopeKind.ORGANISATION)):
        found[ScopeKind.ORGANISATION, organisation.id] = (organisation.jib, organisation.name)
    with tenancy.across("demo people"):
        for committee in _rows(Committee, ids.get(ScopeKind.COMMITTEE), joinedload(Committee.call)):
            call = committee.call
            found[ScopeKind.COMMITTEE, committee.id] = (call.reference, call.title)
    return found


def _rows(model: Any, ids: set[int] | None, *options: Any) -> Sequence[Any]:
    if not ids:
        return ()
    statement = select(model).where(model.id.in_(ids)).options(*options)
    return db.session.execute(statement).scalars().all()


def list_terms(*, at: datetime) -> list[Term]:
    """The terms that still run, the next one first."""
    with tenancy.across("demo clock"):
        terms = [*_call_terms(at), *_completion_terms(at), *_objection_terms(at)]
    return sorted(terms, key=lambda term: term.until)[:MOST_TERMS]


def _call_terms(at: datetime) -> list[Term]:
    statement = select(Call).where(Call.deadline > at, Call.status == CallStatus.PUBLISHED)
    calls = db.session.execute(statement.order_by(Call.deadline).limit(MOST_TERMS)).scalars()
    return [Term(call.title, call.deadline) for call in calls if call.deadline is not None]


def _completion_terms(at: datetime) -> list[Term]:
    statement = (
        select(Reopening.until, Application.title)
        .join(Application, Application.id == Reopening.application_id)
        .where(Reopening.until > at, Reopening.answered_at.is_(None))
        .order_by(Reopening.until)
        .limit(MOST_TERMS)
    )
    return [Term(title, until) for until, title in db.session.execute(statement)]


def _objection_terms(at: datetime) -> list[Term]:
    """An objection may be filed through the whole last day."""
    statement = (
        select(Ranking.objections_until, Call.title)
        .join(Call, Call.id == Ranking.call_id)
        .where(Ranking.objections_until >= clock.local_day(at))
        .limit(MOST_TERMS)
    )
    return [
        Term(title, clock.from_local(datetime.combine(until, time(23, 59, 59))))
        for until, title in db.session.execute(statement)
        if until is not None
    ]


def get_demo_user(email: str) -> User | None:
    """A demo person by address, the roles loaded; nobody else can be had this way."""
    if email not in BY_EMAIL:
        return None
    statement = select(User).where(User.email == email).options(selectinload(User.memberships))
    return db.session.execute(statement).scalar()
