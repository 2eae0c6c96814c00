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
from grants.db import db
from grants.organisations.models import JoinRequest, JoinStatus, Organisation
from grants.payments.models import Instalment
from grants.payments.rules import InstalmentStatus
from grants.people.models import Membership, User
from grants.people.rules import Role


def count_acts_and_instalments() -> tuple[Mapping[ActStatus, int], Mapping[InstalmentStatus, int]]:
    """The municipality's acts and its instalments by status, in one statement."""
    acts = select(literal("act"), cast(Act.status, String), func.count(Act.id))
    instalments = select(
        literal("instalment"), cast(Instalment.status, String), func.count(Instalment.id)
    )
    statement = union_all(acts.group_by(Act.status), instalments.group_by(Instalment.status))
    rows = db.session.execute(statement).all()
    return (
        {ActStatus(status): count for kind, status, count in rows if kind == "act"},
        {InstalmentStatus(status): count for kind, status, count in rows if kind != "act"},
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
