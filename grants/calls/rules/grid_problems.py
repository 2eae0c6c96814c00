"""What keeps a grid from being published: sums that do not agree, questions nobody can answer."""

from collections import Counter
from collections.abc import Iterable, Iterator

from grants.calls.rules.grid import (
    BandsQuestion,
    CoefficientQuestion,
    Grid,
    Question,
    ScaleQuestion,
)
from grants.errors import Problem


def grid_problems(grid: Grid) -> list[Problem]:
    """Everything that keeps a call with this grid from publication, in grid order.

    Codes: `grid_total` (figure the computed maximum, limit the declared total), `grid_empty`,
    `section_empty`, `section_twice`, `question_twice`, `scale_range`, `scale_step`,
    `weight_negative`, `values_missing`, `values_negative`, `bands_missing`, `bands_negative`,
    `band_twice`.
    """
    problems = list(_total_problems(grid))
    if not grid.sections:
        problems.append(Problem("grid_empty", "grid"))
    problems += _twice("section_twice", (section.code for section in grid.sections))
    for section in grid.sections:
        if not section.questions:
            problems.append(Problem("section_empty", section.code))
    problems += _twice("question_twice", (question.code for question in grid.questions()))
    for question in grid.questions():
        problems += question_problems(question)
    return problems


def question_problems(question: Question) -> list[Problem]:
    """What is wrong with one question by itself; the place is its code."""
    match question:
        case ScaleQuestion():
            return list(_scale_problems(question))
        case CoefficientQuestion():
            return list(_coefficient_problems(question))
        case BandsQuestion():
            return list(_bands_problems(question))


def _total_problems(grid: Grid) -> Iterator[Problem]:
    if grid.declared_total is not None and grid.declared_total != grid.max_points:
        facts = {"figure": grid.max_points, "limit": grid.declared_total}
        yield Problem("grid_total", "grid", facts)


def _scale_problems(question: ScaleQuestion) -> Iterator[Problem]:
    if question.minimum < 0 or question.maximum < question.minimum:
        facts = {"figure": question.minimum, "limit": question.maximum}
        yield Problem("scale_range", question.code, facts)
    if question.step <= 0:
        yield Problem("scale_step", question.code, {"figure": question.step, "limit": 0})
    if question.weight < 0:
        yield Problem("weight_negative", question.code, {"figure": question.weight, "limit": 0})


def _coefficient_problems(question: CoefficientQuestion) -> Iterator[Problem]:
    if not question.values:
        yield Problem("values_missing", question.code)
    if any(value < 0 for value in question.values):
        yield Problem(
            "values_negative", question.code, {"figure": min(question.values), "limit": 0}
        )
    if question.weight < 0:
        yield Problem("weight_negative", question.code, {"figure": question.weight, "limit": 0})


def _bands_problems(question: BandsQuestion) -> Iterator[Problem]:
    if not question.bands:
        yield Problem("bands_missing", question.code)
    lowest = min((band.points for band in question.bands), default=0)
    if lowest < 0:
        yield Problem("bands_negative", question.code, {"figure": lowest, "limit": 0})
    for problem in _twice("band_twice", (band.code for band in question.bands)):
        yield Problem(problem.code, question.code, {"band": problem.place})


def _twice(code: str, names: Iterable[str]) -> list[Problem]:
    return [Problem(code, name) for name, count in Counter(names).items() if count > 1]
