"""With a phone, from the public call to the receipt: nobody has been here before."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from grants import clock, tenancy
from tests.applications.arranging import FORM
from tests.browser.mails import read_link
from tests.browser.people import Person
from tests.browser.walk import applying
from tests.browser.walk.applying import Applicant
from tests.client import commit
from tests.documents.files import make_pdf
from tests.factories import make_call, make_municipality
from tests.serving import Server

EMAIL, PASSWORD = "mobitel@example.ba", "dugačka rečenica sa Miljacke"
PARTS = {each["key"]: each for each in FORM["sections"]}
TABLES = [
    each
    for key in ("logframe", "plan")
    for each in PARTS[key]["questions"]
    if each["key"] in ("results", "activities")
]
SMALL: dict[str, Any] = FORM | {
    "sections": [
        PARTS["organisation"],
        PARTS["summary"],
        PARTS["plan"] | {"questions": TABLES},
        PARTS["budget"],
        PARTS["documents"],
    ]
}
STATUTE = {"code": "statut", "title": "Statut", "mandatory": True}
CLUB = Applicant(
    name="Klub mladih „Mobitel“",
    jib="4299999900003",
    account="5550000000000115",
    title="Prve vještine za posao",
    lot="1",
    cost="2.000,00",
    requested="12.000,00",
)


@pytest.fixture
def server(steady_server: Server) -> Server:
    """The same for all tests here."""
    return steady_server


@pytest.fixture
def call(house: Flask) -> str:
    """A call with a small form, open for nine days; its address."""
    now = clock.now()
    with house.app_context(), tenancy.across("tests arrange"):
        made = make_call(
            make_municipality(),
            form=SMALL,
            required_documents=[STATUTE],
            opens_at=now - timedelta(days=9),
            deadline=now + timedelta(days=9),
        )
        commit()
        return f"/calls/{made.slug}"


def test_newcomer_comes_from_the_call_to_the_receipt_with_a_phone(
    server: Server, somebody: Callable[..., Person], call: str, tmp_path: Path
) -> None:
    amra = somebody("Amra Ademović", width=360).goes(call)
    amra.follows("Provjerite uslove")
    answer_quiz(amra)
    amra.follows("Započni prijavu")
    open_account(server, amra)
    paper = tmp_path / "statut.pdf"
    paper.write_bytes(make_pdf())
    applying.fill_organisation(amra.follows("Upiši organizaciju"), CLUB)
    fill_parts(amra.looks("/apply-registered").presses("Započni prijavu"), paper)
    check = amra.page.url
    applying.declare_representative(amra.follows("Ja sam zakonski zastupnik"), paper)
    amra.goes(check)
    amra.presses("Predaj prijavu").sees("Označite izjavu pa predajte prijavu.")
    amra.page.check("[name=is_declared]")
    amra.presses("Predaj prijavu").sees("Prijava je predata", "SHA-256")


def answer_quiz(person: Person) -> None:
    """Everything fits the call."""
    person.page.check("[name=registered][value=yes]")
    person.page.check("[name=jib][value=yes]")
    person.fills(registered_on="15. 6. 2016.", requested="12.000", months="6")
    person.fills(submitted="0", received="0")
    person.page.check("[name=reports][value=none_due]")
    person.page.check("[name=documents][value=statut]")
    person.presses("Pokaži šta je ispunjeno").looks("/quiz-answered")
    person.sees("Ispunjavate sve uslove")


def open_account(server: Server, person: Person) -> None:
    """From the page that asks who one is, by the link in a mail, back to where one was going."""
    person.follows("Otvorite ga").fills(name=person.name, email=EMAIL, password=PASSWORD)
    person.presses("Otvori račun").looks("/registered").sees("Provjerite poštu")
    person.goes(read_link(server, EMAIL, "/confirm/")).presses("Potvrdi adresu")
    person.fills(email=EMAIL, password=PASSWORD).presses("Prijavi se").looks("/after-sign-in")


def fill_parts(person: Person, paper: Path) -> None:
    """Part after part, each begun where the one before led to."""
    person.fills(contact_name=person.name, contact_email="kontakt@example.ba")
    person.page.check("[name=no_double_funding]")
    person.presses("Sačuvaj i nastavi").fills(
        title=CLUB.title,
        location="Grbavica",
        starts_on="1. 6. 2027.",
        duration_months="6",
        requested=CLUB.requested,
        summary_text="Radionice za mlade u dvije mjesne zajednice.",
    )
    person.page.check("[name=lot][value='1']")
    person.presses("Sačuvaj i nastavi")
    for row in ("1", "2"):
        person.fills(**{f"results.{row}.text": f"Rezultat {row}."})
    person.presses("Sačuvaj")
    for row in ("1", "2"):
        person.fills(**{f"activities.{row}.title": f"Radionice {row}",
                        f"activities.{row}.responsible": "koordinatorica"})  # fmt: skip
        person.page.select_option(f"[name='activities.{row}.result']", index=int(row))
        person.page.check(f"[name='activities.{row}.months'][value='{row}']")
    person.looks("/plan-filled").presses("Sačuvaj i nastavi")
    person.page.select_option("[name=add_heading]", index=5)
    person.presses("+ Dodaj stavku").looks("/budget-line")
    row = "budget." + person.page.input_value("[name='budget.rows']")
    person.fills(**{f"{row}.description": "Treneri", f"{row}.unit": "mjesec",
                    f"{row}.quantity": "6", f"{row}.price": CLUB.cost,
                    f"{row}.requested": CLUB.requested})  # fmt: skip
    person.page.select_option(f"[name='{row}.activity']", index=1)
    person.presses("Sačuvaj i nastavi")
    slot = person.page.locator("form[action$='/documents?slot=statut']")
    slot.locator("[type=file]").set_input_files(paper)
    with person.page.expect_navigation():
        slot.locator("button").first.click()
    person.looks("/documents-filled").presses("Sačuvaj i nastavi").looks("/ready")
