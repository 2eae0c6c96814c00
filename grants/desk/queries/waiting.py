"""How much waits for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, and_, cast, exists, func, literal, or_, select, union_all

from grants.acts.models import Act
from grants.acts.rules import ActKind, ActStatus
from grants.applications.models import Application
from grants.applications.queries.messages import list_unread_ids
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.eligibility.models import Check
from grants.eligibility.rules.findings import ITEM_CODES
from grants.eligibility.rules.readings import FIRST, SECOND
from grants.evaluation.models import Committee, Hit, Member
from grants.evaluation.queries.seeing import conflicts
from grants.organisations.models import JoinRequest, JoinStatus, Organisation
from grants.payments.models import Instalment
from grants.payments.rules import InstalmentStatus
from grants.people.models import Membership, User
from grants.people.rules import Role

# What may still be checked.
_CHECKED = (ApplicationStatus.REGISTERED, ApplicationStatus.COMPLETED)

# While a committee may be appointed.
_APPOINTING = (CallStatus.PUBLISHED, CallStatus.OPENED, CallStatus.SCORING)


@dataclass(frozen=True)
class Counts:
    """How many acts and instalments there are by status; what else waits, by the call's slug.

    A prepared change of a committee is no act here: it is signed on a page of its own.
    """

    acts: Mapping[ActStatus, int]
    instalments: Mapping[InstalmentStatus, int]
    seconds: Mapping[str, int]
    # By the call's slug: members proposed, changes prepared, ties that the office decides.
    committees: Mapping[str, int]
    changes: Mapping[str, int]
    hits: Mapping[str, int]


def count_waiting(officer_id: int | None) -> Counts:
    """The municipality's acts and instalments, and what waits for this officer's second look.

    One statement. A second look waits where somebody else answered everything, and nobody but
    perhaps this officer has begun the other reading.
    """
    is_change = and_(Act.kind == ActKind.COMMITTEE_CHANGE, Act.issued_at.is_(None))
    acts = select(literal("act"), cast(Act.status, String), func.count(Act.id)).where(~is_change)
    instalments = select(
        literal("instalment"), cast(Instalment.status, String), func.count(Instalment.id)
    )
    statement = union_all(
        acts.group_by(Act.status),
        instalments.group_by(Instalment.status),
        _seconds(officer_id),
        _committees(),
        _changes().where(is_change),
        _hits(),
    )
    rows = db.session.execute(statement).all()
    return Counts(
        acts={ActStatus(status): count for kind, status, count in rows if kind == "act"},
        instalments={
            InstalmentStatus(status): count for kind, status, count in rows if kind == "instalment"
        },
        **{name: _by_call(rows, name) for name in ("seconds", "committees", "changes", "hits")},
    )


def _by_call(rows: Sequence[Any], name: str) -> dict[str, int]:
    return {slug: count for kind, slug, count in rows if kind == name}


def _committees() -> Select[*tuple[Any, ...]]:
    """Proposed and not yet appointed."""
    return (
        select(literal("committees"), Call.slug, func.count(Member.id))
        .join(Committee, Committee.call_id == Call.id)
        .join(Member, Member.committee_id == Committee.id)
        .where(Committee.appointed_at.is_(None), Call.status.in_(_APPOINTING))
        .group_by(Call.slug)
    )


def _changes() -> Select[*tuple[Any, ...]]:
    """Acts by call; whoever asks says which."""
    return (
        select(literal("changes"), Call.slug, func.count(Act.id))
        .join(Act, and_(Act.subject_kind == "Call", Act.subject_id == Call.id))
        .group_by(Call.slug)
    )


def _hits() -> Select[*tuple[Any, ...]]:
    """Members tied to applications of blind calls, which the office decides alone."""
    pairs = (
        select(Call.slug, Hit.member_id, Hit.application_id)
        .join(Application, Application.call_id == Call.id)
        .join(Hit, Hit.application_id == Application.id)
        .join(Committee, Committee.call_id == Call.id)
        .where(
            Call.is_blind.is_(True),
            Call.status == CallStatus.SCORING,
            Committee.scoring_closed_at.is_(None),
            Hit.decided_at.is_(None),
            ~conflicts(Hit.member_id, Hit.application_id),
        )
        .distinct()
        .subquery()
    )
    return select(literal("hits"), pairs.c.slug, func.count()).group_by(pairs.c.slug)


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
        select(literal("seconds"), Call.slug, func.count(Application.id))
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
