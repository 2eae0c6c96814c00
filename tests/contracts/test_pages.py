"""The walk of a contract through its pages: revised budget, prepared, signed, in force."""

import io
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.acts.rules import ActStatus
from grants.applications.rules.states import ApplicationStatus
from grants.audit.events import Event
from grants.audit.models import AuditEntry
from grants.contracts.models import Contract, RevisedBudget
from grants.contracts.queries import get_contract
from grants.contracts.rules.states import ContractStatus
from grants.db import db
from grants.decisions.models import Decision
from grants.jobs.worker import run_due_jobs
from grants.notifications.models import Mail
from grants.payments.models import Instalment
from grants.people.models import User
from tests.client import LintingClient, Statements
from tests.contracts.town import Town, award_another, make_town
from tests.documents.files import make_pdf
from tests.factories import make_contract, make_decision

TERMS = {
    "representative_name": "Lejla Hodžić",
    "representative_title": "predsjednica",
    "account": "101-000-00000001-35",
    "bank": "Banka d.d.",
    "starts_on": "1. 4. 2026.",
    "ends_on": "31. 10. 2026.",
    "report_days": "15",
    "return_days": "30",
    "copies": "4",
    "special": "Opremu koristi i škola.",
}
PDF = make_pdf()


@pytest.fixture
def town(app: Flask, at: datetime) -> Town:
    """A town with an awarded application and no contract yet."""
    with app.app_context():
        made = make_town()
        db.session.commit()
    return made


def award(app: Flask, town: Town, amount: int | None = None) -> Decision:
    with app.app_context():
        made = make_decision(town.application, amount)
        db.session.commit()
    return made


def read(app: Flask, town: Town) -> Contract:
    """The contract as it stands."""
    with app.app_context(), tenancy.within(town.municipality.id):
        slug = db.session.execute(select(Contract.slug)).scalar_one()
        contract = get_contract(slug)
        assert contract is not None
        return contract


def events(app: Flask) -> list[str]:
    with app.app_context(), tenancy.across("tests look"):
        statement = select(AuditEntry.event).order_by(AuditEntry.id)
        found = db.session.execute(statement).scalars()
        return [event for event in found if event != Event.ROLE_GIVEN.value]


def subjects(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        statement = select(Mail.to, Mail.subject).order_by(Mail.id)
        return [(to, subject) for to, subject in db.session.execute(statement)]


def upload(name: str = "ugovor.pdf", content: bytes = PDF) -> dict[str, object]:
    return {"file": (io.BytesIO(content), name)}


def walk_to_signed(app: Flask, client: LintingClient, town: Town, decision: Decision) -> str:
    """Prepared by the officer, signed by the signatory, printed by the worker; its page."""
    client.sign_in(town.officer)
    assert decision.slug in client.get(f"{town.base}/contracts?status=waiting").text
    client.get(f"{town.base}/awards/{decision.slug}/contract")
    client.post(f"{town.base}/awards/{decision.slug}/contract", TERMS)
    page = f"{town.base}/contracts/{read(app, town).slug}"
    assert "Nacrt ugovora" in client.get(page).text
    client.sign_in(town.signatory)
    act = client.get(f"{town.base}/acts/{read(app, town).act.slug}").text
    assert f'href="{page}"' in act
    client.get(page)
    client.post(f"{page}/sign", {"number": ""})
    with app.app_context():
        run_due_jobs()
    return page


def test_contract_goes_from_award_to_force(app: Flask, client: LintingClient, town: Town) -> None:
    decision = award(app, town)
    page = walk_to_signed(app, client, town, decision)
    mine = f"/my/contracts/{page.rpartition('/')[2]}"
    client.sign_in(town.member)
    assert "čeka vaš potpis" in client.get(mine).text
    assert client.get(f"{mine}/pdf").data.startswith(b"%PDF")
    client.sign_in(town.officer)
    client.post(f"{page}/scan", upload())
    client.get(page)
    client.post(f"{page}/start", {"signed_on": "2. 3. 2026."})
    assert client.get(f"{page}/scan").data == PDF
    contract = read(app, town)
    assert (contract.status, contract.signed_on) == (ContractStatus.ACTIVE, date(2026, 3, 2))
    assert (contract.account, contract.bank) == ("1010000000000135", "Banka d.d.")
    assert contract.application.status is ApplicationStatus.CONTRACTED
    assert contract.act.status is ActStatus.ISSUED
    assert sum(line.grant for line in contract.lines) == contract.amount == decision.amount


def test_every_step_is_on_the_record_and_told(
    app: Flask, client: LintingClient, town: Town
) -> None:
    page = walk_to_signed(app, client, town, award(app, town))
    client.sign_in(town.officer)
    client.post(f"{page}/scan", upload())
    client.post(f"{page}/start", {"signed_on": "2. 3. 2026."})
    assert events(app) == [
        "act_prepared",
        "contract_prepared",
        "act_issued",
        "contract_signed",
        "act_scanned",
        "contract_activated",
    ]
    title = town.application.title
    assert subjects(app) == [
        (town.signatory.email, f"Ugovor čeka vaš potpis: {title}"),
        (town.member.email, f"Ugovor je spreman za vaš potpis: {title}"),
        (town.member.email, f"Ugovor je na snazi: {title}"),
    ]


def test_instalments_are_planned_when_the_contract_takes_force(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with app.app_context():
        contract = make_contract(town.application, status=ContractStatus.SIGNED, signed_on=None)
        with tenancy.across("tests arrange"):
            contract.act.scan = contract.act.document
            db.session.commit()
    client.sign_in(town.officer)
    client.post(f"{town.base}/contracts/{contract.slug}/start", {"signed_on": "2. 3. 2026."})
    with app.app_context(), tenancy.within(town.municipality.id):
        rows = db.session.execute(select(Instalment).order_by(Instalment.position)).scalars()
        found = [(row.position, row.amount, row.condition, row.status.value) for row in rows]
    assert found == [
        (at, part["amount"], part["condition"], "planned")
        for at, part in enumerate(contract.plan, start=1)
    ]
    assert sum(amount for _, amount, _, _ in found) == contract.amount
    again = f"{town.base}/contracts/{contract.slug}/start"
    assert "otišao dalje" in client.post(again, {"signed_on": "2. 3. 2026."}, status=422).text


def test_contract_does_not_take_force_when_scan_or_day_is_missing(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with app.app_context():
        contract = make_contract(town.application, status=ContractStatus.SIGNED, signed_on=None)
        db.session.commit()
    page = f"{town.base}/contracts/{contract.slug}"
    client.sign_in(town.officer)
    said = client.post(f"{page}/start", {"signed_on": "2. 3. 2026."}, status=422).text
    assert "Prvo priložite skeniran ugovor" in said
    assert "Odaberite datoteku" in client.post(f"{page}/scan", {}, status=422).text
    refused = client.post(f"{page}/scan", upload("ugovor.exe", b"MZ" * 90), status=422)
    assert "program" in refused.text
    client.post(f"{page}/scan", upload())
    for typed, words in (
        ("3. 3. 2026.", "u budućnosti"),
        ("1. 2. 2026.", "nije mogla potpisati ranije"),
        ("jučer", "nije datum"),
        ("", "Upišite ovaj podatak"),
    ):
        assert words in client.post(f"{page}/start", {"signed_on": typed}, status=422).text
    client.post(f"{page}/start", {"signed_on": "2. 3. 2026."})


def test_revised_budget_is_needed_when_less_was_awarded(
    app: Flask, client: LintingClient, town: Town
) -> None:
    asked = town.application.requested
    decision = award(app, town, asked - 500_000)
    base = f"{town.base}/awards/{decision.slug}"
    client.sign_in(town.officer)
    said = client.post(f"{base}/contract", TERMS, status=422).text
    assert "umanjeni budžet" in said
    assert "Opremu koristi i škola." in said
    page = client.get(f"{base}/budget").text
    proposed = fields(page)
    client.post(f"{base}/budget", proposed)
    client.post(f"{base}/contract", TERMS)
    contract = read(app, town)
    assert sum(line.grant for line in contract.lines) == decision.amount == asked - 500_000
    assert sum(part["amount"] for part in contract.plan) == decision.amount
    assert Event.BUDGET_REVISED.value in events(app)


def fields(page: str) -> dict[str, str]:
    """The amounts that stand in the fields of the revised budget."""
    found = {}
    for piece in page.split('name="grant-')[1:]:
        found[f"grant-{piece.partition(chr(34))[0]}"] = piece.split('value="')[1].partition('"')[0]
    return found


def test_revised_budget_keeps_what_was_typed_when_it_does_not_hold(
    app: Flask, client: LintingClient, town: Town
) -> None:
    decision = award(app, town, town.application.requested - 500_000)
    mine = f"/my/awards/{decision.slug}/budget"
    client.sign_in(town.member)
    typed = fields(client.get(mine).text) | {"grant-0": "99.999,99", "grant-1": "1.234,5x"}
    said = client.post(mine, typed, status=422).text
    assert "„1.234,5x“ nije iznos" in said
    assert 'value="99.999,99"' in said
    typed["grant-1"] = "0"
    said = client.post(mine, typed, status=422).text
    assert "može samo ostati isti ili se umanjiti" in said
    assert "Stavke zajedno iznose" in said
    assert 'value="99.999,99"' in said
    with app.app_context(), tenancy.across("tests look"):
        assert db.session.execute(select(RevisedBudget)).scalar() is None


def test_organisation_revises_its_own_budget(app: Flask, client: LintingClient, town: Town) -> None:
    decision = award(app, town, town.application.requested - 500_000)
    mine = f"/my/awards/{decision.slug}/budget"
    client.sign_in(town.member)
    client.post(mine, fields(client.get(mine).text))
    assert "Umanjeni budžet je sačuvan" in client.get(mine).text


def test_contract_is_prepared_anew_while_nobody_has_signed(
    app: Flask, client: LintingClient, town: Town
) -> None:
    decision = award(app, town)
    path = f"{town.base}/awards/{decision.slug}/contract"
    client.sign_in(town.officer)
    client.post(path, TERMS)
    assert "Opremu koristi i škola." in client.get(path).text
    client.post(path, TERMS | {"copies": "6", "ends_on": "30. 11. 2026."})
    contract = read(app, town)
    assert (contract.act.facts["terms"]["copies"], contract.ends_on) == (6, date(2026, 11, 30))
    client.sign_in(town.signatory)
    client.post(f"{town.base}/contracts/{contract.slug}/sign", {"number": "02-77/26"})
    assert read(app, town).act.number == "02-77/26"
    client.sign_in(town.officer)
    assert "otišao dalje" in client.post(path, TERMS, status=422).text
    client.sign_in(town.signatory)
    again = client.post(f"{town.base}/contracts/{contract.slug}/sign", {"number": ""}, status=422)
    assert "otišao dalje" in again.text


def test_contract_is_not_signed_when_the_award_was_declined(
    app: Flask, client: LintingClient, town: Town, at: datetime
) -> None:
    decision = award(app, town)
    client.sign_in(town.officer)
    client.post(f"{town.base}/awards/{decision.slug}/contract", TERMS)
    with app.app_context(), tenancy.within(town.municipality.id):
        declined = db.session.execute(select(Decision)).scalar_one()
        declined.declined_at = at
        db.session.commit()
    client.sign_in(town.signatory)
    path = f"{town.base}/contracts/{read(app, town).slug}/sign"
    assert "od nje odustao" in client.post(path, {"number": ""}, status=422).text


def test_number_is_refused_when_it_was_given_already(
    app: Flask, client: LintingClient, town: Town
) -> None:
    decision = award(app, town)
    client.sign_in(town.officer)
    client.post(f"{town.base}/awards/{decision.slug}/contract", TERMS)
    contract = read(app, town)
    client.sign_in(town.signatory)
    path = f"{town.base}/contracts/{contract.slug}/sign"
    said = client.post(path, {"number": str(decision.act.number)}, status=422).text
    assert "je već dat" in said
    assert read(app, town).status is ContractStatus.PREPARED


def test_terms_are_kept_as_typed_when_they_are_wrong(
    app: Flask, client: LintingClient, town: Town
) -> None:
    decision = award(app, town)
    path = f"{town.base}/awards/{decision.slug}/contract"
    client.sign_in(town.officer)
    wrong = TERMS | {"account": "101", "starts_on": "1. 1. 2026.", "copies": "mnogo"}
    said = client.post(path, wrong, status=422).text
    assert "„mnogo“ nije cijeli broj" in said
    said = client.post(path, wrong | {"copies": "4"}, status=422).text
    assert "nije transakcijski račun" in said
    assert "ne može početi prije odluke o dodjeli" in said
    assert 'value="101"' in said
    client.post(path, TERMS | {"representative_name": "x" * 300}, status=422)


@pytest.mark.parametrize(
    ("who", "status"),
    [("auditor", 403), ("finance", 403), ("elsewhere", 404), ("member", 404), ("other", 404)],
)
def test_nobody_else_prepares_or_signs(
    app: Flask, client: LintingClient, town: Town, who: str, status: int
) -> None:
    decision = award(app, town)
    with app.app_context():
        contract = make_contract(town.application, decision=decision)
        db.session.commit()
    client.sign_in(getattr(town, who))
    page = f"{town.base}/contracts/{contract.slug}"
    for path in (f"{town.base}/awards/{decision.slug}/contract", f"{page}/sign", f"{page}/scan"):
        client.post(path, TERMS, status=status)
    client.post(f"{page}/start", {}, status=status)
    client.post(f"{town.base}/awards/{decision.slug}/budget", {}, status=status)


def test_officer_does_not_sign_and_signatory_does_not_prepare(
    app: Flask, client: LintingClient, town: Town
) -> None:
    decision = award(app, town)
    with app.app_context():
        contract = make_contract(town.application, decision=decision)
        db.session.commit()
    page = f"{town.base}/contracts/{contract.slug}"
    client.sign_in(town.officer).post(f"{page}/sign", {}, status=403)
    client.sign_in(town.signatory).post(f"{page}/scan", {}, status=403)
    client.post(f"{town.base}/awards/{decision.slug}/contract", TERMS, status=403)


def test_contract_of_others_is_not_there(app: Flask, client: LintingClient, town: Town) -> None:
    with app.app_context():
        decision = make_decision(town.application, town.application.requested - 100)
        contract = make_contract(town.application, decision=decision)
        db.session.commit()
    page, mine = f"{town.base}/contracts/{contract.slug}", f"/my/contracts/{contract.slug}"
    for who in (town.elsewhere, town.other, town.member):
        client.sign_in(who)
        for path in (page, f"{page}/pdf", f"{page}/scan", f"{town.base}/contracts"):
            client.get(path, status=404)
    for who in (town.officer, town.other, town.elsewhere):
        client.sign_in(who)
        for path in (mine, f"{mine}/pdf", f"/my/awards/{decision.slug}/budget"):
            client.get(path, status=404)
    client.sign_in(town.auditor).get(page)
    assert client.get(f"{page}/pdf").data == b"%PDF-1.7 test"
    client.get(f"{page}/scan", status=409)


def make_rows(app: Flask, town: Town, count: int) -> None:
    with app.app_context():
        for _ in range(count):
            make_contract(award_another(town).application)  # type: ignore[arg-type]
            award_another(town)
        db.session.commit()


def count(client: LintingClient, path: str, who: User) -> int:
    client.sign_in(who)
    with Statements() as seen:
        client.get(path)
    return len(seen)


@pytest.mark.parametrize("query", ["", "?status=waiting", "?q=zeleni&status=active"])
def test_list_needs_as_many_statements_for_three_as_for_one(
    app: Flask, client: LintingClient, town: Town, query: str
) -> None:
    make_rows(app, town, 1)
    path = f"{town.base}/contracts{query}"
    one = count(client, path, town.officer)
    make_rows(app, town, 2)
    assert (one, count(client, path, town.officer)) == (one, one)
    assert one <= 8


def test_contract_page_needs_as_many_statements_for_three_as_for_one(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with app.app_context():
        contract = make_contract(town.application)
        db.session.commit()
    page = f"{town.base}/contracts/{contract.slug}"
    assert count(client, page, town.officer) <= 12
    assert count(client, f"/my/contracts/{contract.slug}", town.member) <= 12


def test_list_finds_by_words_and_by_status(app: Flask, client: LintingClient, town: Town) -> None:
    with app.app_context():
        make_contract(town.application, status=ContractStatus.SIGNED)
        another = award_another(town, title="Čaršija čita")
        make_contract(another.application)  # type: ignore[arg-type]
        db.session.commit()
    client.sign_in(town.officer)
    path = f"{town.base}/contracts"
    assert "Čaršija čita" in client.get(f"{path}?q=carsija").text
    assert "Čaršija čita" not in client.get(f"{path}?q=nema+toga").text
    found = client.get(f"{path}?status=signed").text
    assert town.application.title in found
    assert "Čaršija čita" not in found
    client.get(f"{path}?status=besmislica&page=99")
