"""Score sheets of the story: filled in question by question, signed or left in work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from grants.calls.rules.grid import Grid, needs_comment
from grants.demo.cast import Cast, settle, signed_in
from grants.evaluation.actions import save_sheet, sign_sheet
from grants.evaluation.queries import Reading, get_reading
from grants.evaluation.rules.sheets import Changes
from grants.people.actors import Actor

# Of the preset's scales.
_BEST = 5


@dataclass(frozen=True)
class Words:
    """What a member writes: about each section; in turn about the best scores, and low ones."""

    sections: Mapping[str, str]
    praise: Sequence[str]
    doubt: Sequence[str]


@dataclass(frozen=True)
class Filled:
    """One sheet: whose, about which project, what was given and when, and whether it is signed."""

    member: str
    project: str
    changes: Changes
    at: datetime
    is_signed: bool = True


def fill_in(grid: Grid, given: Sequence[int], words: Words) -> Changes:
    """Scores in the order of the grid as far as they go, with each comment that is asked for."""
    scores: dict[str, str] = {}
    comments: dict[str, str] = {}
    for section in grid.sections:
        if len(scores) == len(given):
            break
        comments[section.code] = words.sections[section.code]
        for question in section.questions:
            level = given[len(scores)]
            scores[question.code] = str(level)
            if needs_comment(question, str(level)):
                said = words.praise if level == _BEST else words.doubt
                comments[question.code] = said[len(scores) % len(said)]
    return Changes(scores, comments)


def score(
    committee: str, slugs: Mapping[str, str], sheets: Iterable[Filled], *, cast: Cast
) -> None:
    """The sheets as they were filled in, each signed three quarters of an hour later or left."""
    for each in sheets:
        by, slug = signed_in(cast.people[each.member]), slugs[each.project]
        reading = _reading(by, committee, slug)
        sheet = save_sheet(reading, each.changes, version=0, by=by, at=each.at)
        settle()
        if each.is_signed:
            later = each.at + timedelta(minutes=45)
            sign_sheet(_reading(by, committee, slug), version=sheet.version, by=by, at=later)
            settle()


def _reading(by: Actor, committee: str, slug: str) -> Reading:
    reading = get_reading(by, committee, slug)
    if reading is None:
        raise LookupError(slug)
    return reading
