"""The workbook of a budget: the call's headings, its activities, the lines as they are kept."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from grants.applications.rules.columns import UNITS
from grants.applications.rules.importing import choices_of, has_partners
from grants.applications.rules.parsing import Typed
from grants.applications.rules.typed import (
    MOST_ROWS,
    Answers,
    cell_name,
    columns_of,
    text_of,
)
from grants.applications.rules.values import Unreadable, read_value
from grants.applications.words import UNIT_WORDS
from grants.calls.rules.form import Column, Kind, Question
from grants.calls.rules.numbers import exact
from grants.i18n.languages import gettext as _

KEYS_AT, HEADS_AT = 5, 6
FIRST = HEADS_AT + 1
# Rows ready to be filled beyond those that are.
_SPARE = 20
_LONGEST_CELL = 32_000
_HEAD = PatternFill("solid", start_color="D9E8EA")
_OPEN = Protection(locked=False)
_WIDTHS = {"description": 44, "heading": 26, "activity": 30, "partner": 24, "justification": 40}


@dataclass(frozen=True)
class Titled:
    """What the head of the workbook says."""

    title: str
    call: str
    vat: str


@dataclass(frozen=True)
class _Place:
    """One column of the sheet; computed ones carry no answer."""

    key: str
    label: str
    letter: str
    column: Column | None = None


def write_workbook(typed: Typed, question: Question, titled: Titled) -> bytes:
    """The budget as XLSX: lines to fill in, sums as formulas, lists to choose from.

    Every text is a text: nothing that somebody typed can become a formula.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = _("Budžet")
    budget = _Budget(typed, question)
    places = _places(budget)
    ready = max(len(typed.codes(question.key)) + _SPARE, question.most or 0)
    last = FIRST - 1 + min(ready, MOST_ROWS + _SPARE)
    _write_head(sheet, places, titled, last=last)
    _write_lines(sheet, places, budget, last=last)
    _add_lists(book, sheet, places, budget, last=last)
    _add_overview(book, sheet, places, budget, last=last)
    _add_guide(book, titled)
    _protect(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@dataclass(frozen=True)
class _Budget:
    """The budget that is written: the draft, its question, what is kept of it."""

    typed: Typed
    question: Question

    @property
    def answers(self) -> Answers:
        """The strings of the section the budget is in."""
        section = self.typed.form.section_of(self.question.key)
        return self.typed.of(section) if section else {}

    def choices(self, column: Column) -> Mapping[str, str]:
        """What one may choose in a column, by what is kept."""
        return choices_of(self.typed, self.question, column)


def _places(budget: _Budget) -> list[_Place]:
    """The columns of the sheet from left to right."""
    columns = {column.key: column for column in columns_of(budget.question)}
    own = [key for key in columns if key == "own" or key.startswith("own_")]
    order = ["heading", "description", "unit", "quantity", "price", "=cost", "requested", *own]
    order += ["=difference", "activity"]
    order += ["partner"] if has_partners(budget.typed) else []
    order += ["justification"]
    labels = {"=cost": _("Količina × cijena"), "=difference": _("Razlika")}
    found = [_Place("", _("Br."), "A")]
    for at, key in enumerate(order, start=2):
        column = columns.get(key)
        found.append(
            _Place(key, _label(column, labels.get(key, "")), get_column_letter(at), column)
        )
    return [*found, _Place("id", _("Oznaka"), get_column_letter(len(found) + 1))]


def _label(column: Column | None, label: str) -> str:
    if column is None:
        return label
    return f"{column.label} (KM)" if column.kind is Kind.MONEY else column.label


def _write_head(sheet: Worksheet, places: Sequence[_Place], titled: Titled, *, last: int) -> None:
    _put(sheet["A1"], titled.title).font = Font(bold=True, size=14)
    _put(sheet["A2"], titled.call)
    _put(sheet["A3"], titled.vat).font = Font(bold=True)
    _put(sheet["B4"], _("Ukupno")).font = Font(bold=True)
    for place in places:
        sheet[f"{place.letter}{KEYS_AT}"] = place.key
        head = _put(sheet[f"{place.letter}{HEADS_AT}"], place.label)
        head.font, head.fill = Font(bold=True), _HEAD
        head.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[place.letter].width = _WIDTHS.get(place.key, 13)
        if _is_sum(place):
            total = sheet[f"{place.letter}4"]
            total.value = f"=SUM({place.letter}{FIRST}:{place.letter}{last})"
            total.number_format, total.font = "#,##0.00", Font(bold=True)
    sheet.row_dimensions[KEYS_AT].hidden = True
    sheet.column_dimensions[places[-1].letter].hidden = True
    sheet.freeze_panes = f"D{FIRST}"


def _is_sum(place: _Place) -> bool:
    return place.key in ("=cost", "requested", "own") or place.key.startswith("own_")


def _write_lines(sheet: Worksheet, places: Sequence[_Place], budget: _Budget, *, last: int) -> None:
    codes = budget.typed.codes(budget.question.key)
    lists = {
        place.key: budget.choices(place.column)
        for place in places
        if place.column is not None and (place.column.kind is Kind.REFERENCE or _is_heading(place))
    }
    rows = [*codes.items(), *[("", "")] * (last - FIRST + 1 - len(codes))]
    for number, (row, code) in enumerate(rows, start=FIRST):
        for place in places:
            cell = sheet[f"{place.letter}{number}"]
            cell.protection = _OPEN
            if place.key.startswith("="):
                cell.value, cell.number_format = _formula(place, places, number), "#,##0.00"
            elif place.column is None:
                _put(cell, row if place.key == "id" else code)
            else:
                _write_cell(cell, place.column, _text(budget, row, place.key), lists)


def _text(budget: _Budget, row: str, column: str) -> str:
    return text_of(budget.answers, cell_name(budget.question.key, row, column)) if row else ""


def _is_heading(place: _Place) -> bool:
    return place.key == "heading"


def _write_cell(
    cell: Cell, column: Column, text: str, lists: Mapping[str, Mapping[str, str]]
) -> None:
    if column.kind in (Kind.MONEY, Kind.NUMBER):
        cell.number_format = "#,##0.00" if column.kind is Kind.MONEY else "#,##0.###"
        figure = _figure(column, text)
        if figure is not None:
            cell.value = figure
            return
    else:
        # As text, so that a spreadsheet does not make a day of 1.2.
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    _put(cell, lists[column.key].get(text, "") if column.key in lists else text)


def _figure(column: Column, text: str) -> Decimal | None:
    """The number a text means, exactly; None where it means none: then it stays a text."""
    if not text.strip():
        return None
    try:
        value = read_value(column, text)
    except Unreadable:
        return None
    worth = Fraction(value, 100) if column.kind is Kind.MONEY else exact(value)
    return Decimal(worth.numerator) / Decimal(worth.denominator)


def _formula(place: _Place, places: Sequence[_Place], number: int) -> str:
    at = {each.key: f"{each.letter}{number}" for each in places}
    if place.key == "=cost":
        quantity, price = at["quantity"], at["price"]
        return f'=IF(OR({quantity}="",{price}=""),"",ROUND({quantity}*{price},2))'
    parts = [each for each in places if _is_sum(each) and each.key != "=cost"]
    first, last = at[parts[0].key], at[parts[-1].key]
    return f'=IF({at["=cost"]}="","",{at["=cost"]}-SUM({first}:{last}))'


def _add_lists(
    book: Workbook, sheet: Worksheet, places: Sequence[_Place], budget: _Budget, *, last: int
) -> None:
    """What one may choose, on a sheet of its own; units are only proposed."""
    lists = book.create_sheet(_("Liste"))
    for place in places:
        listed = list(UNITS) if place.key == "unit" else []
        if place.column is not None and place.key != "unit":
            listed = list(budget.choices(place.column).values())
        if not listed:
            continue
        letter = get_column_letter(lists.max_column + 1 if lists["A1"].value else 1)
        for at, words in enumerate([place.label, *listed], start=1):
            _put(lists[f"{letter}{at}"], words)
        lists.column_dimensions[letter].width = 40
        rule = DataValidation(
            type="list",
            formula1=f"'{lists.title}'!${letter}$2:${letter}${len(listed) + 1}",
            allow_blank=True,
            showErrorMessage=place.key != "unit",
            errorTitle=place.label[:30],
            error=_("Odaberite jednu od ponuđenih mogućnosti."),
        )
        rule.add(f"{place.letter}{FIRST}:{place.letter}{last}")
        sheet.add_data_validation(rule)
    lists.protection.sheet = True


def _add_overview(
    book: Workbook, sheet: Worksheet, places: Sequence[_Place], budget: _Budget, *, last: int
) -> None:
    """The sums by heading, as formulas."""
    overview = book.create_sheet(_("Zbirno"))
    sums = [place for place in places if _is_sum(place)]
    heads = [_("Poglavlje"), *(place.label for place in sums)]
    for at, words in enumerate(heads, start=1):
        _put(overview.cell(1, at), words).font = Font(bold=True)
        overview.column_dimensions[get_column_letter(at)].width = 36 if at == 1 else 16
    heading = next(place.letter for place in places if _is_heading(place))
    name = f"'{sheet.title}'"
    within = f"{name}!${heading}${FIRST}:${heading}${last}"
    for at, each in enumerate(budget.question.headings, start=2):
        _put(overview.cell(at, 1), f"{each.code} · {each.title}")
        for column, place in enumerate(sums, start=2):
            summed = f"{name}!{place.letter}${FIRST}:{place.letter}${last}"
            cell = overview.cell(at, column)
            cell.value, cell.number_format = f"=SUMIF({within},$A{at},{summed})", "#,##0.00"
    overview.protection.sheet = True


def _add_guide(book: Workbook, titled: Titled) -> None:
    guide = book.create_sheet(_("Upute"))
    guide.column_dimensions["A"].width = 24
    guide.column_dimensions["B"].width = 90
    lines = [
        (_("Kako se popunjava"), _("Jedan red je jedna stavka; nove upišite ispod postojećih.")),
        ("", titled.vat),
        ("", _("Količina × cijena mora biti isto što i zbir traženog i vlastitog učešća.")),
        ("", _("Skrivena kolona „Oznaka“ veže red za stavku u prijavi; ne mijenjajte je.")),
        ("", _("Datoteku učitajte na stranici budžeta; prije unosa vidite šta se mijenja.")),
        (_("Jedinice"), ""),
        *((unit, str(words)) for unit, words in UNIT_WORDS.items()),
    ]
    for at, (name, words) in enumerate(lines, start=1):
        _put(guide.cell(at, 1), name).font = Font(bold=not words or at == 1)
        _put(guide.cell(at, 2), words).alignment = Alignment(wrap_text=True, vertical="top")
    guide.protection.sheet = True


def _protect(sheet: Worksheet) -> None:
    """The head stays; lines may be added, taken out and sorted. There is no password."""
    protection = sheet.protection
    protection.sheet = True
    for freedom in ("insertRows", "deleteRows", "formatRows", "formatColumns", "sort"):
        setattr(protection, freedom, False)


def _put(cell: Cell, text: str) -> Cell:
    """A text that no spreadsheet takes for a formula, however it begins."""
    shown = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL]
    if shown:
        cell.value = shown
        cell.data_type = "s"
        cell.quotePrefix = shown[0] in "=+-@\t\r\n"
    return cell
