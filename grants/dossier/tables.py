"""Sheets, scores, comments and spread of a call as tables to take away."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from grants.calls.rules.grid import Answer, Grid
from grants.calls.rules.numbers import is_exact
from grants.evaluation.rules.tally import PointTable
from grants.i18n.languages import gettext as _
from grants.money import round_half_up
from grants.web.filters import moment
from grants.web.tables import Cell

Rows = Iterator[Sequence[Cell]]


@dataclass(frozen=True)
class Written:
    """One sheet of a call as it stands, with what it is about."""

    reference: str
    title: str
    organisation: str
    lot: str
    member: str
    status: str
    is_consensus: bool
    is_counted: bool
    signed_at: Any
    scores: Mapping[str, Answer]
    comments: Mapping[str, str]


def scores_table(grid: Grid, sheets: Iterable[Written]) -> Rows:
    """One row for each sheet: every score, the points of each section and in total."""
    table = PointTable(grid)
    codes = list(grid.by_code)
    yield [
        *_head(),
        *codes,
        *(_("%(code)s bodova", code=section.code) for section in grid.sections),
        _("Ukupno"),
    ]
    for sheet in sheets:
        points = _points(table, sheet)
        yield [
            *_about(sheet),
            *(_score(sheet.scores.get(code)) for code in codes),
            *(_decimal(points[section.code]) for section in grid.sections),
            _decimal(_total(points)),
        ]


def comments_table(grid: Grid, sheets: Iterable[Written]) -> Rows:
    """One row for each comment, on a question with its score or on a section."""
    questions = {code: question.text for code, question in grid.by_code.items()}
    sections = {section.code: section.title for section in grid.sections}
    yield [*_head(), _("Pitanje"), _("Tekst pitanja"), _("Ocjena"), _("Obrazloženje")]
    for sheet in sheets:
        for code, text in {**questions, **sections}.items():
            comment = str(sheet.comments.get(code, "")).strip()
            if comment:
                yield [*_about(sheet), code, text, _score(sheet.scores.get(code)), comment]


def spread_table(grid: Grid, sheets: Iterable[Written]) -> Rows:
    """One row for each application: lowest, highest and mean total of its counted sheets."""
    table = PointTable(grid)
    yield [
        _("Prijava"),
        _("Projekat"),
        _("Organizacija"),
        _("Lot"),
        _("Listova"),
        _("Najmanje"),
        _("Najviše"),
        _("Razlika"),
        _("Prosjek"),
        _("Usaglašeno"),
    ]
    # The sheets come in the order of the references.
    for _reference, group in groupby(sheets, key=lambda sheet: sheet.reference):
        found = list(group)
        first = found[0]
        totals = [
            total
            for sheet in found
            if sheet.is_counted and not sheet.is_consensus
            if (total := _total(_points(table, sheet))) is not None
        ]
        agreed = [_total(_points(table, each)) for each in found if each.is_consensus]
        yield [
            *(first.reference, first.title, first.organisation, first.lot),
            len(totals),
            *(_decimal(pick(totals, default=None)) for pick in (min, max)),
            _decimal(max(totals) - min(totals) if totals else None),
            _decimal(sum(totals, Fraction(0)) / len(totals) if totals else None),
            _decimal(agreed[0] if agreed else None),
        ]


TABLES: dict[str, Callable[[Grid, Iterable[Written]], Rows]] = {
    "ocjene": scores_table,
    "obrazlozenja": comments_table,
    "razlike": spread_table,
}


def _head() -> list[str]:
    return [
        _("Prijava"),
        _("Projekat"),
        _("Organizacija"),
        _("Lot"),
        _("Član komisije"),
        _("List"),
        _("Stanje"),
        _("Potpisan"),
    ]


def _about(sheet: Written) -> list[Cell]:
    return [
        sheet.reference,
        sheet.title,
        sheet.organisation,
        sheet.lot,
        sheet.member,
        _("usaglašen") if sheet.is_consensus else _("pojedinačni"),
        sheet.status,
        moment(sheet.signed_at).replace("\u00a0", " ") if sheet.signed_at else "",
    ]


def _points(table: PointTable, sheet: Written) -> dict[str, Fraction | None]:
    """By section; None where a question of it has no allowed answer."""
    found: dict[str, Fraction | None] = {}
    for section, codes in table.sections.items():
        units = [
            table.units(code, sheet.scores[code]) if code in sheet.scores else None
            for code in codes
        ]
        known = [each for each in units if each is not None]
        found[section] = table.points(sum(known)) if len(known) == len(codes) else None
    return found


def _total(points: Mapping[str, Fraction | None]) -> Fraction | None:
    known = [each for each in points.values() if each is not None]
    return sum(known, Fraction(0)) if len(known) == len(points) else None


def _score(answer: Answer | None) -> Cell:
    """A number as a number, the code of a band as text."""
    if isinstance(answer, str) and is_exact(answer):
        return Decimal(answer)
    return answer


def _decimal(points: Fraction | None) -> Decimal | None:
    return None if points is None else Decimal(round_half_up(points * 100)).scaleb(-2)
