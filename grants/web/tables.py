"""Tables to take away: CSV line by line, XLSX through a file; a cell never becomes a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import BinaryIO

from flask import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from grants.web.downloads import attachment, text_stream

Cell = str | int | Decimal | None
Rows = Iterable[Sequence[Cell]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would run, and the signs that hide it.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_MOST_IN_CELL = 32_000


def safe_text(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula."""
    shown = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32)
    return f"'{shown}" if shown.startswith(_STARTS) else shown


def csv_lines(rows: Rows) -> Iterator[str]:
    """Lines with semicolons and decimal commas, as spreadsheets here read them; UTF-8 marked."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    yield "\ufeff"
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def csv_response(rows: Rows, *, name: str) -> Response:
    """A CSV, streamed."""
    return text_stream(csv_lines(rows), name=name, media_type="text/csv")


def xlsx_response(rows: Rows, *, name: str, title: str) -> Response:
    """A workbook of one sheet, written through a file and streamed from it."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response that streams it
    write_xlsx(rows, stream, title=title)
    size = stream.tell()
    stream.seek(0)
    return attachment(stream, name=name, media_type=XLSX, size=size)


def write_xlsx(rows: Rows, stream: BinaryIO | object, *, title: str) -> None:
    """A workbook of one sheet whose first row is its head."""
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, cell, is_head=number == 0) for cell in row])
    book.save(stream)


def _cell(sheet: WriteOnlyWorksheet, value: Cell, *, is_head: bool) -> WriteOnlyCell:
    shown = safe_text(value)[:_MOST_IN_CELL] if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, shown)
    if isinstance(shown, str):
        cell.data_type = "s"
    if isinstance(shown, Decimal):
        cell.number_format = "#,##0.00"
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell)
    return str(cell).replace(".", ",")
