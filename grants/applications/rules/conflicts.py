"""Two people saved one section: what each of them says, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from grants.applications.rules.drawing import DrawnField, DrawnSection, draw_section
from grants.applications.rules.parsing import Typed
from grants.applications.rules.typed import (
    TABLES,
    Answers,
    Text,
    differing,
    row_ids,
    rows_name,
    take_over,
    texts_of,
)
from grants.calls.rules.form import Section


@dataclass(frozen=True)
class Difference:
    """One field with both texts, as people read them."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Conflict:
    """What differs, and everything that goes along with the choice: every name with its texts."""

    differences: tuple[Difference, ...]
    fields: tuple[tuple[str, str], ...]


def conflict_of(
    typed: Typed, section: Section, *, sent: Mapping[str, list[str]], months: int
) -> Conflict:
    """What was sent beside what is kept; rows of both stay, so that no text is lost."""
    theirs = typed.of(section)
    mine = _with_all_rows(section, take_over(section, theirs, sent=sent), theirs, sent=sent)
    labels = _labels(
        draw_section(
            replace(typed, answers={**typed.answers, section.key: mine}),
            section,
            months=months,
        )
    )
    differences = tuple(
        Difference(name, _label(field), _shown(field, mine), _shown(field, theirs))
        for name in differing(mine, theirs)
        if (field := labels.get(name)) is not None
    )
    fields = [(name, text) for name in mine for text in texts_of(mine, name)]
    return Conflict(differences, tuple(fields))


def _with_all_rows(
    section: Section, mine: Answers, theirs: Answers, *, sent: Mapping[str, list[str]]
) -> dict[str, Text]:
    """My answers and the rows that only the other one knew, with all that is in them."""
    whole = dict(mine)
    for question in section.questions:
        if question.kind not in TABLES:
            continue
        known = " ".join(sent.get(rows_name(question.key), [])).split()
        strange = [row for row in row_ids(theirs, question.key) if row not in known]
        rows = [*row_ids(mine, question.key), *strange]
        whole[rows_name(question.key)] = " ".join(dict.fromkeys(rows))
        begins = tuple(f"{question.key}.{row}." for row in strange)
        # Boxes ticked in rows that the sender never saw were not sent, and stay ticked.
        whole |= {name: text for name, text in theirs.items() if name.startswith(begins)}
    return whole


def _labels(drawn: DrawnSection) -> dict[str, tuple[str, DrawnField]]:
    found = {}
    for question in drawn.questions:
        if question.field is not None:
            found[question.field.name] = ("", question.field)
        for row in question.rows:
            begin = f"{question.question.row_name or question.question.label} {row.code} – "
            for field in row.cells.values():
                found[field.name] = (begin, field)
    return found


def _label(found: tuple[str, DrawnField]) -> str:
    return f"{found[0]}{found[1].label}"


def _shown(found: tuple[str, DrawnField], answers: Answers) -> str:
    field = found[1]
    named = {choice.code: choice.label for choice in field.choices}
    texts = texts_of(answers, field.name)
    return ", ".join(named.get(text, text) for text in texts if text)
