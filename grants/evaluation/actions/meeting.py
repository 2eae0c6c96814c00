"""A consensus meeting: called, attended, its scores agreed upon, closed with its minutes."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from grants.acts.actions import Signature, issue_act, prepare_act
from grants.acts.models import Act
from grants.audit.actions import record
from grants.audit.events import Event
from grants.audit.rules import digest
from grants.calls.rules.grid import Grid
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.errors import DomainError, Incomplete, NotNow, Problem, Stale, WrongState
from grants.evaluation.divergence import Spread
from grants.evaluation.meetings import Sitting, Talk, count_meetings, list_on_agenda, list_talks
from grants.evaluation.minutes import draft_minutes
from grants.evaluation.models import Committee, Meeting, MeetingItem, Member, Sheet
from grants.evaluation.queries import list_users_by_email
from grants.evaluation.rules.consensus import Votes, agreement_problems
from grants.evaluation.rules.sheets import (
    Changes,
    SheetStatus,
    merged_comments,
    merged_scores,
    signed_facts,
)
from grants.evaluation.rules.signing import missing_for_signing
from grants.i18n.rendering import speaking
from grants.notifications.actions import notify
from grants.people.actors import Actor


@dataclass(frozen=True)
class Summons:
    """When and where a meeting is, and what it is about beside what is over the limit (ids)."""

    begins_at: datetime
    place: str = ""
    also: Collection[int] = ()


@dataclass(frozen=True)
class Agreement:
    """What was agreed upon one application, as typed; `version` is that of the draft below it."""

    changes: Changes
    version: int
    votes: Votes
    reason: str = ""


def call_meeting(
    committee: Committee,
    members: Sequence[Member],
    spread: Spread,
    summons: Summons,
    *,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Call a meeting: everything over the limit is on its agenda, the widest apart first.

    What the chair may not see is on it as well, so that nothing hangs on the chair's conflict.
    Raises NotNow `meeting_not_now`, DomainError `meeting_nothing` where nothing is left for it.
    """
    ensure_talking(committee)
    busy = list_on_agenda(committee)
    also = [key for key in summons.also if key in spread.whole]
    # After the objections only what was scored anew is talked over.
    also = also if committee.call.status is CallStatus.SCORING else []
    wanted = {*spread.over(), *also} - busy
    ids = [key for key in spread.ordered(wanted) if not spread.apart[key].is_settled]
    if not ids:
        raise DomainError(Problem("meeting_nothing"))
    meeting = Meeting(
        municipality_id=committee.municipality_id,
        slug=secrets.token_urlsafe(9),
        committee_id=committee.id,
        number=count_meetings(committee) + 1,
        place=summons.place.strip(),
        begins_at=summons.begins_at,
        present=[],
        called_at=at,
        called_by_id=by.id,
        items=[_item(committee, spread, key, number) for number, key in enumerate(ids)],
    )
    db.session.add(meeting)
    db.session.flush()
    record(Event.MEETING_CALLED, meeting, by=by, at=at, facts={"number": meeting.number})
    _tell(committee, members, meeting, at=at)
    return meeting


def enter_attendance(sitting: Sitting, present: Collection[str]) -> None:
    """Who of the members with a vote is there. Raises WrongState once the meeting is closed."""
    ensure_meeting_open(sitting.meeting)
    seats = [each.key for each in sitting.members if each.is_seated]
    sitting.meeting.present = [key for key in seats if key in present]


def save_consensus(talk: Talk, agreement: Agreement, grid: Grid) -> Sheet:
    """Keep the consensus scores as a draft.

    Raises WrongState once agreed, DomainError `consensus_leader` for anybody but who leads, Stale
    when saved elsewhere since, Incomplete for a score that the grid does not offer.
    """
    _ensure_led(talk)
    sheet = talk.item.sheet
    if (sheet.version if sheet else 0) != agreement.version:
        raise Stale(Problem("sheet_stale"))
    if sheet is None:
        sheet = talk.item.sheet = _left_over(talk) or _new_sheet(talk)
        db.session.add(sheet)
    sheet.scores = merged_scores(grid, sheet.scores, agreement.changes)
    sheet.comments = merged_comments(grid, sheet.comments, agreement.changes)
    talk.item.reason = agreement.reason.strip()
    votes = agreement.votes
    talk.item.votes_for, talk.item.votes_against = votes.in_favour, votes.against
    talk.item.votes_abstained = votes.abstained
    db.session.flush()
    return sheet


def agree(talk: Talk, agreement: Agreement, grid: Grid, *, by: Actor, at: datetime) -> Sheet:
    """Agree upon one application: the consensus sheet is signed and replaces the others' mean.

    The originals stay as they were signed. Raises as `save_consensus`, and Incomplete with
    everything missing (rules.signing, rules.consensus).
    """
    sheet = save_consensus(talk, agreement, grid)
    missing = missing_for_signing(grid, answers=sheet.scores, comments=sheet.comments)
    missing += agreement_problems(
        talk.sitting.attendance, agreement.votes, out=talk.out, reason=agreement.reason
    )
    if missing:
        raise Incomplete(*missing)
    reference = str(talk.item.application.reference)
    facts = signed_facts(reference, talk.member.key, scores=sheet.scores, comments=sheet.comments)
    sheet.saved_at = sheet.signed_at = at
    sheet.status, sheet.member_id = SheetStatus.SIGNED, talk.member.id
    sheet.signed_sha256 = digest(facts)
    talk.item.recused, talk.item.agreed_at = list(talk.recused), at
    told: dict[str, object] = {"application": reference, "sha256": sheet.signed_sha256}
    record(Event.CONSENSUS_AGREED, talk.item, by=by, at=at, facts=told)
    return sheet


def close_meeting(
    sitting: Sitting, remarks: str, signature: Signature, *, by: Actor, at: datetime
) -> Act:
    """Close a meeting with its minutes; what was not agreed upon waits for another one.

    Raises WrongState when it is closed already, NotNow `meeting_early` before it was to begin,
    DomainError `meeting_attendance` where nobody was entered as present.
    """
    meeting = sitting.meeting
    ensure_meeting_open(meeting)
    if at < meeting.begins_at:
        raise NotNow(Problem("meeting_early", facts={"begins_at": meeting.begins_at}))
    if not meeting.present:
        raise DomainError(Problem("meeting_attendance", "present"))
    meeting.remarks, meeting.closed_at = remarks.strip(), at
    talks = list_talks(sitting)
    for talk in talks:
        if talk.item.agreed_at is None:
            talk.item.recused = list(talk.recused)
    with speaking(sitting.call.language):
        act = prepare_act(draft_minutes(sitting, talks), by=by, at=at)
    issue_act(act, signature=signature, by=by, at=at)
    meeting.act = act
    facts: dict[str, object] = {"number": act.number, "present": list(meeting.present)}
    record(Event.MEETING_CLOSED, meeting, by=by, at=at, facts=facts)
    return act


def ensure_talking(committee: Committee) -> None:
    """Raise NotNow `meeting_not_now` unless scores may still be brought together."""
    status = committee.call.status
    is_scoring = status is CallStatus.SCORING and committee.scoring_closed_at is None
    if not is_scoring and status is not CallStatus.OBJECTIONS:
        raise NotNow(Problem("meeting_not_now"))


def ensure_meeting_open(meeting: Meeting) -> None:
    """Raise WrongState `meeting_closed` once its minutes are made."""
    if meeting.closed_at is not None:
        raise WrongState(Problem("meeting_closed"))


def _ensure_led(talk: Talk) -> None:
    ensure_talking(talk.member.committee)
    ensure_meeting_open(talk.sitting.meeting)
    if talk.item.agreed_at is not None:
        raise WrongState(Problem("consensus_agreed_already"))
    if not talk.sitting.meeting.present:
        raise DomainError(Problem("meeting_attendance", "present"))
    if not talk.is_led:
        raise DomainError(Problem("consensus_leader"))


def _left_over(talk: Talk) -> Sheet | None:
    """The draft of an earlier meeting that agreed upon nothing, emptied: there is one at most.

    A member has one standing consensus sheet of an application, so a second draft is refused.
    """
    statement = select(Sheet).where(
        Sheet.application_id == talk.item.application_id,
        Sheet.is_consensus.is_(True),
        Sheet.signed_at.is_(None),
        Sheet.set_aside_at.is_(None),
    )
    sheet = db.session.execute(statement).scalars().first()
    if sheet is None:
        return None
    earlier = select(MeetingItem).where(MeetingItem.sheet_id == sheet.id)
    for item in db.session.execute(earlier).scalars():
        item.sheet = None
    sheet.member_id, sheet.scores, sheet.comments = talk.member.id, {}, {}
    return sheet


def _new_sheet(talk: Talk) -> Sheet:
    return Sheet(
        municipality_id=talk.item.municipality_id,
        application_id=talk.item.application_id,
        member_id=talk.member.id,
        status=SheetStatus.IN_WORK,
        is_consensus=True,
        is_recused=False,
        scores={},
        comments={},
    )


def _item(committee: Committee, spread: Spread, key: int, number: int) -> MeetingItem:
    apart = spread.apart[key].spread
    shared: dict[str, Any] = {"application_id": key, "position": number, "recused": []}
    return MeetingItem(
        municipality_id=committee.municipality_id,
        spread=f"{apart.numerator}/{apart.denominator}",
        **shared,
    )


def _tell(
    committee: Committee, members: Sequence[Member], meeting: Meeting, *, at: datetime
) -> None:
    """Everybody with a vote hears when and where; what it is about is behind their own sign-in."""
    users = list_users_by_email([each.email for each in members if each.is_voting and each.email])
    notify(
        [user.as_recipient() for user in users.values()],
        "evaluation/emails/meeting.txt",
        at=at,
        path=f"/committee/{committee.slug}/meetings/{meeting.slug}",
        facts={
            "call": committee.call.title,
            "number": meeting.number,
            "begins_at": meeting.begins_at,
            "place": meeting.place,
        },
    )
