"""What a page draws of a section: fields with their texts and sentences; one shape for all."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grants.applications.rules.parsing import Typed
from grants.applications.rules.typed import (
    SEVERAL,
    TABLES,
    Answers,
    cell_name,
    columns_of,
    rows_name,
    text_of,
    texts_of,
)
from grants.calls.rules.form import Choice, Column, Condition, Kind, Question, Section
from grants.errors import Problem

MOST_MONTHS = 36
Problems = Mapping[str, Sequence[Problem]]


@dataclass(frozen=True)
class DrawnField:
    """One field: `name` is also its id; several texts where several boxes may be ticked."""

    name: str
    label: str
    kind: Kind
    texts: tuple[str, ...]
    hint: str = ""
    limit: int | None = None
    is_required: bool = True
    choices: tuple[Choice, ...] = ()
    problems: tuple[Problem, ...] = ()
    column: str = ""
    words: int | None = None
    # Whether another answer decides if this one must be given.
    is_sometimes_required: bool = False

    @property
    def text(self) -> str:
        """The one text, or the first."""
        return self.texts[0] if self.texts else ""


@dataclass(frozen=True)
class DrawnRow:
    """One row of a table with its code and cells by column."""

    id: str
    code: str
    cells: Mapping[str, DrawnField]
    heading: str = ""


@dataclass(frozen=True)
class DrawnQuestion:
    """One question: a field, or the rows of a table.

    One that is not asked is drawn too, but hidden: what was typed into it travels along.
    `shown_when` and `needed_when` are conditions that the page itself can follow while one types,
    as JSON; empty where what decides stands in another section.
    """

    question: Question
    field: DrawnField | None = None
    rows: tuple[DrawnRow, ...] = ()
    rows_text: str = ""
    problems: tuple[Problem, ...] = ()
    is_shown: bool = True
    shown_when: str = ""
    needed_when: str = ""

    @property
    def can_add(self) -> bool:
        """Whether there is room for another row."""
        return self.question.most is None or len(self.rows) < self.question.most


@dataclass(frozen=True)
class DrawnSection:
    """One section, ready to be drawn."""

    section: Section
    questions: tuple[DrawnQuestion, ...]
    problems: tuple[Problem, ...]


def draw_section(
    typed: Typed, section: Section, *, months: int, with_missing: bool = False
) -> DrawnSection:
    """The section as typed with the sentences for what cannot be read.

    `months` is the longest duration of the call; `with_missing` also marks what is not there yet.
    """
    parsed = typed.parsed(section)
    problems = parsed.unreadable + (parsed.missing if with_missing else ())
    drawer = _Drawer(typed, typed.of(section), _by_place(problems), months=months)
    questions = (_asked(typed, section, drawer.draw(each)) for each in section.questions)
    return DrawnSection(section, tuple(questions), problems)


def _asked(typed: Typed, section: Section, drawn: DrawnQuestion) -> DrawnQuestion:
    """With the conditions under which the question is asked."""
    question = drawn.question
    here = {each.key for each in section.questions if each.kind is not Kind.FILE}
    shown, needed = typed.form.conditions_of(question), question.required_when
    live = [each for each in shown if each.question in here]
    is_live = bool(live) and all(typed.holds(each) for each in shown if each not in live)
    return replace(
        drawn,
        is_shown=typed.is_shown(question),
        shown_when=_as_json(live) if is_live else "",
        needed_when=_as_json([needed]) if needed and needed.question in here else "",
    )


def _as_json(conditions: Sequence[Condition]) -> str:
    return json.dumps([{"question": each.question, "one_of": each.one_of} for each in conditions])


class _Drawer:
    def __init__(self, typed: Typed, answers: Answers, problems: Problems, *, months: int) -> None:
        self.typed = typed
        self.answers = answers
        self.problems = problems
        self.months = tuple(
            Choice(str(month), str(month)) for month in range(1, min(months, MOST_MONTHS) + 1)
        )

    def draw(self, question: Question) -> DrawnQuestion:
        """One question with its texts."""
        if question.kind in TABLES:
            return self._table(question)
        choices = self.typed.lots if question.kind is Kind.LOT else question.choices
        column = Column(
            key=question.key,
            label=question.label,
            kind=question.kind,
            hint=question.hint,
            is_required=self._is_needed(question),
            limit=question.limit,
            choices=choices,
            words=question.words,
        )
        drawn = self._field(column, question.key)
        is_sometimes = question.required_when is not None
        return DrawnQuestion(question, field=replace(drawn, is_sometimes_required=is_sometimes))

    def _is_needed(self, question: Question) -> bool:
        """Whether it must be answered once it is asked."""
        also = question.required_when
        return question.is_required or (also is not None and self.typed.holds(also))

    def _table(self, question: Question) -> DrawnQuestion:
        codes = self.typed.codes(question.key)
        return DrawnQuestion(
            question,
            rows=tuple(self._row(question, row, code) for row, code in codes.items()),
            rows_text=text_of(self.answers, rows_name(question.key)),
            problems=tuple(self.problems.get(rows_name(question.key), ())),
        )

    def _row(self, question: Question, row: str, code: str) -> DrawnRow:
        cells = {
            column.key: self._field(column, cell_name(question.key, row, column.key))
            for column in columns_of(question)
        }
        heading = cells["heading"].text if question.kind is Kind.BUDGET else ""
        return DrawnRow(row, code, cells, heading)

    def _field(self, column: Column, name: str) -> DrawnField:
        is_several = column.kind in SEVERAL
        texts = texts_of(self.answers, name) if is_several else [text_of(self.answers, name)]
        return DrawnField(
            name=name,
            label=column.label,
            kind=column.kind,
            texts=tuple(texts),
            hint=column.hint,
            limit=column.limit,
            words=column.words,
            is_required=column.is_required,
            choices=self._choices(column),
            problems=tuple(self.problems.get(name, ())),
            column=column.key,
        )

    def _choices(self, column: Column) -> tuple[Choice, ...]:
        if column.kind is Kind.MONTHS:
            return self.months
        if column.kind is Kind.REFERENCE:
            return tuple(self._named(column.of))
        return column.choices

    def _named(self, key: str) -> Iterable[Choice]:
        """The rows of another table as choices: code and the first words of the row."""
        section, question = self.typed.form.section_of(key), self.typed.form.question(key)
        if section is None or question is None:
            return
        answers = self.typed.of(section)
        shown = next((each.key for each in question.columns if each.kind is not Kind.REFERENCE), "")
        for row, code in self.typed.codes(key).items():
            words = " ".join(text_of(answers, cell_name(key, row, shown)).split())
            yield Choice(row, f"{code} · {_cut(words)}" if words else code)


def _by_place(problems: Iterable[Problem]) -> Problems:
    places: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        places[problem.place].append(problem)
    return places


def _cut(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"
