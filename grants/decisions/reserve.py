"""An award given up, and the next on the reserve list by the frozen ranking."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from grants import clock
from grants.acts.rules import amount_in_words
from grants.applications.actions.cases import advance
from grants.applications.rules.states import ApplicationStatus, Outcome
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.decisions.actions import prepare_decision, read_ground_of_acts, source_of
from grants.decisions.drafts import activation_draft
from grants.decisions.facts import Ground
from grants.decisions.models import Decision
from grants.decisions.queries import list_awarded, list_decisions
from grants.decisions.rules import (
    DecisionKind,
    Freed,
    Next,
    Rules,
    Waiting,
    next_from_reserve,
)
from grants.errors import DomainError, Problem
from grants.i18n.rendering import in_script
from grants.people.actors import Actor
from grants.programmes.actions import withdraw_award
from grants.programmes.queries import get_award_entry, list_prior_awards
from grants.ranking.models import RankedRow


def record_decline(decision: Decision, *, reason: str, by: Actor, at: datetime) -> None:
    """Note that an applicant gives the award up or refuses a reduced amount.

    The application is withdrawn, the award no longer counts in its programme, its money is free
    for the reserve list. DomainError `decline_needs_award`, `already_declined`; WrongState once
    there is a contract.
    """
    application = decision.application
    if application is None or not decision.amount or decision.act.issued_at is None:
        raise DomainError(Problem("decline_needs_award"))
    if decision.declined_at is not None:
        on = clock.local_day(decision.declined_at)
        raise DomainError(Problem("already_declined", facts={"on": on}))
    advance(application, ApplicationStatus.WITHDRAWN, by=by, at=at, outcome=Outcome.DECLINED)
    decision.declined_at, decision.decline_reason = at, reason
    facts = {"amount": decision.amount, "number": decision.act.number, "reason": reason}
    record(Event.AWARD_DECLINED, application, by=by, at=at, facts=facts)
    entry = get_award_entry(source_of(decision))
    if entry is not None:
        withdraw_award(entry, by=by, at=at)


def activate_reserve(call: Call, *, by: Actor, at: datetime) -> Decision:
    """Prepare the act that gives the freed money to the next on the reserve list.

    The municipality and the lots of the call are loaded. DomainError `nothing_freed`,
    `nobody_in_reserve`, `reserve_tied`, or `activation_waits` while one is not yet issued.
    """
    ground, decisions = read_ground_of_acts(call, at=at), list_decisions(call)
    if any(_is_activation(each) and each.act.issued_at is None for each in decisions):
        raise DomainError(Problem("activation_waits"))
    declined = [each for each in decisions if each.declined_at is not None]
    if not declined:
        raise DomainError(Problem("nothing_freed"))
    chosen, most = find_next(ground, decisions)
    if chosen is None:
        raise DomainError(Problem("nobody_in_reserve", facts={"amount": most}))
    row = next(row for row in ground.ranking.rows if row.application_id == chosen.application_id)
    draft = activation_draft(
        row,
        ground,
        amount=chosen.amount,
        words=in_script(amount_in_words(chosen.amount), call.language),
        declined=declined,
    )
    decision = prepare_decision(
        DecisionKind.RESERVE_ACTIVATION, draft, ground.ranking, by=by, at=at
    )
    decision.application_id, decision.amount = row.application_id, chosen.amount
    return decision


def find_next(ground: Ground, decisions: Sequence[Decision]) -> tuple[Next | None, int]:
    """Who is next, in which of the lots that have money again, and the most that is free."""
    waiting = _waiting(ground, decisions)
    rules, most = _rules(ground.call, waiting), 0
    for freed in freed_amounts(ground, decisions):
        most = max(most, freed.amount)
        chosen = next_from_reserve(waiting, freed, rules=rules)
        if chosen is not None:
            return chosen, most
    return None, most


def freed_amounts(ground: Ground, decisions: Sequence[Decision]) -> list[Freed]:
    """What is free now (fening): envelopes less the standing awards, by lot or pooled.

    Only lots in which an award was given up; where leftovers pool, all of them together.
    """
    lots = {row.application_id: row.lot_code for row in ground.ranking.rows}
    given: Counter[str] = Counter()
    opened = set()
    for each in decisions:
        if each.application_id is None or not each.amount:
            continue
        if each.declined_at is None:
            given[lots[each.application_id]] += each.amount
        else:
            opened.add(lots[each.application_id])
    left = {lot.code: lot.envelope - given[lot.code] for lot in ground.call.lots}
    if ground.call.allocation.get("leftover") == "pool":
        return [Freed(sum(left.values()), None)] if opened else []
    return [Freed(left[lot.code], lot.code) for lot in ground.call.lots if lot.code in opened]


def _waiting(ground: Ground, decisions: Sequence[Decision]) -> list[Waiting]:
    activated = {each.application_id for each in decisions if _is_activation(each)}
    return [
        Waiting(
            application_id=row.application_id,
            reference=str(row.application.reference),
            organisation_id=row.application.organisation_id or 0,
            lot=row.lot_code,
            position=row.reserve or 0,
            total=Fraction(row.total or 0),
            wanted=_wanted(row, ground),
        )
        for row in ground.ranking.rows
        if row.reserve is not None
        and row.application_id not in activated
        and row.application.status is ApplicationStatus.DECIDED
    ]


def _wanted(row: RankedRow, ground: Ground) -> int:
    reduction = ground.reductions.get(row.application_id)
    return reduction.amount if reduction else row.application.requested


def _rules(call: Call, waiting: Sequence[Waiting]) -> Rules:
    return Rules(
        on_shortfall=str(call.allocation.get("on_shortfall", "stop")),
        grant_min=call.grant_min,
        partial_min_share=Fraction(str(call.allocation.get("partial_min_share", "0"))),
        barred=_barred(call, waiting),
    )


def _barred(call: Call, waiting: Sequence[Waiting]) -> set[int]:
    """Applications whose wanted amount a limit of the call would refuse as things stand."""
    held = Counter(
        each.application.organisation_id for each in list_awarded(call) if each.application
    )
    prior = list_prior_awards(call.programme_id, {each.organisation_id for each in waiting})
    most, cap = call.awards_per_organisation, call.organisation_cap
    return {
        each.application_id
        for each in waiting
        if (most is not None and held[each.organisation_id] >= most)
        or (cap is not None and prior[each.organisation_id] + each.wanted > cap)
    }


def _is_activation(decision: Decision) -> bool:
    return decision.kind is DecisionKind.RESERVE_ACTIVATION
