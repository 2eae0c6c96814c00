"""A score sheet as a text file: downloaded, filled in offline with any editor, read back.

A line `[[ocjena 2.1]]`, `[[obrazlozenje 2.1]]` or `[[komentar 2]]` opens a place; what follows
until the next such line is its content. Lines that begin with `|` explain and are never read; a
space before either makes it plain text. The marks stay the same in every language. A place left
empty changes nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from grants.calls.rules.grid import (
    BandsQuestion,
    Grid,
    Question,
    allowed_values,
    points,
)
from grants.calls.rules.numbers import decimal_text
from grants.errors import Problem
from grants.evaluation.rules.sheets import LONGEST_COMMENT, Changes
from grants.i18n.script import fold

MOST_BYTES = 400_000
SCORE, REASON, COMMENT, SHEET = "ocjena", "obrazlozenje", "komentar", "list"
_MARK = re.compile(r"\[\[\s*(\w+)\s+([^\]]+?)\s*\]\]")
_GUARDED = (" |", " [[")
_BYTE_ORDER_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class TextSheet:
    """What a text form is written from."""

    reference: str
    title: str
    grid: Grid
    scores: Mapping[str, Any] = field(default_factory=dict)
    comments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadSheet:
    """What was read from a filled text form; what cannot be used is a problem, not a change.

    Problems (facts: `mark`, and what the code needs): `text_other_application`, `text_no_mark`,
    `text_mark_unknown`, `text_mark_twice`, `text_score_unknown`, `text_comment_long`.
    """

    changes: Changes
    problems: tuple[Problem, ...] = ()


def write_sheet(sheet: TextSheet, say: Callable[[str], str]) -> str:
    """The file; `say` words its explanations by their keys."""
    lines = [
        _explained(say("how")),
        f"[[{SHEET} {sheet.reference}]]",
        _explained(sheet.title),
        "",
    ]
    for section in sheet.grid.sections:
        lines += [_explained("=" * 60), _explained(f"{section.code} {section.title}"), ""]
        for question in section.questions:
            lines += _question_lines(question, sheet, say)
        lines += [f"[[{COMMENT} {section.code}]]", _kept(sheet.comments, section.code), ""]
    return "\r\n".join("\r\n".join(line.split("\n")) for line in lines) + "\r\n"


def read_text(content: bytes) -> str:
    """The text of a file as editors save it: UTF-8, UTF-16, or the Central European code page."""
    if content.startswith(_BYTE_ORDER_16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", errors="replace")


def read_sheet(text: str, *, reference: str, grid: Grid) -> ReadSheet:
    """What a filled form says for one application; every fault with its place, nothing lost."""
    places, problems = _places(text)
    named = places.pop((SHEET, _plain(reference)), None)
    strangers = [code for what, code in places if what == SHEET]
    if strangers:
        facts = {"mark": strangers[0], "reference": reference}
        return ReadSheet(Changes(), (Problem("text_other_application", "", facts),))
    if named is None and not places:
        return ReadSheet(Changes(), (Problem("text_no_mark"),))
    scores: dict[str, str] = {}
    comments: dict[str, str] = {}
    for (what, code), content in places.items():
        problem = _take(what, code, content, grid=grid, into=(scores, comments))
        problems += [problem] if problem else []
    return ReadSheet(Changes(scores, comments), tuple(problems))


def _places(text: str) -> tuple[dict[tuple[str, str], str], list[Problem]]:
    """The content of every mark; the second of two is a problem and is not read."""
    found: dict[tuple[str, str], list[str]] = {}
    problems: list[Problem] = []
    here: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        mark = _MARK.fullmatch(line.rstrip())
        if mark is None:
            plain = line[1:] if line.startswith(_GUARDED) else line
            here += [] if line.startswith("|") else [plain.rstrip()]
            continue
        key, here = (_plain(fold(mark[1])), _plain(mark[2])), []
        if key in found:
            problems.append(Problem("text_mark_twice", key[1], {"mark": mark[0]}))
        else:
            found[key] = here
    return {key: "\n".join(lines).strip() for key, lines in found.items()}, problems


def _take(
    what: str,
    code: str,
    content: str,
    *,
    grid: Grid,
    into: tuple[dict[str, str], dict[str, str]],
) -> Problem | None:
    scores, comments = into
    question = grid.by_code.get(code)
    is_section = any(section.code == code for section in grid.sections)
    is_known = question is not None if what in (SCORE, REASON) else is_section and what == COMMENT
    if not is_known:
        return Problem("text_mark_unknown", code, {"mark": f"[[{what} {code}]]"})
    if not content:
        return None
    if what != SCORE:
        if len(content) > LONGEST_COMMENT:
            facts = {"mark": f"[[{what} {code}]]", "most": LONGEST_COMMENT}
            return Problem("text_comment_long", code, facts)
        comments[code] = content
        return None
    assert question is not None  # noqa: S101  is_known says so
    given = _answer(question, content)
    if given is None:
        facts = {"mark": f"[[{what} {code}]]", "typed": content[:60]}
        return Problem("text_score_unknown", code, facts)
    scores[code] = given
    return None


def _answer(question: Question, typed: str) -> str | None:
    """The answer as a sheet keeps it: a band by code or words, a number with comma or point."""
    bare = " ".join(typed.split())
    if isinstance(question, BandsQuestion):
        wanted = fold(bare)
        named = (
            band.code for band in question.bands if wanted in (fold(band.code), fold(band.label))
        )
        return next(named, None)
    number = bare.replace(",", ".")
    return number if points(question, number) is not None else None


def _question_lines(
    question: Question, sheet: TextSheet, say: Callable[[str], str]
) -> Iterator[str]:
    yield _explained(f"{question.code} {question.text}")
    yield _explained(f"{say('offered')} {', '.join(_offered(question))}")
    yield f"[[{SCORE} {question.code}]]"
    yield _shown(question, sheet.scores.get(question.code))
    yield f"[[{REASON} {question.code}]]"
    yield _kept(sheet.comments, question.code)
    yield ""


def _explained(text: str) -> str:
    return "\n".join(f"| {line}" for line in text.splitlines())


def _offered(question: Question) -> list[str]:
    if isinstance(question, BandsQuestion):
        return [f"{band.code} = {band.label}" for band in question.bands]
    values = [value for value in allowed_values(question) if isinstance(value, Fraction)]
    return [str(decimal_text(value)).replace(".", ",") for value in values]


def _shown(question: Question, given: Any) -> str:
    if given is None:
        return ""
    is_band = isinstance(question, BandsQuestion)
    return str(given) if is_band else str(given).replace(".", ",")


def _kept(comments: Mapping[str, Any], code: str) -> str:
    lines = str(comments.get(code, "")).split("\n")
    return "\n".join(f" {line}" if line.startswith(("|", "[[")) else line for line in lines)


def _plain(text: str) -> str:
    return " ".join(text.split())
