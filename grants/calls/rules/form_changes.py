"""What a corrected form changes, section by section, and what it asks of the drafts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grants.calls.rules.form import Column, Form, Question, Section, Statements
from grants.errors import Problem


class Change(StrEnum):
    """What happened to a question."""

    ADDED = "added"
    ADDED_REQUIRED = "added_required"
    REMOVED = "removed"
    WORDED = "worded"
    MOVED = "moved"
    LOOSENED = "loosened"
    TIGHTENED = "tightened"
    NOW_OPTIONAL = "now_optional"
    NOW_REQUIRED = "now_required"
    CONDITION = "condition"
    REPLACED = "replaced"


# After these a draft that was complete may be so no more, or says less than its author thinks.
ASKING = frozenset(
    {
        Change.ADDED_REQUIRED,
        Change.REMOVED,
        Change.TIGHTENED,
        Change.NOW_REQUIRED,
        Change.CONDITION,
        Change.REPLACED,
    }
)


@dataclass(frozen=True)
class QuestionChange:
    """What happened to one question."""

    key: str
    label: str
    changes: tuple[Change, ...]

    @property
    def asks(self) -> bool:
        """Whether the drafts concerned must look at it again."""
        return not ASKING.isdisjoint(self.changes)


@dataclass(frozen=True)
class SectionChange:
    """What happened in one section; `is_gone` when the section is there no more."""

    key: str
    title: str
    questions: tuple[QuestionChange, ...]
    is_gone: bool = False

    @property
    def asks(self) -> bool:
        """Whether the drafts must look at this section again."""
        return any(question.asks for question in self.questions)


def changed_sections(old: Form, new: Form) -> list[SectionChange]:
    """The sections that differ, in the order of the new form, those that are gone last.

    A question that moved to another section is told where it stands now.
    """
    found = []
    for section in new.sections:
        before = old.section(section.key)
        questions = tuple(_of_section(old, new, section, before))
        is_worded = before is not None and (before.title, before.lede) != (
            section.title,
            section.lede,
        )
        if questions or is_worded or before is None:
            found.append(SectionChange(section.key, section.title, questions))
    for section in old.sections:
        if new.section(section.key) is None:
            gone = tuple(_removed(section, new))
            found.append(SectionChange(section.key, section.title, gone, is_gone=True))
    return found


def refused_changes(old: Form, new: Form) -> list[Problem]:
    """What even a correction may not do: answers typed under one kind are not read as another."""
    return [
        Problem("form_kind_changed", "form", {"label": question.label})
        for question in new.questions()
        if (before := old.question(question.key)) is not None and before.kind is not question.kind
    ]


def changes_to_json(changes: list[SectionChange]) -> list[dict[str, Any]]:
    """As they are kept with a version of the form."""
    return [
        {
            "section": change.key,
            "title": change.title,
            "gone": change.is_gone,
            "questions": [
                {"key": each.key, "label": each.label, "changes": [*each.changes]}
                for each in change.questions
            ],
        }
        for change in changes
    ]


def changes_from_json(kept: list[Mapping[str, Any]]) -> list[SectionChange]:
    """As changes_to_json keeps them."""
    return [
        SectionChange(
            change["section"],
            change["title"],
            tuple(
                QuestionChange(each["key"], each["label"], tuple(map(Change, each["changes"])))
                for each in change["questions"]
            ),
            is_gone=change["gone"],
        )
        for change in kept
    ]


def _of_section(
    old: Form, new: Form, section: Section, before: Section | None
) -> Iterator[QuestionChange]:
    for question in section.questions:
        earlier = old.question(question.key)
        if earlier is None:
            kind = Change.ADDED_REQUIRED if question.is_required else Change.ADDED
            yield QuestionChange(question.key, question.label, (kind,))
            continue
        changes = tuple(_between(earlier, question))
        if old.section_of(question.key) is not before:
            changes = (*changes, Change.MOVED)
        if changes:
            yield QuestionChange(question.key, question.label, changes)
    if before is not None:
        yield from _removed(before, new)


def _removed(section: Section, new: Form) -> Iterator[QuestionChange]:
    for question in section.questions:
        if new.question(question.key) is None:
            yield QuestionChange(question.key, question.label, (Change.REMOVED,))


_TEXTS = ("label", "hint", "help", "example", "mistakes", "row_name")
_BLOCK = ("sources", "in_kind_limit", "statements")
_LIMITS = ("limit", "words", "most", "least")


def _between(old: Question, new: Question) -> Iterator[Change]:
    if (old.kind, old.fact, old.numbered) != (new.kind, new.fact, new.numbered):
        yield Change.REPLACED
    if any(getattr(old, name) != getattr(new, name) for name in _TEXTS):
        yield Change.WORDED
    if (old.shown_when, old.lots) != (new.shown_when, new.lots):
        yield Change.CONDITION
    if (old.is_required, old.required_when) != (new.is_required, new.required_when):
        is_looser = not new.is_required and new.required_when is None
        yield Change.NOW_OPTIONAL if is_looser else Change.NOW_REQUIRED
    yield from _limits(old, new)


def _limits(old: Question, new: Question) -> Iterator[Change]:
    is_tighter = _is_tighter(old, new) or _is_block_tighter(old, new)
    if is_tighter or _are_columns_tighter(old.columns, new.columns):
        yield Change.TIGHTENED
        return
    names = (*_LIMITS, "choices", "columns", "headings", *_BLOCK)
    if any(getattr(old, name) != getattr(new, name) for name in names):
        yield Change.LOOSENED


def _is_tighter(old: Question | Column, new: Question | Column) -> bool:
    lower = (
        _is_below(getattr(new, name), getattr(old, name)) for name in ("limit", "words", "most")
    )
    codes = {choice.code for choice in new.choices}
    is_choice_gone = any(choice.code not in codes for choice in old.choices)
    return any(lower) or new.least > old.least or is_choice_gone or _is_heading_gone(old, new)


def _is_heading_gone(old: Question | Column, new: Question | Column) -> bool:
    if not isinstance(old, Question) or not isinstance(new, Question):
        return False
    kept = {(each.code, each.tags) for each in new.headings}
    return any((each.code, each.tags) not in kept for each in old.headings)


def _is_block_tighter(old: Question, new: Question) -> bool:
    """Whether a budget takes less co-financing, or the partners must sign what they need not."""
    is_source_gone = any(source not in new.sources for source in old.sources)
    limits = (1 if each is None else each for each in (old.in_kind_limit, new.in_kind_limit))
    before, after = limits
    must_sign = new.statements is Statements.REQUIRED is not old.statements
    return is_source_gone or after < before or must_sign


def _is_below(new: int | None, old: int | None) -> bool:
    return new is not None and (old is None or new < old)


def _are_columns_tighter(old: tuple[Column, ...], new: tuple[Column, ...]) -> bool:
    before = {column.key: column for column in old}
    if before.keys() - {column.key for column in new}:
        return True
    return any(_is_column_tighter(before.get(column.key), column) for column in new)


def _is_column_tighter(old: Column | None, new: Column) -> bool:
    if old is None:
        return new.is_required
    is_other = (old.kind, old.of) != (new.kind, new.of)
    return is_other or (new.is_required and not old.is_required) or _is_tighter(old, new)
