"""A frozen version as it is read: section by section, on a page and in print alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grants.calls.rules.form import Column, Fact, Form, Heading, Kind, Question, Section

Json = Mapping[str, Any]
# What the logframe and the plan of months show themselves; a table with more is shown as it is.
_SHOWN: Mapping[Fact, frozenset[str]] = {
    Fact.RESULTS: frozenset(("text", "assumptions")),
    Fact.INDICATORS: frozenset(("result", "name", "baseline", "target", "source")),
    Fact.ACTIVITIES: frozenset(("result", "title", "responsible", "months")),
}


class BlockKind(StrEnum):
    """How a part of a section is drawn."""

    ANSWER = "answer"
    TABLE = "table"
    LOGFRAME = "logframe"
    MONTHS = "months"
    BUDGET = "budget"
    ORGANISATION = "organisation"
    DOCUMENTS = "documents"


@dataclass(frozen=True)
class Block:
    """One question as answered, or what stands for it; `shown` is what the kind needs."""

    kind: BlockKind
    question: Question
    shown: Any

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of a table."""
        return self.question.columns


@dataclass(frozen=True)
class ReadSection:
    """One section with everything that was answered in it."""

    section: Section
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Plan:
    """The activities over the months of the project, or as far as one of them goes."""

    activities: Sequence[Json]
    months: range


@dataclass(frozen=True)
class ReadGroup:
    """The lines under one heading with their sums, in fening."""

    heading: Heading
    lines: tuple[Json, ...]

    @property
    def grant(self) -> int:
        """What is asked for."""
        return sum(int(line["grant"]) for line in self.lines)

    @property
    def own(self) -> int:
        """What others give."""
        return sum(int(line["own"]) for line in self.lines)


@dataclass(frozen=True)
class ReadBudget:
    """A frozen budget by headings."""

    groups: tuple[ReadGroup, ...]

    @property
    def grant(self) -> int:
        """What is asked for in all, in fening."""
        return sum(group.grant for group in self.groups)

    @property
    def own(self) -> int:
        """What others give in all, in fening."""
        return sum(group.own for group in self.groups)


def read_version(form: Form, facts: Json) -> list[ReadSection]:
    """Every section of a frozen version (rules.freezing) in the order of its form.

    A question that was not asked is left out; a section of which nothing was asked stays, empty.
    """
    return [ReadSection(section, tuple(_blocks(section, form, facts))) for section in form.sections]


def _blocks(section: Section, form: Form, facts: Json) -> Iterator[Block]:
    answers = facts.get("answers", {}).get(section.key, {})
    has_logframe = _is_whole(form, Fact.RESULTS) and _is_whole(form, Fact.INDICATORS)
    for question in section.questions:
        if question.kind is Kind.ORGANISATION:
            yield Block(BlockKind.ORGANISATION, question, facts.get("organisation", {}))
        elif question.kind is Kind.DOCUMENTS:
            yield Block(BlockKind.DOCUMENTS, question, facts.get("documents", ()))
        elif question.kind is Kind.BUDGET:
            yield Block(BlockKind.BUDGET, question, read_budget(question.headings, facts))
        elif question.key not in answers or (question.fact is Fact.INDICATORS and has_logframe):
            continue
        elif question.fact is Fact.RESULTS and has_logframe:
            yield Block(BlockKind.LOGFRAME, question, facts.get("logframe", {}))
        elif question.fact is Fact.ACTIVITIES and _is_whole(form, Fact.ACTIVITIES):
            yield Block(BlockKind.MONTHS, question, read_plan(facts))
        elif question.columns:
            yield Block(BlockKind.TABLE, question, answers[question.key])
        else:
            yield Block(BlockKind.ANSWER, question, answers[question.key])


def read_plan(facts: Json) -> Plan:
    """The activities of a version over its months; months count from the first of the project."""
    activities = facts.get("activities", ())
    last = max((month for each in activities for month in each["months"]), default=0)
    return Plan(activities, range(1, max(last, int(facts.get("duration_months") or 0)) + 1))


def read_budget(headings: Sequence[Heading], facts: Json) -> ReadBudget:
    """The lines of a version by heading; those of no known heading come last, without title."""
    lines = facts.get("budget", ())
    known = {heading.code for heading in headings}
    strays = tuple(line for line in lines if line["heading"] not in known)
    groups = [
        ReadGroup(heading, tuple(line for line in lines if line["heading"] == heading.code))
        for heading in headings
    ]
    return ReadBudget(
        (*(group for group in groups if group.lines), *_stray_group(strays)),
    )


def _stray_group(lines: tuple[Json, ...]) -> Iterator[ReadGroup]:
    if lines:
        yield ReadGroup(Heading("", ""), lines)


def _is_whole(form: Form, fact: Fact) -> bool:
    """Whether the drawn shape of a table leaves out none of its columns."""
    question = form.by_fact(fact)
    return question is not None and {each.key for each in question.columns} <= _SHOWN[fact]
