"""An instalment on its way: met, ordered, approved by another, paid, told."""

from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.audit.models import AuditEntry
from grants.contracts.models import Contract
from grants.contracts.rules.states import ContractStatus
from grants.db import db
from grants.notifications.models import Mail
from grants.payments.models import Instalment
from grants.payments.queries import get_instalment
from grants.payments.rules import InstalmentStatus
from grants.people.actions import give_role
from grants.people.actors import SYSTEM
from grants.people.models import User
from grants.people.queries import get_user
from grants.people.rules import Role
from tests.client import LintingClient, Statements
from tests.contracts.town import Town, award_another, make_town
from tests.factories import make_contract, make_instalment

ORDER = {"account": "1010000000000135", "purpose": "1. rata po ugovoru", "reference": "614300-7"}
PAID = {"paid_on": "2. 3. 2026.", "reference": "Izvod 41/26"}


@pytest.fixture
def town(app: Flask, at: datetime) -> Town:
    """A town with a contract in force and its first instalment planned."""
    with app.app_context():
        made = make_town()
        db.session.commit()
    return made


def arrange(app: Flask, town: Town, **over: object) -> str:
    """The address of an instalment."""
    with app.app_context():
        instalment = make_instalment(make_contract(town.application), **over)
        db.session.commit()
        return f"{town.base}/payments/{instalment.slug}"


def read(app: Flask, town: Town, page: str) -> Instalment:
    with app.app_context(), tenancy.within(town.municipality.id):
        found = get_instalment(page.rpartition("/")[2])
        assert found is not None
        return found


def test_instalment_goes_from_plan_to_bank(app: Flask, client: LintingClient, town: Town) -> None:
    page = arrange(app, town)
    client.sign_in(town.officer).get(page)
    client.post(f"{page}/met", {"note": "Ugovor potpisan."})
    client.sign_in(town.finance).get(page)
    client.post(f"{page}/order", ORDER)
    client.sign_in(town.signatory).get(page)
    client.post(f"{page}/approve")
    client.sign_in(town.finance).get(page)
    client.post(f"{page}/paid", PAID)
    found = read(app, town, page)
    assert (found.status, found.paid_on, found.bank_reference) == (
        InstalmentStatus.PAID,
        date(2026, 3, 2),
        "Izvod 41/26",
    )
    assert (found.order_account, found.order_purpose, found.order_reference) == (
        "1010000000000135",
        "1. rata po ugovoru",
        "614300-7",
    )
    assert (found.ordered_by_id, found.approved_by_id) == (town.finance.id, town.signatory.id)
    client.sign_in(town.member)
    assert "isplaćena" in client.get(f"/my/contracts/{found.contract.slug}/payments").text
    client.sign_in(town.auditor)
    assert "Izvod 41/26" in client.get(page).text


def test_every_step_is_on_the_record_and_told(
    app: Flask, client: LintingClient, town: Town
) -> None:
    page = arrange(app, town)
    client.sign_in(town.officer).post(f"{page}/met", {"note": ""})
    client.sign_in(town.finance).post(f"{page}/order", ORDER)
    client.sign_in(town.signatory).post(f"{page}/send_back", status=404)
    client.post(f"{page}/return", {"reason": "Pogrešan poziv na broj."})
    client.sign_in(town.finance)
    assert "Pogrešan poziv na broj." in client.get(page).text
    client.post(f"{page}/order", ORDER)
    client.sign_in(town.signatory).post(f"{page}/approve")
    client.sign_in(town.finance).post(f"{page}/paid", PAID)
    with app.app_context(), tenancy.across("tests look"):
        happened = db.session.execute(select(AuditEntry.event).order_by(AuditEntry.id)).scalars()
        events = [event for event in happened if event != "role_given"]
        mails = [
            (mail.to, mail.subject)
            for mail in db.session.execute(select(Mail).order_by(Mail.id)).scalars()
        ]
    assert events == [
        "instalment_condition_met",
        "payment_ordered",
        "payment_returned",
        "payment_ordered",
        "payment_approved",
        "payment_paid",
    ]
    finance, signatory = town.finance.email, town.signatory.email
    assert mails == [
        (finance, "Rata čeka nalog za plaćanje: 14.000,00\xa0KM"),
        (signatory, "Nalog čeka vaše odobrenje: 14.000,00\xa0KM"),
        (finance, "Nalog je vraćen na doradu: 14.000,00\xa0KM"),
        (signatory, "Nalog čeka vaše odobrenje: 14.000,00\xa0KM"),
        (finance, "Nalog je odobren: 14.000,00\xa0KM"),
        (town.member.email, "Isplaćena je 1. rata: 14.000,00\xa0KM"),
    ]


def test_order_is_not_approved_by_whoever_wrote_it(
    app: Flask, client: LintingClient, town: Town
) -> None:
    page = arrange(app, town, status=InstalmentStatus.CONDITION_MET)
    with app.app_context():
        both = get_user(town.finance.id)
        assert both is not None
        give_role(both, role=Role.SIGNATORY, scope_id=town.municipality.id, by=SYSTEM, at=NOW)
        db.session.commit()
    client.sign_in(town.finance).post(f"{page}/order", ORDER)
    assert "Nalog ste pripremili vi" in client.get(page).text
    assert "sami pripremili" in client.post(f"{page}/approve", status=409).text
    client.sign_in(town.signatory).post(f"{page}/approve")


NOW = datetime.fromisoformat("2026-03-02T11:00:00+00:00")


def test_second_instalment_waits_for_its_own_condition(
    app: Flask, client: LintingClient, town: Town
) -> None:
    first = arrange(app, town, status=InstalmentStatus.PAID, paid_on=date(2026, 3, 1))
    with app.app_context(), tenancy.within(town.municipality.id):
        contract = db.session.execute(select(Contract)).scalar_one()
        second = make_instalment(contract, 2)
        db.session.commit()
    assert first
    page = f"{town.base}/payments/{second.slug}"
    client.sign_in(town.finance)
    assert "čeka svoj uslov" in client.get(page).text
    assert "otišao dalje" in client.post(f"{page}/order", ORDER, status=422).text
    client.post(f"{page}/paid", PAID, status=422)
    client.sign_in(town.signatory).post(f"{page}/approve", status=409)
    assert read(app, town, page).status is InstalmentStatus.PLANNED


def test_nothing_is_ordered_beyond_the_contract(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with app.app_context():
        contract = make_contract(town.application)
        make_instalment(contract, amount=contract.amount - 99, status=InstalmentStatus.PAID)
        over = make_instalment(contract, 2, amount=100, status=InstalmentStatus.CONDITION_MET)
        db.session.commit()
    client.sign_in(town.finance)
    said = client.post(f"{town.base}/payments/{over.slug}/order", ORDER, status=422).text
    assert "prešla bi ugovor za 0,01\xa0KM" in said


def test_order_keeps_what_was_typed_when_it_is_wrong(
    app: Flask, client: LintingClient, town: Town
) -> None:
    page = arrange(app, town, status=InstalmentStatus.CONDITION_MET)
    client.sign_in(town.finance)
    said = client.post(f"{page}/order", ORDER | {"account": "123"}, status=422).text
    assert "„123“ nije transakcijski račun" in said
    assert 'value="614300-7"' in said
    client.post(f"{page}/order", ORDER | {"purpose": "x" * 301}, status=422)
    client.post(f"{page}/order", ORDER | {"reference": ""}, status=422)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("3. 3. 2026.", "u budućnosti"),
        ("1. 3. 2026.", "nije mogla platiti ranije"),
        ("", "Upišite ovaj podatak"),
        ("31. 2. 2026.", "nije datum"),
    ],
)
def test_payment_is_refused_when_its_day_is_impossible(
    app: Flask, client: LintingClient, town: Town, typed: str, words: str
) -> None:
    page = arrange(app, town, status=InstalmentStatus.APPROVED, approved_at=NOW)
    client.sign_in(town.finance)
    said = client.post(f"{page}/paid", PAID | {"paid_on": typed}, status=422).text
    assert words in said
    assert 'value="Izvod 41/26"' in said


def test_money_waits_when_the_contract_was_terminated(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with app.app_context():
        contract = make_contract(town.application, status=ContractStatus.TERMINATED)
        instalment = make_instalment(contract, status=InstalmentStatus.CONDITION_MET)
        db.session.commit()
    client.sign_in(town.finance)
    path = f"{town.base}/payments/{instalment.slug}/order"
    assert "na snazi" in client.post(path, ORDER, status=422).text


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        ("officer", {"order", "approve", "return", "paid"}),
        ("finance", {"met", "approve", "return"}),
        ("signatory", {"met", "order", "paid"}),
        ("auditor", {"met", "order", "approve", "return", "paid"}),
    ],
)
def test_each_step_has_its_own_hands(
    app: Flask, client: LintingClient, town: Town, who: str, refused: set[str]
) -> None:
    page = arrange(app, town)
    client.sign_in(getattr(town, who)).get(page)
    for step in refused:
        client.post(f"{page}/{step}", status=403)


@pytest.mark.parametrize("who", ["elsewhere", "member", "other"])
def test_payments_of_others_are_not_there(
    app: Flask, client: LintingClient, town: Town, who: str
) -> None:
    page = arrange(app, town)
    contract = read(app, town, page).contract
    client.sign_in(getattr(town, who))
    client.get(page, status=404)
    client.get(f"{town.base}/payments", status=404)
    client.get(f"{town.base}/contracts/{contract.slug}/payments", status=404)
    for step in ("met", "order", "approve", "return", "paid"):
        client.post(f"{page}/{step}", status=404)
    expected = 200 if who == "member" else 404
    client.get(f"/my/contracts/{contract.slug}/payments", status=expected)


def make_rows(app: Flask, town: Town, count: int) -> None:
    with app.app_context():
        for _ in range(count):
            contract = make_contract(award_another(town).application)  # type: ignore[arg-type]
            make_instalment(contract, 1, status=InstalmentStatus.ORDERED)
            make_instalment(contract, 2)
        db.session.commit()


def count(client: LintingClient, path: str, who: User) -> int:
    client.sign_in(who)
    with Statements() as seen:
        client.get(path)
    return len(seen)


@pytest.mark.parametrize("query", ["", "?status=ordered", "?q=udruzenje&status=planned&page=2"])
def test_list_needs_as_many_statements_for_three_as_for_one(
    app: Flask, client: LintingClient, town: Town, query: str
) -> None:
    make_rows(app, town, 1)
    path = f"{town.base}/payments{query}"
    one = count(client, path, town.finance)
    make_rows(app, town, 2)
    assert (one, count(client, path, town.finance)) == (one, one)
    assert one <= 8


def test_contract_needs_as_many_statements_for_three_instalments_as_for_one(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with app.app_context():
        contract = make_contract(town.application)
        make_instalment(contract)
        db.session.commit()
    page = f"{town.base}/contracts/{contract.slug}/payments"
    one = count(client, page, town.officer)
    with app.app_context(), tenancy.within(town.municipality.id):
        again = db.session.merge(contract)
        make_instalment(again, 2)
        make_instalment(again, 3)
        db.session.commit()
    assert (one, count(client, page, town.officer)) == (one, one)
    assert one <= 12
    assert count(client, f"/my/contracts/{contract.slug}/payments", town.member) <= 12


def test_list_shows_what_waits_and_finds_it(app: Flask, client: LintingClient, town: Town) -> None:
    make_rows(app, town, 1)
    arrange(app, town, status=InstalmentStatus.APPROVED)
    client.sign_in(town.finance)
    path = f"{town.base}/payments"
    assert client.get(path).text.count('class="row"') == 3
    found = client.get(f"{path}?status=approved&q=miljacka").text
    assert found.count('class="row"') == 1
    assert "14.000,00" in found
    assert "Nema takvih rata" in client.get(f"{path}?status=returned").text
    client.get(f"{path}?status=besmislica&page=-4")
