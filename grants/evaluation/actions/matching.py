"""Possible conflicts: looked for, kept once, decided by a person with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.errors import Incomplete, Problem, WrongState
from grants.evaluation.actions.rereading import ask_who_reads_again
from grants.evaluation.models import Committee, Conflict, Hit, Sheet
from grants.evaluation.queries.hits import Pair, list_kept_hits
from grants.evaluation.rules.committee import ConflictGround
from grants.evaluation.rules.matching import Found, HitKind
from grants.evaluation.rules.sheets import SheetStatus
from grants.jobs.actions import enqueue
from grants.notifications.actions import notify
from grants.people.actors import SYSTEM, Actor
from grants.people.queries import get_user

LONGEST_REASON = 2000
# What a person is tied by when the hit is a conflict; the reason says the rest.
GROUNDS: Mapping[HitKind, ConflictGround] = {
    HitKind.ORGANISATION: ConflictGround.PARTY,
    HitKind.PARTNER: ConflictGround.PARTY,
    HitKind.PERSON_NAME: ConflictGround.REPRESENTATIVE,
    HitKind.PERSON_EMAIL: ConflictGround.REPRESENTATIVE,
}


@dataclass(frozen=True)
class Verdict:
    """What was decided about a pair, and why."""

    is_conflict: bool
    reason: str


def order_search(committee: Committee, *, at: datetime, member_id: int | None = None) -> None:
    """Have the worker compare the committee, or one member, with every application of the call."""
    facts = {
        "call_id": committee.call_id,
        "municipality_id": committee.municipality_id,
        "member_id": member_id,
    }
    enqueue("search_hits", facts, at=at)


def ask_for_search(committee: Committee, *, by: Actor, at: datetime) -> None:
    """The same on somebody's request, which is on the record."""
    order_search(committee, at=at)
    record(Event.HITS_SEARCHED, committee, by=by, at=at)


def only_new(
    found: Mapping[tuple[int, int], Sequence[Found]],
) -> dict[tuple[int, int], list[Found]]:
    """What was found, by member and application, less what is kept already.

    A decided hit stays decided. Where a member has declared the conflict already there is nothing
    left to decide, and nothing is new.
    """
    members, applications = ({key[side] for key in found} for side in (0, 1))
    known = list_kept_hits(sorted(members), sorted(applications))
    declared = _conflicts_of(sorted(members))
    fresh = {
        pair: [each for each in ties if (*pair, each.kind.value, each.mark) not in known]
        for pair, ties in found.items()
        if pair not in declared
    }
    return {pair: ties for pair, ties in fresh.items() if ties}


def keep_hits(
    committee: Committee, found: Mapping[tuple[int, int], Sequence[Found]], *, at: datetime
) -> int:
    """Keep what was found, each hit once however often it is found; how many were new."""
    fresh = [
        Hit(
            municipality_id=committee.municipality_id,
            member_id=pair[0],
            application_id=pair[1],
            kind=each.kind,
            mark=each.mark,
            evidence=dict(each.evidence),
            found_at=at,
        )
        for pair, ties in sorted(only_new(found).items())
        for each in ties
    ]
    db.session.add_all(fresh)
    if fresh:
        facts = {"found": len(fresh)}
        record(Event.HITS_SEARCHED, committee, by=SYSTEM, at=at, facts=facts)
        ask_who_reads_again(committee.call, at=at)
    return len(fresh)


def decide_pair(pair: Pair, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    """Say whether what ties a member to an application is a conflict; the record keeps the reason.

    A conflict takes the application out of the member's sight: an own sheet stays and never counts.
    The member is told without a word about the application. Raises Incomplete `why_missing`
    or `why_long`, WrongState `hit_decided` where nothing waits any more.
    """
    reason = verdict.reason.strip()
    if not reason:
        raise Incomplete(Problem("why_missing", "reason"))
    if len(reason) > LONGEST_REASON:
        raise Incomplete(Problem("why_long", "reason", {"most": LONGEST_REASON}))
    waiting = [hit for hit in pair.hits if hit.decided_at is None]
    if not waiting:
        raise WrongState(Problem("hit_decided"))
    for hit in waiting:
        hit.decided_at, hit.decided_by_id = at, by.id
        hit.is_conflict, hit.reason = verdict.is_conflict, reason
    facts = {
        "member": pair.member.key,
        "application": pair.application.reference,
        "kinds": sorted({hit.kind.value for hit in waiting}),
        "is_conflict": verdict.is_conflict,
        "reason": reason,
    }
    record(Event.HIT_DECIDED, waiting[0], by=by, at=at, facts=facts)
    ask_who_reads_again(pair.desk.call, at=at)
    if verdict.is_conflict:
        _enter_conflict(pair, waiting, reason, by=by, at=at)


def _enter_conflict(
    pair: Pair, waiting: Sequence[Hit], reason: str, *, by: Actor, at: datetime
) -> None:
    member, application = pair.member, pair.application
    if (member.id, application.id) in _conflicts_of([member.id]):
        return
    ground = next((GROUNDS[hit.kind] for hit in waiting if hit.kind in GROUNDS), None)
    conflict = Conflict(
        municipality_id=member.municipality_id,
        member_id=member.id,
        application_id=application.id,
        ground=(ground or ConflictGround.OTHER).value,
        declared_at=at,
        decided_by_id=by.id,
        reason=reason,
    )
    db.session.add(conflict)
    _recuse(member.id, application.id)
    _tell(pair, at=at)


def _recuse(member_id: int, application_id: int) -> None:
    statement = select(Sheet).where(
        Sheet.member_id == member_id,
        Sheet.application_id == application_id,
        Sheet.is_consensus.is_(False),
    )
    for sheet in db.session.execute(statement).scalars():
        sheet.is_recused, sheet.status = True, SheetStatus.LOCKED


def _tell(pair: Pair, *, at: datetime) -> None:
    user = get_user(pair.member.user_id) if pair.member.user_id else None
    if user is not None:
        notify(
            [user.as_recipient()],
            "evaluation/emails/conflict.txt",
            at=at,
            path=f"/committee/{pair.desk.committee.slug}",
            facts={"call": pair.desk.call.title},
        )


def _conflicts_of(member_ids: Sequence[int]) -> set[tuple[int, int]]:
    statement = select(Conflict.member_id, Conflict.application_id).where(
        Conflict.member_id.in_(member_ids)
    )
    return {(row[0], row[1]) for row in db.session.execute(statement)}
