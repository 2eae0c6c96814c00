"""Lines of a budget that come from a table: what they say, how they differ from what is kept.

A line is a mapping of columns to texts, as typed in a cell. Nothing is changed before somebody
has seen the differences.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from grants.applications.rules.parsing import Typed
from grants.applications.rules.typed import (
    MOST_ROWS,
    Answers,
    Text,
    cell_name,
    columns_of,
    row_ids,
    rows_name,
    text_of,
)
from grants.applications.rules.values import Unreadable, read_value
from grants.calls.rules.form import Column, Fact, Kind, Question
from grants.errors import Problem
from grants.i18n.script import fold

_FIGURES = (Kind.NUMBER, Kind.MONEY)


@dataclass(frozen=True)
class RawLine:
    """One row of a table: its number there, the id it carries if any, its cells by column."""

    number: int
    cells: Mapping[str, str]
    id: str = ""
    faults: Mapping[str, Problem] = field(default_factory=dict)


class Change(StrEnum):
    """What an import does to one line."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


@dataclass(frozen=True)
class Difference:
    """One cell before and after, as it is kept."""

    column: Column
    before: str
    after: str


@dataclass(frozen=True)
class LineChange:
    """One line of the proposal: `cells` are the texts that would be kept for it."""

    change: Change
    id: str
    cells: Mapping[str, str]
    differences: tuple[Difference, ...] = ()
    number: int | None = None


@dataclass(frozen=True)
class Proposal:
    """What an import would do, line by line, and a problem for every faulty cell.

    The facts of a problem: `number` of the row, `column` as it is called, and what it needs.
    """

    lines: tuple[LineChange, ...]
    problems: tuple[Problem, ...] = ()

    def count(self, change: Change) -> int:
        """How many lines are new, changed …"""
        return sum(line.change is change for line in self.lines)

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to confirm."""
        return any(line.change is not Change.UNCHANGED for line in self.lines)


def propose(
    typed: Typed, question: Question, raw: Sequence[RawLine], *, is_whole: bool
) -> Proposal:
    """How the lines of a table differ from the budget as kept.

    `is_whole` says that the table is the whole budget: a line that is not in it would go. Else
    its lines are added, and those that are there already stay as they are.
    """
    section = typed.form.section_of(question.key)
    answers = typed.of(section) if section else {}
    reader = _Reader(typed, question)
    read = [(line, reader.cells(line)) for line in raw]
    kept = {row: _kept_cells(answers, question, row) for row in row_ids(answers, question.key)}
    matched = _match(question, read, kept)
    lines = [
        reader.compare(line, cells, kept.get(row, {}), row=row)
        for (line, cells), row in zip(read, matched, strict=True)
    ]
    gone = [row for row in kept if row not in set(matched)]
    if is_whole:
        lines += [LineChange(Change.REMOVED, row, kept[row]) for row in gone]
    else:
        lines = [LineChange(Change.UNCHANGED, row, kept[row]) for row in gone] + lines
    standing = sum(line.change is not Change.REMOVED for line in lines)
    return Proposal(tuple(lines), (*reader.problems, *_too_many(question, standing)))


def apply_proposal(
    answers: Answers, question: Question, proposal: Proposal, *, ids: Iterator[str]
) -> dict[str, Text]:
    """The answers with the proposal carried out; `ids` gives new rows their lasting ids."""
    begin = f"{question.key}."
    kept = {name: text for name, text in answers.items() if not name.startswith(begin)}
    rows = []
    for line in proposal.lines:
        if line.change is Change.REMOVED:
            continue
        row = line.id or next(ids)
        rows.append(row)
        kept |= {cell_name(question.key, row, key): text for key, text in line.cells.items()}
    kept[rows_name(question.key)] = " ".join(rows)
    return kept


def choices_of(typed: Typed, question: Question, column: Column) -> dict[str, str]:
    """The possible cells of a column by what is kept for them: headings, activities, partners.

    Each is written `1.2 · Words`; a row without words is its code alone.
    """
    if column.key == "heading":
        return {each.code: f"{each.code} · {each.title}" for each in question.headings}
    if column.kind is not Kind.REFERENCE:
        return {}
    other = typed.form.question(column.of)
    section = typed.form.section_of(column.of)
    if other is None or section is None or not typed.is_shown(other):
        return {}
    shown = next((each.key for each in columns_of(other) if each.kind is not Kind.REFERENCE), "")
    answers = typed.of(section)
    found = {}
    for row, code in typed.codes(column.of).items():
        words = " ".join(text_of(answers, cell_name(column.of, row, shown)).split())
        found[row] = f"{code} · {words}" if words else code
    return found


def has_partners(typed: Typed) -> bool:
    """Whether anybody but the applicant may be in charge of a line."""
    return bool(typed.rows(Fact.PARTNERS))


class _Reader:
    """Turns cells into the texts that are kept, and collects what is wrong with them."""

    def __init__(self, typed: Typed, question: Question) -> None:
        self.problems: list[Problem] = []
        self._columns = columns_of(question)
        self._choices = {
            column.key: choices_of(typed, question, column)
            for column in self._columns
            if column.key == "heading" or column.kind is Kind.REFERENCE
        }

    def cells(self, line: RawLine) -> dict[str, str]:
        """The texts of one line; a cell that is not in the table is not in them either."""
        found = {}
        for column in self._columns:
            if fault := line.faults.get(column.key):
                self._note(line, column, fault.code, fault.facts)
            if column.key in line.cells:
                found[column.key] = self._cell(line, column, line.cells[column.key])
        return found

    def compare(
        self, line: RawLine, cells: Mapping[str, str], kept: Mapping[str, str], *, row: str
    ) -> LineChange:
        """The line beside the kept row; without one it is new."""
        differences = tuple(
            Difference(column, kept.get(column.key, ""), cells[column.key])
            for column in self._columns
            if column.key in cells
            and not self._is_kept(column, kept.get(column.key, ""), cells[column.key])
        )
        after = {**kept, **{each.column.key: each.after for each in differences}}
        if not row:
            return LineChange(Change.NEW, "", after, differences, line.number)
        change = Change.CHANGED if differences else Change.UNCHANGED
        return LineChange(change, row, after, differences, line.number)

    def _is_kept(self, column: Column, before: str, after: str) -> bool:
        """Whether the cell says what is kept; a choice that is gone is as good as none."""
        choices = self._choices.get(column.key)
        if choices is not None and before not in choices:
            before = ""
        return _is_same(column, before, after)

    def _cell(self, line: RawLine, column: Column, text: str) -> str:
        bare = " ".join(text.split("\n")).strip()
        if not bare:
            return ""
        if column.key in self._choices:
            return self._choice(line, column, bare)
        try:
            read_value(column, bare)
        except Unreadable as fault:
            self._note(line, column, fault.code, fault.facts)
        return bare

    def _choice(self, line: RawLine, column: Column, text: str) -> str:
        wanted = fold(text)
        for kept, shown in self._choices[column.key].items():
            code, _, words = shown.partition(" · ")
            if wanted in (fold(shown), fold(code), fold(words)):
                return kept
        self._note(line, column, "cell_unknown", {"typed": text[:60]})
        return ""

    def _note(self, line: RawLine, column: Column, code: str, facts: Mapping[str, Any]) -> None:
        said = {**facts, "number": line.number, "column": column.label}
        self.problems.append(Problem(code, f"{line.number}.{column.key}", said))


def _too_many(question: Question, standing: int) -> list[Problem]:
    most = MOST_ROWS if question.most is None else min(question.most, MOST_ROWS)
    if standing <= most:
        return []
    facts = {"label": question.label, "figure": standing, "limit": most}
    return [Problem("rows_too_many", rows_name(question.key), facts)]


def _kept_cells(answers: Answers, question: Question, row: str) -> dict[str, str]:
    return {
        column.key: text_of(answers, cell_name(question.key, row, column.key))
        for column in columns_of(question)
    }


def _match(
    question: Question,
    read: Sequence[tuple[RawLine, Mapping[str, str]]],
    kept: Mapping[str, Mapping[str, str]],
) -> list[str]:
    """The kept row of every line, empty for a new one.

    A line that carries an id is that row, once: a copied line is new. Others are looked for by
    heading and description, then by the description alone.
    """
    free = dict(kept)
    rows = [line.id if free.pop(line.id, None) is not None else "" for line, _cells in read]
    for keys in (("heading", "description"), ("description",)):
        waiting: dict[tuple[str, ...], list[str]] = {}
        for row, cells in free.items():
            waiting.setdefault(_same(cells, keys), []).append(row)
        for at, (line, cells) in enumerate(read):
            found = waiting.get(_same(cells, keys), [])
            if not rows[at] and not line.id and found and cells.get("description"):
                rows[at] = found.pop(0)
                free.pop(rows[at])
    return rows


def _same(cells: Mapping[str, str], keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold(cells.get(key, "").strip()) for key in keys)


def _is_same(column: Column, before: str, after: str) -> bool:
    """Whether two texts mean the same: 600 and 600,00 do."""
    before, after = " ".join(before.split()), " ".join(after.split())
    if before == after or column.kind not in _FIGURES or not before or not after:
        return before == after
    try:
        return bool(read_value(column, before) == read_value(column, after))
    except Unreadable:
        return False
