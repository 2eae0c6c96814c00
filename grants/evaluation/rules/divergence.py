"""How far the sheets of an application lie apart, in total and question by question."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grants.calls.rules.grid import BandsQuestion, CoefficientQuestion, Grid, Question
from grants.evaluation.rules.scoring import Sheet
from grants.evaluation.rules.tally import PointTable

# From which share of what a question can differ by at all a cell is told to be warm, and hot.
WARM, HOT = Fraction(1, 4), Fraction(1, 2)


@dataclass(frozen=True)
class Apart:
    """How far the sheets of one application lie apart; totals by the member's key, exact."""

    application: str
    totals: Mapping[str, Fraction]
    spread: Fraction
    is_over: bool = False
    is_settled: bool = False


@dataclass(frozen=True)
class Heat:
    """One question of one application: highest less lowest points, and how much that is.

    `share` is out of what the question can differ by at all; `level` is 0 (none), 1 (some),
    2 (a quarter or more) or 3 (half or more).
    """

    code: str
    spread: Fraction
    share: Fraction

    @property
    def level(self) -> int:
        """How hot it is."""
        if self.share >= HOT:
            return 3
        if self.share >= WARM:
            return 2
        return 1 if self.share else 0


@dataclass(frozen=True)
class DivergenceTerms:
    """What the call says: from which number of sheets on, and above which spread in points."""

    min_reviews: int = 2
    limit: Fraction | None = None


def measure(
    sheets: Iterable[Sheet], *, table: PointTable, terms: DivergenceTerms
) -> dict[str, Apart]:
    """How far the counted sheets of each application lie apart (scoring.md 2), by reference.

    Only applications with two counted sheets or more; ValueError where one is not complete. With
    a consensus the originals are still measured, but nothing is over any more.
    """
    counted: dict[str, list[Sheet]] = {}
    settled: set[str] = set()
    for sheet in sheets:
        if not sheet.is_valid:
            continue
        if sheet.is_consensus:
            settled.add(sheet.application)
        else:
            counted.setdefault(sheet.application, []).append(sheet)
    return {
        reference: _apart(group, table=table, terms=terms, is_settled=reference in settled)
        for reference, group in counted.items()
        if len(group) > 1
    }


def in_order(found: Iterable[Apart]) -> list[Apart]:
    """The agenda's order: what is open first, the widest apart first, then by reference."""
    return sorted(found, key=lambda each: (each.is_settled, -each.spread, each.application))


def heat(sheets: Sequence[Sheet], *, grid: Grid, table: PointTable) -> list[Heat]:
    """Each question of the grid over the counted sheets of one application, in grid order."""
    counted = [sheet for sheet in sheets if sheet.is_valid and not sheet.is_consensus]
    return [_heat(question, counted, table) for question in grid.questions()]


@dataclass(frozen=True)
class Duty:
    """Who has to have signed before anybody's scores are talked about; members by id.

    `assigned` is None where everybody scores everything. `anew` are those who score again after
    an upheld objection: where there are any, only they have to.
    """

    voting: Collection[int]
    conflicted: Collection[int] = ()
    assigned: Collection[int] | None = None
    anew: Collection[int] = field(default=())

    def is_done(self, signed: Collection[int]) -> bool:
        """Whether everybody who has to has signed."""
        wanted = self.anew or (self.voting if self.assigned is None else self.assigned)
        return all(
            member in signed
            for member in wanted
            if member in self.voting and member not in self.conflicted
        )


def _apart(
    group: Sequence[Sheet], *, table: PointTable, terms: DivergenceTerms, is_settled: bool
) -> Apart:
    units = {sheet.evaluator: _units(sheet, table) for sheet in group}
    spread = table.points(max(units.values()) - min(units.values()))
    is_enough = len(group) >= max(1, terms.min_reviews)
    is_over = is_enough and not is_settled and terms.limit is not None and spread > terms.limit
    totals = {key: table.points(units[key]) for key in sorted(units)}
    return Apart(group[0].application, totals, spread, is_over=is_over, is_settled=is_settled)


def _units(sheet: Sheet, table: PointTable) -> int:
    return sum(_answered(sheet, code, table) for codes in table.sections.values() for code in codes)


def _answered(sheet: Sheet, code: str, table: PointTable) -> int:
    answer = sheet.answers.get(code)
    units = None if answer is None else table.units(code, answer)
    if units is None:
        raise ValueError(f"{sheet.application}, {sheet.evaluator}: no answer to {code}")
    return units


def _heat(question: Question, counted: Sequence[Sheet], table: PointTable) -> Heat:
    units = [_answered(sheet, question.code, table) for sheet in counted]
    spread = table.points(max(units) - min(units)) if units else Fraction(0)
    widest = _widest(question)
    return Heat(question.code, spread, spread / widest if widest else Fraction(0))


def _widest(question: Question) -> Fraction:
    """The most that two answers to a question can differ by, in points."""
    match question:
        case BandsQuestion():
            values = [band.points for band in question.bands]
        case CoefficientQuestion():
            values = [value * question.weight for value in question.values]
        case _:
            values = [question.minimum * question.weight, question.highest * question.weight]
    return max(values) - min(values) if values else Fraction(0)
