"""Rows copied out of a spreadsheet, read as static/js/paste.js reads them."""

import csv
import io
from collections.abc import Mapping, Sequence

from grants.applications.rules.importing import RawLine
from grants.applications.rules.typed import columns_of
from grants.calls.rules.form import Question
from grants.i18n.script import fold

# A longer text, or a longer cell, is no budget.
LONGEST = 100_000
# Fewer names than these in a row, or none for the description, are no heads of columns.
_ENOUGH = 3


def read_pasted(
    text: str, question: Question, *, heading: str, has_partners: bool
) -> list[RawLine]:
    """The lines of a budget out of pasted rows; those without an own heading come under `heading`.

    A first row with the names of columns says their order; else it is that of the page, from the
    description on.
    """
    rows = [row for row in split_cells(text) if any(cell.strip() for cell in row)]
    if not rows:
        return []
    named = name_columns(rows[0], question)
    order = named or page_order(question, has_partners=has_partners)
    return [
        RawLine(number, _cells(row, order, heading))
        for number, row in enumerate(rows, start=1)
        if not (named and number == 1)
    ]


def split_cells(text: str) -> list[list[str]]:
    """Cells parted by tabs, rows by line ends; a quoted cell may hold both, "" in it is one quote.

    Text without any tab is parted by semicolons, as a CSV of this country.
    """
    source = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not source:
        return []
    mark = "\t" if "\t" in source or ";" not in source else ";"
    return list(csv.reader(io.StringIO(source, newline=""), delimiter=mark))


def page_order(question: Question, *, has_partners: bool) -> list[str]:
    """The columns as a line shows them, from the description on."""
    left_out = {"heading"} if has_partners else {"heading", "partner"}
    return [column.key for column in columns_of(question) if column.key not in left_out]


def name_columns(row: Sequence[str], question: Question) -> list[str]:
    """The column of every cell of a row of heads, empty for a stranger; [] when it is none."""
    known: Mapping[str, str] = {
        name: column.key
        for column in columns_of(question)
        for name in (column.key, fold(column.label), fold(f"{column.label} (KM)"))
    } | {"id": "id", "oznaka": "id"}
    found = [known.get(fold(cell.strip()), "") for cell in row]
    is_head = "description" in found and sum(map(bool, found)) >= _ENOUGH
    return found if is_head else []


def _cells(row: Sequence[str], order: Sequence[str], heading: str) -> dict[str, str]:
    cells = {key: text for key, text in zip(order, row, strict=False) if key and key != "id"}
    return cells if cells.get("heading", "").strip() else {**cells, "heading": heading}
