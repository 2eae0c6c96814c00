"""Refusals are pages that say what to do, and nothing typed is lost."""

import re
from pathlib import Path

import pytest
from flask import Flask

from grants.app import create_app
from tests.client import LintingClient
from tests.database import SECRET
from tests.people.test_sign_in import PASSWORD, register


def test_typed_text_comes_back_when_the_token_ran_out(app: Flask, client: LintingClient) -> None:
    page = client.post("/register", {"csrf_token": "old", "name": "Đorđe „Ž“ & <b>"}, status=400)
    assert "Ništa nije izgubljeno" in page.text
    assert 'name="name" value="Đorđe „Ž“ &amp; &lt;b&gt;"' in page.text


def test_form_is_sent_again_after_signing_in_on_the_spot(app: Flask, client: LintingClient) -> None:
    register(client)
    page = client.post("/sign-out", {"note": "dugo pisano"}, status=400)
    assert 'name="note" value="dugo pisano"' in page.text
    fields = {
        "note": "dugo pisano",
        "resend_to": "/sign-out",
        "resend_email": "amra@example.ba",
        "resend_password": "pogrešna",
    }
    refused = client.post("/sign-in/resend", fields, status=422)
    assert "dugo pisano" in refused.text
    passed = client.post("/sign-in/resend", {**fields, "resend_password": PASSWORD}, status=200)
    assert 'action="/sign-out"' in passed.text
    assert "dugo pisano" in passed.text


def test_foreign_address_is_not_followed_after_sign_in(client: LintingClient) -> None:
    register(client)
    fields = {"email": "amra@example.ba", "password": PASSWORD, "next": "//evil.example/x"}
    assert client.post("/sign-in", fields).headers["Location"] == "/"


def test_upload_beyond_the_limit_gets_its_sentence(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    client = LintingClient(app)
    page = client.post("/register", {"name": "x" * 2000}, status=413)
    assert "veća od 20 MB" in page.text
    assert "s koje ste došli" not in page.text


@pytest.mark.parametrize(
    ("referrer", "led"),
    [
        ("http://localhost/my/organisations/x?part=1", "/my/organisations/x?part=1"),
        ("http://evil.example/my", ""),
        ("http://localhost//evil.example/x", ""),
        ("https://localhost/my", ""),
    ],
)
def test_upload_beyond_the_limit_leads_back_where_one_came_from(
    app: Flask, referrer: str, led: str
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = app.test_client().post(
        "/register", data={"name": "x" * 2000}, headers={"Referer": referrer}
    )
    assert answer.status_code == 413
    found = re.search(r'<a href="([^"]*)">Nazad', answer.text)
    assert (found[1] if found else "") == led


def test_headers_guard_every_answer(client: LintingClient) -> None:
    headers = client.get("/sign-in").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_outside_demo_mode_nothing_of_it_exists(tmp_path: Path) -> None:
    app = create_app({"INSTANCE": str(tmp_path), "SECRET_KEY": SECRET})
    assert not [rule for rule in app.url_map.iter_rules() if "demo" in rule.rule]
