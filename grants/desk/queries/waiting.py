"""How much waits for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, cast, exists, func, literal, or_, select, union_all

from grants.acts.models import Act
from grants.acts.rules import ActStatus
from grants.applications.models import Application
from grants.applications.queries.messages import list_unread_ids
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.eligibility.models import Check
from grants.eligibility.rules.findings import ITEM_CODES
from grants.eligibility.rules.readings import FIRST, SECOND
from grants.organisations.models import JoinRequest, JoinStatus, Organisation
from grants.payments.models import Instalment
from grants.payments.rules import InstalmentStatus
from grants.people.models import Membership, User
from grants.people.rules import Role

# What may still be checked.
_CHECKED = (ApplicationStatus.REGISTERED, ApplicationStatus.COMPLETED)


@dataclass(frozen=True)
class Counts:
    """How many acts and instalments there are by status, and second checks by the call's slug."""

    acts: Mapping[ActStatus, int]
    instalments: Mapping[InstalmentStatus, int]
    seconds: Mapping[str, int]


def count_waiting(officer_id: int | None) -> Counts:
    """The municipality's acts and instalments, and what waits for this officer's second look.

    One statement. A second look waits where somebody else answered everything, and nobody but
    perhaps this officer has begun the other reading.
    """
    acts = select(literal("act"), cast(Act.status, String), func.count(Act.id))
    instalments = select(
        literal("instalment"), cast(Instalment.status, String), func.count(Instalment.id)
    )
    statement = union_all(
        acts.group_by(Act.status), instalments.group_by(Instalment.status), _seconds(officer_id)
    )
    rows = db.session.execute(statement).all()
    return Counts(
        acts={ActStatus(status): count for kind, status, count in rows if kind == "act"},
        instalments={
            InstalmentStatus(status): count for kind, status, count in rows if kind == "instalment"
        },
        seconds={slug: count for kind, slug, count in rows if kind == "second"},
    )


def _seconds(officer_id: int | None) -> Select[*tuple[Any, ...]]:
    readings = (
        select(Check.application_id)
        .group_by(Check.application_id)
        .having(
            func.count().filter(Check.reading == FIRST) >= len(ITEM_CODES),
            func.count().filter(Check.reading == SECOND) < len(ITEM_CODES),
            func.count().filter(Check.reading == FIRST, Check.checked_by_id == officer_id) == 0,
            func.count().filter(Check.reading == SECOND, Check.checked_by_id != officer_id) == 0,
        )
    )
    return (
        select(literal("second"), Call.slug, func.count(Application.id))
        .join(Call, Call.id == Application.call_id)
        .where(
            Call.is_checked_twice.is_(True),
            Call.status == CallStatus.OPENED,
            Application.status.in_(_CHECKED),
            Application.id.in_(readings),
        )
        .group_by(Call.slug)
    )


@dataclass(frozen=True)
class WaitingCases:
    """Cases with what the office has not read, oldest first; organisations claimed, with who."""

    unread: Sequence[tuple[Application, int]]
    claims: Sequence[tuple[Application, str]]


def list_waiting_cases(*, limit: int) -> WaitingCases:
    """So many of each at most, in one statement."""
    claims = _claims().limit(limit).subquery()
    unread = list_unread_ids().limit(limit).subquery()
    statement = (
        select(Application, unread.c.count, unread.c.first, claims.c.claim, claims.c.name)
        .outerjoin(claims, claims.c.application_id == Application.id)
        .outerjoin(unread, unread.c.application_id == Application.id)
        .where(or_(unread.c.first.is_not(None), claims.c.claim.is_not(None)))
    )
    rows = db.session.execute(statement).all()
    written = {row.first: (row[0], int(row[1])) for row in rows if row.first}
    claimed = {row.claim: (row[0], row.name) for row in rows if row.claim}
    return WaitingCases(
        unread=[written[first] for first in sorted(written)],
        claims=[claimed[claim] for claim in sorted(claimed)],
    )


def _claims() -> Select[*tuple[Any, ...]]:
    """Who asks for an organisation that came on paper and that nobody owns, with its case."""
    owned = exists().where(Membership.scope_id == Organisation.id, Membership.role == Role.OWNER)
    return (
        select(
            Application.id.label("application_id"),
            JoinRequest.id.label("claim"),
            User.name.label("name"),
        )
        .join(Organisation, Organisation.id == Application.organisation_id)
        .join(JoinRequest, JoinRequest.organisation_id == Organisation.id)
        .join(User, User.id == JoinRequest.user_id)
        .where(
            Application.keyed_by_id.is_not(None),
            Application.status != ApplicationStatus.DRAFT,
            JoinRequest.status == JoinStatus.OPEN,
            ~owned,
        )
        .order_by(JoinRequest.id)
    )
