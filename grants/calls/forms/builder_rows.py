"""The rows of a question in the builder: answers, columns, headings, sources of co-financing."""

import re
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, FieldList, HiddenField, SelectField

from grants.calls.form_words import KINDS, SOURCE_KINDS
from grants.calls.forms.fields import Row, TicksField
from grants.calls.problems import TAGS
from grants.calls.rules.form import (
    COLUMN_KINDS,
    OWN_SOURCE,
    Choice,
    Column,
    Heading,
    Kind,
    Question,
    Source,
    SourceKind,
)
from grants.calls.rules.form_editing import free_key
from grants.i18n.languages import lazy_gettext as _l
from grants.web.forms import LongTextField, TextField, WholeField, at_most, options

_CODED = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.-]{0,39})\s*=\s*(.+)")


class ChoiceRow(Row):
    """One answer one can choose; its code stays when it is worded anew."""

    code = HiddenField()
    label = TextField(_l("Odgovor"), [at_most(200)])


class HeadingRow(Row):
    """One heading of the budget."""

    code = TextField(_l("Broj"), [at_most(10)])
    title = TextField(_l("Poglavlje"), [at_most(120)])
    tags = TicksField(_l("Na šta se odnose pravila budžeta"), choices=options(TAGS))


class SourceRow(Row):
    """Who pays the part of the budget that is not asked for."""

    code = HiddenField()
    title = TextField(_l("Izvor"), [at_most(80)])
    kind = SelectField(_l("Šta daje"), choices=options(SOURCE_KINDS))


class ColumnRow(Row):
    """One column of a table."""

    key = HiddenField()
    label = TextField(_l("Kolona"), [at_most(80)])
    kind = SelectField(
        _l("Šta se upisuje"), choices=options({kind.value: KINDS[kind] for kind in COLUMN_KINDS})
    )
    is_required = BooleanField(_l("Obavezno"), default=True)
    hint = TextField(_l("Uputstvo uz kolonu"), [at_most(200)])
    words = WholeField(_l("Najviše riječi"))
    limit = WholeField(_l("Najviše znakova"))
    choices = LongTextField(
        _l("Odgovori, svaki u svom redu"), [at_most(2000)], description=_l("Samo za izbor.")
    )
    of = SelectField(_l("Redovi koje tabele"), validate_choice=False)


def read_choices(rows: FieldList) -> tuple[Choice, ...]:
    """The answers that were typed; one keeps its code when it is worded anew."""
    made: list[Choice] = []
    for row in rows:
        code, label = row.form.code.data or "", row.form.label.data or ""
        if label:
            taken = {each.code for each in made}
            is_kept = code and code not in taken
            made.append(Choice(code if is_kept else free_key(label, taken=taken), label))
    return tuple(made)


def read_columns(rows: FieldList, old: Question) -> tuple[Column, ...]:
    """The columns that were typed; what the page does not ask of a kept one stays."""
    before = {column.key: column for column in old.columns}
    made: list[Column] = []
    for row in rows:
        label = row.form.label.data or ""
        if not label:
            continue
        taken = {each.key for each in made}
        key = row.form.key.data if row.form.key.data in before else ""
        is_kept = key and key not in taken
        key = key if is_kept else free_key(label, taken={*taken, *before})
        kind = Kind(row.form.kind.data)
        column = Column(
            key=key,
            label=label,
            kind=kind,
            is_required=bool(row.form.is_required.data),
            hint=row.form.hint.data or "",
            words=row.form.words.data if kind is Kind.LONG_TEXT else None,
            limit=row.form.limit.data if kind in (Kind.SHORT_TEXT, Kind.LONG_TEXT) else None,
            of=(row.form.of.data or "") if kind is Kind.REFERENCE else "",
            choices=_listed(row.form.choices.data) if kind is Kind.CHOICE else (),
        )
        made.append(_with_rest(column, before.get(key)))
    return tuple(made)


def _with_rest(column: Column, old: Column | None) -> Column:
    """What the page does not ask about a column of the same kind stays."""
    if old is None or old.kind is not column.kind:
        return column
    return replace(column, least=old.least, most=old.most)


def _listed(text: str | None) -> tuple[Choice, ...]:
    """One answer a line, `code = label` where the code matters."""
    made: list[Choice] = []
    for line in lines(text):
        coded = _CODED.fullmatch(line)
        label = coded[2] if coded else line
        taken = {each.code for each in made}
        code = coded[1] if coded and coded[1] not in taken else free_key(label, taken=taken)
        made.append(Choice(code, label))
    return tuple(made)


def read_sources(rows: FieldList) -> tuple[Source, ...]:
    """Who co-finances; the applicant alone where nobody was typed."""
    made: list[Source] = []
    for row in rows:
        code, title = row.form.code.data or "", row.form.title.data or ""
        if title:
            taken = {each.code for each in made}
            kept = code if code and code not in taken else free_key(title, taken=taken)[:31]
            made.append(Source(kept, title, SourceKind(row.form.kind.data)))
    return tuple(made) or (OWN_SOURCE,)


def lines(text: str | None) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def column_facts(column: Column) -> dict[str, Any]:
    """What the fields of a column show at first."""
    return {
        "key": column.key,
        "label": column.label,
        "kind": column.kind.value,
        "is_required": column.is_required,
        "hint": column.hint,
        "words": column.words,
        "limit": column.limit,
        "choices": "\n".join(f"{each.code} = {each.label}" for each in column.choices),
        "of": column.of,
    }


def read_headings(rows: FieldList) -> tuple[Heading, ...]:
    """The headings that have a number and a name."""
    return tuple(
        Heading(row.form.code.data, row.form.title.data, tuple(row.form.tags.data or ()))
        for row in rows
        if row.form.code.data and row.form.title.data
    )
