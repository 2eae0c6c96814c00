"""Deciding a call: everything prepared at once, issued act by act, and the reserve list after."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from grants import clock
from grants.acts.actions import Draft, Signature, approve_act, issue_act, prepare_act, signature_of
from grants.acts.rules import ActStatus
from grants.applications.actions.cases import advance, change_outcome
from grants.applications.rules.states import ApplicationStatus, Outcome
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.calls.rules.states import LIFECYCLE, CallStatus
from grants.complaints.queries.objections import (
    count_objections,
    get_preliminary,
    is_overtaken,
    list_upheld,
)
from grants.db import db
from grants.decisions.drafts import application_draft, award_decision_draft
from grants.decisions.facts import Ground, ground_for
from grants.decisions.models import Decision
from grants.decisions.objected import objected_of
from grants.decisions.queries import (
    get_decision_by_act,
    get_published_ranking,
    list_decisions,
    list_dismissals,
    list_reductions,
    list_rows,
)
from grants.decisions.rules import DecisionKind, ensure_decidable
from grants.errors import DomainError, NotNow, Problem
from grants.people.actors import Actor
from grants.programmes.actions import Award, enter_award
from grants.ranking.models import Ranking
from grants.ranking.rules.kinds import RankingKind

_OUTCOMES = {
    DecisionKind.AWARD: Outcome.AWARDED,
    DecisionKind.REFUSAL: Outcome.REFUSED,
    DecisionKind.DISMISSAL: Outcome.DISMISSED,
}


def read_ground(call: Call, *, at: datetime) -> Ground:
    """What the call is decided on: the final list.

    NotNow before the term for objections has passed, while one waits, before the final list.
    """
    ranking = get_published_ranking(call)
    is_before = call.status is CallStatus.OBJECTIONS
    ensure_decidable(
        clock.local_day(ranking.published_at) if ranking and ranking.published_at else None,
        objections_until=ranking.objections_until if ranking else None,
        today=clock.local_day(at),
        open_objections=count_objections(call).blocking if is_before else 0,
        is_final=not is_before or _is_final(ranking),
    )
    if ranking is None:
        raise NotNow(Problem("ranking_not_published"))
    ids = [row.application_id for row in ranking.rows]
    dismissals, reductions = list_dismissals(ids), list_reductions(ids)
    return ground_for(call, ranking, dismissals, reductions, preliminary=get_preliminary(call))


def read_ground_of_acts(call: Call, *, at: datetime) -> Ground:
    """The same with what the objections changed, which the acts say; raises as `read_ground`."""
    ground = read_ground(call, at=at)
    ranking, listed = ground.ranking, ground.preliminary
    if listed is None or ranking.kind is not RankingKind.FINAL:
        return ground
    objected = objected_of(
        list_upheld(call),
        figures=count_objections(call),
        before=list_rows(listed),
        until=ranking.closed_at,
    )
    return replace(ground, objected=objected)


def _is_final(ranking: Ranking | None) -> bool:
    """Whether it is the final list, and nothing was upheld since."""
    is_final = ranking is not None and ranking.kind is RankingKind.FINAL
    return is_final and ranking is not None and not is_overtaken(ranking)


def prepare_decisions(call: Call, *, by: Actor, at: datetime) -> Sequence[Decision]:
    """Prepare the award decision and an act for each applicant from the published ranking.

    Drafts prepared before are replaced; what is already approved stays as it was approved. The
    municipality and the lots of the call are loaded. NotNow while objections may be filed,
    DomainError `decisions_issued` once the award decision is issued.
    """
    ground = read_ground_of_acts(call, at=at)
    _ensure_not_issued(call)
    standing = {each.act.key: each for each in list_decisions(call)}
    made = []
    for kind, draft, application_id, amount in _drafts(ground):
        found = standing.get(draft.key)
        if found is not None and found.act.status is not ActStatus.DRAFT:
            made.append(found)
            continue
        decision = prepare_decision(kind, draft, ground.ranking, by=by, at=at)
        decision.application_id, decision.amount = application_id, amount
        made.append(decision)
    return made


def _ensure_not_issued(call: Call) -> None:
    if call.status in (CallStatus.DECIDED, CallStatus.IMPLEMENTATION):
        raise DomainError(Problem("decisions_issued"))
    LIFECYCLE.check(call.status, CallStatus.DECIDED)


def _drafts(ground: Ground) -> Iterator[tuple[DecisionKind, Draft, int | None, int]]:
    """Kind, act, application and amount: the table first, so that it gets the first number."""
    yield DecisionKind.AWARD_DECISION, award_decision_draft(ground), None, 0
    for row in ground.ranking.rows:
        kind, draft = application_draft(row, ground)
        yield kind, draft, row.application_id, row.amount


def prepare_decision(
    kind: DecisionKind, draft: Draft, ranking: Ranking, *, by: Actor, at: datetime
) -> Decision:
    """One decision with its act; the one standing under the act's key is written anew."""
    act = prepare_act(draft, by=by, at=at)
    decision = get_decision_by_act(act)
    if decision is None:
        decision = Decision(
            municipality_id=draft.subject.municipality_id,
            slug=secrets.token_urlsafe(9),
            call_id=ranking.call_id,
            act=act,
        )
        db.session.add(decision)
    decision.kind, decision.ranking_id, decision.prepared_at = kind, ranking.id, at
    return decision


def approve_all(call: Call, *, by: Actor, at: datetime) -> int:
    """Approve every prepared act of the call at once; how many there were."""
    waiting = [each for each in list_decisions(call) if each.act.status is ActStatus.DRAFT]
    for decision in waiting:
        approve_act(decision.act, by=by, at=at)
    return len(waiting)


def issue_all(call: Call, *, by: Actor, at: datetime) -> int:
    """Issue every act not yet issued, the award decision first; how many there were.

    Each gets the next number of its series. Raises as `issue_decision`.
    """
    read_ground(call, at=at)
    decisions = list_decisions(call)
    if not decisions:
        raise DomainError(Problem("nothing_prepared"))
    waiting = [each for each in decisions if each.act.issued_at is None]
    for decision in waiting:
        signature = signature_of(call.municipality, decision.act.kind, by=by)
        _issue(decision, call, signature, by=by, at=at)
    _finish(call, decisions, by=by, at=at)
    return len(waiting)


def issue_decision(
    decision: Decision, call: Call, *, by: Actor, at: datetime, typed_number: str = ""
) -> None:
    """Issue one act and let it take effect on its case, the programme and the call.

    The award decision comes before the acts of single applicants: DomainError
    `decision_before_acts`; NotNow while objections may be filed; `number_taken` for a number from
    the registry that was given before; WrongState where it is issued already.
    """
    read_ground(call, at=at)
    decisions = list_decisions(call)
    is_table = decision.kind is DecisionKind.AWARD_DECISION
    if not is_table and any(
        each.kind is DecisionKind.AWARD_DECISION and each.act.issued_at is None
        for each in decisions
    ):
        raise DomainError(Problem("decision_before_acts"))
    signature = signature_of(call.municipality, decision.act.kind, by=by, typed_number=typed_number)
    _issue(decision, call, signature, by=by, at=at)
    _finish(call, decisions, by=by, at=at)


def _issue(
    decision: Decision, call: Call, signature: Signature, *, by: Actor, at: datetime
) -> None:
    issue_act(decision.act, signature=signature, by=by, at=at)
    if decision.kind is DecisionKind.AWARD_DECISION:
        _move(call, CallStatus.DECIDED, by=by, at=at)
    else:
        _take_effect(decision, call, by=by, at=at)


def _finish(call: Call, decisions: Sequence[Decision], *, by: Actor, at: datetime) -> None:
    """With the last act issued the call goes on to its projects."""
    if call.status is CallStatus.DECIDED and all(each.act.issued_at for each in decisions):
        _move(call, CallStatus.IMPLEMENTATION, by=by, at=at)


def _take_effect(decision: Decision, call: Call, *, by: Actor, at: datetime) -> None:
    application = decision.application
    if application is None:
        return
    if decision.kind is DecisionKind.RESERVE_ACTIVATION:
        change_outcome(application, Outcome.AWARDED)
        event, outcome = Event.RESERVE_ACTIVATED, Outcome.AWARDED
    else:
        event, outcome = Event.APPLICATION_DECIDED, _outcome_of(decision)
        advance(application, ApplicationStatus.DECIDED, by=by, at=at, outcome=outcome)
    facts = {"outcome": outcome.value, "amount": decision.amount, "number": decision.act.number}
    record(event, application, by=by, at=at, facts=facts)
    if outcome is Outcome.AWARDED and call.programme_id and application.organisation_id:
        award = Award(
            programme_id=call.programme_id,
            organisation_id=application.organisation_id,
            amount=decision.amount,
            source=source_of(decision),
        )
        enter_award(award, by=by, at=at)


def _outcome_of(decision: Decision) -> Outcome:
    """A refusal for lack of funds leaves the application on the reserve list."""
    on_reserve = decision.act.facts.get("reserve") is not None
    return Outcome.RESERVE if on_reserve else _OUTCOMES[decision.kind]


def source_of(decision: Decision) -> str:
    """The ground under which an award is entered in its programme."""
    return f"decision:{decision.id}"


def _move(call: Call, status: CallStatus, *, by: Actor, at: datetime) -> None:
    LIFECYCLE.check(call.status, status)
    call.status = status
    record(Event.CALL_STAGE_CHANGED, call, by=by, at=at, facts={"status": status.value})
