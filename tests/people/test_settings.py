"""One's own settings: language, mails, the address of the calendar."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from grants.db import db
from grants.notifications.queries import modes_of
from grants.notifications.rules import MailMode
from grants.people.models import User
from tests.client import LintingClient
from tests.factories import make_user


@pytest.fixture
def user(app: Flask) -> User:
    """Somebody."""
    with app.app_context():
        made = make_user("Amra")
        db.session.commit()
        return made


def kept(app: Flask, user: User) -> User:
    """The account as it is kept."""
    with app.app_context():
        return db.session.execute(select(User).where(User.id == user.id)).scalar_one()


def test_language_and_mail_mode_are_kept_and_spoken_at_once(
    app: Flask, client: LintingClient, user: User
) -> None:
    client.sign_in(user).get("/language/bs?next=/settings", status=302)
    client.post("/settings", {"language": "hr", "mode": "daily"})
    assert kept(app, user).language == "hr"
    with app.app_context():
        assert modes_of([user.id]) == {user.id: MailMode.DAILY}
    page = client.get("/settings").text
    # The choice here counts more than an older one in the head of a page.
    assert '<html lang="hr">' in page
    chosen = {each for each in re.findall(r"<input[^>]+>", page) if " checked " in each}
    assert {re.search(r'value="(\w+)"', each)[1] for each in chosen} == {"hr", "daily"}  # type: ignore[index]


@pytest.mark.parametrize("typed", [{}, {"language": "xx", "mode": "daily"}, {"language": "bs"}])
def test_settings_refuse_what_is_no_choice(
    client: LintingClient, user: User, typed: dict[str, str]
) -> None:
    client.sign_in(user).post("/settings", typed, status=422)


def test_calendar_has_an_address_once_it_is_asked_for(
    app: Flask, client: LintingClient, user: User
) -> None:
    assert "calendar-address" not in client.sign_in(user).get("/settings").text
    client.post("/settings/calendar", {"deed": "renew"})
    first = str(kept(app, user).calendar_key)
    assert f"/calendar/{first}.ics" in client.get("/settings").text
    client.sign_out()
    client.get(f"/calendar/{first}.ics")
    client.sign_in(user).post("/settings/calendar", {"deed": "renew"})
    second = str(kept(app, user).calendar_key)
    client.get(f"/calendar/{first}.ics", status=404)
    client.get(f"/calendar/{second}.ics")
    client.post("/settings/calendar", {"deed": "off"})
    client.get(f"/calendar/{second}.ics", status=404)
    client.post("/settings/calendar", {"deed": "else"}, status=400)


def test_settings_are_for_whoever_is_signed_in(client: LintingClient) -> None:
    assert client.get("/settings", status=302).location == "/sign-in?next=/settings"
    client.post("/settings/calendar", {"deed": "renew"}, status=400)
