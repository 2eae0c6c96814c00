"""Points as whole units: one table per grid, so that sheets add up fast and exactly."""

from fractions import Fraction
from math import lcm

from grants.calls.rules.grid import (
    Answer,
    BandsQuestion,
    CoefficientQuestion,
    Grid,
    Question,
    ScaleQuestion,
    points,
)

_UNKNOWN = object()


class PointTable:
    """The points of every answer of one grid, in units of 1/`per_point` of a point.

    Whole numbers add up many times faster than fractions; the unit is chosen so that nothing is
    ever rounded. Each notation of an answer ("1.0", 1) is looked up in the grid once.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.per_point = lcm(*(_denominator(question) for question in grid.questions()))
        self._known: dict[str, dict[Answer, int | None]] = {code: {} for code in grid.by_code}
        self.sections = {
            section.code: tuple(question.code for question in section.questions)
            for section in grid.sections
        }

    def units(self, code: str, answer: Answer) -> int | None:
        """The units of an answer to a question, None where the answer is not allowed."""
        known = self._known[code]
        # True == 1 and would be found as the answer 1.
        if type(answer) is bool:
            return None
        found = known.get(answer, _UNKNOWN)
        if found is _UNKNOWN:
            exact_points = points(self.grid.by_code[code], answer)
            found = None if exact_points is None else int(exact_points * self.per_point)
            known[answer] = found
        return found if isinstance(found, int) else None

    def points(self, units: int, *, shared_by: int = 1) -> Fraction:
        """Units back as points, divided by the number of sheets they were added up from."""
        return Fraction(units, self.per_point * shared_by)


def _denominator(question: Question) -> int:
    """A number of units per point in which every answer of the question is whole."""
    match question:
        case ScaleQuestion():
            lowest, step = question.minimum * question.weight, question.step * question.weight
            return lcm(lowest.denominator, step.denominator)
        case CoefficientQuestion():
            return lcm(*((value * question.weight).denominator for value in question.values))
        case BandsQuestion():
            return lcm(*(band.points.denominator for band in question.bands))
