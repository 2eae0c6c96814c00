"""The result of an application out of its score sheets (scoring.md 2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from grants.calls.rules.grid import Answer, Grid
from grants.evaluation.rules.tally import PointTable

# From this many counted sheets on, a trimmed mean leaves out the highest and the lowest.
TRIMMED_FROM = 5


class Aggregation(StrEnum):
    """How the points of several sheets become one."""

    MEAN = "mean"
    TRIMMED_MEAN = "trimmed_mean"


@dataclass(frozen=True)
class Sheet:
    """One evaluator's answers on one application, or the sheet of a consensus meeting."""

    application: str
    evaluator: str
    is_signed: bool
    has_conflict: bool = False
    is_consensus: bool = False
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        """Signed and without conflict: what it says is used."""
        return self.is_signed and not self.has_conflict


@dataclass(frozen=True)
class ScoringTerms:
    """How the call turns sheets into a result; the divergence limit in points."""

    grid: Grid
    min_reviews: int = 2
    aggregation: Aggregation = Aggregation.MEAN
    divergence_limit: Fraction | None = None


@dataclass(frozen=True)
class Score:
    """The result of one scored application, in exact points.

    `evaluators` are those whose sheets were averaged, `left_out` those a trimmed mean took out.
    `spread` is the highest less the lowest total of the counted sheets (0 with a consensus).
    """

    sections: Mapping[str, Fraction]
    total: Fraction
    evaluators: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    is_consensus: bool = False
    spread: Fraction = Fraction(0)
    diverges: bool = False


class Scorer:
    """Scores the applications of one call; keeps the point table of its grid."""

    def __init__(self, terms: ScoringTerms, *, table: PointTable | None = None) -> None:
        self.terms = terms
        self.table = table or PointTable(terms.grid)

    def score(self, sheets: Iterable[Sheet]) -> Score | None:
        """The result out of all sheets of one application, None where it is not scored.

        ValueError where a sheet that counts lacks an answer or holds one that is not allowed.
        """
        valid = [sheet for sheet in sheets if sheet.is_valid]
        for sheet in valid:
            if sheet.is_consensus:
                return self._consensus(sheet)
        counted = sorted(valid, key=lambda sheet: sheet.evaluator)
        if len(counted) < max(1, self.terms.min_reviews):
            return None
        return self._mean([self._tallied(sheet) for sheet in counted])

    def total(self, sheet: Sheet) -> Fraction:
        """The points of one complete sheet; ValueError as in `score`."""
        return self.table.points(self._tallied(sheet).total)

    def _consensus(self, sheet: Sheet) -> Score:
        tallied = self._tallied(sheet)
        sections, total = self._points([tallied])
        return Score(sections, total, (sheet.evaluator,), is_consensus=True)

    def _mean(self, tallied: list["_Tallied"]) -> Score:
        totals = [each.total for each in tallied]
        spread = self.table.points(max(totals) - min(totals))
        limit = self.terms.divergence_limit
        kept, left_out = self._trimmed(tallied)
        sections, total = self._points(kept)
        return Score(
            sections,
            total,
            evaluators=tuple(each.evaluator for each in kept),
            left_out=left_out,
            spread=spread,
            diverges=limit is not None and spread > limit,
        )

    def _trimmed(self, tallied: list["_Tallied"]) -> tuple[list["_Tallied"], tuple[str, ...]]:
        is_trimmed = self.terms.aggregation is Aggregation.TRIMMED_MEAN
        if not is_trimmed or len(tallied) < TRIMMED_FROM:
            return tallied, ()
        # They stand in order of evaluator keys, and max and min take the first among equals.
        highest = max(tallied, key=lambda each: each.total)
        others = [each for each in tallied if each is not highest]
        lowest = min(others, key=lambda each: each.total)
        kept = [each for each in others if each is not lowest]
        return kept, (highest.evaluator, lowest.evaluator)

    def _points(self, tallied: Sequence["_Tallied"]) -> tuple[dict[str, Fraction], Fraction]:
        number = len(tallied)
        columns = zip(*(each.sections for each in tallied), strict=True)
        sections = {
            code: self.table.points(sum(column), shared_by=number)
            for code, column in zip(self.table.sections, columns, strict=True)
        }
        total = self.table.points(sum(each.total for each in tallied), shared_by=number)
        return sections, total

    def _tallied(self, sheet: Sheet) -> "_Tallied":
        sections = tuple(
            sum(self._units(sheet, code) for code in codes)
            for codes in self.table.sections.values()
        )
        return _Tallied(sheet.evaluator, sections, sum(sections))

    def _units(self, sheet: Sheet, code: str) -> int:
        answer = sheet.answers.get(code)
        units = None if answer is None else self.table.units(code, answer)
        if units is None:
            raise ValueError(f"{sheet.application}, {sheet.evaluator}: no answer to {code}")
        return units


@dataclass(frozen=True)
class _Tallied:
    """A sheet added up, in units of its point table."""

    evaluator: str
    sections: tuple[int, ...]
    total: int


def score_applications(
    sheets: Iterable[Sheet], *, terms: ScoringTerms, table: PointTable | None = None
) -> dict[str, Score]:
    """The results of all applications that are scored, by reference; the others are not there.

    ValueError where a sheet that counts is not complete. `table` may be one already filled.
    """
    by_application: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        by_application.setdefault(sheet.application, []).append(sheet)
    scorer = Scorer(terms, table=table)
    results = {reference: scorer.score(group) for reference, group in by_application.items()}
    return {reference: score for reference, score in results.items() if score is not None}
