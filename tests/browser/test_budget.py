"""The budget in a browser: a workbook of sixty lines and back, cells pasted, partners who sign."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from playwright.sync_api import Error

from grants import clock
from tests.applications.arranging import Arranged
from tests.applications.test_budget_pages import arrange_sources
from tests.applications.test_statements import SIGNED, keep_team
from tests.browser.people import Person
from tests.browser.test_losing_nothing import kept
from tests.browser.test_pages import read_link
from tests.client import session_cookie
from tests.serving import Server

WIDTHS = pytest.mark.parametrize("width", [1380, 360])
PASTE = """(field, text) => {
    const carried = new DataTransfer();
    carried.setData("text/plain", text);
    field.dispatchEvent(
        new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def server(steady_server: Server) -> Server:
    """The same for all tests here: each has a world of its own in it."""
    return steady_server


@pytest.fixture
def world(house: Flask) -> Arranged:
    """A call whose budget has two sources, and one draft with a partner."""
    now = clock.now()
    made = arrange_sources(
        house, opens_at=now - timedelta(days=9), deadline=now + timedelta(days=9)
    )
    keep_team(house, made.application)
    return made


def fill_in(template: Path, filled: Path) -> None:
    """Sixty lines below the five that are there, one of them with a word for a number."""
    book = load_workbook(template.open("rb"))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[5] if cell.value}
    for at in range(60):
        line = {"heading": "6 · Direktni troškovi aktivnosti", "description": f"Stavka {at + 1}"}
        line |= {"unit": "komad", "quantity": at + 1, "price": "1.234,50", "activity": "1.1"}
        for key, value in line.items():
            sheet.cell(12 + at, heads[key]).value = value
        sheet.cell(12 + at, heads["own_rad"]).value = 12.5
    sheet.cell(20, heads["quantity"]).value = "devet"
    book.save(filled)


def test_sixty_lines_go_to_a_spreadsheet_and_back(
    house: Flask, world: Arranged, somebody: Callable[..., Person], tmp_path: Path
) -> None:
    amra = somebody("Amra").carries(session_cookie(house, world.member))
    amra.goes(f"{world.base}/sections/budget")
    with amra.page.expect_download() as download:
        amra.page.get_by_role("link", name="Preuzmi tabelu (XLSX)").click()
    fill_in(download.value.path(), tmp_path / "popunjeno.xlsx")
    amra.page.get_by_text("Učitaj popunjenu tabelu").click()
    amra.page.set_input_files("#budget-file", tmp_path / "popunjeno.xlsx")
    amra.presses("Pregledaj razlike").looks("/budget/preview")
    amra.sees("novih stavki\n60", "Red 20, kolona „Količina“: „devet“ nije broj.")
    assert len(kept(house, world, "budget")["budget.rows"].split()) == 5
    amra.presses("Unesi u budžet").sees("Stavke su unesene u budžet.")
    answers = kept(house, world, "budget")
    rows = answers["budget.rows"].split()
    assert len(rows) == 65
    assert [answers[f"budget.{rows[64]}.{key}"] for key in ("quantity", "price", "own_rad")] == [
        *("60", "1.234,50", "12,5")
    ]
    with amra.page.expect_download() as download:
        amra.page.get_by_role("link", name="Preuzmi tabelu (XLSX)").click()
    amra.page.get_by_text("Učitaj popunjenu tabelu").click()
    (tmp_path / "isto.xlsx").write_bytes(Path(download.value.path()).read_bytes())
    amra.page.set_input_files("#budget-file", tmp_path / "isto.xlsx")
    amra.presses("Pregledaj razlike").sees("Tabela se ne razlikuje od budžeta u prijavi.")


def test_cells_pasted_into_a_line_fill_it_and_those_below(
    house: Flask, world: Arranged, somebody: Callable[..., Person]
) -> None:
    amra = somebody("Amra").carries(session_cookie(house, world.member))
    amra.goes(f"{world.base}/sections/budget")
    page = amra.page
    lines = [
        "Treneri\tdan\t2\t100\t200\t\t\t1.1",
        "Dvorana\tdan\t3\t50\t100\t50\t\t2.1",
        "Voda\tkom",
    ]
    with page.expect_response(lambda answer: answer.url.endswith("/autosave") and answer.ok):
        page.locator("[name='budget.5.description']").evaluate(PASTE, "\n".join(lines))
    status = page.locator("[data-pasted]")
    assert "Zalijepljeno ćelija: 18, u redova: 3; novih stavki: 2." in status.inner_text()
    amra.waits_until("document.querySelector('[data-saved]').innerText.includes('Sačuvano')")
    page.wait_for_load_state("networkidle")
    amra.looks("/budget/pasted")
    answers = kept(house, world, "budget")
    rows = answers["budget.rows"].split()
    assert len(rows) == 7
    assert [
        answers[f"budget.{rows[5]}.{key}"] for key in ("heading", "description", "activity")
    ] == [*("5", "Dvorana", "2")]
    amra.goes(f"{world.base}/sections/budget")
    assert page.locator("[data-line]").count() == 7
    page.locator("[name='budget.1.description']").evaluate(PASTE, "Jedan\tdan\nDva\tdan")
    assert page.locator("[data-line]").count() == 8
    page.get_by_role("button", name="Poništi lijepljenje").click()
    assert page.locator("[data-line]").count() == 7
    assert page.input_value("[name='budget.1.description']") == "Koordinator projekta"
    assert "Lijepljenje je poništeno." in status.inner_text()
    page.wait_for_load_state("networkidle")


def test_pasted_lines_outlive_a_page_that_was_reloaded_without_internet(
    house: Flask, world: Arranged, somebody: Callable[..., Person]
) -> None:
    amra = somebody("Amra").carries(session_cookie(house, world.member))
    amra.goes(f"{world.base}/sections/budget").loses_internet()
    lines = ["Treneri\tdan\t2\t100\t200\t\t\t1.1", "Dvorana\tdan\t3\t50\t100\t50\t\t2.1"]
    amra.page.locator("[name='budget.5.description']").evaluate(PASTE, "\n".join(lines))
    amra.page.locator("[data-saved]", has_text="Nema veze s internetom").wait_for()
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        amra.page.reload()
    amra.page.close()
    again = amra.finds_internet().opens_tab()
    again.goes(f"{world.base}/sections/budget")
    again.waits_until("!Object.keys(localStorage).length")
    assert again.page.locator("[data-line]").count() == 6
    again.page.wait_for_load_state("networkidle")
    answers = kept(house, world, "budget")
    added = answers["budget.rows"].split()[-1]
    assert len(answers["budget.rows"].split()) == 6
    found = [answers[f"budget.{added}.{key}"] for key in ("heading", "description", "activity")]
    assert found == ["5", "Dvorana", "2"]
    again.goes(f"{world.base}/sections/budget")
    assert again.page.input_value(f"[name='budget.{added}.description']") == "Dvorana"


def test_meters_follow_the_sources_while_one_types(
    house: Flask, world: Arranged, somebody: Callable[..., Person]
) -> None:
    amra = somebody("Amra").carries(session_cookie(house, world.member))
    amra.goes(f"{world.base}/sections/budget")
    amra.fills(**{"budget.5.own": "100", "budget.5.own_rad": "400"})
    amra.sees("150,00 KM se ne računa")
    assert amra.page.locator("[data-sum='source:own_rad']").inner_text() == "400,00"
    amra.page.reload()
    amra.page.wait_for_load_state("networkidle")
    amra.sees("150,00 KM se ne računa")


@WIDTHS
def test_partner_signs_on_a_phone_or_at_a_desk(
    house: Flask,
    world: Arranged,
    server: Server,
    somebody: Callable[..., Person],
    width: int,
) -> None:
    keep_team(house, world.application, **{"partners.1.email": f"skola{width}@example.ba"})
    amra = somebody("Amra", width=width).carries(session_cookie(house, world.member))
    amra.goes(f"{world.base}/sections/budget").goes(f"{world.base}/sections/team")
    amra.presses("Pošalji izjavu na potpis – JU Osnovna škola „Grbavica“").sees("čeka potpis")
    amra.looks("/partners/waiting")
    link = read_link(server, f"skola{width}@example.ba", "/statements/")
    mirza = somebody("Mirza", width=width).goes(link).looks("/statements/read")
    mirza.presses("Potpiši izjavu").looks("/statements/refused")
    mirza.fills(name=SIGNED["name"], title=SIGNED["title"])
    mirza.page.check("[name=is_declared]")
    mirza.presses("Potpiši izjavu").sees("Ova izjava je potpisana.").looks("/statements/signed")
    amra.goes(f"{world.base}/sections/team").sees("potpisana")
    amra.looks("/partners/signed")
