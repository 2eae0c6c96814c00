"""The short call for the seat of civil society: published, stood for, voted upon, closed."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from grants import clock
from grants.acts.actions import Signature, issue_act, prepare_act
from grants.acts.models import Act
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.documents.models import Document
from grants.eligibility.rules.terms import end_of_day
from grants.errors import DomainError, NotNow, Problem, WrongState
from grants.evaluation.models import Candidate, SeatCall, SeatVote
from grants.evaluation.queries import get_committee
from grants.evaluation.queries.seats import (
    Stand,
    Standing,
    chosen_of,
    count_votes,
    get_seat_call,
    is_local,
    list_local_organisations,
    list_rounds,
    list_votes,
    standing_of,
    tied_to_call,
)
from grants.evaluation.rules.seats import (
    CandidateStatus,
    SeatStatus,
    SeatStep,
    days_of,
    leaders_of,
    seat_step,
)
from grants.evaluation.selection import draft_selection
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.notifications.actions import notify
from grants.people.actors import Actor
from grants.people.queries import get_user, list_users

_NOW = (CallStatus.PUBLISHED, CallStatus.OPENED)
_OPEN = (SeatStatus.DRAFT, SeatStatus.PUBLISHED, SeatStatus.VOTING)


def step_of(seat_call: SeatCall, *, at: datetime) -> SeatStep:
    """What the short call asks for now."""
    standing = [each.id for each in standing_of(seat_call)]
    votes = count_votes(seat_call) if seat_call.status is SeatStatus.VOTING else {}
    return seat_step(
        seat_call.status,
        until=_until(seat_call),
        standing=len(standing),
        leaders=len(leaders_of(votes, standing)),
        at=at,
    )


def write_seat_call(
    call: Call, text: str, length: int | None, *, by: Actor, at: datetime
) -> SeatCall:
    """Write the short call, or write it anew while it is not published; days from 1 to 7.

    Raises NotNow `seat_not_now` outside the time of the call, WrongState `seat_running` while one
    runs or once somebody was chosen.
    """
    committee = get_committee(call)
    if call.status not in _NOW or (committee is not None and committee.appointed_at is not None):
        raise NotNow(Problem("seat_not_now"))
    days, found = days_of(length), get_seat_call(call)
    if found is not None and found.status is SeatStatus.CLOSED and chosen_of(found) is None:
        found = None
    if found is not None and found.status is not SeatStatus.DRAFT:
        raise WrongState(Problem("seat_running"))
    seat_call = found or _new_seat_call(call, by=by, at=at)
    seat_call.text = text.strip()
    seat_call.opens_at, seat_call.closes_at = at, _end(at, days)
    db.session.flush()
    return seat_call


def publish_seat_call(seat_call: SeatCall, *, by: Actor, at: datetime) -> None:
    """Publish it: its days run from now, whole."""
    _ensure_step(seat_call, SeatStep.PUBLISH, at=at)
    days = (clock.local_day(seat_call.closes_at) - clock.local_day(seat_call.opens_at)).days
    seat_call.opens_at, seat_call.closes_at = at, _end(at, days)
    seat_call.status = SeatStatus.PUBLISHED
    facts = {"until": seat_call.closes_at.isoformat()}
    record(Event.SEAT_CALL_PUBLISHED, seat_call, by=by, at=at, facts=facts)


def ensure_may_stand(stand: Stand, *, by: Actor, at: datetime) -> None:
    """Raise why this person cannot stand for this organisation, before a file is taken in.

    Codes: `seat_over`, `seat_not_local`, `seat_applied`, `seat_partner`, `seat_stood`.
    """
    if step_of(stand.seat_call, at=at) is not SeatStep.WAIT:
        raise NotNow(Problem("seat_over", facts={"until": stand.seat_call.closes_at}))
    if any(each.user_id == by.id for each in stand.seat_call.candidates):
        raise WrongState(Problem("seat_stood"))
    _ensure_free(stand)


def stand_for_seat(stand: Stand, cv: Document, *, by: Actor, at: datetime) -> Candidate:
    """Stand for an own organisation with a CV; raises what `ensure_may_stand` does."""
    ensure_may_stand(stand, by=by, at=at)
    if by.id is None:
        raise DomainError(Problem("seat_over", facts={"until": stand.seat_call.closes_at}))
    candidate = Candidate(
        municipality_id=stand.call.municipality_id,
        slug=secrets.token_urlsafe(9),
        user_id=by.id,
        organisation=stand.organisation,
        name=by.name,
        cv=cv,
        stood_at=at,
    )
    stand.seat_call.candidates.append(candidate)
    db.session.flush()
    facts = {"name": by.name, "organisation": stand.organisation.name}
    record(Event.CANDIDATE_STOOD, candidate, by=by, at=at, facts=facts)
    return candidate


def write_statement(stand: Stand, text: str, *, by: Actor, at: datetime) -> None:
    """What the candidate says of himself or herself, to be changed until the days are over."""
    own = next((each for each in stand.seat_call.candidates if each.user_id == by.id), None)
    if own is None or step_of(stand.seat_call, at=at) is not SeatStep.WAIT:
        raise NotNow(Problem("seat_over", facts={"until": stand.seat_call.closes_at}))
    own.statement = text.strip()


def set_aside(standing: Standing, reason: str, *, by: Actor, at: datetime) -> None:
    """Take a candidate out with a reason, and tell why; by hand only before the vote begins.

    Raises WrongState `seat_voted` from the vote on, `seat_running` where it is decided already.
    """
    if not reason.strip():
        raise DomainError(Problem("seat_reason", "reason"))
    if standing.seat_call.votes_until is not None:
        raise WrongState(Problem("seat_voted"))
    if standing.seat_call.status is SeatStatus.CLOSED:
        raise WrongState(Problem("seat_running"))
    if standing.candidate.status is not CandidateStatus.STANDING:
        raise WrongState(Problem("seat_running"))
    _set_aside(standing.call, standing.candidate, reason.strip(), by=by, at=at)


def begin_vote(
    call: Call, seat_call: SeatCall, length: int | None, *, by: Actor, at: datetime
) -> None:
    """Let the local organisations vote; after a tie again, between those who are level.

    Whoever has applied in between is set aside first; where less than two are left there is
    nothing to vote upon, and the page says what is next. Of a vote that is held again the count
    stays in the record.
    """
    days = days_of(length)
    step = step_of(seat_call, at=at)
    if step not in (SeatStep.VOTE, SeatStep.VOTE_AGAIN):
        raise WrongState(Problem("seat_running"))
    fell_out = _look_again(call, seat_call, by=by, at=at)
    if len(standing_of(seat_call)) < 2:
        return
    if seat_call.votes_until is not None:
        is_tie = step is SeatStep.VOTE_AGAIN and not fell_out
        _end_round(seat_call, keeps_level=is_tie, by=by, at=at)
    seat_call.status, seat_call.votes_until = SeatStatus.VOTING, _end(at, days)
    begun = {"until": seat_call.votes_until.isoformat()}
    record(Event.SEAT_VOTE_BEGUN, seat_call, by=by, at=at, facts=begun)
    local = list_local_organisations(call.municipality)
    voters = {each.representative_user_id for each in local if each.representative_user_id}
    notify(
        [user.as_recipient() for user in list_users(voters)],
        "evaluation/emails/seat_vote.txt",
        at=at,
        path=f"/calls/{call.slug}/committee-seat",
        facts={"call": call.title, "until": seat_call.votes_until},
    )


def cast_vote(stand: Stand, candidate: str, *, by: Actor, at: datetime) -> None:
    """The vote of one organisation, to be changed until the end; for whom is not recorded.

    Raises NotNow `seat_vote_over`, DomainError `seat_not_local` or `seat_candidate`.
    """
    seat_call = stand.seat_call
    if step_of(seat_call, at=at) is not SeatStep.WAIT_FOR_VOTES:
        raise NotNow(Problem("seat_vote_over"))
    if not is_local(stand.organisation, stand.call.municipality):
        raise DomainError(Problem("seat_not_local"))
    chosen = next((each for each in standing_of(seat_call) if each.slug == candidate), None)
    if chosen is None:
        raise DomainError(Problem("seat_candidate", "candidate"))
    vote = list_votes(seat_call, [stand.organisation.id]).get(stand.organisation.id)
    if vote is None:
        vote = SeatVote(
            municipality_id=seat_call.municipality_id,
            seat_call_id=seat_call.id,
            organisation_id=stand.organisation.id,
        )
        db.session.add(vote)
    vote.candidate_id, vote.cast_at, vote.cast_by_id = chosen.id, at, by.id or 0
    db.session.flush()
    facts = {"organisation": stand.organisation.name}
    record(Event.SEAT_VOTE_CAST, seat_call, by=by, at=at, facts=facts)


def close_seat_call(
    call: Call, seat_call: SeatCall, signature: Signature, *, by: Actor, at: datetime
) -> Act | None:
    """Close it with its record: the only one, the one with most votes, or nobody.

    Whoever applied in between is set aside first; when that leaves several to vote upon, nothing
    is closed and None comes back: those left are voted upon anew, the second is not chosen by the
    fall of the first. Raises WrongState while its days run.
    """
    if step_of(seat_call, at=at) in (SeatStep.PUBLISH, SeatStep.WAIT, SeatStep.WAIT_FOR_VOTES):
        raise NotNow(Problem("seat_runs", facts={"until": _until(seat_call)}))
    if seat_call.status is SeatStatus.CLOSED:
        raise WrongState(Problem("seat_running"))
    fell_out = _look_again(call, seat_call, by=by, at=at)
    if fell_out and len(standing_of(seat_call)) > 1:
        # Back to where the vote is begun; the votes stay until that happens.
        seat_call.status = SeatStatus.PUBLISHED
    step = step_of(seat_call, at=at)
    if step is SeatStep.VOTE:
        return None
    votes = count_votes(seat_call)
    winner = _winner(standing_of(seat_call), votes, step)
    for each in standing_of(seat_call):
        each.status = CandidateStatus.CHOSEN if each is winner else CandidateStatus.NOT_CHOSEN
    seat_call.status, seat_call.closed_at = SeatStatus.CLOSED, at
    act = seat_call.act = _issue_record(call, seat_call, votes, signature, by=by, at=at)
    facts: dict[str, Any] = {"name": winner.name if winner else "", "number": act.number}
    if seat_call.votes_until is not None:
        facts |= _count(seat_call, votes)
    record(Event.SEAT_CALL_CLOSED, seat_call, by=by, at=at, facts=facts)
    if winner is not None:
        _tell(call, winner, "seat_chosen", at=at)
    return act


def _issue_record(
    call: Call,
    seat_call: SeatCall,
    votes: Mapping[int, int],
    signature: Signature,
    *,
    by: Actor,
    at: datetime,
) -> Act:
    earlier = list_rounds(seat_call)
    with speaking(call.language):
        draft = draft_selection(call, seat_call, votes, earlier=earlier, signature=signature)
        act = prepare_act(draft, by=by, at=at)
    issue_act(act, signature=signature, by=by, at=at)
    return act


def _winner(
    standing: Sequence[Candidate], votes: Mapping[int, int], step: SeatStep
) -> Candidate | None:
    """The only one, or the one with the most votes: `COUNT` says that no two are level."""
    if step not in (SeatStep.CHOOSE, SeatStep.COUNT):
        return None
    return max(standing, key=lambda each: votes.get(each.id, 0))


def _end_round(seat_call: SeatCall, *, keeps_level: bool, by: Actor, at: datetime) -> None:
    """Everybody votes anew; how this vote went stays in the record.

    After a tie only those who are level stand on.
    """
    votes, standing = count_votes(seat_call), standing_of(seat_call)
    until = seat_call.votes_until.isoformat() if seat_call.votes_until else ""
    facts = {"until": until, **_count(seat_call, votes)}
    record(Event.SEAT_VOTE_ENDED, seat_call, by=by, at=at, facts=facts)
    level = leaders_of(votes, [each.id for each in standing])
    for each in standing:
        if keeps_level and level and each.id not in level:
            each.status = CandidateStatus.NOT_CHOSEN
    db.session.execute(delete(SeatVote).where(SeatVote.seat_call_id == seat_call.id))


def _count(seat_call: SeatCall, votes: Mapping[int, int]) -> dict[str, Any]:
    """How many organisations voted, and how many of them for whom, set aside or not."""
    lines = [f"{each.name}: {votes[each.id]}" for each in seat_call.candidates if each.id in votes]
    return {"votes": sum(votes.values()), "results": lines}


def _look_again(call: Call, seat_call: SeatCall, *, by: Actor, at: datetime) -> bool:
    """Set aside who applied in between; whether there was one. Votes already cast stay."""
    standing = standing_of(seat_call)
    tied = tied_to_call(call, [each.organisation for each in standing])
    reasons = {
        "applied": _("Organizacija se prijavila na poziv."),
        "partner": _("Organizacija je partner u prijavi na poziv."),
    }
    fallen = [each for each in standing if each.organisation_id in tied]
    for each in fallen:
        _set_aside(call, each, reasons[tied[each.organisation_id]], by=by, at=at)
    return bool(fallen)


def _set_aside(call: Call, candidate: Candidate, reason: str, *, by: Actor, at: datetime) -> None:
    candidate.status, candidate.reason = CandidateStatus.SET_ASIDE, reason
    facts = {"name": candidate.name, "reason": reason}
    record(Event.CANDIDATE_SET_ASIDE, candidate, by=by, at=at, facts=facts)
    _tell(call, candidate, "seat_set_aside", at=at)


def _tell(call: Call, candidate: Candidate, what: str, *, at: datetime) -> None:
    user = get_user(candidate.user_id)
    if user is not None:
        notify(
            [user.as_recipient()],
            f"evaluation/emails/{what}.txt",
            at=at,
            path=f"/calls/{call.slug}/committee-seat",
            facts={"call": call.title, "reason": candidate.reason},
        )


def _ensure_free(stand: Stand) -> None:
    if not is_local(stand.organisation, stand.call.municipality):
        raise DomainError(Problem("seat_not_local"))
    tied = tied_to_call(stand.call, [stand.organisation]).get(stand.organisation.id)
    if tied is not None:
        raise DomainError(Problem(f"seat_{tied}"))


def _ensure_step(seat_call: SeatCall, step: SeatStep, *, at: datetime) -> None:
    if step_of(seat_call, at=at) is not step:
        raise WrongState(Problem("seat_running"))


def _new_seat_call(call: Call, *, by: Actor, at: datetime) -> SeatCall:
    seat_call = SeatCall(
        municipality_id=call.municipality_id,
        slug=secrets.token_urlsafe(9),
        call_id=call.id,
        status=SeatStatus.DRAFT,
        made_at=at,
        made_by_id=by.id,
        candidates=[],
    )
    db.session.add(seat_call)
    return seat_call


def _until(seat_call: SeatCall) -> datetime:
    return seat_call.votes_until or seat_call.closes_at


def _end(at: datetime, days: int) -> datetime:
    """The last second of the day so many days after that of `at`, which is not counted."""
    return end_of_day(clock.local_day(at) + timedelta(days=days))
