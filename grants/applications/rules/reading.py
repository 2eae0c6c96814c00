"""A frozen version as it is read: section by section, on a page and in print alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
    """A frozen budget by headings; `sources` names who co-finances, by code."""

    groups: tuple[ReadGroup, ...]
    sources: Mapping[str, str]

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
    for question in section.questions:
        if question.kind in _OF_VERSION:
            kind, read = _OF_VERSION[question.kind]
            yield Block(kind, question, read(question, facts))
        elif question.key in answers:
            yield from _answered(question, answers[question.key], form, facts)


def _answered(question: Question, answer: Any, form: Form, facts: Json) -> Iterator[Block]:
    has_logframe = _is_whole(form, Fact.RESULTS) and _is_whole(form, Fact.INDICATORS)
    if question.fact is Fact.INDICATORS and has_logframe:
        return
    if question.fact is Fact.RESULTS and has_logframe:
        yield Block(BlockKind.LOGFRAME, question, facts.get("logframe", {}))
    elif question.fact is Fact.ACTIVITIES and _is_whole(form, Fact.ACTIVITIES):
        yield Block(BlockKind.MONTHS, question, read_plan(facts))
    else:
        kind = BlockKind.TABLE if question.columns else BlockKind.ANSWER
        yield Block(kind, question, answer)


def read_plan(facts: Json) -> Plan:
    """The activities of a version over its months; months count from the first of the project."""
    activities = facts.get("activities", ())
    last = max((month for each in activities for month in each["months"]), default=0)
    return Plan(activities, range(1, max(last, int(facts.get("duration_months") or 0)) + 1))


def read_budget(question: Question, facts: Json) -> ReadBudget:
    """The lines of a version by heading; those of no known heading come last, without title."""
    headings = question.headings
    lines = facts.get("budget", ())
    known = {heading.code for heading in headings}
    strays = tuple(line for line in lines if line["heading"] not in known)
    groups = [
        ReadGroup(heading, tuple(line for line in lines if line["heading"] == heading.code))
        for heading in headings
    ]
    return ReadBudget(
        (*(group for group in groups if group.lines), *_stray_group(strays)),
        {source.code: source.title for source in question.sources},
    )


def _stray_group(lines: tuple[Json, ...]) -> Iterator[ReadGroup]:
    if lines:
        yield ReadGroup(Heading("", ""), lines)


def _is_whole(form: Form, fact: Fact) -> bool:
    """Whether the drawn shape of a table leaves out none of its columns."""
    question = form.by_fact(fact)
    return question is not None and {each.key for each in question.columns} <= _SHOWN[fact]


# What is not kept as an answer, but beside the answers of a version.
_OF_VERSION: Mapping[Kind, tuple[BlockKind, Callable[[Question, Json], Any]]] = {
    Kind.ORGANISATION: (BlockKind.ORGANISATION, lambda _question, facts: facts["organisation"]),
    Kind.DOCUMENTS: (BlockKind.DOCUMENTS, lambda _question, facts: facts["documents"]),
    Kind.BUDGET: (BlockKind.BUDGET, read_budget),
}
