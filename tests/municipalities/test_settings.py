"""What acts take from a municipality is changed by its administrator."""

from datetime import date

import pytest
from flask import Flask

from grants import tenancy
from grants.db import db
from grants.municipalities.queries import get_municipality, list_holidays
from grants.people.rules import Role
from tests.client import LintingClient
from tests.factories import make_municipality, make_user

TYPED = {
    "place": "Sarajevo",
    "address": "Zmaja od Bosne 55",
    "jib": "4200000 000012",
    "mayor_name": "Amela Mayer",
    "mayor_title": "Načelnica",
    "series": "02-36",
    "remedy": "Žalba u roku od {rok} dana.",
    "remedy_days": "8",
}


@pytest.fixture
def administrator(app: Flask, client: LintingClient) -> LintingClient:
    """The administrator at the own browser."""
    with app.app_context():
        municipality = make_municipality(slug="opcina")
        user = make_user("Dina", (Role.ADMINISTRATOR, municipality.id))
        db.session.commit()
    return client.sign_in(user)


def test_settings_are_kept_for_acts_to_come(app: Flask, administrator: LintingClient) -> None:
    administrator.post("/m/opcina/settings", TYPED)
    assert "Zmaja od Bosne 55" in administrator.get("/m/opcina/settings").text
    with app.app_context():
        kept = get_municipality("opcina")
        assert kept is not None
        assert kept.jib == "4200000000012"
        assert kept.legal_texts == {
            "series": {"default": "02-36"},
            "basis": {"default": ""},
            "remedy": {"default": "Žalba u roku od {rok} dana."},
            "remedy_days": {"default": "8"},
        }


def test_typed_text_stays_when_a_field_is_refused(administrator: LintingClient) -> None:
    page = administrator.post("/m/opcina/settings", {**TYPED, "remedy_days": "osam"}, status=422)
    assert "„osam“ nije cijeli broj." in page.text
    assert "Zmaja od Bosne 55" in page.text


def test_jib_is_thirteen_digits_or_nothing(administrator: LintingClient) -> None:
    page = administrator.post("/m/opcina/settings", {**TYPED, "jib": "42-00"}, status=422)
    assert "JIB ima 13 cifara, a upisano ih je 4." in page.text
    administrator.post("/m/opcina/settings", {**TYPED, "jib": ""})


def test_day_is_added_once_and_taken_out(app: Flask, administrator: LintingClient) -> None:
    day = {"on": "5. 5. 2027.", "name": "Dan općine"}
    administrator.post("/m/opcina/holidays", day)
    administrator.post("/m/opcina/holidays", day, status=409)
    administrator.post("/m/opcina/holidays/remove", {"on": "2027-03-01"})
    with app.app_context():
        office = get_municipality("opcina")
        assert office is not None
        with tenancy.within(office.id):
            kept = list_holidays(office.id)
    assert kept[date(2027, 5, 5)] == "Dan općine"
    assert date(2027, 3, 1) not in kept
