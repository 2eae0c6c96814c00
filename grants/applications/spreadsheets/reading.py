"""A filled workbook read back: bounded before it is opened, cell by cell, faults named."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import load_workbook

from grants.applications.rules.importing import RawLine
from grants.applications.rules.pasting import name_columns
from grants.applications.rules.typed import MOST_ROWS, columns_of
from grants.calls.rules.form import Column, Kind, Question
from grants.documents.rules.kinds import Kind as FileKind
from grants.documents.rules.kinds import Limits, refuse
from grants.documents.rules.uploads import ensure_acceptable
from grants.errors import Problem

# A budget is small: what is larger is no budget, and is not opened.
LIMITS = Limits(
    size=5 * 1024 * 1024, entries=200, directory=64 * 1024, unpacked=40 * 1024 * 1024, ratio=200
)
_HEADS_WITHIN, _MOST_COLUMNS, _MOST_SHEETS = 20, 40, 10
_DOCTYPES = tuple(
    mark.encode(code)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for code in ("ascii", "utf-16-le", "utf-16-be")
)
# What a spreadsheet keeps of a sum of decimals is off by less than this.
_NOISE = Decimal("0.0000001")
_DECIMALS = {Kind.MONEY: 2, Kind.NUMBER: 3}
_CHUNK = 1 << 16
_ERRORS = frozenset({"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!"})

Cells = Sequence[Any]


def read_workbook(content: BinaryIO, question: Question, *, name: str) -> list[RawLine]:
    """The lines in a workbook of the budget; Incomplete when it is not taken.

    Codes: those of an upload; `sheet_links`, `sheet_no_head`, `sheet_too_long`.
    """
    ensure_acceptable(content, name=name, allowed={FileKind.XLSX}, limits=LIMITS)
    _ensure_alone(content)
    shown, written = _rows(content, values=True), _rows(content, values=False)
    for sheet, (rows, formulas) in enumerate(zip(shown, written, strict=False)):
        found = _heads(rows, question)
        if found is not None:
            at, order = found
            return _lines(rows[at + 1 :], formulas[at + 1 :], question, (at + 2, order))
        if sheet >= _MOST_SHEETS:
            break
    raise refuse("sheet_no_head")


def _ensure_alone(content: BinaryIO) -> None:
    """Nothing in it leads elsewhere, and no part of it defines what its text means."""
    content.seek(0)
    with zipfile.ZipFile(content) as package:
        for entry in package.infolist():
            if "externallinks/" in entry.filename.lower():
                raise refuse("sheet_links")
            if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                _ensure_plain(package, entry)
    content.seek(0)


def _ensure_plain(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    longest = max(map(len, _DOCTYPES))
    tail = b""
    with package.open(entry) as part:
        while piece := part.read(_CHUNK):
            seen = tail + piece
            if any(mark in seen for mark in _DOCTYPES):
                raise refuse("upload_damaged", kind="XLSX")
            tail = seen[-longest:]


def _rows(content: BinaryIO, *, values: bool) -> list[list[Cells]]:
    """The first rows of every sheet, as shown or as written."""
    content.seek(0)
    try:
        book = load_workbook(content, read_only=True, data_only=values, keep_links=False)
        return [
            list(
                sheet.iter_rows(
                    max_row=_HEADS_WITHIN + MOST_ROWS * 2,
                    max_col=_MOST_COLUMNS,
                    values_only=True,
                )
            )
            for sheet in book.worksheets[:_MOST_SHEETS]
        ]
    # The library raises whatever it stumbles over in a file that is not as it should be.
    except Exception as broken:
        raise refuse("upload_damaged", kind="XLSX") from broken


def _heads(rows: Sequence[Cells], question: Question) -> tuple[int, list[str]] | None:
    """The last row of heads among the first rows, and the column of every cell."""
    found = None
    for at, row in enumerate(rows[:_HEADS_WITHIN]):
        order = name_columns([str(cell or "") for cell in row], question)
        if not order and found is not None:
            break
        if order and found is None:
            found = (at, order)
        elif order and found is not None:
            # The keys stand above the heads; both say the same.
            return at, found[1]
    return found


def _lines(
    rows: Sequence[Cells],
    formulas: Sequence[Cells],
    question: Question,
    place: tuple[int, Sequence[str]],
) -> list[RawLine]:
    first, order = place
    columns = {column.key: column for column in columns_of(question)}
    lines = []
    for number, (row, written) in enumerate(zip(rows, formulas, strict=False), start=first):
        line = _line(number, dict(zip(order, row, strict=False)), columns)
        line = _with_formulas(line, dict(zip(order, written, strict=False)))
        if line.faults or line.id or any(line.cells.values()):
            lines.append(line)
    if len(lines) > MOST_ROWS:
        raise refuse("sheet_too_long", figure=len(lines), limit=MOST_ROWS)
    return lines


def _line(number: int, row: dict[str, Any], columns: dict[str, Column]) -> RawLine:
    cells, faults = {}, {}
    for key, column in columns.items():
        if key in row:
            text, fault = _text(row[key], column)
            cells[key] = text
            if fault:
                faults[key] = fault
    return RawLine(number, cells, str(row.get("id") or "").strip(), faults)


def _with_formulas(line: RawLine, written: dict[str, Any]) -> RawLine:
    """A formula that nobody has calculated yet shows nothing, and that is said."""
    empty = {
        key: Problem("cell_formula")
        for key, text in line.cells.items()
        if not text and key not in line.faults and _is_formula(written.get(key))
    }
    return RawLine(line.number, line.cells, line.id, {**line.faults, **empty}) if empty else line


def _is_formula(cell: object) -> bool:
    return isinstance(cell, str) and cell.startswith("=")


def _text(cell: object, column: Column) -> tuple[str, Problem | None]:
    """A cell as it would be typed, and what is wrong with it as a cell."""
    if cell is None:
        return "", None
    if isinstance(cell, bool | date | datetime | time):
        return "", Problem("cell_kind", facts={"typed": str(cell)[:40]})
    if isinstance(cell, int | float):
        return _figure(Decimal(repr(cell)), column)
    text = str(cell)
    if text in _ERRORS:
        return "", Problem("cell_error", facts={"typed": text[:40]})
    return text, None


def _figure(figure: Decimal, column: Column) -> tuple[str, Problem | None]:
    """A number with a comma; what a spreadsheet's own arithmetic adds far behind it is no digit."""
    if not figure.is_finite():
        return "", Problem("cell_error", facts={"typed": str(figure)})
    places = _DECIMALS.get(column.kind)
    if places is None:
        return _plain(figure), None
    rounded = round(figure, places)
    if abs(rounded - figure) > _NOISE:
        facts = {"typed": _plain(figure)[:40], "limit": places}
        return _plain(figure), Problem("cell_decimals", facts=facts)
    return _plain(rounded), None


def _plain(figure: Decimal) -> str:
    written = f"{figure:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.replace(".", ",")
