"""Receipts stand, are taken back, are replaced; what was handed in is read and printed."""

import hashlib
import io
import json
import subprocess
from datetime import datetime, timedelta

import pikepdf
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from grants import tenancy
from grants.applications.actions.completing import answer_completion, reopen
from grants.applications.models import Application, Snapshot
from grants.applications.queries import get_own_draft, list_versions
from grants.applications.rules.receipts import (
    FrozenAt,
    ReceiptStanding,
    ReceiptState,
    receipt_standings,
)
from grants.applications.rules.states import ApplicationStatus
from grants.db import db
from grants.jobs.worker import run_due_jobs
from grants.notifications.models import Mail
from grants.people.actors import SYSTEM
from grants.people.rules import Role
from tests.applications.arranging import FILLED, LINES, Arranged, arrange, make_budget
from tests.applications.conftest import Move
from tests.client import LintingClient, Statements, commit
from tests.factories import DEADLINE, OPENS, make_municipality, make_user

DECLARED = {"is_declared": "y"}
_S = ApplicationStatus


def at_hour(hour: int) -> datetime:
    """So many hours after the opening of the call."""
    return OPENS + timedelta(hours=hour)


def frozen(*hours: int) -> list[FrozenAt]:
    """Versions 1, 2, 3 … made at these hours."""
    return [FrozenAt(version, at_hour(hour)) for version, hour in enumerate(hours, start=1)]


def submit(client: LintingClient, world: Arranged) -> None:
    """As the representative."""
    client.sign_in(world.representative)
    assert client.post(f"{world.base}/submit", DECLARED, status=303).location.endswith("/receipt")


def hashes(app: Flask) -> list[str]:
    """The hash of every version, the first first."""
    with app.app_context(), tenancy.across("tests look"):
        found = db.session.execute(select(Snapshot.sha256).order_by(Snapshot.version)).scalars()
        return list(found)


def load(world: Arranged) -> Application:
    """The application as it is kept."""
    found = get_own_draft(world.own, world.application.slug)
    assert found is not None
    return found


def test_standing_of_each_version() -> None:
    first, second, third = frozen(1, 2, 3)
    stands = ReceiptStanding(ReceiptState.STANDS)
    versions = [first, second, third]
    assert receipt_standings(versions, status=_S.RANKED, submitted_at=at_hour(2)) == {
        1: ReceiptStanding(ReceiptState.REPLACED, second),
        2: stands,
        3: ReceiptStanding(ReceiptState.COMPLETES),
    }
    assert receipt_standings([first], status=_S.SUBMITTED, submitted_at=at_hour(1)) == {1: stands}
    assert receipt_standings(versions[:2], status=_S.DRAFT, submitted_at=at_hour(2)) == {
        1: ReceiptStanding(ReceiptState.REPLACED, second),
        2: ReceiptStanding(ReceiptState.TAKEN_BACK),
    }
    assert receipt_standings([first], status=_S.WITHDRAWN, submitted_at=at_hour(1)) == {
        1: ReceiptStanding(ReceiptState.WITHDRAWN)
    }


@given(
    hours=st.lists(st.integers(0, 50), min_size=1, max_size=6, unique=True).map(sorted),
    last=st.integers(0, 50),
    status=st.sampled_from(_S),
)
def test_at_most_one_submission_stands(
    hours: list[int], last: int, status: ApplicationStatus
) -> None:
    found = receipt_standings(frozen(*hours), status=status, submitted_at=at_hour(last))
    states = [each.state for each in found.values()]
    assert len(found) == len(hours)
    assert states.count(ReceiptState.TAKEN_BACK) == 0 or status is _S.DRAFT
    if status in (_S.DRAFT, _S.WITHDRAWN):
        assert not any(each.is_valid for each in found.values())
    elif last in hours:
        assert states.count(ReceiptState.STANDS) == 1
        assert [version for version, each in found.items() if each.is_valid] == [
            version for version, hour in enumerate(hours, start=1) if hour >= last
        ]


def test_taken_back_says_loudly_that_it_is_not_submitted_and_the_number_waits(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    submit(client, world)
    with app.app_context():
        run_due_jobs()
    client.post(f"{world.base}/withdraw", status=303)
    number = f"{world.call.reference}-001"
    for part in ("check", "sections/summary", "receipt"):
        page = client.get(f"{world.base}/{part}").text
        assert "NIJE predata" in page
        assert number in page
    assert "Predaj prijavu" in client.get(f"{world.base}/check").text
    client.get(f"{world.base}/receipt.pdf", status=302)
    public = LintingClient(app).get(f"/receipts/{hashes(app)[0]}").text
    assert "više ne važi" in public
    assert "vraćena u nacrt" in public
    with app.app_context():
        subjects = db.session.execute(select(Mail.subject)).scalars().all()
    assert subjects.count(f"Prijava više nije predata: {number}") == 2
    client.sign_in(world.member)
    fields = FILLED["summary"] | {"version": "1", "title": "Novi naziv"}
    client.post(f"{world.base}/sections/summary", fields, status=303)


def test_replaced_submission_has_a_new_receipt_and_the_old_one_says_so(
    app: Flask, client: LintingClient, at: datetime, move_to: Move
) -> None:
    world = arrange(app)
    submit(client, world)
    with app.app_context():
        run_due_jobs()
    first = client.get(f"{world.base}/receipt.pdf").data
    client.post(f"{world.base}/withdraw", status=303)
    move_to(at + timedelta(hours=1))
    submit(client, world)
    assert "PDF potvrde se priprema" in client.get(f"{world.base}/receipt").text
    with app.app_context():
        run_due_jobs()
    second = client.get(f"{world.base}/receipt.pdf").data
    assert first != second
    page = client.get(f"{world.base}/receipt").text.replace("\u00a0", " ")
    assert "zamijenila ju je verzija 2, predata 2. 3. 2026. u 13:00" in page
    older, newer = hashes(app)
    public = LintingClient(app)
    assert "verzija 2, 2. 3. 2026." in public.get(f"/receipts/{older}").text.replace("\u00a0", " ")
    assert "Predaja po ovoj potvrdi važi." in public.get(f"/receipts/{newer}").text
    text = words(second)
    assert "Zamjenjuje verziju 1 od 2. 3. 2026. u 12:00" in text
    assert newer in text.replace(" ", "")


def test_receipt_of_a_submission_taken_back_before_the_worker_came_is_not_made(
    app: Flask, client: LintingClient, at: datetime, move_to: Move
) -> None:
    world = arrange(app)
    submit(client, world)
    client.post(f"{world.base}/withdraw", status=303)
    with app.app_context():
        run_due_jobs()
        with tenancy.across("tests look"):
            assert load(world).receipt_id is None
    move_to(at + timedelta(minutes=5))
    submit(client, world)
    with app.app_context():
        run_due_jobs()
    assert hashes(app)[1] in words(client.get(f"{world.base}/receipt.pdf").data).replace(" ", "")


def words(pdf: bytes) -> str:
    """The text of a PDF, spaces as they are read."""
    made = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(made.stdout.decode().replace("\u00a0", " ").split())


def test_whole_application_is_printed_once_a_version(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    client.get(f"{world.base}/pdf", status=404)
    submit(client, world)
    assert "PDF prijave se pravi" in client.get(f"{world.base}/pdf").text
    with app.app_context():
        run_due_jobs()
    answer = client.get(f"{world.base}/pdf")
    assert answer.content_type == "application/pdf"
    text = words(answer.data)
    for said in (
        "Zelene učionice u školama Novog Sarajeva",
        "Udruženje „Zeleni Miljacka“",
        "Djeca ne poznaju prirodu.",
        "Vrtovi su posađeni.",
        "Liste prisustva",
        "Zasadi i alat za",
        "20.420,00",
        "20.920,00",
        "Amra Ademović",
        "Zaštita okoliša",
    ):
        assert said in text
    sha256 = hashes(app)[0]
    assert sha256 in text.replace(" ", "")
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        inside = pdf.attachments["prijava.json"].get_file().read_bytes()
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "bs-Latn"
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfuaid:part"]) == ("3", "1")
    assert hashlib.sha256(inside).hexdigest() == sha256
    document = json.loads(inside)["documents"][0]
    assert document["sha256"] in text.replace(" ", "")


def test_completed_application_is_printed_anew(
    app: Flask, client: LintingClient, at: datetime, move_to: Move
) -> None:
    world = arrange(app)
    submit(client, world)
    with app.app_context():
        application = load(world)
        application.status = _S.REGISTERED
        reopen(application, ["budget"], until=DEADLINE, by=SYSTEM, at=at)
        commit()
    move_to(at + timedelta(hours=2))
    lines = [("1", "Koordinatorica", *LINES[0][2:]), *LINES[1:]]
    client.sign_in(world.member)
    fields = make_budget(lines) | {"version": "1"}
    client.post(f"{world.base}/sections/budget", fields, status=303)
    with app.app_context():
        answer_completion(load(world), by=SYSTEM, at=at + timedelta(hours=2))
        commit()
        run_due_jobs()
        with tenancy.across("tests look"):
            kept = [each.pdf.sha256 if each.pdf else "" for each in list_versions(load(world))]
    pages = [client.get(f"{world.base}/pdf?version={n}").data for n in (1, 2)]
    assert [hashlib.sha256(each).hexdigest() for each in pages] == kept
    assert "Koordinatorica" in words(client.get(f"{world.base}/pdf").data)
    assert "Koordinatorica" not in words(pages[0])
    client.get(f"{world.base}/pdf?version=3", status=404)
    assert "Dopuna" in client.get(f"{world.base}/receipt").text


def test_pdf_is_for_the_organisation_and_the_office_alone(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    case = f"/m/{world.municipality.slug}/applications/{world.application.slug}/pdf"
    with app.app_context(), tenancy.across("tests arrange"):
        elsewhere = make_municipality()
        officer = make_user("Službenica", (Role.OFFICER, world.municipality.id))
        auditor = make_user("Revizorka", (Role.AUDITOR, world.municipality.id))
        foreign = make_user("Drugdje", (Role.OFFICER, elsewhere.id))
        commit()
    client.sign_in(officer).get(case, status=404)
    submit(client, world)
    with app.app_context():
        run_due_jobs()
    for who in (officer, auditor):
        assert client.sign_in(who).get(case).content_type == "application/pdf"
        client.get(f"{world.base}/pdf", status=404)
    for who in (world.stranger, foreign):
        client.sign_in(who)
        client.get(f"{world.base}/pdf", status=404)
        client.get(case, status=404)
    client.sign_in(foreign)
    other = case.replace(world.municipality.slug, elsewhere.slug)
    client.get(other, status=404)
    LintingClient(app).get(case, status=302)


@pytest.mark.parametrize(
    "part", ["sections/plan", "sections/budget", "sections/documents", "receipt"]
)
def test_pages_of_what_was_handed_in_need_the_same_statements(
    app: Flask, client: LintingClient, at: datetime, part: str
) -> None:
    counts = []
    for many in (1, 3):
        world = arrange(app)
        more = [("5", f"Trošak {n}", "kom", "1", "0,00", "0,00", "", "2") for n in range(many)]
        lines = [*LINES, *more]
        client.sign_in(world.member)
        client.post(
            f"{world.base}/sections/budget", make_budget(lines) | {"version": "1"}, status=303
        )
        submit(client, world)
        client.get(f"{world.base}/{part}")
        with Statements() as seen:
            page = client.get(f"{world.base}/{part}").text
        counts.append(len(seen))
        assert "<input" not in page.partition("<main")[2].partition("</main>")[0].replace(
            '<input type="hidden"', ""
        )
    assert counts[0] == counts[1] <= 12
