"""Scenarios: read, saved, chosen, and compared with the ranking as it is."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, or_, select
from sqlalchemy.orm import undefer
from sqlalchemy.orm.attributes import set_committed_value

from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.db import db
from grants.errors import DomainError, Incomplete, Problem, WrongState
from grants.money import from_dossier
from grants.people.actors import Actor
from grants.ranking.bench import Bench
from grants.ranking.briefs import Brief
from grants.ranking.keeping import ask_for_preview
from grants.ranking.models import Scenario
from grants.ranking.rules.closing import ensure_amounts_open
from grants.ranking.rules.inputs import Terms
from grants.ranking.rules.outcomes import RankedApplication
from grants.ranking.rules.result import rank
from grants.ranking.rules.scenarios import (
    Changes,
    Gain,
    applied,
    changes_from,
    changes_json,
    changes_of,
    gains,
    is_choosable,
    scenario_problems,
)
from grants.ranking.weighed import Weighed, still_holding

Json = dict[str, Any]
_PRINTED = "reference", "outcome", "amount"
# So many stand side by side; a fourth would not be read beside the others.
AT_ONCE = 3


@dataclass(frozen=True)
class Compared:
    """One scenario beside the ranking as it is; sums in fening."""

    scenario: Scenario
    winners: Sequence[Gain]
    losers: Sequence[Gain]
    # (outcome, fening) by reference.
    imagined: Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class ComparedRow:
    """One application whose amount or outcome differs somewhere: (outcome, fening) by scenario."""

    brief: Brief
    imagined: Sequence[tuple[str, int]]


def list_scenarios(call: Call) -> Sequence[Scenario]:
    """The saved ones in the order they were made."""
    statement = select(Scenario).where(Scenario.call_id == call.id).order_by(Scenario.id)
    return db.session.execute(statement).scalars().all()


def list_beside(call: Call, asked: Sequence[str]) -> tuple[Sequence[Scenario], list[Scenario]]:
    """All saved ones, and those to stand side by side with what came out; one statement.

    Side by side stand the ones asked for (slugs), without any the latest.
    """
    latest = select(Scenario.id).where(Scenario.call_id == call.id).order_by(Scenario.id.desc())
    beside = or_(Scenario.slug.in_(asked), Scenario.id.in_(latest.limit(AT_ONCE)))
    statement = (
        select(Scenario, case((beside, Scenario.result)))
        .where(Scenario.call_id == call.id)
        .order_by(Scenario.id)
    )
    saved = []
    for scenario, result in db.session.execute(statement):
        saved.append(scenario)
        if result is not None:
            set_committed_value(scenario, "result", result)
    wanted = [each for each in saved if each.slug in asked][:AT_ONCE]
    return saved, wanted or saved[-AT_ONCE:]


def list_results(scenarios: Collection[Scenario]) -> Sequence[Scenario]:
    """These with what came out, in the order they were made."""
    ids = [each.id for each in scenarios]
    statement = select(Scenario).where(Scenario.id.in_(ids)).order_by(Scenario.id)
    options = (undefer(Scenario.result),)
    fresh = {"populate_existing": True}
    found = db.session.execute(statement.options(*options), execution_options=fresh)
    return found.scalars().all()


def save_scenario(
    bench: Bench, name: str, asked: Changes, *, weighed: Weighed | None, by: Actor, at: datetime
) -> Scenario:
    """Save a thought: computed from the scores as they are, by the same rules, never official.

    Raises Incomplete (rules.scenarios), Stale where something changed since `weighed`.
    """
    call = bench.call
    shown = still_holding(call, weighed)
    changes = changes_from(asked, shown.terms)
    names = [each.name for each in list_scenarios(call)]
    problems = scenario_problems(name, changes, names=names)
    if problems:
        raise Incomplete(*problems)
    terms = applied(changes, shown.terms)
    result = rank(shown.contenders, terms=terms)
    sha256 = shown.dossier.sha256()
    scenario = Scenario(
        municipality_id=call.municipality_id,
        slug=secrets.token_urlsafe(9),
        call_id=call.id,
        name=name.strip(),
        changes=changes_json(changes),
        inputs_sha256=sha256,
        result={"applications": _imagined_json(result.applications)},
        summary=_summary(
            result.applications, terms, may_be_chosen=is_choosable(changes, shown.terms)
        ),
        computed_at=at,
        made_by_id=by.id,
    )
    db.session.add(scenario)
    db.session.flush()
    facts: dict[str, object] = {"name": scenario.name, "changes": scenario.changes}
    record(Event.SCENARIO_SAVED, scenario, by=by, at=at, facts=facts)
    return scenario


def choose_scenario(
    bench: Bench, scenario: Scenario, reason: str, *, by: Actor, at: datetime
) -> None:
    """Make a scenario the committee's own: its envelopes are those of the ranking from now on.

    Only money moved between the lots of the call, upon a decision of whoever may decide that.
    Raises DomainError `scenario_for_information` for anything else, Incomplete without a reason,
    NotNow or WrongState outside the time in which amounts are decided.
    """
    _ensure_deciding(bench)
    if not scenario.summary.get("may_be_chosen"):
        raise DomainError(Problem("scenario_for_information"))
    if not reason.strip():
        raise Incomplete(Problem("scenario_reason", "reason"))
    for other in list_scenarios(bench.call):
        other.chosen_at, other.chosen_by_id, other.reason = None, None, ""
    scenario.chosen_at, scenario.chosen_by_id, scenario.reason = at, by.id, reason.strip()
    facts: dict[str, object] = {
        "name": scenario.name,
        "changes": scenario.changes,
        "reason": scenario.reason,
    }
    record(Event.SCENARIO_CHOSEN, scenario, by=by, at=at, facts=facts)
    ask_for_preview(bench.call, at=at)


def drop_choice(bench: Bench, *, by: Actor, at: datetime) -> None:
    """Go back to the envelopes as published."""
    _ensure_deciding(bench)
    for scenario in list_scenarios(bench.call):
        if scenario.chosen_at is not None:
            scenario.chosen_at, scenario.chosen_by_id, scenario.reason = None, None, ""
            facts: dict[str, object] = {"name": scenario.name, "dropped": "yes"}
            record(Event.SCENARIO_CHOSEN, scenario, by=by, at=at, facts=facts)
    ask_for_preview(bench.call, at=at)


def remove_scenario(scenario: Scenario) -> None:
    """Forget a thought; the chosen one stays. Raises WrongState for that."""
    if scenario.chosen_at is not None:
        raise WrongState(Problem("scenario_chosen"))
    db.session.delete(scenario)


def compare(scenario: Scenario, official_briefs: Sequence[Brief]) -> Compared:
    """A scenario (its result loaded) beside the ranking as it is."""
    official = {each.reference: each.amount for each in official_briefs}
    there = _imagined(scenario)
    amounts = {reference: each[1] for reference, each in there.items() if reference in official}
    changed = gains(official, amounts)
    return Compared(
        scenario,
        winners=[each for each in changed if each.imagined > each.official],
        losers=[each for each in changed if each.imagined < each.official],
        imagined=there,
    )


def sums_without(saved: Collection[Scenario], briefs: Sequence[Brief]) -> dict[int, Json]:
    """The figures of these scenarios (by id) over the applications of `briefs` alone."""
    known = {each.reference for each in briefs}
    found = {}
    for each in list_results(saved):
        amounts = [
            amount for reference, (_, amount) in _imagined(each).items() if reference in known
        ]
        shown = {"awarded": sum(amounts), "number": sum(amount > 0 for amount in amounts)}
        found[each.id] = {**each.summary, **shown}
    return found


def differing(compared: Sequence[Compared], briefs: Sequence[Brief]) -> list[ComparedRow]:
    """The applications that get another amount or outcome somewhere, in the ranking's order."""
    there = [each.imagined for each in compared]
    found = []
    for brief in briefs:
        own = brief.outcome, brief.amount
        imagined = [each.get(brief.reference, own) for each in there]
        if any(each != own for each in imagined):
            found.append(ComparedRow(brief, imagined))
    return found


def _imagined_json(applications: Iterable[RankedApplication]) -> list[list[Any]]:
    """What a scenario keeps: the scores are those of the ranking, and so not kept again."""
    return [[each.reference, each.outcome.value, each.amount] for each in applications]


def _imagined(scenario: Scenario) -> dict[str, tuple[str, int]]:
    """(outcome, fening) by reference; the older ones keep them as the dossier prints them."""
    return {
        reference: (outcome, amount if isinstance(amount, int) else from_dossier(amount))
        for reference, outcome, amount in (
            [each[name] for name in _PRINTED] if isinstance(each, dict) else each
            for each in scenario.result["applications"]
        )
    }


def _summary(applications: Sequence[Any], terms: Terms, *, may_be_chosen: bool) -> Json:
    awarded = [each for each in applications if each.amount]
    return {
        "awarded": sum(each.amount for each in awarded),
        "number": len(awarded),
        "envelope": sum(lot.envelope for lot in terms.lots),
        "may_be_chosen": may_be_chosen,
    }


def _ensure_deciding(bench: Bench) -> None:
    committee = bench.committee
    if committee is None:
        raise DomainError(Problem("ranking_no_committee"))
    ensure_amounts_open(
        is_scoring=not bench.is_closed,
        is_scoring_closed=committee.scoring_closed_at is not None,
    )


def named_changes(scenario: Scenario) -> Changes:
    """What a saved scenario changes."""
    return changes_of(scenario.changes)
