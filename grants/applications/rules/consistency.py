"""Whether the parts of an application agree with each other: logframe, plan and budget.

The rules of domain.md 2.7: two to five results, each with indicators and activities, activities
within the duration, a budget that pays for what is planned. What a form itself demands (columns
that must be filled, how many rows) is found by reading it; here is what no single field shows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from grants.applications.rules.facts import activities
from grants.applications.rules.parsing import Row, Typed
from grants.applications.rules.typed import cell_name, rows_name
from grants.calls.rules.form import Fact
from grants.errors import Problem

FEWEST_RESULTS, MOST_RESULTS = 2, 5
_OF_INDICATOR = ("baseline", "target", "source")


@dataclass(frozen=True)
class Contradiction:
    """A problem whose place is a field of the question of this fact; a warning blocks nothing."""

    fact: Fact
    problem: Problem
    is_blocking: bool = True


def contradictions(typed: Typed, *, deadline_on: date) -> Iterator[Contradiction]:
    """Everything that does not agree, in no order; `deadline_on` is the last day of the call."""
    yield from _results(typed)
    yield from _indicators(typed)
    yield from _plan(typed)
    yield from _costs(typed)
    yield from _start(typed, deadline_on)


def _results(typed: Typed) -> Iterator[Contradiction]:
    """Every result needs an indicator and an activity; a form without bounds gets the usual."""
    results = typed.rows(Fact.RESULTS)
    for fact, code in (
        (Fact.INDICATORS, "result_without_indicator"),
        (Fact.ACTIVITIES, "result_without_activity"),
    ):
        named = {row.get("result") for row in typed.rows(fact)}
        for row in results:
            if row["id"] not in named:
                place = rows_name(_key(typed, fact))
                yield Contradiction(fact, Problem(code, place, {"row": row["code"]}))
    question = typed.form.by_fact(Fact.RESULTS)
    if question is None:
        return
    figure, place = len(results), rows_name(question.key)
    if not question.least and figure < FEWEST_RESULTS:
        facts = {"figure": figure, "limit": FEWEST_RESULTS}
        yield _warning(Fact.RESULTS, Problem("results_few", place, facts))
    if question.most is None and figure > MOST_RESULTS:
        facts = {"figure": figure, "limit": MOST_RESULTS}
        yield _warning(Fact.RESULTS, Problem("results_many", place, facts))


def _indicators(typed: Typed) -> Iterator[Contradiction]:
    """An indicator that cannot be measured, where the form leaves its columns free."""
    question = typed.form.by_fact(Fact.INDICATORS)
    if question is None:
        return
    labels = {
        column.key: column.label
        for column in question.columns
        if column.key in _OF_INDICATOR and not column.is_required
    }
    for row in typed.rows(Fact.INDICATORS):
        blank = [key for key in labels if row.get(key) is None]
        if blank:
            words = ", ".join(f"„{labels[key]}“" for key in blank)
            place = cell_name(question.key, row["id"], blank[0])
            facts = {"row": row["code"], "labels": words}
            yield _warning(Fact.INDICATORS, Problem("indicator_incomplete", place, facts))
        if _is_same(row):
            place = cell_name(question.key, row["id"], "target")
            facts = {"row": row["code"], "value": str(row["target"])}
            yield _warning(Fact.INDICATORS, Problem("indicator_unmoved", place, facts))


def _plan(typed: Typed) -> Iterator[Contradiction]:
    """No activity goes on after the end of the project; months count from its first."""
    months = typed.value(Fact.DURATION)
    if not isinstance(months, int):
        return
    key = _key(typed, Fact.ACTIVITIES)
    rows = typed.rows(Fact.ACTIVITIES)
    for activity, row in zip(activities(typed), rows, strict=True):
        last = max(activity["months"], default=0)
        if last > months:
            facts = {"row": activity["code"], "figure": last, "limit": months}
            place = cell_name(key, row["id"], "months")
            yield Contradiction(Fact.ACTIVITIES, Problem("activity_beyond_duration", place, facts))


def _costs(typed: Typed) -> Iterator[Contradiction]:
    """A budget without lines blocks; an activity that nothing pays for is only noted."""
    question = typed.form.by_fact(Fact.BUDGET)
    if question is None or not typed.asks(Fact.BUDGET):
        return
    lines, key = typed.rows(Fact.BUDGET), question.key
    if not lines:
        if not question.least:
            yield Contradiction(Fact.BUDGET, Problem("budget_empty", key))
        return
    paid = {line.get("activity") for line in lines}
    for row in _unpaid(typed.rows(Fact.ACTIVITIES), paid):
        facts = {"row": row["code"], "title": row.get("title") or ""}
        yield _warning(Fact.BUDGET, Problem("activity_without_cost", key, facts))


def _start(typed: Typed, deadline_on: date) -> Iterator[Contradiction]:
    written = typed.value(Fact.STARTS_ON)
    starts_on = date.fromisoformat(written) if isinstance(written, str) else None
    if starts_on is not None and starts_on <= deadline_on:
        facts = {"figure": starts_on, "limit": deadline_on}
        place = _key(typed, Fact.STARTS_ON)
        yield _warning(Fact.STARTS_ON, Problem("starts_early", place, facts))


def _unpaid(rows: Sequence[Row], paid: set[str | None]) -> list[Row]:
    return [row for row in rows if row["id"] not in paid]


def _is_same(indicator: Row) -> bool:
    """Whether nothing is to change: the target is the baseline."""
    baseline, target = indicator.get("baseline"), indicator.get("target")
    if baseline is None or target is None:
        return False
    return str(baseline).strip().casefold() == str(target).strip().casefold()


def _warning(fact: Fact, problem: Problem) -> Contradiction:
    return Contradiction(fact, problem, is_blocking=False)


def _key(typed: Typed, fact: Fact) -> str:
    question = typed.form.by_fact(fact)
    return question.key if question else ""
