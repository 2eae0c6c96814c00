"""The sheets of an application side by side, as a consensus is talked over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grants.calls.rules.grid import BandsQuestion, Grid, Question, points
from grants.calls.rules.numbers import exact
from grants.evaluation.drawing import Typed
from grants.evaluation.meetings import Talk
from grants.evaluation.models import Sheet
from grants.evaluation.rules.sheets import standing
from grants.web.filters import number


@dataclass(frozen=True)
class Original:
    """What one member gave to a question or wrote about a section."""

    name: str
    given: str
    points: str
    comment: str


@dataclass(frozen=True)
class Originals:
    """By the code of a question or section; totals in the order of the seats."""

    by_code: Mapping[str, list[Original]]
    totals: list[tuple[str, str]]


def draw_originals(grid: Grid, sheets: Sequence[Sheet]) -> Originals:
    """Every sheet question by question and section by section."""
    by_code: dict[str, list[Original]] = {}
    stands = [(sheet, standing(grid, sheet.scores)) for sheet in sheets]
    for section in grid.sections:
        by_code[section.code] = [
            Original(
                sheet.member.name,
                "",
                number(where.sections[section.code]),
                str(sheet.comments.get(section.code, "")),
            )
            for sheet, where in stands
        ]
        for question in section.questions:
            by_code[question.code] = [_original(question, sheet) for sheet in sheets]
    return Originals(by_code, [(sheet.member.name, number(where.total)) for sheet, where in stands])


def prefilled(grid: Grid, talk: Talk) -> Typed:
    """Where everybody gave the same, the draft starts with it; nothing is proposed elsewhere."""
    scores = {}
    for question in grid.questions():
        given = [sheet.scores.get(question.code) for sheet in talk.originals]
        values = {None if each is None else points(question, each) for each in given}
        if len(values) == 1 and None not in values:
            scores[question.code] = given[0]
    return Typed(scores, {})


def _original(question: Question, sheet: Sheet) -> Original:
    given = sheet.scores.get(question.code)
    found = None if given is None else points(question, given)
    return Original(
        sheet.member.name,
        _words(question, given),
        "–" if found is None else number(found),
        str(sheet.comments.get(question.code, "")),
    )


def _words(question: Question, given: object) -> str:
    if isinstance(question, BandsQuestion):
        return next((band.label for band in question.bands if band.code == given), "–")
    return "–" if given is None else number(exact(str(given)))
