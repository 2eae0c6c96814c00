"""The application form of a call: sections and questions as data, read from the call's JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

FORMAT = "poziv-form/1"


class Kind(StrEnum):
    """What one answers: a value, a table, or one of the blocks that bring their own shape."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    DECLARATION = "declaration"
    TABLE = "table"
    LOT = "lot"
    ORGANISATION = "organisation"
    BUDGET = "budget"
    DOCUMENTS = "documents"
    # Only as columns of a table: a row of another table, and the months something happens in.
    REFERENCE = "reference"
    MONTHS = "months"


class Fact(StrEnum):
    """What a fact of the application an answer is, wherever in the form it is asked."""

    TITLE = "title"
    LOT = "lot"
    SUMMARY = "summary"
    LOCATION = "location"
    STARTS_ON = "starts_on"
    DURATION = "duration_months"
    REQUESTED = "requested"
    OVERALL_OBJECTIVE = "overall_objective"
    SPECIFIC_OBJECTIVE = "specific_objective"
    RESULTS = "results"
    INDICATORS = "indicators"
    ACTIVITIES = "activities"
    BUDGET = "budget"
    PARTNERS = "partners"
    DOCUMENTS = "documents"
    ORGANISATION = "organisation"


class FormFault(ValueError):
    """A form that cannot be read; the text says where and what is allowed."""


@dataclass(frozen=True)
class Choice:
    """One possible answer."""

    code: str
    label: str


@dataclass(frozen=True)
class Heading:
    """One heading of the budget; its lines carry its tags."""

    code: str
    title: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of a table; `of` names the question whose rows a reference points to."""

    key: str
    label: str
    kind: Kind
    hint: str = ""
    is_required: bool = True
    limit: int | None = None
    of: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question; `limit` counts characters, `least` and `most` count the rows of a table.

    `numbered` says how the rows of a table are called: a prefix (`R` for R1, R2 …), or `by:` and
    the reference column inside whose rows they count (1.1, 1.2, 2.1 …).
    """

    key: str
    label: str
    kind: Kind
    hint: str = ""
    is_required: bool = True
    limit: int | None = None
    fact: Fact | None = None
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    least: int = 0
    most: int | None = None
    numbered: str = ""
    row_name: str = ""
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    key: str
    title: str
    lede: str = ""
    questions: tuple[Question, ...] = ()

    def has(self, kind: Kind) -> bool:
        """Whether a question of the kind is asked here."""
        return any(question.kind is kind for question in self.questions)


@dataclass(frozen=True)
class Form:
    """All sections in order; keys of questions are unique in the whole form."""

    version: int
    sections: tuple[Section, ...] = field(default_factory=tuple)

    def section(self, key: str) -> Section | None:
        """The section of a key, if there is one."""
        return self._sections.get(key)

    def question(self, key: str) -> Question | None:
        """The question of a key, wherever it is asked."""
        return self._questions[key][1] if key in self._questions else None

    def section_of(self, key: str) -> Section | None:
        """The section in which a question is asked."""
        return self._questions[key][0] if key in self._questions else None

    def by_fact(self, fact: Fact) -> Question | None:
        """The question whose answer is this fact, if the form asks for it."""
        return next((each for each in self.questions() if each.fact is fact), None)

    def questions(self) -> Iterator[Question]:
        """Every question in order."""
        for section in self.sections:
            yield from section.questions

    @cached_property
    def _sections(self) -> Mapping[str, Section]:
        return {section.key: section for section in self.sections}

    @cached_property
    def _questions(self) -> Mapping[str, tuple[Section, Question]]:
        return {
            question.key: (section, question)
            for section in self.sections
            for question in section.questions
        }


def read_form(written: Mapping[str, Any]) -> Form:
    """The form of a call's JSON; FormFault names the first place that cannot be read."""
    if written.get("format") != FORMAT:
        raise FormFault(f"format: {written.get('format')!r}; allowed is {FORMAT!r}")
    sections = tuple(_section(each) for each in written.get("sections", ()))
    form = Form(int(written.get("version", 1)), sections)
    _ensure_unique([section.key for section in sections], "sections")
    _ensure_unique([question.key for question in form.questions()], "questions")
    _ensure_references(form)
    return form


def _section(written: Mapping[str, Any]) -> Section:
    return Section(
        key=_key(written, "section"),
        title=str(written["title"]),
        lede=str(written.get("lede", "")),
        questions=tuple(_question(each) for each in written.get("questions", ())),
    )


def _question(written: Mapping[str, Any]) -> Question:
    key = _key(written, "question")
    fact = written.get("fact")
    return Question(
        key=key,
        label=str(written.get("label", "")),
        kind=_kind(written, key),
        hint=str(written.get("hint", "")),
        is_required=bool(written.get("required", True)),
        limit=written.get("limit"),
        fact=None if fact is None else Fact(fact),
        choices=_choices(written),
        columns=tuple(_column(each, key) for each in written.get("columns", ())),
        least=int(written.get("least", 0)),
        most=written.get("most"),
        numbered=str(written.get("numbered", "")),
        row_name=str(written.get("row_name", "")),
        headings=tuple(
            Heading(str(each["code"]), str(each["title"]), tuple(each.get("tags", ())))
            for each in written.get("headings", ())
        ),
    )


def _column(written: Mapping[str, Any], question: str) -> Column:
    key = _key(written, f"{question}: column")
    return Column(
        key=key,
        label=str(written.get("label", "")),
        kind=_kind(written, f"{question}.{key}"),
        hint=str(written.get("hint", "")),
        is_required=bool(written.get("required", True)),
        limit=written.get("limit"),
        of=str(written.get("of", "")),
        choices=_choices(written),
    )


def _choices(written: Mapping[str, Any]) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(each["code"]), str(each["label"])) for each in written.get("choices", ())
    )


def _key(written: Mapping[str, Any], place: str) -> str:
    key = written.get("key")
    # A dot parts the names of fields (question.row.column), so no key has one.
    if not isinstance(key, str) or not key.isidentifier() or not key.isascii():
        raise FormFault(f"{place}: key {key!r}; allowed are ASCII letters, digits and _")
    return key


def _kind(written: Mapping[str, Any], place: str) -> Kind:
    try:
        return Kind(str(written.get("kind")))
    except ValueError:
        allowed = ", ".join(Kind)
        raise FormFault(f"{place}: kind {written.get('kind')!r}; allowed are {allowed}") from None


def _ensure_unique(keys: list[str], place: str) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise FormFault(f"{place}: twice {', '.join(twice)}")


def _ensure_references(form: Form) -> None:
    for question in form.questions():
        for column in question.columns:
            if column.kind is Kind.REFERENCE and form.question(column.of) is None:
                raise FormFault(f"{question.key}.{column.key}: refers to no question {column.of!r}")
