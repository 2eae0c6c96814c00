"""The final list before it is published: what it changes, for whom, and why."""

from datetime import datetime

import pytest
from flask import Flask

from grants import clock
from tests.client import LintingClient, Statements
from tests.complaints.test_ruling import PASSED, finish, object_to, rule
from tests.complaints.town import Town, make_town


@pytest.fixture
def town(app: Flask, at: datetime) -> Town:
    # Of 45,000 KM two get 20,000 each; with 5,000 for the first the third is awarded as well.
    with app.app_context():
        return make_town(at, 5, 4, 3)


def seen(client: LintingClient, town: Town) -> str:
    return " ".join(client.get(f"{town.office}/final").text.replace("\xa0", " ").split())


def test_changes_are_shown_with_their_reasons_before_publishing(
    app: Flask, client: LintingClient, town: Town
) -> None:
    one = object_to(client, town, 1, "ranking")
    rule(client, town, one, ruling="upheld", effect="corrected_ranking", amount="5.000,00")
    with clock.held_at(PASSED):
        client.sign_in(town.officer)
        page = seen(client, town)
        assert "Ovako bi glasila sada:" in page
        assert "Utvrdi i objavi" not in page
        client.post(f"{one}/settle", status=303)
        assert "Pregledaj promjene i objavi" in client.get(town.office).text
        page = seen(client, town)
        first, third = (town.applications[number].reference for number in (1, 3))
        assert page.index(first) < page.index(third)
        assert town.applications[2].reference not in page
        assert "100,00 bodova, 1. mjesto; predloženo 20.000,00 KM</td>" in page
        assert "predloženo 5.000,00 KM: umanjeno uz obrazloženje" in page
        assert "predloženi iznos ispravljen je na 5.000,00 KM" in page
        assert "rezerva 1" in page
        assert "postupljeno je po prigovoru na drugu prijavu (rješenje 02-36-1/26)" in page
        finish(client, town)
        page = seen(client, town)
        assert "Konačna lista je već objavljena" in page
        assert "Konačna lista je ista kao objavljena" in page


def test_only_the_staff_look_and_statements_do_not_grow(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    counts = []
    for scores in ((5,), (5, 4, 3)):
        with app.app_context():
            town = make_town(at, *scores)
        with clock.held_at(PASSED):
            for who in (town.members[0], town.representatives[1]):
                client.sign_in(who)
                client.get(f"{town.office}/final", status=404)
            client.sign_in(town.auditor)
            with Statements() as asked:
                assert "Konačnu listu objavljuje službenik." in seen(client, town)
            counts.append(len(asked))
    assert counts[0] == counts[1]
