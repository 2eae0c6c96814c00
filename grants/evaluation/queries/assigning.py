"""What there is to hand out, and what was handed out to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from grants.applications.models import Application
from grants.calls.models import Call, Lot
from grants.db import db
from grants.evaluation.models import Assignment, Conflict, Member, Sheet
from grants.evaluation.queries.hits import Desk
from grants.evaluation.queries.seeing import conflicts, is_evaluated
from grants.evaluation.queries.succeeding import earlier_holders, list_scorers
from grants.evaluation.rules.assigning import Case, Reviewer


@dataclass(frozen=True)
class Table:
    """Everything an assignment is made from, keys of members and references as rules know them.

    `hidden` are the references the chair may not know of; `ids` are those of the rows.
    """

    members: Sequence[Member]
    cases: Sequence[Case]
    hidden: frozenset[str]
    ids: Mapping[str, int]


def read_table(desk: Desk) -> Table:
    """The seated members with a vote, the applications before the committee, what is begun."""
    members = list_members(desk)
    rows = db.session.execute(_cases(desk)).all()
    keys = {each.id: each.key for each in members}
    barred, begun = _conflicts_of(desk), _begun_of(desk)
    earlier = _earlier_of(desk, members)
    cases = [
        Case(
            reference=str(row.reference),
            lot=row.code or "",
            text=row.title_folded,
            barred=frozenset(keys[each] for each in barred.get(row.id, ()) if each in keys),
            begun=frozenset(begun.get(row.id, ())),
            done=frozenset(key for key, gone in earlier.items() if gone & begun.get(row.id, set())),
        )
        for row in rows
    ]
    hidden = [row for row in rows if desk.chair and desk.chair.id in barred.get(row.id, ())]
    return Table(
        members,
        cases,
        frozenset(str(row.reference) for row in hidden),
        {str(row.reference): row.id for row in rows},
    )


def list_members(desk: Desk) -> list[Member]:
    """The members who have a vote now, in their order."""
    return list_voting(desk.committee.id)


def list_voting(committee_id: int) -> list[Member]:
    """The same of the committee of a row."""
    statement = select(Member).where(Member.committee_id == committee_id)
    found = db.session.execute(statement.order_by(Member.position)).scalars()
    return [each for each in found if each.is_voting]


def list_lots(call: Call) -> Sequence[Lot]:
    """The areas of a call."""
    statement = select(Lot).where(Lot.call_id == call.id).order_by(Lot.position)
    return db.session.execute(statement).scalars().all()


def reviewers_of(members: Sequence[Member]) -> list[Reviewer]:
    """The members as the rules of assignment know them."""
    return [Reviewer(each.key, tuple(map(str, each.expertise))) for each in members]


def list_assignments(desk: Desk) -> Sequence[Assignment]:
    """What was handed out so far, but for what an upheld objection asked for anew."""
    statement = (
        select(Assignment)
        .join(Application, Application.id == Assignment.application_id)
        .where(Application.call_id == desk.call.id, Assignment.is_anew.is_(False))
    )
    return db.session.execute(statement).scalars().all()


def list_shown(desk: Desk, *, offset: int, limit: int) -> Sequence[Application]:
    """The applications to hand out that this desk may know of, by reference."""
    statement = _shown(select(Application), desk).options(joinedload(Application.lot))
    ordered = statement.order_by(Application.reference, Application.id)
    return db.session.execute(ordered.offset(offset).limit(limit)).scalars().all()


def list_shown_by_slug(desk: Desk, slugs: Sequence[str]) -> Sequence[Application]:
    """Those of these addresses; one that the desk may not know of is none of them."""
    statement = _shown(select(Application), desk).where(Application.slug.in_(slugs))
    return db.session.execute(statement).scalars().all()


def _cases(desk: Desk) -> Select[Any]:
    columns = (Application.id, Application.reference, Application.title_folded, Lot.code)
    statement: Select[Any] = select(*columns)  # type: ignore[assignment]  # of any rows
    return (
        statement.join(Call, Call.id == Application.call_id)
        .outerjoin(Lot, Lot.id == Application.lot_id)
        .where(Application.call_id == desk.call.id, *is_evaluated())
        .order_by(Application.reference, Application.id)
    )


def _shown(statement: Select[Any], desk: Desk) -> Select[Any]:
    found = statement.join(Call, Call.id == Application.call_id).where(
        Application.call_id == desk.call.id, *is_evaluated()
    )
    if desk.chair is None:
        return found
    return found.where(~conflicts(desk.chair.id, Application.id))


def _conflicts_of(desk: Desk) -> dict[int, set[int]]:
    statement = (
        select(Conflict.application_id, Conflict.member_id)
        .join(Member, Member.id == Conflict.member_id)
        .where(Member.committee_id == desk.committee.id)
    )
    found: dict[int, set[int]] = {}
    for application_id, member_id in db.session.execute(statement):
        found.setdefault(application_id, set()).add(member_id)
    return found


def _earlier_of(desk: Desk, members: Sequence[Member]) -> dict[str, set[str]]:
    """The keys of who held the seat of each member who took one over, by the member's key."""
    holders = earlier_holders(members)
    keys = {each.id: each.key for each in list_scorers(desk.committee.id)} if holders else {}
    return {
        each.key: {keys[gone] for gone in holders[each.id]}
        for each in members
        if each.id in holders
    }


def _begun_of(desk: Desk) -> dict[int, set[str]]:
    """Whose sheets are begun; of whoever left only what was signed, for that counts."""
    statement = (
        select(Sheet.application_id, Member.key)
        .join(Member, Member.id == Sheet.member_id)
        .where(
            Member.committee_id == desk.committee.id,
            Sheet.is_consensus.is_(False),
            Sheet.is_recused.is_(False),
            Sheet.set_aside_at.is_(None),
            or_(Member.left_at.is_(None), Sheet.signed_at.is_not(None)),
            ~conflicts(Sheet.member_id, Sheet.application_id),
        )
    )
    found: dict[int, set[str]] = {}
    for application_id, key in db.session.execute(statement):
        found.setdefault(application_id, set()).add(key)
    return found
