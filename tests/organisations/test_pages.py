"""Registering an organisation, keeping its profile, its people and its documents."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from grants.applications.queries import profile_of
from grants.db import db
from grants.organisations.models import Organisation
from grants.organisations.queries import get_organisation_by_jib
from grants.people.models import User
from grants.people.queries import actor_of, get_user_with_roles
from grants.people.rules import Role
from tests.client import LintingClient, commit
from tests.documents.files import make_pdf
from tests.factories import make_organisation, make_user


def make_fields(**over: Any) -> dict[str, Any]:
    fields = {
        "name": "Udruženje „Zeleni Miljacka“",
        "legal_form": "udruženje",
        "jib": "420 1234-500007",
        "account": "141-196-53200112-88",
        "register_name": "Ministarstvo pravde KS",
        "register_number": "1234",
        "registered_on": "15. 6. 2016.",
        "address": "Zmaja od Bosne 1",
        "place": "Sarajevo",
        "representative_name": "Lejla Hodžić",
    }
    return fields | over


def make_member(organisation: Organisation, *roles: Role) -> User:
    return make_user("Amra Ademović", *((role, organisation.id) for role in roles))


def test_registrant_becomes_owner(app: Flask, client: LintingClient) -> None:
    with app.app_context():
        user = make_user()
        commit()
    client.sign_in(user)
    place = client.post("/my/organisations/new", make_fields()).location
    with app.app_context():
        organisation = get_organisation_by_jib("4201234500007")
        held = get_user_with_roles(user.id)
        assert organisation is not None
        assert held is not None
        assert actor_of(held).holds(Role.OWNER, organisation.id)
    assert organisation.account == "1411965320011288"
    assert place == f"/my/organisations/{organisation.slug}"
    assert "Zeleni Miljacka" in client.get(place).text


def test_registrant_goes_back_to_the_call(app: Flask, client: LintingClient) -> None:
    with app.app_context():
        user = make_user()
        commit()
    client.sign_in(user)
    path = "/my/organisations/new?next="
    assert client.post(f"{path}/calls/poziv/apply", make_fields()).location == "/calls/poziv/apply"
    elsewhere = client.post(
        f"{path}//zlo.example", make_fields(jib="4209876543210", is_jib_confirmed="y")
    )
    assert elsewhere.location == "/"


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"jib": "420123450000"}, "tačno 13 cifara, a ovdje ih je 12"),
        ({"account": "1411965320011289"}, "kontrolne cifre na kraju ne odgovaraju"),
        ({"account": "571-010-0000736-87"}, "tačno 16 cifara, a ovdje ih je 15"),
        ({"registered_on": "31. 2. 2016."}, "„31. 2. 2016.“ nije datum"),
        ({"name": "x" * 300}, "najviše 200 znakova"),
    ],
)
def test_wrong_number_gets_its_sentence_and_nothing_is_lost(
    app: Flask, client: LintingClient, over: dict[str, str], said: str
) -> None:
    with app.app_context():
        user = make_user()
        commit()
    page = client.sign_in(user).post("/my/organisations/new", make_fields(**over), status=422).text
    assert said in page
    assert all(text in page for text in over.values())
    assert "Zmaja od Bosne 1" in page


def test_unusual_control_digit_is_confirmed(app: Flask, client: LintingClient) -> None:
    with app.app_context():
        user = make_user()
        commit()
    client.sign_in(user)
    fields = make_fields(jib="4209876543210")
    page = client.post("/my/organisations/new", fields, status=422).text
    assert "nije uobičajena kontrolna cifra" in page
    assert 'name="is_jib_confirmed"' in page
    client.post("/my/organisations/new", fields | {"is_jib_confirmed": "y"})


def test_known_jib_leads_to_a_request_that_the_owner_decides(
    app: Flask, client: LintingClient
) -> None:
    with app.app_context():
        organisation = make_organisation(jib="4201234500007")
        owner, stranger = make_member(organisation, Role.OWNER), make_user("Mirza Mirzić")
        commit()
    client.sign_in(stranger)
    assert (
        "Zamolite vlasnika" in client.post("/my/organisations/new", make_fields(), status=409).text
    )
    client.post("/my/organisations/join", {"jib": "4201234500007", "message": "Pišem"}, status=200)
    client.get(f"/my/organisations/{organisation.slug}", status=404)
    client.sign_in(owner)
    assert (
        "1 osoba se želi priključiti" in client.get(f"/my/organisations/{organisation.slug}").text
    )
    assert "Mirza Mirzić" in client.get(f"/my/organisations/{organisation.slug}/people").text
    client.post(
        f"/my/organisations/{organisation.slug}/members",
        {"deed": f"accept:{stranger.id}"},
        status=303,
    )
    client.post(
        f"/my/organisations/{organisation.slug}/members",
        {"deed": f"accept:{stranger.id}"},
        status=409,
    )
    client.sign_in(stranger)
    client.get(f"/my/organisations/{organisation.slug}")
    client.get(f"/my/organisations/{organisation.slug}/invite", status=403)


def test_representative_is_unconfirmed_until_confirmed(app: Flask, client: LintingClient) -> None:
    with app.app_context():
        organisation = make_organisation()
        member = make_member(organisation, Role.MEMBER)
        commit()
    client.sign_in(member)
    place = f"/my/organisations/{organisation.slug}/representative"
    assert "Označite izjavu" in client.post(place, status=422).text
    assert "Odaberite datoteku" in client.post(place, {"is_declared": "yes"}, status=422).text
    program = {"is_declared": "yes", "file": (io.BytesIO(b"MZ" + b"\0" * 900), "rjesenje.pdf")}
    assert "Ovo je program" in client.post(place, program, status=422).text
    fields = {"is_declared": "yes", "file": (io.BytesIO(make_pdf()), "rješenje.pdf")}
    client.post(place, fields, status=303)
    assert "nepotvrđen" in client.get(f"/my/organisations/{organisation.slug}").text
    assert "rješenje.pdf" in client.get(f"/my/organisations/{organisation.slug}/documents").text


def test_part_is_not_overwritten_when_somebody_saved_it_since(
    app: Flask, client: LintingClient
) -> None:
    with app.app_context():
        organisation = make_organisation()
        member = make_member(organisation, Role.MEMBER)
        commit()
    client.sign_in(member)
    place = f"/my/organisations/{organisation.slug}/edit?part=address"
    fields = {"address": "Prva 1", "place": "Sarajevo", "version": "1"}
    client.post(place, fields, status=303)
    page = client.post(place, fields | {"address": "Druga 2"}, status=409).text
    assert "Druga 2" in page
    assert 'name="version" value="2"' in page


def test_board_is_kept_row_by_row_and_frozen(app: Flask, client: LintingClient) -> None:
    with app.app_context():
        organisation = make_organisation()
        owner = make_user("Amra", (Role.OWNER, organisation.id))
        commit()
    client.sign_in(owner)
    page = f"/my/organisations/{organisation.slug}/edit?part=board"
    client.get(page)
    row = {"board-0-name": "Mirza Kovač", "board-0-function": "član", "version": "1"}
    more = client.post(page, {**row, "board-1-email": "nije adresa", "add": "1"}, status=200).text
    assert 'name="board-3-name"' in more
    assert "Mirza Kovač" in more
    nobody = client.post(page, {**row, "board-1-email": "ana@example.ba"}, status=422).text
    assert "Upišite ime i prezime ili ispraznite" in nobody
    client.post(page, {**row, "board-1-name": "", "board-2-name": "Ana Šarić"}, status=303)
    assert "Mirza Kovač, član" in client.get(f"/my/organisations/{organisation.slug}").text
    with app.app_context():
        kept = db.session.execute(
            select(Organisation).where(Organisation.id == organisation.id)
        ).scalar_one()
        assert profile_of(kept)["board"] == [
            {"name": "Mirza Kovač", "function": "član", "email": ""},
            {"name": "Ana Šarić", "function": "", "email": ""},
        ]
