"""Budgets that come from a spreadsheet: read back exactly, differences named, nothing executed."""

import io
import itertools
import string
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from grants import money
from grants.applications.rules.importing import (
    Change,
    RawLine,
    apply_proposal,
    propose,
)
from grants.applications.rules.parsing import Typed
from grants.applications.rules.pasting import read_pasted, split_cells
from grants.applications.rules.typed import row_ids
from grants.applications.spreadsheets.reading import read_workbook
from grants.applications.spreadsheets.writing import FIRST, Titled, write_workbook
from grants.calls.rules.form import Fact, Form, Question
from grants.calls.rules.form_json import read_form
from grants.errors import Incomplete, Problem
from tests.applications.arranging import FILLED, FORM, make_budget

TITLED = Titled("Zelene učionice", "NS-2026-1 · Poziv", "Cijene upisujte s PDV-om.")
COLUMNS = ("heading", "description", "unit", "quantity", "price", "requested", "own", "activity")


def make_form(**over: object) -> Form:
    written = {**FORM, "sections": [dict(section) for section in FORM["sections"]]}
    for section in written["sections"]:
        section["questions"] = [
            {**each, **(over if each["key"] == "budget" else {})} for each in section["questions"]
        ]
    return read_form(written)


def make_typed(lines: dict[str, str], **over: object) -> tuple[Typed, Question]:
    form = make_form(**over)
    question = form.by_fact(Fact.BUDGET)
    assert question is not None
    return Typed(form, {**FILLED, "budget": lines}), question


def round_trip(typed: Typed, question: Question) -> list[RawLine]:
    content = write_workbook(typed, question, TITLED)
    return read_workbook(io.BytesIO(content), question, name="budzet.xlsx")


texts = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cs", "Cc", "Zl", "Zp"),
        exclude_characters="\ufffe\uffff",
    ),
    max_size=60,
).map(lambda text: " ".join(text.split()))
amounts = st.integers(0, 10**12).map(money.form)
quantities = st.tuples(st.integers(0, 10**6), st.integers(0, 999)).map(
    lambda pair: f"{pair[0]},{pair[1]:03d}"
)
junk = st.sampled_from(["", "abc", "=1+1", "-5", "@x", "+1", "1.2.3"])
lines = st.tuples(
    st.sampled_from("123456"),
    texts,
    texts,
    quantities | junk,
    amounts | junk,
    amounts | junk,
    amounts | junk,
    st.sampled_from(["", "1", "2"]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(lines, min_size=1, max_size=8))
def test_workbook_brings_back_every_line_as_it_was(drawn: list[tuple[str, ...]]) -> None:
    typed, question = make_typed(make_budget(drawn))
    proposal = propose(typed, question, round_trip(typed, question), is_whole=True)
    assert [(line.change, line.differences) for line in proposal.lines] == [
        (Change.UNCHANGED, ())
    ] * len(drawn)


def test_workbook_of_sixty_lines_fills_an_empty_budget_exactly() -> None:
    drawn = [
        (
            str(at % 6 + 1),
            f"Stavka {at}",
            "komad",
            str(at),
            "12,30",
            money.form(1230 * at),
            "0,00",
            "1",
        )
        for at in range(1, 61)
    ]
    full, question = make_typed(make_budget(drawn))
    raw = [replace(line, id="") for line in round_trip(full, question)]
    empty = replace(full, answers={**FILLED, "budget": {}})
    ids = (f"n{at}" for at in itertools.count())
    section = full.form.section("budget")
    assert section is not None
    proposal = propose(empty, question, raw, is_whole=True)
    assert (proposal.count(Change.NEW), proposal.problems) == (60, ())
    made = replace(
        full, answers={**FILLED, "budget": apply_proposal({}, question, proposal, ids=ids)}
    )
    kept = [
        {k: v for k, v in row.items() if k != "id"} for row in full.parsed(section).values["budget"]
    ]
    back = [
        {k: v for k, v in row.items() if k != "id"} for row in made.parsed(section).values["budget"]
    ]
    assert back == kept


def test_differences_are_named_line_by_line() -> None:
    typed, question = make_typed(make_budget())
    raw = round_trip(typed, question)
    changed = replace(raw[0], cells={**raw[0].cells, "price": "650"})
    new = RawLine(
        40, {"heading": "6", "description": "Autobus", "quantity": "2", "activity": "1.1"}
    )
    proposal = propose(typed, question, [changed, *raw[2:], new], is_whole=True)
    assert [line.change for line in proposal.lines] == [
        *(Change.CHANGED, Change.UNCHANGED, Change.UNCHANGED, Change.UNCHANGED),
        *(Change.NEW, Change.REMOVED),
    ]
    assert [
        (each.column.key, each.before, each.after) for each in proposal.lines[0].differences
    ] == [("price", "600,00", "650")]
    assert proposal.lines[4].cells["activity"] == "1"


def test_a_copied_line_is_new_and_keeps_the_first() -> None:
    typed, question = make_typed(make_budget())
    raw = round_trip(typed, question)
    proposal = propose(typed, question, [raw[0], raw[0]], is_whole=False)
    assert [line.change for line in proposal.lines] == [
        *[Change.UNCHANGED] * 4,
        *(Change.UNCHANGED, Change.NEW),
    ]


def test_faulty_cells_get_a_problem_with_row_and_column() -> None:
    typed, question = make_typed({})
    raw = [
        RawLine(14, {"heading": "99", "description": "x", "quantity": "pet", "price": "1,234,5"})
    ]
    found = propose(typed, question, raw, is_whole=True).problems
    assert [(each.code, each.place, each.facts["column"]) for each in found] == [
        ("cell_unknown", "14.heading", "Poglavlje"),
        ("answer_not_number", "14.quantity", "Količina"),
        ("answer_not_money", "14.price", "Cijena"),
    ]


def test_nothing_typed_becomes_a_formula() -> None:
    starts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]
    drawn = [("1", start, start, "x", "=2", "-3", "@4", "1") for start in starts]
    typed, question = make_typed(make_budget(drawn))
    sheet = load_workbook(io.BytesIO(write_workbook(typed, question, TITLED))).worksheets[0]
    formulas = {
        cell.value
        for row in sheet.iter_rows(min_row=FIRST)
        for cell in row
        if cell.data_type == "f"
    }
    assert all(each.startswith(("=IF(OR(", "=IF(")) for each in formulas)
    assert sheet.cell(FIRST, 3).data_type == "s"
    assert sheet.cell(FIRST, 3).quotePrefix


def test_workbook_has_sums_lists_and_a_protected_head() -> None:
    typed, question = make_typed(
        make_budget(),
        sources=[
            {"code": "vlastito", "title": "Vlastito"},
            {"code": "rad", "title": "Volonterski rad", "kind": "in_kind"},
        ],
    )
    book = load_workbook(io.BytesIO(write_workbook(typed, question, TITLED)))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[6]] == [
        *("Br.", "Poglavlje", "Opis", "Jedinica", "Količina", "Cijena (KM)", "Količina × cijena"),
        *("Traženo (KM)", "Vlastito (KM)", "Volonterski rad (KM)", "Razlika", "Aktivnost"),
        *("Obrazloženje", "Oznaka"),
    ]
    assert sheet["H4"].value == "=SUM(H7:H126)"
    assert (sheet.protection.sheet, sheet["B6"].protection.locked) == (True, True)
    assert sheet["B7"].protection.locked is False
    assert [
        rule.sqref.ranges.copy().pop().coord for rule in sheet.data_validations.dataValidation
    ] == [
        *("B7:B126", "D7:D126", "L7:L126"),
    ]
    assert [name.title for name in book.worksheets] == ["Budžet", "Liste", "Zbirno", "Upute"]


def _changed(content: bytes, **parts: bytes) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, parts.pop(entry.filename, None) or old.read(entry))
        for name, part in parts.items():
            new.writestr(name, part)
    made.seek(0)
    return made


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/worksheets/sheet1.xml": b"<a>" + b" " * 60_000_000 + b"</a>"}, "upload_bomb"),
        ({f"xl/more{at}.xml": b"<a/>" for at in range(300)}, "upload_bomb"),
        ({"xl/vbaProject.bin": b"x"}, "upload_macros"),
        ({"xl/externalLinks/externalLink1.xml": b"<a/>"}, "sheet_links"),
        (
            {"xl/worksheets/sheet1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
            "upload_damaged",
        ),
        ({"xl/worksheets/sheet1.xml": b"<worksheet"}, "upload_damaged"),
    ],
)
def test_bombs_and_tricks_are_refused_before_they_are_read(
    parts: dict[str, bytes], code: str
) -> None:
    typed, question = make_typed(make_budget())
    content = _changed(write_workbook(typed, question, TITLED), **parts)
    with pytest.raises(Incomplete) as refusal:
        read_workbook(content, question, name="budzet.xlsx")
    assert [problem.code for problem in refusal.value.problems] == [code]


def test_a_workbook_without_the_columns_is_refused() -> None:
    _typed, question = make_typed({})
    stream = io.BytesIO()
    book = load_workbook(io.BytesIO(write_workbook(*make_typed({}), TITLED)))
    book.worksheets[0].delete_rows(1, 200)
    book.save(stream)
    with pytest.raises(Incomplete) as refusal:
        read_workbook(stream, question, name="budzet.xlsx")
    assert [problem.code for problem in refusal.value.problems] == ["sheet_no_head"]


def test_numbers_from_a_spreadsheet_lose_its_noise_and_keep_their_digits() -> None:
    typed, question = make_typed(make_budget())
    book = load_workbook(io.BytesIO(write_workbook(typed, question, TITLED)))
    sheet = book.worksheets[0]
    sheet["E7"], sheet["F7"], sheet["H7"] = 0.1 + 0.2, Decimal("1.005"), "=F7*2"
    stream = io.BytesIO()
    book.save(stream)
    line = read_workbook(stream, question, name="budzet.xlsx")[0]
    assert (line.cells["quantity"], line.cells["price"]) == ("0,3", "1,005")
    assert line.faults == {
        "price": Problem("cell_decimals", facts={"typed": "1,005", "limit": 2}),
        "requested": Problem("cell_formula"),
    }


cells = st.text(string.ascii_letters + '"\t\n;, 0123456789čć', max_size=12)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set('"\t\n;') else cell


@given(st.lists(st.lists(cells, min_size=2, max_size=5), min_size=1, max_size=6))
def test_pasted_cells_come_apart_as_they_were_put_together(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(map(_quoted, row)) for row in rows)
    wanted = text.rstrip("\n")
    assert split_cells(text) == (rows if wanted == text else split_cells(wanted))


def test_pasted_rows_follow_the_order_of_the_page_or_of_their_heads() -> None:
    typed, question = make_typed(make_budget())
    plain = "Autobus\tvožnja\t2\t300\t600\t\t1.1\tZa dva izleta"
    headed = "Cijena\tOpis\tPoglavlje\n300\tAutobus\t2"
    first = read_pasted(plain, question, heading="6", has_partners=False)
    second = read_pasted(headed, question, heading="6", has_partners=False)
    assert dict(first[0].cells) == {
        "description": "Autobus",
        "unit": "vožnja",
        "quantity": "2",
        "price": "300",
        "requested": "600",
        "own": "",
        "activity": "1.1",
        "justification": "Za dva izleta",
        "heading": "6",
    }
    assert [(line.number, dict(line.cells)) for line in second] == [
        (2, {"price": "300", "description": "Autobus", "heading": "2"})
    ]
    made = propose(typed, question, first, is_whole=False)
    kept = apply_proposal(make_budget(), question, made, ids=iter(["neu"]))
    assert row_ids(kept, "budget") == ["1", "2", "3", "4", "5", "neu"]
