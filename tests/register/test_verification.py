"""The public check of an act by its code."""

from datetime import datetime

import pytest
from flask import Flask

from grants import clock, tenancy
from grants.acts.actions import issue_act
from grants.acts.corrections import prepare_correction
from grants.acts.rules import read_code
from grants.db import db
from grants.decisions.actions import issue_all
from grants.decisions.queries import list_decisions
from grants.decisions.reserve import activate_reserve, record_decline
from grants.people.actors import SYSTEM
from tests.acts.test_pages import SIGNED, Office
from tests.client import LintingClient, Statements
from tests.decisions.making import DECIDING
from tests.decisions.test_pages import Town


@pytest.fixture
def office(app: Flask, at: datetime) -> Office:
    return Office(app)


def test_code_typed_by_hand_leads_to_its_address(client: LintingClient) -> None:
    client.get("/verify")
    answer = client.get("/verify?code=7k3m q9xd42tf", status=302)
    assert answer.headers["Location"] == "/verify/7K3M-Q9XD-42TF"


@pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-Q9XD-42T0", "<script>", "Đ" * 12])
def test_code_that_cannot_be_one_is_told_from_a_code(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize("typed", ["7K3M-Q9XD-42TF", "x", "a%20b", "%3Cb%3E", "9" * 300])
def test_wrong_code_gets_a_kind_page(client: LintingClient, typed: str) -> None:
    shown = client.get(f"/verify/{typed}", status=404).text
    assert "Ne nalazimo akt s tim kodom" in shown


def test_draft_is_not_to_be_found(office: Office, client: LintingClient) -> None:
    client.get(f"/verify/{office.act.verification_code}", status=404)


def test_issued_act_shows_number_date_recipient_and_hashes(
    office: Office, client: LintingClient, at: datetime
) -> None:
    office.issue(at)
    path = f"/verify/{office.act.verification_code}"
    assert "PDF se upravo pravi" in client.get(path).text
    office.work()
    with Statements() as seen:
        shown = client.get(path).text.replace("\u00a0", " ")
    act = office.reread()
    for words in (
        "02-36-1/26",
        "2. 3. 2026.",
        "Općina Novo Sarajevo",
        "Udruženje „Žubor“",
        str(act.facts_sha256),
        "Nije ispravljen",
    ):
        assert words in shown
    assert len(seen) <= 5, seen.texts
    assert client.get(path.lower().replace("/verify", "/verify")).status_code == 200


def test_corrected_act_names_the_act_that_corrects_it(
    office: Office, client: LintingClient, at: datetime
) -> None:
    office.issue(at)
    with office.app.app_context(), tenancy.within(office.municipality.id):
        made = prepare_correction(
            office.read(), office.municipality, wrong="a", right="b", by=SYSTEM, at=at
        )
        issue_act(made, signature=SIGNED, by=SYSTEM, at=at)
        db.session.commit()
    shown = client.get(f"/verify/{office.act.verification_code}").text
    assert "ispravljen aktom broj 02-36-2/26" in shown
    client.get(f"/verify/{made.verification_code}")


def test_award_given_up_and_act_replaced_say_so(app: Flask, client: LintingClient) -> None:
    with clock.held_at(DECIDING):
        town = Town(app)
        town.decide()
        with town.entered():
            call = db.session.merge(town.case.call, load=False)
            before = {each.application_id: each for each in list_decisions(call)}
            award = before[town.case.applications["Zeleni krug"].id]
            record_decline(award, reason="x", by=town.case.officer, at=DECIDING)
            made = activate_reserve(call, by=town.case.officer, at=DECIDING)
            refusal = before[made.application_id].act.verification_code
            issue_all(call, by=town.case.signatory, at=DECIDING)
            db.session.commit()
            codes = award.act.verification_code, refusal, made.act.verification_code
            number = made.act.number
        shown = [client.get(f"/verify/{code}").text.replace("\u00a0", " ") for code in codes]
    assert "Primalac je odustao od dodjele" in shown[0]
    assert f"kasnije je izdat akt broj {number} od" in shown[1]
    assert f"/verify/{codes[2]}" in shown[1]
    assert ["Akt je na snazi" in each for each in shown] == [False, False, True]
