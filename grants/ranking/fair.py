"""What members gave and what the cut hangs on: computed, kept as JSON, and drawn for a chair."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, islice
from typing import Any

from grants.evaluation.rules.scoring import Scorer, Sheet
from grants.ranking.lines import Case, Line
from grants.ranking.rules.dossier import Dossier
from grants.ranking.rules.facts import contenders, scoring_terms, sheets, terms
from grants.ranking.rules.fairness import (
    Habits,
    Levelled,
    Total,
    counted,
    habits,
    levelled,
    places,
)
from grants.ranking.rules.leaving import Field, tips
from grants.ranking.rules.outcomes import Outcome

FAIRNESS = "fairness"
# Where more sheets than this decide, everything is close, and the page says that there are more.
MOST_KEPT = 300
# The worker shows that it lives after so many applications.
BETWEEN = 100
Json = dict[str, Any]


@dataclass(frozen=True)
class DrawnCut:
    """The line of money of one lot; points between its two sides."""

    lot: str
    last: Case
    first: Case
    gap: Fraction


@dataclass(frozen=True)
class DrawnTip:
    """One sheet without which an outcome would be another, and whose outcomes change with it."""

    case: Case
    member: str
    before: Outcome
    after: Outcome
    others: Sequence[Case]


@dataclass(frozen=True)
class Place:
    """One application in the order as it is, and in the one without habits."""

    line: Line
    levelled: Fraction
    place: int
    would_be: int

    @property
    def both(self) -> tuple[int, int]:
        """The place it has, and the one it would have."""
        return self.place, self.would_be

    @property
    def moved(self) -> int:
        """How many places it would go up; below zero down."""
        return self.place - self.would_be


@dataclass(frozen=True)
class Panel:
    """The fairness of a ranking as its chair may see it."""

    habits: Sequence[Habits]
    too_few: Mapping[str, int]
    places: Sequence[Place]
    cuts: Sequence[DrawnCut]
    tips: Sequence[DrawnTip]
    has_more_tips: bool


def weighed_json(
    dossier: Dossier, ids: Mapping[str, int], *, between: Callable[[], None] = lambda: None
) -> Json:
    """Everything slow about fairness as plain JSON; applications by id, points as fractions."""
    asked, scoring = terms(dossier), scoring_terms(dossier)
    found = contenders(dossier)
    there = {each.reference for each in found if each.scored is not None}
    valid = [each for each in counted(sheets(dossier)) if each.application in there]
    grouped: dict[str, list[Sheet]] = {}
    for sheet in valid:
        grouped.setdefault(sheet.application, []).append(sheet)
    scorer = Scorer(scoring, table=dossier.table)
    field = Field(found, asked)
    hanging = tips(
        field, grouped, scoring=scoring, table=dossier.table, between=_now_and_then(between)
    )
    kept = list(islice(hanging, MOST_KEPT))
    return {
        "totals": [
            [ids[each.application], each.evaluator, str(scorer.total(each))] for each in valid
        ],
        "tips": [
            [
                ids[each.application],
                each.evaluator,
                each.before.value,
                each.after.value,
                [ids[other] for other in each.others],
            ]
            for each in kept
        ],
        "has_more_tips": next(hanging, None) is not None,
    }


def _now_and_then(between: Callable[[], None]) -> Callable[[], None]:
    turns = count(1)

    def turn() -> None:
        if next(turns) % BETWEEN == 0:
            between()

    return turn


def panel_of(kept: Json, lines: Sequence[Line], *, hidden: Collection[int]) -> Panel:
    """The panel out of what is kept; nothing in it rests on a hidden application (ids)."""
    known = {line.case.id: line for line in lines if line.case.id not in hidden}
    totals = [
        Total(key, member, Fraction(points))
        for key, member, points in kept["totals"]
        if key in known
    ]
    level = levelled(totals)
    return Panel(
        habits=habits(totals),
        too_few=level.too_few,
        places=_places(level, known),
        cuts=_cuts(known.values()),
        tips=_tips(kept["tips"], known),
        has_more_tips=kept.get("has_more_tips", len(kept["tips"]) >= MOST_KEPT),
    )


def _cuts(lines: Iterable[Line]) -> list[DrawnCut]:
    """The cut of every lot as the lines shown have it: a hidden one on it leaves no gap."""
    ranked = [line for line in lines if line.rank is not None]
    last = {line.lot: line for line in ranked if line.outcome is Outcome.AWARDED}
    first: dict[str, Line] = {}
    for line in ranked:
        if line.outcome in (Outcome.RESERVE, Outcome.TIE_UNRESOLVED):
            first.setdefault(line.lot, line)
    return [
        DrawnCut(lot, last[lot].case, line.case, _total(last[lot]) - _total(line))
        for lot, line in first.items()
        if lot in last
    ]


def _total(line: Line) -> Fraction:
    return line.total or Fraction(0)


def _tips(kept: Sequence[Any], known: Mapping[int, Line]) -> list[DrawnTip]:
    found = []
    for key, member, before, after, others in kept:
        shown = [known[other].case for other in others if other in known]
        if key in known and (before != after or shown):
            case = known[key].case
            found.append(DrawnTip(case, member, Outcome(before), Outcome(after), shown))
    return found


def _places(level: Levelled, known: Mapping[int, Line]) -> list[Place]:
    """Lot by lot in the order as it is; only those that have a rank."""
    found: list[Place] = []
    if not level.totals:
        return found
    by_lot: dict[str, list[Line]] = {}
    for line in known.values():
        if line.rank is not None and line.total is not None:
            by_lot.setdefault(line.lot, []).append(line)
    for lines in by_lot.values():
        points = {
            line.case.id: level.totals.get(line.case.id, line.total or Fraction(0))
            for line in lines
        }
        would_be = places(points)
        # Places among the applications shown, so that a hidden one leaves no gap.
        place = places({line.case.id: Fraction(-(line.rank or 0)) for line in lines})
        found += [
            Place(line, points[line.case.id], place[line.case.id], would_be[line.case.id])
            for line in lines
        ]
    return found
