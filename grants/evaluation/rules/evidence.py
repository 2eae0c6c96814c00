"""What an application answered, as blocks to read beside the questions of the grid."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from grants.calls.rules.form import Choice, Column, Form, Kind, Question, Section

Snapshot = Mapping[str, Any]
# These have views of their own.
_APART = frozenset({Kind.BUDGET, Kind.DOCUMENTS, Kind.ORGANISATION})


@dataclass(frozen=True)
class Block:
    """One answer: a text, or a table with its heads; empty where nothing was answered."""

    key: str
    title: str
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.text and not self.rows


@dataclass(frozen=True)
class ReadSection:
    """One section of the form with what was answered in it."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Reader:
    """Reads the answers of one application; `money` writes fening as the page's language does."""

    form: Form
    snapshot: Snapshot
    money: Callable[[int], str]

    def evidence(self, keys: Iterable[str]) -> list[Block]:
        """The answers that a question of the grid is judged by, in the order it names them."""
        questions = [self.form.question(key) for key in keys]
        return [self._block(each) for each in questions if each and each.kind not in _APART]

    def sections(self) -> list[ReadSection]:
        """The whole application, section by section; budget and documents are read apart."""
        sections = [
            ReadSection(
                section.key,
                section.title,
                tuple(
                    self._block(question)
                    for question in section.questions
                    if question.kind not in _APART and self._is_asked(section, question)
                ),
            )
            for section in self.form.sections
        ]
        return [section for section in sections if section.blocks]

    def _is_asked(self, section: Section, question: Question) -> bool:
        """What was not asked of this applicant has no answer at all, not even an empty one."""
        answers = self.snapshot.get("answers", {}).get(section.key)
        return answers is None or question.key in answers

    def _block(self, question: Question) -> Block:
        value = self._value(question)
        if question.kind not in (Kind.TABLE, Kind.PARTNERS):
            return Block(question.key, question.label, self._text(value, question))
        rows = tuple(self._row(question, row) for row in value or ())
        heads = tuple(column.label for column in question.columns)
        if any("code" in row for row in value or ()):
            codes = [str(row.get("code", "")) for row in value]
            heads = ("", *heads)
            rows = tuple((code, *cells) for code, cells in zip(codes, rows, strict=True))
        return Block(question.key, question.label, "", heads, rows)

    def _value(self, question: Question) -> Any:
        section = self.form.section_of(question.key)
        answers = self.snapshot.get("answers", {}).get(section.key if section else "", {})
        return answers.get(question.key)

    def _row(self, question: Question, row: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(self._text(row.get(column.key), column) for column in question.columns)

    def _text(self, value: Any, asked: Question | Column) -> str:
        if value is None or value == "" or value is False:
            return ""
        if asked.kind is Kind.MONEY and isinstance(value, int):
            return self.money(value)
        if asked.kind is Kind.DECLARATION:
            return "✓"
        if isinstance(value, list):
            return ", ".join(_label(each, asked.choices) for each in value)
        return _label(value, asked.choices)


def _label(value: Any, choices: tuple[Choice, ...]) -> str:
    return next((choice.label for choice in choices if choice.code == value), str(value))
