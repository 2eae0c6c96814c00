"""The administrator invites people and ends roles; nobody else may, nobody locks all out."""

import re

import pytest
from flask import Flask

from grants.db import db
from grants.municipalities.models import Municipality
from grants.people.models import User
from grants.people.queries import get_membership, get_user_by_email
from grants.people.rules import Role
from tests.client import LintingClient
from tests.factories import make_municipality, make_user
from tests.people.test_sign_in import PASSWORD, read_mail


@pytest.fixture
def office(app: Flask) -> tuple[Municipality, User]:
    """A municipality and its administrator."""
    with app.app_context():
        municipality = make_municipality(slug="opcina")
        boss = make_user("Dina", (Role.ADMINISTRATOR, municipality.id))
        db.session.commit()
        return municipality, boss


def test_invited_person_takes_up_role_by_the_link(
    app: Flask, client: LintingClient, office: tuple[Municipality, User]
) -> None:
    municipality, boss = office
    client.sign_in(boss)
    fields = {"name": "Edin Finansić", "email": "edin@example.ba", "role": "finance"}
    client.post("/m/opcina/people", fields)
    path = re.search(r"/invitation/[\w-]+", read_mail(app))
    assert path is not None
    stranger = LintingClient(app)
    stranger.get(path[0])
    stranger.post(path[0], {"password": PASSWORD})
    with app.app_context():
        edin = get_user_by_email("edin@example.ba")
        assert edin is not None
        assert edin.confirmed_at is not None
        assert get_membership(edin.id, Role.FINANCE, municipality.id) is not None
    assert "edin@example.ba" in client.get("/m/opcina/people").text


def test_invitation_is_sent_again_and_its_old_link_dies(
    app: Flask, client: LintingClient, office: tuple[Municipality, User]
) -> None:
    _municipality, boss = office
    client.sign_in(boss)
    for name in ("Edin", "Faruk", "Goran"):
        fields = {"name": name, "email": f"{name}@example.ba", "role": "finance"}
        client.post("/m/opcina/people", fields)
    old = re.search(r"/invitation/[\w-]+", read_mail(app))
    shown = client.get("/m/opcina/people").text
    [*_others, again] = re.findall(r"/m/opcina/people/invitations/\d+/again", shown)
    client.post(again)
    new = re.search(r"/invitation/[\w-]+", read_mail(app))
    assert old is not None
    assert new is not None
    stranger = LintingClient(app)
    stranger.get(old[0], status=409)
    stranger.get(new[0])
    stranger.post(new[0], {"password": PASSWORD})
    client.post(again, status=404)
    client.post("/m/opcina/people/invitations/999/again", status=404)


def test_invitation_is_sent_again_by_the_administrator_only(
    app: Flask, client: LintingClient, office: tuple[Municipality, User]
) -> None:
    municipality, boss = office
    with app.app_context():
        officer = make_user("Lejla", (Role.OFFICER, municipality.id))
        make_municipality(slug="grad")
        db.session.commit()
    client.sign_in(boss)
    fields = {"name": "Edin", "email": "edin@example.ba", "role": "finance"}
    client.post("/m/opcina/people", fields)
    shown = client.get("/m/opcina/people").text
    [again] = re.findall(r"/m/opcina/people/invitations/\d+/again", shown)
    client.post(again.replace("opcina", "grad"), status=404)
    client.sign_in(officer).post(again, status=404)


def test_administrator_ends_a_role_but_not_the_own(
    app: Flask, client: LintingClient, office: tuple[Municipality, User]
) -> None:
    municipality, boss = office
    with app.app_context():
        officer = make_user("Lejla", (Role.OFFICER, municipality.id))
        held = get_membership(officer.id, Role.OFFICER, municipality.id)
        own = get_membership(boss.id, Role.ADMINISTRATOR, municipality.id)
        assert held is not None
        assert own is not None
        db.session.commit()
    client.sign_in(boss)
    client.post(f"/m/opcina/people/{held.id}/end")
    client.post(f"/m/opcina/people/{own.id}/end", status=403)
    with app.app_context():
        assert get_membership(officer.id, Role.OFFICER, municipality.id) is None


@pytest.mark.parametrize("path", ["/m/opcina/people", "/m/opcina/settings", "/m/opcina/holidays"])
def test_pages_are_hidden_from_others(
    app: Flask, client: LintingClient, office: tuple[Municipality, User], path: str
) -> None:
    with app.app_context():
        stranger = make_user("Neko", (Role.ADMINISTRATOR, make_municipality().id))
        db.session.commit()
    client.get(path, status=302)
    client.sign_in(stranger).get(path, status=404)
