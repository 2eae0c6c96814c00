"""What the committee of culture and sport gave: twenty-three sheets, one of them far apart."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from grants.calls.rules.grid import Grid
from grants.demo.cast import Cast
from grants.demo.sheets import Filled, Words, fill_in

FILE = Path(__file__).parent / "comments.json"
# Project → member → the scores in the order of the grid, section by section. Two applications of
# the second lot come out level in the total and in every section that breaks ties; one of the
# first lot is seen so differently that the committee has to meet.
_GIVEN: Mapping[str, Mapping[str, str]] = {
    "mural": {
        "amela.softic": "5444 45544 44454 444 44",
        "edina.begic": "5454 55544 45454 454 45",
        "igor.simic": "4444 45444 44444 443 44",
        "ena.subasic": "5544 55454 45454 544 44",
    },
    "zanati": {
        "amela.softic": "4444 44444 34443 443 43",
        "boris.maric": "3322 33223 22322 222 22",
        "edina.begic": "4444 54445 44444 444 44",
        "igor.simic": "4344 44444 34343 433 43",
        "ena.subasic": "4443 44543 34443 344 34",
    },
    "kino": {
        "amela.softic": "3333 33333 33233 332 33",
        "boris.maric": "3333 33323 33222 322 32",
        "edina.begic": "4333 33433 33333 333 33",
        "igor.simic": "3333 33343 33233 323 33",
    },
    "koraci": {
        "amela.softic": "4444 44444 44434 444 44",
        "boris.maric": "4343 44434 34443 433 44",
        "edina.begic": "4444 54444 44444 444 44",
        "igor.simic": "4434 44444 43444 344 43",
        "ena.subasic": "4444 45444 44344 444 44",
    },
    "basket": {
        "amela.softic": "5444 44444 44444 443 44",
        "boris.maric": "4444 44444 43434 443 44",
        "edina.begic": "4444 44544 44344 444 34",
        "igor.simic": "4444 44444 34434 444 44",
        "ena.subasic": "3444 44444 34343 434 34",
    },
}
AGREED = "4344 44444 34343 433 33"
# From this mean of a section on a member writes what is good about it.
_GOOD = 3.5


def sheets(grid: Grid, cast: Cast) -> Iterator[Filled]:
    """All sheets, each signed on the evening it was written."""
    for number, (project, given) in enumerate(_GIVEN.items()):
        for place, (key, scores) in enumerate(given.items()):
            at = cast.moments.before(21 - number // 2, "15:10") + timedelta(minutes=19 * number)
            levels = levels_of(scores)
            changes = fill_in(grid, levels, words_for(grid, levels, turn=number + place))
            yield Filled(key, project, changes, at + timedelta(minutes=7 * place))


def levels_of(scores: str) -> list[int]:
    """`"54 3"` → `[5, 4, 3]`."""
    return [int(each) for each in scores if each != " "]


def words_for(grid: Grid, levels: Sequence[int], *, turn: int) -> Words:
    """What a member writes about scores; the turn tells one member's sentences from another's."""
    said, left, sections = _read(), iter(levels), {}
    for section in grid.sections:
        given = [next(left) for _question in section.questions]
        kind = "strong" if sum(given) >= _GOOD * len(given) else "weak"
        sections[section.code] = _from(said[kind][section.code], turn)[0]
    return Words(sections, _from(said["praise"], turn), _from(said["doubt"], turn))


def _from(sentences: Sequence[str], turn: int) -> Sequence[str]:
    """The sentences, beginning with that of the turn."""
    first = turn % len(sentences)
    return [*sentences[first:], *sentences[:first]]


@cache
def _read() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found
