"""Beginning an application and working through its sections."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.applications.models import Application, DraftSection
from grants.calls.models import Follower
from grants.db import db
from tests.applications.arranging import FILLED, arrange
from tests.client import LintingClient, Statements


def kept(app: Flask, application: Application, key: str) -> tuple[int, dict[str, Any]]:
    """The version and the strings of a section as they are kept."""
    with app.app_context(), tenancy.across("tests look"):
        statement = select(DraftSection).where(
            DraftSection.application_id == application.id, DraftSection.key == key
        )
        row = db.session.execute(statement).scalar_one()
        return row.version, row.answers


def test_member_starts_and_follows_the_call(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    path = f"/calls/{world.call.slug}/apply"
    assert "nije predato" in client.get(path).text
    place = client.post(path, {"organisation": world.organisation.slug}, status=303).location
    assert place.endswith("/sections/organisation")
    assert "Prijava još NIJE PREDATA" in client.get(place).text
    with app.app_context(), tenancy.across("tests look"):
        followers = db.session.execute(select(Follower.user_id)).scalars().all()
    assert followers == [world.member.id]
    client.sign_in(world.stranger)
    client.post(path, {"organisation": world.organisation.slug}, status=404)


@pytest.mark.parametrize("key", [*FILLED, "documents"])
def test_every_section_is_drawn_as_typed(
    app: Flask, client: LintingClient, at: datetime, key: str
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    page = client.get(f"{world.base}/sections/{key}").text
    for name in FILLED.get(key, {}):
        assert f'name="{name}"' in page
    empty = arrange(app, is_filled=False)
    client.sign_in(empty.member)
    client.get(f"{empty.base}/sections/{key}")


def test_save_keeps_what_was_typed_and_goes_on(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app, is_filled=False)
    client.sign_in(world.member)
    fields = FILLED["summary"] | {"title": "  Novi naziv\r\nu dva reda ", "version": "0"}
    place = client.post(f"{world.base}/sections/summary", fields, status=303).location
    assert place.endswith("/sections/problem")
    version, answers = kept(app, world.application, "summary")
    assert version == 1
    assert answers["title"] == "  Novi naziv\nu dva reda "
    with app.app_context(), tenancy.across("tests look"):
        application = db.session.get(Application, world.application.id)
        assert application is not None
        assert (application.requested, application.duration_months) == (2_042_000, 7)


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"requested": "1.234,5x"}, "„1.234,5x“ nije iznos"),
        ({"title": "N" * 300}, "upisano je 300 znakova, a staje najviše 140"),
        ({"starts_on": "31. 2. 2026."}, "„31. 2. 2026.“ nije datum"),
        ({"duration_months": "sedam"}, "„sedam“ nije broj"),
    ],
)
def test_what_cannot_be_read_is_kept_and_gets_its_sentence(
    app: Flask, client: LintingClient, at: datetime, over: dict[str, str], said: str
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    fields = FILLED["summary"] | over | {"version": "1"}
    place = client.post(f"{world.base}/sections/summary", fields, status=303).location
    assert place.endswith("/sections/summary")
    page = client.get(place).text
    assert said in page
    assert all(text in page for text in over.values())


def test_rows_are_added_and_removed_by_buttons_of_the_form(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    path = f"{world.base}/sections/budget"
    fields = FILLED["budget"] | {"version": "1"}
    fields["budget.1.description"] = "Upravo upisano"
    added = client.post(path, fields | {"add": "budget", "add_heading": "3"}, status=303).location
    version, answers = kept(app, world.application, "budget")
    row = answers["budget.rows"].split()[-1]
    assert (version, len(answers["budget.rows"].split())) == (2, 6)
    assert answers["budget.1.description"] == "Upravo upisano"
    assert answers[f"budget.{row}.heading"] == "3"
    assert row in added
    fields |= {"budget.rows": answers["budget.rows"], "version": "2", "remove": "budget.2"}
    client.post(path, fields, status=303)
    _version, answers = kept(app, world.application, "budget")
    assert answers["budget.rows"].split() == ["1", "3", "4", "5", row]
    assert not [name for name in answers if name.startswith("budget.2.")]


def test_second_save_is_shown_both_texts_and_loses_none(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    other = LintingClient(app).sign_in(world.representative)
    client.sign_in(world.member)
    path = f"{world.base}/sections/summary"
    other.post(path, FILLED["summary"] | {"title": "Njen", "version": "1"}, status=303)
    mine = FILLED["summary"] | {"title": "Moj", "location": "Pofalići", "version": "1"}
    page = client.post(path, mine, status=409).text
    assert all(text in page for text in ("Njen", "Moj", "Pofalići", "MZ Grbavica"))
    assert "druga osoba: Lejla Hodžić" in page
    choice = mine | {"version": "2", "keep:title": "theirs", "keep:location": "mine", "stay": "1"}
    client.post(path, choice, status=303)
    version, answers = kept(app, world.application, "summary")
    assert (version, answers["title"], answers["location"]) == (3, "Njen", "Pofalići")


def test_autosave_keeps_the_changed_field_in_eight_statements(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    client.post("/language/bs", status=405)  # the token is there from now on
    path = f"{world.base}/sections/summary/autosave"
    fields = {"version": "1", "changed": "requested", "requested": "1.234,5x"}
    headers = {"X-Autosave": "1"}
    with Statements() as seen:
        answer = client.post(path, fields, status=200, headers=headers).get_json()
    assert len(seen) <= 8
    assert answer.pop("saved_at").startswith("12:00:")
    assert answer == {
        "version": "2",
        "sentences": ["Traženi iznos: „1.234,5x“ nije iznos. Upišite ga ovako: 1.234,50"],
    }
    stale = client.post(path, fields, status=409, headers=headers).get_json()
    assert stale["version"] == "2"
    assert stale["fields"]["title"] == FILLED["summary"]["title"]
    assert stale["fields"]["requested"] == "1.234,5x"


def test_autosave_empties_ticks_that_were_cleared(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    path = f"{world.base}/sections/plan/autosave"
    fields = {"version": "1", "changed": "activities.1.months"}
    client.post(path, fields, status=200, headers={"X-Autosave": "1"})
    _version, answers = kept(app, world.application, "plan")
    assert answers["activities.1.months"] == []
    assert answers["activities.2.months"] == ["3"]


def test_expired_token_brings_the_page_back_with_everything(app: Flask, at: datetime) -> None:
    world = arrange(app)
    client = LintingClient(app).sign_in(world.member)
    fields = FILLED["summary"] | {"title": "Upisano pred istek", "csrf_token": "staro"}
    page = client.post(f"{world.base}/sections/summary", fields, status=400).text
    assert "Ništa nije izgubljeno" in page
    assert "Upisano pred istek" in page


def test_strangers_meet_404_everywhere(app: Flask, client: LintingClient, at: datetime) -> None:
    world = arrange(app)
    slug = world.application.slug
    client.sign_in(world.stranger)
    base = f"/my/applications/{slug}"
    for path in ("sections/summary", "check", "receipt", "receipt.pdf", "documents/x"):
        client.get(f"{base}/{path}", status=404)
    for path in (
        "sections/summary", "sections/summary/autosave", "submit", "withdraw",
        "documents?slot=statut", "documents/kept?slot=statut", "documents/x/remove",
    ):  # fmt: skip
        client.post(f"{base}/{path}", status=404)
    for path in ("documents/x", "representative", "representative/evidence"):
        client.get(f"/m/{world.municipality.slug}/applications/{slug}/{path}", status=404)


def test_section_needs_the_same_statements_for_few_and_many_lines(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    path = f"{world.base}/sections/budget"
    client.get(path)
    with Statements() as few:
        client.get(path)
    fields = FILLED["budget"] | {"version": "1", "budget.rows": " ".join(map(str, range(1, 40)))}
    client.post(path, fields, status=303)
    with Statements() as many:
        client.get(path)
    assert len(few) == len(many) <= 10
