"""What an application answered, as blocks to read beside the questions of the grid."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from grants.calls.rules.form import Choice, Column, Form, Kind, Question
from grants.money import form_with_currency

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


def read_evidence(form: Form, snapshot: Snapshot, keys: Iterable[str]) -> list[Block]:
    """The answers that a question of the grid is judged by, in the order it names them."""
    questions = [form.question(key) for key in keys]
    return [_block(form, snapshot, each) for each in questions if each and each.kind not in _APART]


def read_sections(form: Form, snapshot: Snapshot) -> list[ReadSection]:
    """The whole application, section by section; budget and documents are read apart."""
    sections = [
        ReadSection(
            section.key,
            section.title,
            tuple(
                _block(form, snapshot, question)
                for question in section.questions
                if question.kind not in _APART
            ),
        )
        for section in form.sections
    ]
    return [section for section in sections if section.blocks]


def _block(form: Form, snapshot: Snapshot, question: Question) -> Block:
    value = _value(form, snapshot, question)
    if question.kind is not Kind.TABLE:
        return Block(question.key, question.label, _text(value, question))
    rows = tuple(_row(question, row) for row in value or ())
    heads = tuple(column.label for column in question.columns)
    if any("code" in row for row in value or ()):
        heads, rows = (
            ("", *heads),
            tuple(
                (str(row.get("code", "")), *cells) for row, cells in zip(value, rows, strict=True)
            ),
        )
    return Block(question.key, question.label, "", heads, rows)


def _value(form: Form, snapshot: Snapshot, question: Question) -> Any:
    section = form.section_of(question.key)
    answers = snapshot.get("answers", {}).get(section.key if section else "", {})
    return answers.get(question.key)


def _row(question: Question, row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_text(row.get(column.key), column) for column in question.columns)


def _text(value: Any, asked: Question | Column) -> str:
    if value is None or value == "" or value is False:
        return ""
    if asked.kind is Kind.MONEY and isinstance(value, int):
        return form_with_currency(value)
    if asked.kind is Kind.DECLARATION:
        return "✓"
    if isinstance(value, list):
        return ", ".join(_label(each, asked.choices) for each in value)
    return _label(value, asked.choices)


def _label(value: Any, choices: tuple[Choice, ...]) -> str:
    return next((choice.label for choice in choices if choice.code == value), str(value))
