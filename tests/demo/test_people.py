"""The demo people: printed, listed, signed in with one click."""

import json

from flask import Flask

from grants import clock
from grants.demo.moments import Moments
from grants.demo.people import EVERYBODY
from grants.demo.story import open_house
from grants.people.passwords import hash_password
from tests.client import LintingClient, commit


def load(app: Flask) -> None:
    """The house of the demo with its people; what happened there is told in test_story."""
    hashes = {person.email: hash_password(person.password) for person in EVERYBODY}
    with app.app_context():
        open_house(hashes, {}, moments=Moments(clock.now()))
        commit()


def test_people_are_printed_with_what_they_hold(app: Flask) -> None:
    load(app)
    printed = json.loads(app.test_cli_runner().invoke(args=["demo", "people"]).output)
    assert [person["email"] for person in printed] == [person.email for person in EVERYBODY]
    assert printed[0] == {
        "email": "selma.karic@example.ba",
        "password": "proba-selma.karic",
        "roles": ["officer:BA-NOVO-SARAJEVO"],
    }
    assert printed[9]["roles"] == ["platform"]


def test_password_of_a_demo_person_signs_in(app: Flask, client: LintingClient) -> None:
    load(app)
    fields = {"email": "mirela.tomic@example.ba", "password": "proba-mirela.tomic"}
    assert client.post("/sign-in", fields).location == "/start"


def test_one_click_signs_in(app: Flask, client: LintingClient) -> None:
    load(app)
    assert "Selma Karić" in client.get("/sign-in").text
    client.post("/demo/sign-in", {"email": "selma.karic@example.ba"})
    assert "Selma Karić" in client.get("/demo/clock").text


def test_one_click_knows_demo_people_only(app: Flask, client: LintingClient) -> None:
    load(app)
    client.post("/demo/sign-in", {"email": "neko.drugi@example.ba"}, status=409)
