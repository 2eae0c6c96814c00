"""Bills: the scan first, then the figures; controlled line by line."""

import io
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.audit.models import AuditEntry
from grants.contracts.models import Contract
from grants.contracts.queries import get_contract
from grants.contracts.rules.states import ContractStatus
from grants.db import db
from grants.notifications.models import Mail
from grants.payments.rules import InstalmentStatus
from grants.people.models import User
from grants.reports.models import Expenditure, Receipt
from grants.reports.queries import get_expenditure
from grants.reports.rules.states import ExpenditureStatus
from tests.client import LintingClient, Statements
from tests.contracts.town import Town, make_town
from tests.documents.files import make_pdf
from tests.factories import make_contract, make_expenditure, make_instalment


@pytest.fixture
def town(app: Flask, at: datetime) -> Town:
    """A town with an awarded application."""
    with app.app_context():
        made = make_town()
        db.session.commit()
    return made


@pytest.fixture
def contract(app: Flask, town: Town) -> Contract:
    """A contract in force, its first instalment paid."""
    with app.app_context():
        made = make_contract(town.application)
        make_instalment(made, status=InstalmentStatus.PAID)
        db.session.commit()
    return made


def attached(contract: Contract) -> Contract:
    """The same contract in this session, its lines loaded."""
    with tenancy.within(contract.municipality_id):
        found = get_contract(contract.slug)
    assert found is not None
    return found


def bill_of(contract: Contract, **over: str) -> dict[str, str]:
    facts = {
        "line_id": str(contract.lines[0].id), "supplier": "Štamparija Žubor", "number": "17/26",
        "spent_on": "1. 3. 2026.", "amount": "1.234,50", "description": "Plakati",
    }  # fmt: skip
    return facts | over


def upload(client: LintingClient, contract: Contract) -> str:
    """Upload a scan; the address of the form of its figures."""
    path = f"/my/contracts/{contract.slug}/expenditure/receipts"
    return str(client.post(path, {"file": (io.BytesIO(make_pdf()), "račun.pdf")}).location)


def read(app: Flask, town: Town) -> Expenditure:
    """The one bill that was entered."""
    with app.app_context(), tenancy.within(town.municipality.id):
        found = get_expenditure(db.session.execute(select(Expenditure.slug)).scalar_one())
        assert found is not None
        return found


def stored(app: Flask, model: type[Expenditure] | type[Receipt]) -> int:
    with app.app_context(), tenancy.across("tests look"):
        return len(db.session.execute(select(model.id)).all())


def test_bill_goes_from_scan_to_accepted(
    app: Flask, client: LintingClient, town: Town, contract: Contract
) -> None:
    mine = f"/my/contracts/{contract.slug}/expenditure"
    client.sign_in(town.member).get(mine)
    form = upload(client, contract)
    client.get(form)
    assert client.get(f"{form}/file").data == make_pdf()
    assert "račun.pdf" in client.get(mine).text
    client.post(form, bill_of(contract))
    assert (stored(app, Expenditure), stored(app, Receipt)) == (1, 0)
    bill = read(app, town)
    page = f"{town.base}/expenditure/{bill.slug}"
    client.sign_in(town.officer).get(page)
    assert client.get(f"{page}/file").data == make_pdf()
    client.post(page, {"verdict": "full"})
    bill = read(app, town)
    assert (bill.status, bill.accepted_amount) == (ExpenditureStatus.ACCEPTED, 123_450)
    said = client.get(f"{town.base}/contracts/{contract.slug}/expenditure").text
    for figure in ("28.000,00", "14.000,00", "1.234,50", "26.765,50", "2.965,50"):
        assert figure in said
    client.sign_in(town.member)
    assert client.get(f"/my/expenditure/{bill.slug}/file").data == make_pdf()
    assert "26.765,50" in client.get(mine).text


def test_part_and_refusal_are_told_with_their_note(
    app: Flask, client: LintingClient, town: Town, contract: Contract
) -> None:
    with app.app_context():
        again = attached(contract)
        part, refused = make_expenditure(again, 50_000), make_expenditure(again, 7_000)
        db.session.commit()
    client.sign_in(town.finance)
    base = f"{town.base}/expenditure"
    note = {"note": "Nije iz budžeta."}
    client.post(f"{base}/{part.slug}", {"verdict": "part", "amount": "300", **note})
    client.post(f"{base}/{refused.slug}", {"verdict": "refused", "amount": "", **note})
    with app.app_context(), tenancy.across("tests look"):
        mails = [(mail.to, mail.text) for mail in db.session.execute(select(Mail)).scalars()]
        statement = select(AuditEntry).where(AuditEntry.event == "expenditure_controlled")
        facts = [entry.facts["accepted"] for entry in db.session.execute(statement).scalars()]
    assert [to for to, _ in mails] == [town.member.email] * 2
    assert "priznato je 300,00\xa0KM" in mails[0][1]
    assert all("Nije iz budžeta." in text for _, text in mails)
    assert facts == [30_000, 0]
    said = client.sign_in(town.member).get(f"/my/contracts/{contract.slug}/expenditure").text
    assert "djelimično priznato" in said
    assert "nije priznato" in said


def test_verdict_keeps_what_was_typed_when_it_is_not_whole(
    app: Flask, client: LintingClient, town: Town, contract: Contract
) -> None:
    with app.app_context():
        bill = make_expenditure(attached(contract), 50_000)
        db.session.commit()
    page = f"{town.base}/expenditure/{bill.slug}"
    client.sign_in(town.officer)
    client.post(page, {"verdict": ""}, status=422)
    said = client.post(page, {"verdict": "part", "amount": "500,00", "note": ""}, status=422).text
    assert "Napišite organizaciji" in said
    assert "manji od 500,00\xa0KM" in said
    assert 'value="500,00"' in said
    client.post(page, {"verdict": "full"})
    assert "otišao dalje" in client.post(page, {"verdict": "full"}, status=422).text


def test_same_bill_is_warned_of_and_taken_when_it_is_another(
    app: Flask, client: LintingClient, town: Town, contract: Contract
) -> None:
    client.sign_in(town.member)
    client.post(upload(client, contract), bill_of(contract))
    form = upload(client, contract)
    twice = bill_of(contract, supplier="štamparija  ŽUBOR", number=" 17 / 26")
    said = client.post(form, twice, status=422).text
    assert "već je upisan" in said
    assert "Plakati" in said
    client.post(form, twice | {"is_another": "y"})
    mine = f"/my/contracts/{contract.slug}/expenditure"
    assert client.get(mine).text.count("upisan više puta") == 2
    with app.app_context(), tenancy.within(town.municipality.id):
        slug = db.session.execute(select(Expenditure.slug).order_by(Expenditure.id.desc())).scalar()
    client.sign_in(town.officer)
    assert "upisan je još 1 puta" in client.get(f"{town.base}/expenditure/{slug}").text


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"amount": "1.234,5x"}, "nije iznos"),
        ({"amount": "0"}, "veći od nule"),
        ({"spent_on": "28. 2. 2026."}, "a provedba traje 1.\xa03.\xa02026."),
        ({"spent_on": "3. 3. 2026."}, "u budućnosti"),
        ({"line_id": "999999"}, ""),
        ({"line_id": ""}, "Odaberite"),
        ({"supplier": "x" * 201}, "najviše 200 znakova"),
    ],
)
def test_bill_keeps_what_was_typed_when_it_is_wrong(
    app: Flask,
    client: LintingClient,
    town: Town,
    contract: Contract,
    over: dict[str, str],
    words: str,
) -> None:
    client.sign_in(town.member)
    form = upload(client, contract)
    said = client.post(form, bill_of(contract, **over), status=422).text
    assert words in said
    assert 'value="Plakati"' in said
    assert stored(app, Expenditure) == 0
    client.post(form, bill_of(contract))


def test_refused_upload_costs_nothing(
    app: Flask, client: LintingClient, town: Town, contract: Contract
) -> None:
    client.sign_in(town.member)
    path = f"/my/contracts/{contract.slug}/expenditure/receipts"
    assert "Odaberite datoteku" in client.post(path, {}, status=422).text
    file = (io.BytesIO(b"MZ" * 400), "racun.pdf")
    assert "program" in client.post(path, {"file": file}, status=422).text
    assert stored(app, Receipt) == 0


def test_bill_is_removed_while_nobody_has_controlled_it(
    app: Flask, client: LintingClient, town: Town, contract: Contract
) -> None:
    client.sign_in(town.member)
    client.post(upload(client, contract), bill_of(contract))
    form = str(client.post(f"/my/expenditure/{read(app, town).slug}/remove").location)
    assert (stored(app, Expenditure), stored(app, Receipt)) == (0, 1)
    client.post(form, bill_of(contract, amount="10"))
    bill = read(app, town)
    client.sign_in(town.officer).post(f"{town.base}/expenditure/{bill.slug}", {"verdict": "full"})
    client.sign_in(town.member)
    said = client.post(f"/my/expenditure/{bill.slug}/remove", status=409).text
    assert "već pregledan" in said
    form = upload(client, contract)
    client.post(f"{form}/remove")
    assert stored(app, Receipt) == 0


def test_overspending_is_shown_and_not_hidden(
    app: Flask, client: LintingClient, town: Town, contract: Contract
) -> None:
    with app.app_context():
        again = attached(contract)
        over = again.lines[0].grant + 5_000
        make_expenditure(again, over, status=ExpenditureStatus.ACCEPTED, accepted_amount=over)
        db.session.commit()
    said = client.sign_in(town.member).get(f"/my/contracts/{contract.slug}/expenditure").text
    assert "prekoračeno za 50,00\xa0KM" in said
    assert "-50,00" in said


def test_bills_are_closed_when_the_contract_is(
    app: Flask, client: LintingClient, town: Town
) -> None:
    with app.app_context():
        closed = make_contract(town.application, status=ContractStatus.CLOSED)
        db.session.commit()
    client.sign_in(town.member)
    path = f"/my/contracts/{closed.slug}/expenditure"
    assert "Novi račun" not in client.get(path).text
    file = (io.BytesIO(make_pdf()), "racun.pdf")
    said = client.post(f"{path}/receipts", {"file": file}, status=409).text
    assert "dok je ugovor na snazi" in said


def test_bills_of_others_are_not_there(
    app: Flask, client: LintingClient, town: Town, contract: Contract
) -> None:
    client.sign_in(town.member)
    form = upload(client, contract)
    with app.app_context():
        bill = make_expenditure(attached(contract))
        db.session.commit()
    staff, own = f"{town.base}/expenditure/{bill.slug}", f"/my/expenditure/{bill.slug}"
    client.get(staff, status=404)
    client.post(staff, {"verdict": "full"}, status=404)
    for who in (town.other, town.officer, town.elsewhere):
        client.sign_in(who)
        for path in (form, f"{form}/file", f"{own}/file", form.rpartition("/receipts")[0]):
            client.get(path, status=404)
        for path in (form, f"{form}/remove", f"{own}/remove"):
            client.post(path, status=404)
    client.sign_in(town.elsewhere).get(staff, status=404)
    for who in (town.signatory, town.auditor):
        client.sign_in(who).get(staff)
        client.post(staff, {"verdict": "full"}, status=403)


def count(client: LintingClient, path: str, who: User) -> int:
    client.sign_in(who)
    with Statements() as seen:
        client.get(path)
    return len(seen)


def test_pages_need_as_many_statements_for_three_bills_as_for_one(
    app: Flask, client: LintingClient, town: Town, contract: Contract
) -> None:
    pages = (
        (f"/my/contracts/{contract.slug}/expenditure", town.member),
        (f"{town.base}/contracts/{contract.slug}/expenditure", town.officer),
    )
    counts = []
    for rows in (1, 2):
        with app.app_context():
            for _ in range(rows):
                make_expenditure(attached(contract))
            db.session.commit()
        counts.append([count(client, path, who) for path, who in pages])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12


def test_bills_are_filtered_by_status(
    app: Flask, client: LintingClient, town: Town, contract: Contract
) -> None:
    with app.app_context():
        again = attached(contract)
        make_expenditure(again, supplier="Prva d.o.o.")
        make_expenditure(again, supplier="Druga d.o.o.", status=ExpenditureStatus.REFUSED)
        db.session.commit()
    client.sign_in(town.auditor)
    said = client.get(f"{town.base}/contracts/{contract.slug}/expenditure?status=refused").text
    assert "Druga d.o.o." in said
    assert "Prva d.o.o." not in said
