"""The way from a part to the receipt by keyboard alone, and without scripts."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.applications.arranging import Arranged
from tests.browser.drafts import kept
from tests.browser.people import Person
from tests.client import session_cookie
from tests.serving import Server

# Where the focus is and whether it shows: on the element or on what is drawn in its place.
FOCUS = """wanted => {
    const at = document.activeElement;
    const shows = (element, pseudo) => {
        const style = element && getComputedStyle(element, pseudo);
        const isOutlined = style?.outlineStyle !== "none" && parseFloat(style?.outlineWidth) > 0;
        return style && (isOutlined || style.boxShadow !== "none");
    };
    const next = at.nextElementSibling;
    return {
        html: at.outerHTML.slice(0, 160),
        isThere: at.matches(wanted),
        isSeen: shows(at) || (at.matches("[type=radio], [type=checkbox]")
            && (shows(next) || shows(next, "::before"))),
    };
}"""
FURTHEST = 80


@pytest.fixture
def server(steady_server: Server) -> Server:
    """The same for all tests here: each has a world of its own in it."""
    return steady_server


@pytest.fixture
def lejla(house: Flask, world: Arranged, somebody: Callable[..., Person]) -> Callable[..., Person]:
    """The representative, signed in, with a browser as asked for."""

    def meet(**browser: bool) -> Person:
        person = somebody("Lejla", **browser)
        return person.carries(session_cookie(house, world.representative))

    return meet


def test_part_is_filled_in_checked_and_submitted_by_keyboard_alone(
    house: Flask, world: Arranged, lejla: Callable[..., Person]
) -> None:
    person = lejla().goes(f"{world.base}/sections/summary")
    keys = person.page.keyboard
    tab_to(person, ".govuk-skip-link")
    keys.press("Enter")
    tab_to(person, "[name=title]")
    keys.press("Control+A")
    keys.type("Upisano tastaturom")
    tab_to(person, "[name=lot]:checked")
    keys.press("ArrowUp")
    press(person, "main button:not([name])")
    assert kept(house, world, "summary")["title"] == "Upisano tastaturom"
    assert kept(house, world, "summary")["lot"] == "2"
    press(person, f"a[href$='{world.base}/check']")
    tab_to(person, "[name=is_declared]")
    keys.press("Space")
    press(person, "form[action$='/submit'] button")
    person.sees("Prijava je predata", f"{world.call.reference}-001")


def test_budget_line_is_added_and_the_application_submitted_without_scripts(
    house: Flask, world: Arranged, lejla: Callable[..., Person]
) -> None:
    person = lejla(scripts=False).goes(f"{world.base}/sections/budget")
    person.page.select_option("[name=add_heading]", "3")
    person.presses("+ Dodaj stavku")
    row = "budget." + kept(house, world, "budget")["budget.rows"].split()[-1]
    person.fills(**{f"{row}.description": "Alat", f"{row}.unit": "komplet",
                    f"{row}.quantity": "1", f"{row}.price": "100,00",
                    f"{row}.requested": "0,00", f"{row}.own": "100,00"})  # fmt: skip
    person.page.select_option(f"[name='{row}.activity']", index=1)
    person.presses("Sačuvaj").sees("Sačuvano", "21.020,00 KM")
    person.presses("Sačuvaj i nastavi").sees("Partneri i tim")
    assert kept(house, world, "budget")[f"{row}.description"] == "Alat"
    person.follows("Provjera i predaja", within="body")
    person.page.check("[name=is_declared]")
    person.presses("Predaj prijavu").sees("Prijava je predata", f"{world.call.reference}-001")


def press(person: Person, wanted: str) -> None:
    """Tab to a link or a button and press it; the page that follows is minded."""
    tab_to(person, wanted)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    person.looks()


def tab_to(person: Person, wanted: str) -> None:
    """Tab until the focus is there; at every stop one sees where it is."""
    for _stop in range(FURTHEST):
        person.page.keyboard.press("Tab")
        focus = person.page.evaluate(FOCUS, wanted)
        assert focus["isSeen"], focus["html"]
        if focus["isThere"]:
            return
    raise AssertionError(f"no way by Tab to {wanted}: {focus['html']}")
