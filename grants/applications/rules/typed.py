"""The strings of a draft as typed: their names, the rows of its tables, and what a save keeps.

A section is kept as one flat mapping. A plain question has its key as name; a table keeps the order
of its rows under `question.rows` and a cell under `question.row.column`. Rows have lasting ids, so
that a reference still means the same row after others were added or removed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from grants.applications.rules.columns import budget_columns
from grants.calls.rules.form import Column, Kind, Question, Section

Text = str | list[str]
Answers = Mapping[str, Text]

TABLES = (Kind.TABLE, Kind.BUDGET, Kind.PARTNERS)
# Kinds drawn as boxes to tick: what is not ticked is not sent, so a whole form empties it.
TICKED = (Kind.CHOICE, Kind.CHOICES, Kind.DECLARATION, Kind.MONTHS)
SEVERAL = (Kind.CHOICES, Kind.MONTHS)
WITHOUT_TEXT = (Kind.ORGANISATION, Kind.DOCUMENTS, Kind.FILE)
MOST_ROWS = 300
_ROW = re.compile(r"[a-z0-9]{1,12}")


def columns_of(question: Question) -> tuple[Column, ...]:
    """The columns of a table; those of a budget follow from who co-finances it."""
    if question.kind is Kind.BUDGET:
        return budget_columns(question.sources)
    return question.columns


def rows_name(question: str) -> str:
    """The name under which the order of a table's rows is kept."""
    return f"{question}.rows"


def cell_name(question: str, row: str, column: str) -> str:
    """The name of one cell."""
    return f"{question}.{row}.{column}"


def row_ids(answers: Answers, question: str) -> list[str]:
    """The ids of a table's rows in order; nonsense is left out."""
    listed = text_of(answers, rows_name(question)).split()
    return [row for row in dict.fromkeys(listed) if _ROW.fullmatch(row)][:MOST_ROWS]


def text_of(answers: Answers, name: str) -> str:
    """The text under a name; of several the first, of none an empty one."""
    text = answers.get(name, "")
    if isinstance(text, str):
        return text
    return text[0] if text else ""


def texts_of(answers: Answers, name: str) -> list[str]:
    """The texts under a name."""
    text = answers.get(name, [])
    return [text] if isinstance(text, str) else list(text)


def first_answers(section: Section) -> dict[str, Text]:
    """What an untouched section holds: empty rows where a table needs some."""
    return {
        rows_name(question.key): " ".join(str(n + 1) for n in range(question.least))
        for question in section.questions
        if question.kind in (Kind.TABLE, Kind.PARTNERS) and question.least
    }


def take_over(section: Section, answers: Answers, *, sent: Mapping[str, list[str]]) -> Answers:
    """The answers after a whole form was sent: every name of the section it brought, as typed.

    Boxes that are not ticked do not travel, so their absence empties them.
    """
    kept = take_changes(section, answers, sent=sent, names=sent.keys())
    for name, kind in _names(section, kept):
        if kind in TICKED and name not in sent:
            kept.pop(name, None)
    return kept


def take_changes(
    section: Section, answers: Answers, *, sent: Mapping[str, list[str]], names: Iterable[str]
) -> dict[str, Text]:
    """The answers after these names changed; one that was sent without a text was emptied."""
    kept = dict(answers)
    for name in names:
        kind = kind_of(section, name)
        if kind is None:
            continue
        texts = [_with_one_line_end(text) for text in sent.get(name, [])]
        if kind in SEVERAL:
            kept[name] = texts
        else:
            kept[name] = texts[0] if texts else ""
    return kept


def kind_of(section: Section, name: str) -> Kind | None:
    """What a name of this section holds, None for a stranger; the rows themselves are text."""
    key, _, rest = name.partition(".")
    question = next((each for each in section.questions if each.key == key), None)
    if question is None or question.kind in WITHOUT_TEXT:
        return None
    if question.kind not in TABLES:
        return question.kind if not rest else None
    if rest == "rows":
        return Kind.SHORT_TEXT
    row, _, column = rest.partition(".")
    found = next((each for each in columns_of(question) if each.key == column), None)
    return found.kind if found is not None and _ROW.fullmatch(row) else None


def add_row(answers: Answers, question: str, *, row: str, cells: Mapping[str, str]) -> Answers:
    """The answers with one more row; `cells` are what it begins with."""
    rows = [*row_ids(answers, question), row]
    begun = {cell_name(question, row, column): text for column, text in cells.items()}
    return {**answers, rows_name(question): " ".join(rows), **begun}


def remove_row(answers: Answers, question: str, *, row: str) -> Answers:
    """The answers without a row and its cells."""
    rows = [each for each in row_ids(answers, question) if each != row]
    begin = f"{question}.{row}."
    rest = {name: text for name, text in answers.items() if not name.startswith(begin)}
    return {**rest, rows_name(question): " ".join(rows)}


def differing(some: Answers, other: Answers) -> list[str]:
    """The names under which two answers say different things, in the order of the first."""
    names = dict.fromkeys(chain(some, other))
    return [name for name in names if _plain(some.get(name)) != _plain(other.get(name))]


def is_blank(answers: Answers, question: str, row: str, columns: Sequence[Column]) -> bool:
    """Whether nothing was typed into a row; a heading comes with the row and does not count."""
    return not any(
        "".join(texts_of(answers, cell_name(question, row, column.key))).strip()
        for column in columns
        if column.key != "heading"
    )


def _names(section: Section, answers: Answers) -> list[tuple[str, Kind]]:
    names: list[tuple[str, Kind]] = []
    for question in section.questions:
        if question.kind not in TABLES:
            names.append((question.key, question.kind))
            continue
        names += [
            (cell_name(question.key, row, column.key), column.kind)
            for row in row_ids(answers, question.key)
            for column in columns_of(question)
        ]
    return names


def _with_one_line_end(text: str) -> str:
    # PostgreSQL keeps no NUL in a text, and nobody means one.
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _plain(text: Text | None) -> list[str]:
    texts = [text] if isinstance(text, str) else list(text or [])
    return [each for each in texts if each != ""]
