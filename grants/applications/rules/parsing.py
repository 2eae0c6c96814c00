"""Typed strings become facts, or problems with their place; one parser for every section."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from grants.applications.rules.conditions import is_met
from grants.applications.rules.typed import (
    TABLES,
    WITHOUT_TEXT,
    Answers,
    cell_name,
    columns_of,
    first_answers,
    is_blank,
    row_ids,
    rows_name,
    text_of,
    texts_of,
)
from grants.applications.rules.values import Unreadable, read_value
from grants.calls.rules.form import (
    Choice,
    Column,
    Condition,
    Fact,
    Form,
    Kind,
    Question,
    Section,
)
from grants.errors import Problem

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Parsed:
    """What a section says: values by question, what cannot be read, and what is missing.

    The place of every problem is the name of its field. A table is a list of rows, each with its
    `id`, its `code` (R1, 1.2 …) and its cells by column; a reference is the id of its row.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    unreadable: tuple[Problem, ...] = ()
    missing: tuple[Problem, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything asked for is there and can be read."""
        return not self.unreadable and not self.missing


@dataclass(frozen=True)
class Typed:
    """A whole draft: its form, the lots to choose from, and the strings of each section.

    `files` names the files in each slot. `known` are the sections whose answers are here, None
    for all: a condition on the answer of another section counts as met.
    """

    form: Form
    answers: Mapping[str, Answers]
    lots: tuple[Choice, ...] = ()
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    known: Collection[str] | None = None

    def of(self, section: Section) -> Answers:
        """The strings of a section; those of an untouched one are its empty rows."""
        found = self.answers.get(section.key)
        return first_answers(section) if found is None else found

    def is_touched(self, section: Section) -> bool:
        """Whether anything was ever saved there, or a file put into a question of it."""
        return section.key in self.answers or any(
            self.files.get(each.slot) for each in section.questions if each.kind is Kind.FILE
        )

    def is_shown(self, question: Question) -> bool:
        """Whether a question is asked, given what is answered to those before it."""
        if question.key not in self._shown:
            conditions = self.form.conditions_of(question)
            self._shown[question.key] = all(self.holds(each) for each in conditions)
        return self._shown[question.key]

    def is_needed(self, question: Question) -> bool:
        """Whether a question must be answered; one that is not asked never must."""
        if not self.is_shown(question):
            return False
        also = question.required_when
        return question.is_required or (also is not None and self.holds(also))

    def asks(self, fact: Fact) -> bool:
        """Whether a fact of the application is asked for."""
        question = self.form.by_fact(fact)
        return question is not None and self.is_shown(question)

    def parsed(self, section: Section) -> Parsed:
        """What a section says, read once."""
        if section.key not in self._read:
            self._read[section.key] = _parse_section(self, section)
        return self._read[section.key]

    def value(self, fact: Fact) -> Any:
        """A fact of the application, None where the form does not ask or nothing can be read."""
        question = self.form.by_fact(fact)
        section = self.form.section_of(question.key) if question else None
        if question is None or section is None:
            return None
        return self.parsed(section).values.get(question.key)

    def rows(self, fact: Fact) -> Sequence[Row]:
        """The rows of a fact that is a table."""
        return self.value(fact) or ()

    def codes(self, question: str) -> Mapping[str, str]:
        """How the rows of a table are called, by id, in the order of their numbers."""
        if question not in self._codes:
            self._codes[question] = _codes(self, question)
        return self._codes[question]

    def holds(self, condition: Condition) -> bool:
        """Whether a condition is met; one on a question that is not asked never is."""
        question = self.form.question(condition.question)
        section = self.form.section_of(condition.question)
        if question is None or section is None:
            return False
        if self.known is not None and section.key not in self.known:
            return True
        return self.is_shown(question) and is_met(
            condition, question, self.of(section), files=self.files
        )

    @cached_property
    def _shown(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _read(self) -> dict[str, Parsed]:
        return {}

    @cached_property
    def _codes(self) -> dict[str, Mapping[str, str]]:
        return {}


def _parse_section(typed: Typed, section: Section) -> Parsed:
    reader = _Reader(typed, typed.of(section))
    values = {
        question.key: reader.read(question)
        for question in section.questions
        if (question.kind not in WITHOUT_TEXT or question.kind is Kind.FILE)
        and typed.is_shown(question)
    }
    return Parsed(values, tuple(reader.unreadable), tuple(reader.missing))


class _Reader:
    """Reads the strings of one section and collects what is wrong with them."""

    def __init__(self, typed: Typed, answers: Answers) -> None:
        self.typed = typed
        self.answers = answers
        self.unreadable: list[Problem] = []
        self.missing: list[Problem] = []

    def read(self, question: Question) -> Any:
        """The value of a question, None where nothing can be read."""
        if question.kind in TABLES:
            return self._table(question)
        if question.kind is Kind.CHOICES:
            return self._several(question)
        if question.kind is Kind.FILE:
            return self._files(question)
        choices = self.typed.lots if question.kind is Kind.LOT else question.choices
        cell = Column(
            key=question.key,
            label=question.label,
            kind=question.kind,
            is_required=self.typed.is_needed(question),
            limit=question.limit,
            choices=choices,
            words=question.words,
            least=question.least,
            most=question.most,
        )
        return self._cell(cell, question.key, {"label": question.label})

    def _several(self, question: Question) -> list[str]:
        known = {choice.code for choice in question.choices}
        taken = [text for text in texts_of(self.answers, question.key) if text in known]
        facts: dict[str, Any] = {"label": question.label}
        if not taken and self.typed.is_needed(question):
            self.missing.append(Problem("answer_missing", question.key, facts))
        if question.most is not None and len(taken) > question.most:
            facts |= {"figure": len(taken), "limit": question.most}
            self.unreadable.append(Problem("ticks_too_many", question.key, facts))
        return taken

    def _files(self, question: Question) -> list[str]:
        names = list(self.typed.files.get(question.slot, ()))
        if not names and self.typed.is_needed(question):
            self.missing.append(Problem("file_missing", question.key, {"label": question.label}))
        return names

    def _table(self, question: Question) -> list[Row]:
        columns = columns_of(question)
        codes = self.typed.codes(question.key)
        rows = [
            self._row(question, row, code)
            for row, code in codes.items()
            if not is_blank(self.answers, question.key, row, columns)
        ]
        self._count(question, len(rows))
        return rows

    def _count(self, question: Question, figure: int) -> None:
        facts = {"label": question.label, "figure": figure}
        place = rows_name(question.key)
        least = question.least
        if question.required_when is not None and self.typed.is_needed(question):
            least = max(least, 1)
        if figure < least:
            facts["limit"] = least
            self.missing.append(Problem("rows_too_few", place, facts))
        if question.most is not None and figure > question.most:
            facts["limit"] = question.most
            self.unreadable.append(Problem("rows_too_many", place, facts))

    def _row(self, question: Question, row: str, code: str) -> Row:
        name = f"{question.row_name or question.label} {code}"
        cells = {
            column.key: self._cell(
                column,
                cell_name(question.key, row, column.key),
                {"label": column.label, "row": name},
            )
            for column in columns_of(question)
        }
        return {"id": row, "code": code, **cells}

    def _cell(self, column: Column, name: str, facts: dict[str, Any]) -> Any:
        if column.kind is Kind.MONTHS:
            return self._months(column, name, facts)
        if column.kind is Kind.CHOICES:
            return self._ticked(column, name, facts)
        text = text_of(self.answers, name)
        if column.kind is Kind.DECLARATION and text != "yes":
            text = ""
        if not text.strip():
            if column.is_required:
                self.missing.append(Problem(_missing_code(column, facts), name, facts))
            return None
        if column.kind is Kind.REFERENCE:
            return self._reference(column, name, facts)
        try:
            return read_value(column, text)
        except Unreadable as fault:
            self.unreadable.append(Problem(fault.code, name, {**facts, **fault.facts}))
            return None

    def _reference(self, column: Column, name: str, facts: dict[str, Any]) -> str | None:
        row = text_of(self.answers, name)
        other = self.typed.form.question(column.of)
        is_asked = other is not None and self.typed.is_shown(other)
        if is_asked and row in self.typed.codes(column.of):
            return row
        self.missing.append(Problem("reference_gone", name, facts))
        return None

    def _ticked(self, column: Column, name: str, facts: dict[str, Any]) -> list[str]:
        known = {choice.code for choice in column.choices}
        taken = [text for text in texts_of(self.answers, name) if text in known]
        if not taken and column.is_required:
            self.missing.append(Problem("cell_missing", name, facts))
        return taken

    def _months(self, column: Column, name: str, facts: dict[str, Any]) -> list[int]:
        texts = texts_of(self.answers, name)
        taken = sorted({int(text) for text in texts if text.isascii() and text.isdigit()})
        months = [month for month in taken if 1 <= month <= 120]
        if not months and column.is_required:
            self.missing.append(Problem("months_missing", name, facts))
        return months


def _missing_code(column: Column, facts: Mapping[str, Any]) -> str:
    if column.kind is Kind.REFERENCE and column.of == "activities":
        return "line_without_activity"
    if column.kind is Kind.DECLARATION:
        return "declaration_missing"
    return "cell_missing" if "row" in facts else "answer_missing"


def _codes(typed: Typed, key: str) -> Mapping[str, str]:
    question, section = typed.form.question(key), typed.form.section_of(key)
    if question is None or section is None:
        return {}
    answers = typed.of(section)
    rows = row_ids(answers, key)
    if question.kind is Kind.BUDGET:
        order = [heading.code for heading in question.headings]
        return dict(_counted_inside(rows, answers, f"{key}.{{}}.heading", order, order))
    if question.numbered.startswith("by:"):
        column = question.numbered.removeprefix("by:")
        of = next((each.of for each in question.columns if each.key == column), "")
        order = list(typed.codes(of))
        numbers = [str(at + 1) for at in range(len(order))]
        return dict(_counted_inside(rows, answers, f"{key}.{{}}.{column}", order, numbers))
    return {row: f"{question.numbered}{at}" for at, row in enumerate(rows, start=1)}


def _counted_inside(
    rows: Sequence[str], answers: Answers, name: str, order: Sequence[str], numbers: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Rows numbered inside what they belong to: 1.1, 1.2, 2.1 …; those of nothing come last."""
    for owner, number in [*zip(order, numbers, strict=True), (None, "–")]:
        inside = [row for row in rows if _owner(text_of(answers, name.format(row)), order) == owner]
        for at, row in enumerate(inside, start=1):
            yield row, f"{number}.{at}"


def _owner(text: str, order: Sequence[str]) -> str | None:
    return text if text in order else None
