"""The internet goes and comes back, and two people of one organisation write at once."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Error

from tests.applications.arranging import FILLED, Arranged
from tests.browser.drafts import kept, wait_for
from tests.browser.people import Person
from tests.client import session_cookie
from tests.serving import Server

LONG = "Prvi red opisa.\nDrugi red: „Žuti đak“ & <b>ćup</b>, 1.234,50 KM."


@pytest.fixture
def server(steady_server: Server) -> Server:
    """The same for all tests here: each has a world of its own in it."""
    return steady_server


def wait_for_line(person: Person, said: str) -> None:
    """The line beside the heading says how it stands with the text."""
    person.page.locator("[data-saved]", has_text=said).wait_for()


@pytest.mark.parametrize("width", [1380, 360])
def test_text_typed_without_internet_is_saved_when_it_returns(
    house: Flask, world: Arranged, amra: Callable[..., Person], width: int
) -> None:
    person = amra(width=width).goes(f"{world.base}/sections/summary").loses_internet()
    person.fills(title="Upisano bez interneta", summary_text=LONG)
    wait_for_line(person, "Nema veze s internetom")
    person.looks("/without-internet")
    person.page.get_by_role("button", name="Sačuvaj i nastavi").click()
    wait_for_line(person, "Nema veze s internetom")
    assert person.page.input_value("[name=summary_text]") == LONG
    assert kept(house, world, "summary")["title"] == FILLED["summary"]["title"]
    person.finds_internet()
    wait_for_line(person, "Sačuvano u")
    answers = kept(house, world, "summary")
    assert (answers["title"], answers["summary_text"]) == ("Upisano bez interneta", LONG)
    person.presses("Sačuvaj i nastavi").sees("Problem i ciljevi")


def test_text_outlives_a_page_that_was_reloaded_without_internet(
    house: Flask, world: Arranged, amra: Callable[..., Person]
) -> None:
    person = amra(width=360).goes(f"{world.base}/sections/summary").loses_internet()
    person.fills(title="Upisano bez interneta", summary_text=LONG)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        person.page.reload()
    person.page.close()
    again = person.finds_internet().opens_tab()
    again.goes(f"{world.base}/sections/summary")
    assert again.page.input_value("[name=summary_text]") == LONG
    wait_for(house, world, title="Upisano bez interneta", summary_text=LONG)
    wait_for_line(again, "Sačuvano u")


def test_second_person_is_told_who_saved_and_chooses_without_scripts(
    house: Flask, world: Arranged, amra: Callable[..., Person], somebody: Callable[..., Person]
) -> None:
    page = f"{world.base}/sections/summary"
    second = amra(scripts=False, width=360).goes(page)
    first = somebody("Lejla").carries(session_cookie(house, world.representative)).goes(page)
    first.fills(title="Naziv od Lejle", location="Grbavica").presses("Sačuvaj")
    second.fills(title="Naziv od Amre", summary_text=LONG).presses("Sačuvaj")
    second.looks("/conflict-of-two").sees("Lejla Hodžić", "Naziv od Lejle", "Naziv od Amre")
    second.page.check("[name='keep:location'][value=theirs]")
    second.presses("Sačuvaj odabrano")
    answers = kept(house, world, "summary")
    assert (answers["title"], answers["location"]) == ("Naziv od Amre", "Grbavica")
    assert answers["summary_text"] == LONG


def test_second_person_is_told_who_saved_and_chooses_while_typing(
    house: Flask, world: Arranged, amra: Callable[..., Person], somebody: Callable[..., Person]
) -> None:
    page = f"{world.base}/sections/summary"
    second = amra(width=360).goes(page)
    first = somebody("Lejla").carries(session_cookie(house, world.representative)).goes(page)
    first.fills(title="Naziv od Lejle", location="Grbavica")
    wait_for(house, world, title="Naziv od Lejle", location="Grbavica")
    second.fills(title="Naziv od Amre", summary_text=LONG)
    box = second.page.get_by_role("alertdialog")
    box.wait_for()
    said = box.inner_text()
    assert all(text in said for text in ("Lejla Hodžić", "Naziv od Lejle", "Naziv od Amre"))
    box.get_by_role("button", name="Zadrži moj tekst").click()
    wait_for(house, world, title="Naziv od Amre", location="Grbavica", summary_text=LONG)
    first.fills(duration_months="8")
    wait_for(house, world, title="Naziv od Amre", duration_months="8", summary_text=LONG)
    assert first.page.input_value("[name=summary_text]") == LONG
