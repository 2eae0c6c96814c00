"""Acts after objections: they name the rulings, the final list, and what it changed for whom."""

from datetime import datetime

from flask import Flask

from grants import clock, tenancy
from grants.acts.models import Act
from grants.acts.printing import preview_of
from grants.audit.rules import canonical
from grants.complaints.models import Objection
from grants.db import db
from grants.municipalities.models import Municipality
from tests.client import LintingClient
from tests.complaints.test_ruling import PASSED, finish, object_to, prepare, rule
from tests.complaints.town import Town, make_town, rows


def decide(client: LintingClient, town: Town) -> None:
    finish(client, town)
    client.post(f"{town.office.replace('objections', 'decisions')}/prepare")


def said(app: Flask, town: Town, prefix: str, *, without: str = "") -> str:
    """What the act under a key says, perhaps as if it were from before a fact was kept."""
    with app.app_context(), tenancy.within(town.municipality.id):
        act = db.session.execute(db.select(Act).where(Act.key == prefix)).scalar_one()
        if without:
            act.facts = {key: value for key, value in act.facts.items() if key != without}
        municipality = db.session.get_one(Municipality, town.municipality.id)
        page = preview_of(act, municipality, public_url="https://poziv.example")
        db.session.rollback()
    return " ".join(page.replace("\u00a0", " ").split())


def of(town: Town, number: int) -> str:
    return f"decision:{town.applications[number].id}"


def changed_town(app: Flask, client: LintingClient, at: datetime) -> Town:
    # Of 45,000 KM two get 20,000 each; with 5,000 for the first the third is awarded as well.
    with app.app_context():
        town = make_town(at, 5, 4, 3)
    one = object_to(client, town, 1, "ranking")
    rule(client, town, one, ruling="upheld", effect="corrected_ranking")
    with clock.held_at(PASSED):
        client.sign_in(town.officer)
        client.post(f"{one}/amount", {"amount": "5.000,00", "reason": "Bez opreme."}, status=303)
        client.post(f"{one}/settle", status=303)
        decide(client, town)
    return town


def test_acts_name_rulings_and_what_they_changed(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    town = changed_town(app, client, at)
    table = said(app, town, f"award_decision:{town.call.id}")
    assert "prema konačnoj rang-listi od 11. 3. 2026. godine (verzija 2), utvrđenoj" in table
    assert "utvrđenoj po prigovoru usvojenom rješenjem broj 02-36-1/26 od" in table
    reference = town.applications[1].reference
    assert f"u predmetu prijave broj {reference}: ispravljen je predloženi iznos" in table
    assert "Podneseno prigovora: 1; usvojeno: 1, odbijeno: 0" in table
    assert "ta se lista razlikuje od prijedloga iz zapisnika" in table
    assert "O prigovorima je riješeno" not in table
    own, other = said(app, town, of(town, 1)), said(app, town, of(town, 3))
    assert "Prigovor na ishod ove prijave usvojen je rješenjem broj 02-36-1/26" in own
    assert "predloženo 20.000,00 KM. U konačnoj rang-listi: 100,00 bodova, predloženo 5.0" in own
    assert "Iznos je ispravljen po usvojenom prigovoru. Razlog: Bez opreme." in own
    assert "Komisija je predložila" not in own
    assert "postupljeno po prigovoru na drugu prijavu, usvojenom rješenjem broj 02-36-1/26" in other
    assert "1. mjesto na rezervnoj listi. U konačnoj rang-listi: 60,00 bodova, predlož" in other
    assert "usvojen je rješenjem" not in said(app, town, of(town, 2))
    old = said(app, town, of(town, 1), without="final")
    assert "O prigovorima je riješeno i konačna rang-lista objavljena je" in old
    assert "verzija" not in old


def test_acts_say_that_nothing_was_changed(app: Flask, client: LintingClient, at: datetime) -> None:
    with app.app_context():
        town = make_town(at, 5, 4)
    rule(client, town, object_to(client, town, 1, "score"))
    with clock.held_at(PASSED):
        decide(client, town)
        table = said(app, town, f"award_decision:{town.call.id}")
        assert "(verzija 2), istovjetnoj preliminarnoj" in table
        assert "usvojeno: 0, odbijeno: 1, odbačeno: 0, povučeno: 0." in table
        assert "Istovjetna je preliminarnoj rang-listi." in table
        kept = facts_of(app, town)
        client.post(f"{town.office.replace('objections', 'decisions')}/prepare")
        assert facts_of(app, town) == kept


def facts_of(app: Flask, town: Town) -> list[bytes]:
    """The frozen facts of every act, in the order they were prepared."""
    with app.app_context(), tenancy.within(town.municipality.id):
        acts = db.session.execute(db.select(Act).order_by(Act.id)).scalars()
        return [canonical(act.facts) for act in acts]


def test_acts_say_that_nobody_objected(app: Flask, client: LintingClient, at: datetime) -> None:
    with app.app_context():
        town = make_town(at, 5, 4)
    with clock.held_at(PASSED):
        decide(client, town)
    assert "Prigovora nije bilo." in said(app, town, of(town, 1))


def test_ruling_says_the_corrected_amount_and_enters_it(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    with app.app_context():
        town = make_town(at, 5, 4)
    one = object_to(client, town, 1, "ranking")
    typed = {"ruling": "upheld", "effect": "corrected_ranking"}
    assert "veći je od traženog" in prepare(
        client, town.other_officer, one, status=422, amount="20.000,01", **typed
    )
    rule(client, town, one, amount="15.000,00", **typed)
    ruling = said(app, town, f"ruling:{rows(app, Objection)[0].id}")
    assert 'ispravlja se na <b class="nowrap">15.000,00 KM</b> (petnaest hiljada KM i' in ruling
    before, after = (
        "100,00 bodova, 1. mjesto; predloženo ",
        "KM. Na konačnu rang-listu mogu uticati",
    )
    assert f"prijava stoji ovako: {before}20.000,00 KM. Ispravljeno, prema podacima" in ruling
    assert f": {before}15.000,00 {after}" in ruling
    with clock.held_at(PASSED):
        client.sign_in(town.officer)
        assert "Iznos je ispravljen rješenjem: 15.000,00" in client.get(one).text
        client.post(f"{one}/amount", {"amount": "5.000,00", "reason": "Drugo."}, status=422)
        client.post(f"{one}/settle", status=303)
        decide(client, town)
    own = said(app, town, of(town, 1))
    assert "(predloženi iznos ispravljen je na 15.000,00 KM)" in own
    assert "Razlog: rješenje o prigovoru broj 02-36-1/26" in own


def test_ruling_says_that_the_place_stays_or_is_not_known_yet(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    with app.app_context():
        town = make_town(at, 5, 4, min_reviews=1)
    typed = {"ruling": "upheld", "effect": "corrected_ranking"}
    one, other = (object_to(client, town, number, "ranking") for number in (1, 2))
    prepare(client, town.other_officer, one, **typed)
    key = f"ruling:{rows(app, Objection)[0].id}"
    assert "tako stoji i dalje." in said(app, town, key)
    assert "Ispravljeno: isto kao objavljeno." in client.get(one).text
    # The sheets of the other are set aside: no place is known until it has new ones.
    rule(client, town, other, ruling="upheld", effect="new_sheets")
    prepare(client, town.other_officer, one, **typed, amount="15.000,00")
    assert "utvrđuje se kad budu date nove ocjene drugih prijava." in said(app, town, key)
    assert "čekaju se nove ocjene drugih prijava" in client.get(one).text
