"""Handing out sheets: everybody everything, by area, by hand, or automatically."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.errors import Incomplete, Problem, Stale, WrongState
from grants.evaluation.actions.scoring import ensure_scoring
from grants.evaluation.models import Assignment, Member
from grants.evaluation.queries.assigning import (
    Table,
    list_assignments,
    list_shown_by_slug,
    read_table,
    reviewers_of,
)
from grants.evaluation.queries.hits import Desk
from grants.evaluation.rules.assigning import (
    AssignmentMode,
    Given,
    Plan,
    Why,
    plan_automatic,
    plan_by_lot,
)
from grants.notifications.actions import notify
from grants.people.actors import Actor
from grants.people.models import User


@dataclass(frozen=True)
class Wanted:
    """How sheets are to be handed out; `sheets_each` counts in the automatic mode only."""

    mode: AssignmentMode
    sheets_each: int = 0


def plan_for(desk: Desk, wanted: Wanted, table: Table) -> Plan:
    """What the assignment would be; begun sheets stay with whoever began them.

    Raises Incomplete `sheets_too_few` below the call's least number of reviews, `sheets_too_many`
    above the number of members, `areas_missing` where no member has an area.
    """
    if wanted.mode is AssignmentMode.AUTOMATIC:
        _ensure_number(desk, wanted.sheets_each, members=len(table.members))
        reviewers = reviewers_of(table.members)
        return plan_automatic(reviewers, table.cases, sheets_each=wanted.sheets_each)
    lots_of = {each.key: list(map(str, each.expertise)) for each in table.members}
    if not any(lots_of.values()):
        raise Incomplete(Problem("areas_missing", "mode"))
    return plan_by_lot(lots_of, table.cases, min_reviews=desk.call.min_reviews)


def mark_of(plan: Plan) -> str:
    """What a shown plan is known by when it is confirmed."""
    given = [[each.reference, each.member] for each in plan.given]
    return hashlib.sha256(json.dumps(given).encode()).hexdigest()


def assign(desk: Desk, wanted: Wanted, *, mark: str, by: Actor, at: datetime) -> Plan:
    """Hand out sheets as the plan shown says.

    Raises NotNow outside scoring, Stale `plan_changed` when something moved since it was shown,
    and what `plan_for` raises.
    """
    ensure_scoring(desk.committee)
    table = read_table(desk)
    plan = plan_for(desk, wanted, table)
    if mark_of(plan) != mark:
        raise Stale(Problem("plan_changed"))
    _write(desk, plan.given, table, by=by, at=at)
    _note(desk, wanted, plan.given, by=by, at=at)
    return plan


def assign_to_everybody(desk: Desk, *, by: Actor, at: datetime) -> None:
    """Everybody scores everything again; what was handed out is forgotten."""
    ensure_scoring(desk.committee)
    _write(desk, (), read_table(desk), by=by, at=at)
    _note(desk, Wanted(AssignmentMode.EVERYBODY), (), by=by, at=at)


def assign_by_hand(desk: Desk, *, by: Actor, at: datetime) -> None:
    """From now on the chair hands out sheet by sheet; what was handed out or begun stays."""
    ensure_scoring(desk.committee)
    table = read_table(desk)
    keys = {each.id: each.key for each in table.members}
    references = {row: reference for reference, row in table.ids.items()}
    standing = {
        (references[each.application_id], keys[each.member_id])
        for each in list_assignments(desk)
        if each.application_id in references and each.member_id in keys
    }
    begun = {(case.reference, key) for case in table.cases for key in case.begun}
    given = [Given(*pair, Why.BY_HAND) for pair in sorted(standing | begun)]
    _write(desk, given, table, by=by, at=at)
    _note(desk, Wanted(AssignmentMode.BY_HAND), given, by=by, at=at)


def hand_out(desk: Desk, ticked: Mapping[str, Sequence[str]], *, by: Actor, at: datetime) -> None:
    """Hand out the sheets of some applications, by their addresses, to the members ticked.

    What is begun stays. A member with a conflict is passed over, an application that this desk may
    not know of too. Raises WrongState in another mode, NotNow outside scoring.
    """
    ensure_scoring(desk.committee)
    if desk.committee.assignment is not AssignmentMode.BY_HAND:
        raise WrongState(Problem("not_by_hand"))
    table = read_table(desk)
    cases = {table.ids[case.reference]: case for case in table.cases}
    seats = {each.key for each in table.members}
    given = []
    shown = list_shown_by_slug(desk, list(ticked))
    for application in shown:
        case = cases[application.id]
        chosen = (set(ticked[application.slug]) & seats) - case.kept_out
        given += [Given(case.reference, key, Why.BY_HAND) for key in sorted(chosen | case.begun)]
    only = {application.id for application in shown}
    _write(desk, given, table, by=by, at=at, only=only)
    _note(desk, Wanted(AssignmentMode.BY_HAND), given, by=by, at=at)


def keep_expertise(members: Sequence[Member], known: Mapping[str, Sequence[str]]) -> None:
    """Which areas and words each member knows, by key; for the assignments to come."""
    for member in members:
        member.expertise = list(dict.fromkeys(known.get(member.key, ())))


def _ensure_number(desk: Desk, wanted: int, *, members: int) -> None:
    least = desk.call.min_reviews
    if wanted < least:
        raise Incomplete(Problem("sheets_too_few", "sheets_each", {"limit": least}))
    if wanted > members:
        raise Incomplete(Problem("sheets_too_many", "sheets_each", {"limit": members}))


def _write(
    desk: Desk,
    given: Sequence[Given],
    table: Table,
    *,
    by: Actor,
    at: datetime,
    only: set[int] | None = None,
) -> None:
    """Make the rows what was given; `only` leaves the other applications as they are."""
    keys = {row.key: row.id for row in _all_members(desk)}
    wanted = {(table.ids[each.reference], keys[each.member]): each for each in given}
    standing = {
        (each.application_id, each.member_id): each
        for each in list_assignments(desk)
        if only is None or each.application_id in only
    }
    gone = [row.id for pair, row in standing.items() if pair not in wanted]
    for start in range(0, len(gone), _AT_ONCE):
        some = Assignment.id.in_(gone[start : start + _AT_ONCE])
        db.session.execute(delete(Assignment).where(some))
    fresh = {pair: each for pair, each in wanted.items() if pair not in standing}
    db.session.bulk_save_objects(
        Assignment(
            municipality_id=desk.call.municipality_id,
            application_id=pair[0],
            member_id=pair[1],
            assigned_at=at,
            assigned_by_id=by.id,
            explanation=[{"why": each.why.value}],
        )
        for pair, each in sorted(fresh.items())
    )
    _tell(desk, {pair[1] for pair in fresh}, at=at)


_AT_ONCE = 500


def _note(desk: Desk, wanted: Wanted, given: Sequence[Given], *, by: Actor, at: datetime) -> None:
    committee = desk.committee
    committee.assignment, committee.assigned_at = wanted.mode, at
    committee.sheets_each = wanted.sheets_each or None
    facts = {
        "mode": wanted.mode.value,
        "sheets_each": wanted.sheets_each,
        "sheets": len(given),
    }
    record(Event.SHEETS_ASSIGNED, committee, by=by, at=at, facts=facts)


def _tell(desk: Desk, member_ids: set[int], *, at: datetime) -> None:
    users = (
        select(User)
        .join(Member, Member.user_id == User.id)
        .where(Member.id.in_(sorted(member_ids)))
        .order_by(User.id)
    )
    notify(
        [user.as_recipient() for user in db.session.execute(users).scalars()],
        "evaluation/emails/assigned.txt",
        at=at,
        path=f"/committee/{desk.committee.slug}",
        facts={"call": desk.call.title},
    )


def _all_members(desk: Desk) -> Sequence[Member]:
    statement = select(Member).where(Member.committee_id == desk.committee.id)
    return db.session.execute(statement).scalars().all()
