"""Registering, confirming, signing in, being slowed down."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask

from grants import clock
from grants.jobs.worker import run_due_jobs
from tests.client import LintingClient
from tests.conftest import NOON

PASSWORD = "dugačka rečenica sa Miljacke"


def read_mail(app: Flask) -> str:
    """The subject and the text of the last mail in the outbox."""
    with app.app_context():
        run_due_jobs()
    outbox: Path = app.config["SETTINGS"].instance / "outbox"
    newest = max(outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    mail = message_from_bytes(newest.read_bytes(), policy=default)
    return f"{mail['Subject']}\n{mail.get_content()}"


def register(client: LintingClient) -> None:
    """Open an account by the page."""
    fields = {"name": "Amra Ademović", "email": "Amra@Example.ba", "password": PASSWORD}
    client.post("/register", fields, status=200)


def sign_in(client: LintingClient, password: str = PASSWORD, *, status: int = 302) -> str:
    """Sign in by the page; the words of the answer."""
    fields = {"email": "amra@example.ba", "password": password}
    return client.post("/sign-in", fields, status=status).text


def test_account_signs_in_when_password_is_right(app: Flask, client: LintingClient) -> None:
    register(client)
    sign_in(client)
    assert "Amra Ademović" in client.get("/sign-in").text


def test_address_is_confirmed_when_button_behind_link_is_pressed(
    app: Flask, client: LintingClient
) -> None:
    register(client)
    path = re.search(r"/confirm/[\w-]+", read_mail(app))
    assert path is not None
    client.get(path[0])
    client.post(path[0])
    assert "iskorištena" in client.post(path[0], status=409).text


def test_sign_in_waits_when_five_tries_failed(client: LintingClient) -> None:
    register(client)
    with clock.held_at(NOON):
        for _ in range(5):
            assert "nije tačna" in sign_in(client, "pogrešna", status=422)


@pytest.mark.parametrize(("minutes", "status"), [(0, 429), (16, 302)])
def test_throttle_ends_when_quarter_of_an_hour_passed(
    client: LintingClient, monkeypatch: pytest.MonkeyPatch, minutes: int, status: int
) -> None:
    register(client)
    for _ in range(5):
        sign_in(client, "pogrešna", status=422)
    monkeypatch.setattr(clock, "_offset", [lambda: timedelta(minutes=minutes)])
    sign_in(client, status=status)


def test_old_session_ends_when_password_is_reset(app: Flask, client: LintingClient) -> None:
    register(client)
    sign_in(client)
    other = LintingClient(app)
    other.post("/reset", {"email": "amra@example.ba"}, status=200)
    path = re.search(r"/reset/[\w-]+", read_mail(app))
    assert path is not None
    other.post(path[0], {"password": "sasvim nova rečenica"})
    assert "Amra Ademović" not in client.get("/sign-in").text


def test_commonest_password_is_refused_with_a_sentence(client: LintingClient) -> None:
    fields = {"name": "A", "email": "a@example.ba", "password": "Password123"}
    assert "lako pogodili" in client.post("/register", fields, status=422).text
