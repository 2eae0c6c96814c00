"""A small form is built by an officer and answered by an organisation, as both see it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from grants import clock, tenancy
from grants.calls.queries import form_of
from grants.calls.rules.form_writing import write_form
from grants.people.models import User
from grants.people.rules import Role
from tests.applications.arranging import arrange
from tests.browser.people import Person
from tests.browser.test_losing_nothing import PASSWORD, give_password
from tests.calls.making import make_draft, read
from tests.client import commit
from tests.factories import make_municipality, make_user
from tests.serving import Server

EMPTY = {"format": "poziv-form/1", "version": 1, "sections": []}
WIDTHS = (1380, 360)
Meet = Callable[..., Person]


@pytest.fixture
def server(steady_server: Server) -> Server:
    """The same for all tests here: each has a world of its own in it."""
    return steady_server


def comes_in(house: Flask, somebody: Meet, user: User, *, width: int) -> Person:
    """Somebody at a browser of this width, signed in."""
    give_password(house, user)
    return somebody(user.name, width=width).signs_in(user.email, PASSWORD)


def build(officer: Person, base: str) -> None:
    """From an empty form to one with a block and a question that depends on another."""
    officer.goes(base).sees("Obrazac je prazan")
    officer.presses("Dodaj – Sažetak projekta").sees("Sačuvano.", "Traženi iznos")
    officer.fills(title="Prostor").presses("Dodaj dio").sees("Još nema pitanja u ovom dijelu.")
    adds(officer, "choice", label="Imate li svoj prostor?")
    officer.presses("Dodaj odgovor").presses("Dodaj odgovor")
    officer.fills(**{"choices-0-label": "Imamo", "choices-1-label": "Nemamo"})
    officer.presses("Sačuvaj pitanje")
    adds(officer, "long_text", label="Opišite prostor")
    officer.fills(words="5", help="Napišite adresu i površinu.")
    officer.page.select_option("[name=shown_question]", label="Imate li svoj prostor?")
    officer.presses("Osvježi odgovore za uvjete")
    officer.page.check("[name=shown_codes][value=imamo]")
    officer.presses("Sačuvaj pitanje")
    officer.sees("postavlja se kad je na „Imate li svoj prostor?“ odgovoreno „Imamo“")
    officer.presses("Pomjeri gore – Prostor").sees("1. Prostor")
    officer.follows("Pogledaj kao podnosilac").sees("ništa se ne čuva")


def adds(officer: Person, kind: str, *, label: str) -> None:
    """Begin a question in the section of the space."""
    officer.page.select_option("#kind-prostor", kind)
    part = officer.page.locator("#dio-prostor")
    with officer.page.expect_navigation():
        part.get_by_role("button", name="Dodaj pitanje").click()
    officer.looks().fills(label=label)


def answer(member: Person, path: str) -> None:
    """The second question comes and goes with the answer to the first, its text stays."""
    member.goes(path)
    text = member.page.locator("[name=opisite_prostor]")
    expect(text).to_be_hidden()
    member.page.get_by_label("Imamo").check()
    expect(text).to_be_visible()
    text.fill("Sto kvadrata u centru grada odmah")
    expect(member.page.locator(".govuk-character-count__status")).to_contain_text("previše: 1")
    text.fill("Sto kvadrata u centru")
    if member.width > 1000:
        expect(member.page.get_by_text("Napišite adresu i površinu.")).to_be_visible()
    expect(member.page.locator("[data-saved]")).to_contain_text("Sačuvano")
    member.page.get_by_label("Nemamo").check()
    expect(text).to_be_hidden()
    expect(member.page.locator("[data-saved]")).to_contain_text("Sačuvano")
    member.presses("Sačuvaj").looks()
    expect(text).to_be_hidden()
    expect(member.page.get_by_label("Nemamo")).to_be_checked()
    member.page.get_by_label("Imamo").check()
    expect(text).to_have_value("Sto kvadrata u centru")


@pytest.mark.parametrize("width", WIDTHS)
def test_small_form_is_built_and_answered_with_a_condition(
    house: Flask, somebody: Meet, width: int
) -> None:
    with house.app_context():
        town = make_municipality()
        lejla = make_user("Lejla Službenik", (Role.OFFICER, town.id))
        commit()
        call = make_draft(town, reference=f"NS-OBRAZAC-{width}", form=EMPTY)
        base = f"/m/{town.slug}/calls/{call.slug}/edit/form"
    build(comes_in(house, somebody, lejla, width=width), base)
    with house.app_context(), tenancy.within(call.municipality_id):
        form: dict[str, Any] = write_form(form_of(read(call)))
    world = arrange(house, form=form, is_filled=False, **_open())
    member = comes_in(house, somebody, world.member, width=width)
    answer(member, f"{world.base}/sections/prostor")


def _open() -> dict[str, Any]:
    now = clock.now()
    return {"opens_at": now.replace(year=now.year - 1), "deadline": now.replace(year=now.year + 1)}
