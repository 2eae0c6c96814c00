"""The evaluation grid: its questions, their points and the sums nobody types (scoring.md 1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from grants.calls.rules.numbers import exact, is_exact

Answer = int | str
"""What a sheet holds: a whole number or decimal string; for bands the band's code."""


@dataclass(frozen=True)
class ScaleQuestion:
    """Scored from minimum to maximum in steps; points are the score times the weight."""

    code: str
    text: str
    minimum: Fraction
    maximum: Fraction
    weight: Fraction
    step: Fraction = Fraction(1)

    @property
    def max_points(self) -> Fraction:
        """Maximum times weight, in points."""
        return self.maximum * self.weight

    @property
    def highest(self) -> Fraction:
        """The highest score that can be given: the maximum, or the last step below it."""
        return self.minimum + (self.maximum - self.minimum) // self.step * self.step


@dataclass(frozen=True)
class CoefficientQuestion:
    """Scored with one of the listed coefficients; points are the coefficient times the weight."""

    code: str
    text: str
    values: tuple[Fraction, ...]
    weight: Fraction

    @property
    def max_points(self) -> Fraction:
        """The largest coefficient times the weight, in points."""
        return max(self.values, default=Fraction(0)) * self.weight


@dataclass(frozen=True)
class Band:
    """One fixed answer of a bands question."""

    code: str
    label: str
    points: Fraction


@dataclass(frozen=True)
class BandsQuestion:
    """Answered with the code of one band; the band carries the points."""

    code: str
    text: str
    bands: tuple[Band, ...]

    @property
    def max_points(self) -> Fraction:
        """The points of the best band."""
        return max((band.points for band in self.bands), default=Fraction(0))


Question = ScaleQuestion | CoefficientQuestion | BandsQuestion


@dataclass(frozen=True)
class Section:
    """A titled group of questions, with a threshold where the call sets one."""

    code: str
    title: str
    questions: tuple[Question, ...]
    threshold: Fraction | None = None

    @property
    def max_points(self) -> Fraction:
        """The sum of its questions' maxima, in points."""
        return sum((question.max_points for question in self.questions), Fraction(0))


@dataclass(frozen=True)
class Grid:
    """The whole grid; `declared_total` is what the printed grid claims."""

    sections: tuple[Section, ...]
    threshold_total: Fraction
    declared_total: Fraction | None = None

    @property
    def max_points(self) -> Fraction:
        """The computed maximum of the grid, in points."""
        return sum((section.max_points for section in self.sections), Fraction(0))

    @cached_property
    def by_code(self) -> dict[str, Question]:
        """Every question by its code, in grid order."""
        return {question.code: question for question in self.questions()}

    def questions(self) -> Iterator[Question]:
        """Every question in grid order."""
        for section in self.sections:
            yield from section.questions


def allowed_values(question: Question) -> tuple[Fraction, ...] | tuple[str, ...]:
    """Everything an evaluator may give, in the order it is offered; for bands their codes."""
    match question:
        case ScaleQuestion():
            count = int((question.highest - question.minimum) / question.step)
            return tuple(question.minimum + number * question.step for number in range(count + 1))
        case CoefficientQuestion():
            return question.values
        case BandsQuestion():
            return tuple(band.code for band in question.bands)


def points(question: Question, answer: Answer) -> Fraction | None:
    """The points of an answer, None where the answer is not allowed.

    Numbers compare by value ("1.0" is 1); a band is named by its code, a text, never by a number.
    """
    if isinstance(question, BandsQuestion):
        return next((band.points for band in question.bands if band.code == answer), None)
    if not is_exact(answer):
        return None
    value = exact(answer)
    if isinstance(question, CoefficientQuestion):
        return value * question.weight if value in question.values else None
    inside = question.minimum <= value <= question.maximum
    on_step = (value - question.minimum) % question.step == 0
    return value * question.weight if inside and on_step else None


def needs_comment(question: Question, answer: Answer) -> bool:
    """Whether signing asks for a comment on this answer (scoring.md 1).

    Only scale scores do: at or below the second-lowest value, or at the highest one.
    """
    if not isinstance(question, ScaleQuestion) or not is_exact(answer):
        return False
    value = exact(answer)
    return value <= question.minimum + question.step or value >= question.highest


def values_needing_comment(question: Question) -> tuple[Fraction, ...]:
    """The scores of a scale that need a comment: the lowest two and the highest."""
    if not isinstance(question, ScaleQuestion):
        return ()
    lowest = (question.minimum, question.minimum + question.step)
    chosen = {*lowest, question.highest}
    return tuple(sorted(value for value in chosen if value <= question.highest))
