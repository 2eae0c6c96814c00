"""A computed ranking as a page reads it, and the same as kept JSON: nothing rests on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from grants.errors import Problem
from grants.ranking.boards import PER_PAGE, lines_of
from grants.ranking.briefs import BRIEF, briefs_of
from grants.ranking.lines import Case, Line
from grants.ranking.models import RankingPreview
from grants.ranking.previews import Preview, summary_of, ties_of
from grants.ranking.rules.outcomes import Outcome

Json = dict[str, Any]
# Where the reference stands in the JSON of a case.
REFERENCE = 2


@dataclass(frozen=True)
class Shown:
    """What a page needs of a ranking that is not closed yet; the lines in their order."""

    summary: Mapping[str, Any]
    lines: Sequence[Line]
    blocking: Sequence[Problem]
    ties: Sequence[Sequence[str]]
    cases: Mapping[str, Case]
    dismissed: frozenset[str]
    # When it was computed, where something has changed since and it is being computed again.
    stale_since: datetime | None = None


def shown_of(
    computed: Preview,
    cases: Mapping[str, Case],
    *,
    blocking: Sequence[Problem],
    sheets: dict[str, int],
) -> Shown:
    """A ranking computed just now."""
    lines = lines_of(computed, cases)
    return Shown(
        summary=summary_of(computed, sheets=sheets),
        lines=lines,
        blocking=blocking,
        ties=ties_of(computed),
        cases=cases,
        dismissed=frozenset(
            line.case.reference for line in lines if line.outcome is Outcome.DISMISSED
        ),
    )


def page_of_lot(shown: Shown, *, lot: str | None, number: int) -> Shown:
    """The same with the lines of one page of a lot, or with all."""
    return replace(shown, lines=lines_of_page(shown.lines, lot=lot, number=number))


def lines_of_page(lines: Sequence[Line], *, lot: str | None, number: int) -> Sequence[Line]:
    """The lines of one page of a lot, or all."""
    of_lot = [line for line in lines if lot is None or line.lot == lot]
    start, end = window(lot, number)
    return of_lot[start:end]


def window(lot: str | None, number: int) -> tuple[int, int | None]:
    """From where to where a page of a lot goes; without a lot everything is one page."""
    if lot is None:
        return 0, None
    return (number - 1) * PER_PAGE, number * PER_PAGE


def content_of(shown: Shown) -> Json:
    """The same as plain JSON, without the figures."""
    return {
        "lines": [_line_json(line) for line in shown.lines],
        "blocking": [_problem_json(problem) for problem in shown.blocking],
        "ties": [list(group) for group in shown.ties],
        BRIEF: briefs_of(shown.lines),
    }


def shown_from(kept: RankingPreview, *, lot: str | None, number: int, is_stale: bool) -> Shown:
    """A ranking computed earlier, with the lines of one page of a lot or with all."""
    content = kept.content["lines"]
    cases = [Case(*each["case"]) for each in content]
    of_page = [each for each in content if lot is None or each["lot"] == lot]
    start, end = window(lot, number)
    return Shown(
        summary=kept.summary,
        lines=[_line(each) for each in of_page[start:end]],
        blocking=[_problem(each) for each in kept.content["blocking"]],
        ties=kept.content["ties"],
        cases={case.reference: case for case in cases},
        dismissed=frozenset(
            each["case"][REFERENCE] for each in content if each["outcome"] == Outcome.DISMISSED
        ),
        stale_since=kept.computed_at if is_stale else None,
    )


def lines_kept(kept: RankingPreview) -> list[Line]:
    """Every line of a ranking computed earlier."""
    return [_line(each) for each in kept.content["lines"]]


def _problem_json(problem: Problem) -> list[Any]:
    return [problem.code, problem.place, dict(problem.facts)]


def _problem(kept: Sequence[Any]) -> Problem:
    return Problem(kept[0], kept[1], kept[2])


def _line_json(line: Line) -> Json:
    case = line.case
    return {
        "case": [
            case.id,
            case.slug,
            case.reference,
            case.title,
            case.organisation,
            case.requested,
        ],
        "lot": line.lot,
        "outcome": line.outcome.value,
        "rank": line.rank,
        "tied": line.is_tied,
        "reserve": line.reserve,
        "sections": {code: str(points) for code, points in (line.sections or {}).items()},
        "total": None if line.total is None else str(line.total),
        "amount": line.amount,
        "notes": [_problem_json(note) for note in line.notes],
    }


def _line(kept: Json) -> Line:
    return Line(
        case=Case(*kept["case"]),
        lot=kept["lot"],
        outcome=Outcome(kept["outcome"]),
        rank=kept["rank"],
        is_tied=kept["tied"],
        reserve=kept["reserve"],
        sections={code: Fraction(text) for code, text in kept["sections"].items()} or None,
        total=None if kept["total"] is None else Fraction(kept["total"]),
        amount=kept["amount"],
        notes=[_problem(note) for note in kept["notes"]],
    )
