"""The platform administrator opens municipalities."""

from datetime import date

from flask import Flask

from grants import tenancy
from grants.db import db
from grants.municipalities.queries import get_municipality, list_holidays
from grants.people.rules import INSTALLATION, Role
from tests.client import LintingClient
from tests.factories import make_municipality, make_user
from tests.people.test_sign_in import read_mail

TYPED = {
    "kind": "općina",
    "name": "Vogošća",
    "code": "BA-VOGOSCA",
    "entity": "FBiH",
    "canton": "KS",
    "place": "Vogošća",
    "person": "Nedim Alić",
    "email": "nedim@example.ba",
}


def test_municipality_is_opened_with_calendar_and_invitation(
    app: Flask, client: LintingClient
) -> None:
    with app.app_context():
        user = make_user("Goran", (Role.PLATFORM, INSTALLATION))
        db.session.commit()
    client.sign_in(user).post("/installation", TYPED)
    assert "Općina Vogošća" in read_mail(app)
    again = client.post("/installation", TYPED, status=422)
    assert "već zauzeta" in again.text
    with app.app_context():
        opened = get_municipality("vogosca")
        assert opened is not None
        with tenancy.within(opened.id):
            assert date(2026, 3, 1) in list_holidays(opened.id)


def test_nobody_else_sees_the_installation(app: Flask, client: LintingClient) -> None:
    with app.app_context():
        officer = make_user("Lejla", (Role.OFFICER, make_municipality().id))
        db.session.commit()
    client.sign_in(officer).get("/installation", status=403)
