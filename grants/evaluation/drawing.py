"""The score sheet ready to be drawn: sections, questions, answers, points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from grants.calls.rules.grid import (
    BandsQuestion,
    Grid,
    Question,
    ScaleQuestion,
    Section,
    allowed_values,
    points,
    values_needing_comment,
)
from grants.calls.rules.numbers import decimal_text
from grants.errors import Problem
from grants.evaluation.problems import SENTENCES, WORDS_OF_FIVE
from grants.evaluation.rules.sheets import Standing
from grants.web.filters import number

SCORE, COMMENT = "q-", "c-"


class Option(NamedTuple):
    """One answer that can be given, as components/scale.html takes it; points for the total."""

    value: str
    words: str
    shown: str
    points: str


@dataclass(frozen=True)
class Bar:
    """The points of one section in the bar of the total."""

    label: str
    value: float
    shown: str


@dataclass(frozen=True)
class DrawnQuestion:
    """One question of the grid with what the member gave."""

    code: str
    text: str
    options: tuple[Option, ...]
    chosen: str
    comment: str
    needs: tuple[str, ...]
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class DrawnSection:
    """One page of the sheet."""

    code: str
    title: str
    max_points: Fraction
    threshold: Fraction | None
    questions: tuple[DrawnQuestion, ...]
    comment: str
    points: Fraction
    answered: int
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Typed:
    """The scores and comments to draw, by code; those kept, or those just typed and refused."""

    scores: Mapping[str, Any] = field(default_factory=dict)
    comments: Mapping[str, Any] = field(default_factory=dict)


def draw_sections(
    grid: Grid, typed: Typed, standing: Standing, problems: Sequence[Problem] = ()
) -> list[DrawnSection]:
    """Every section with its questions; problems stand where they belong."""
    said: dict[str, list[str]] = {}
    for problem in problems:
        said.setdefault(problem.place, []).append(say(problem))
    return [_section(section, typed, standing, said) for section in grid.sections]


def draw_bars(grid: Grid, standing: Standing) -> list[Bar]:
    """The points by section for the bar; only its widths are rough."""
    return [
        Bar(
            f"{section.code} {section.title}",
            float(standing.sections[section.code]),
            number(standing.sections[section.code]),
        )
        for section in grid.sections
    ]


def say(problem: Problem) -> str:
    """The sentence of a problem of a sheet, with the number of its question."""
    of = problem.facts.get("of")
    code = f"{problem.code}_{of}" if of else problem.code
    figure = str(problem.facts.get("figure", ""))
    return str(SENTENCES[code]) % {
        "number": problem.place,
        "figure": figure.replace(".", ","),
        "most": problem.facts.get("most", ""),
    }


def _section(
    section: Section, typed: Typed, standing: Standing, said: Mapping[str, list[str]]
) -> DrawnSection:
    return DrawnSection(
        code=section.code,
        title=section.title,
        max_points=section.max_points,
        threshold=section.threshold,
        questions=tuple(_question(each, typed, said) for each in section.questions),
        comment=str(typed.comments.get(section.code, "")),
        points=standing.sections[section.code],
        answered=sum(each.code in typed.scores for each in section.questions),
        errors=tuple(said.get(section.code, ())),
    )


def _question(question: Question, typed: Typed, said: Mapping[str, list[str]]) -> DrawnQuestion:
    return DrawnQuestion(
        code=question.code,
        text=question.text,
        options=_options(question),
        chosen=_chosen(question, typed.scores.get(question.code)),
        comment=str(typed.comments.get(question.code, "")),
        needs=tuple(str(decimal_text(value)) for value in values_needing_comment(question)),
        errors=tuple(said.get(question.code, ())),
    )


def _options(question: Question) -> tuple[Option, ...]:
    if isinstance(question, BandsQuestion):
        return tuple(
            Option(band.code, band.label, number(band.points), _exact(band.points))
            for band in question.bands
        )
    values = [value for value in allowed_values(question) if isinstance(value, Fraction)]
    is_of_five = isinstance(question, ScaleQuestion) and values == [*range(1, 6)]
    return tuple(
        Option(
            value=str(decimal_text(value)),
            shown=number(value),
            words=str(WORDS_OF_FIVE[at]) if is_of_five else "",
            points=_exact(value * question.weight),
        )
        for at, value in enumerate(values)
    )


def _chosen(question: Question, given: Any) -> str:
    """The option that means the kept answer: "4" and "4.0" are one."""
    if given is None or given == "":
        return ""
    if isinstance(question, BandsQuestion):
        return str(given)
    kept = points(question, given)
    return next(
        (
            str(decimal_text(value))
            for value in allowed_values(question)
            if isinstance(value, Fraction) and value * question.weight == kept
        ),
        "",
    )


def _exact(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}" if value.denominator != 1 else str(int(value))
