"""The check, submitting once and in time, the receipt, taking it back."""

import hashlib
import io
import json
import threading
from datetime import datetime, timedelta
from typing import Any

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import func, select

from grants import clock, tenancy
from grants.applications.actions.completing import answer_completion, reopen
from grants.applications.actions.submitting import submit_application
from grants.applications.models import (
    Activity,
    Application,
    ApplicationDocument,
    BudgetRow,
    Snapshot,
)
from grants.applications.queries import get_own_draft, read_snapshot
from grants.applications.rules.states import ApplicationStatus
from grants.audit.models import AuditEntry
from grants.db import db
from grants.jobs.worker import run_due_jobs
from grants.notifications.models import Mail
from grants.people.actors import SYSTEM, Actor
from grants.people.rules import Role
from tests.applications.arranging import FILLED, LINES, Arranged, arrange, make_budget, make_draft
from tests.applications.conftest import Move
from tests.client import LintingClient, Statements, commit
from tests.documents.files import make_pdf
from tests.factories import DEADLINE, make_organisation, make_user

DECLARED = {"is_declared": "y"}


def load(world: Arranged) -> Application:
    """The application as it is kept."""
    found = get_own_draft(world.own, world.application.slug)
    assert found is not None
    return found


def looked_up(app: Flask, world: Arranged) -> Application:
    """The same in a context of its own."""
    with app.app_context():
        return load(world)


def submit(client: LintingClient, world: Arranged, *, status: int = 303) -> str:
    """Submit as the representative; the place one is sent to."""
    client.sign_in(world.representative)
    return str(client.post(f"{world.base}/submit", DECLARED, status=status).location)


def change(client: LintingClient, world: Arranged, key: str, **over: Any) -> None:
    """Save a section with other texts."""
    client.sign_in(world.member)
    fields = {name.replace("__", "."): text for name, text in over.items()}
    client.post(f"{world.base}/sections/{key}", FILLED[key] | fields | {"version": "1"}, status=303)


def test_filled_draft_is_ready_and_only_the_representative_submits(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    page = client.get(f"{world.base}/check").text
    assert "Lejla Hodžić" in page
    assert "Predaj prijavu" not in page
    client.post(f"{world.base}/submit", DECLARED, status=403)
    client.sign_in(world.representative)
    assert "Predaj prijavu" in client.get(f"{world.base}/check").text
    assert "Označite izjavu" in client.post(f"{world.base}/submit", status=422).text


def test_submission_is_numbered_frozen_and_kept_in_rows(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    place = submit(client, world)
    with app.app_context():
        application = load(world)
        facts = read_snapshot(application)
        snapshot = db.session.execute(select(Snapshot)).scalar_one()
        lines = db.session.execute(select(BudgetRow).order_by(BudgetRow.position)).scalars().all()
        codes = db.session.execute(select(Activity.code).order_by(Activity.position)).scalars()
        assert list(codes) == ["1.1", "2.1"]
    assert application.reference == f"{world.call.reference}-001"
    assert application.status is ApplicationStatus.SUBMITTED
    assert snapshot.sha256 == hashlib.sha256(snapshot.facts.encode()).hexdigest()
    assert [(line.code, line.grant, line.own, line.activity) for line in lines] == [
        ("1.1", 420_000, 0, "1.1"),
        ("2.1", 56_000, 0, "1.1"),
        ("3.1", 600_000, 0, "1.1"),
        ("5.1", 756_000, 0, "2.1"),
        ("5.2", 210_000, 50_000, "2.1"),
    ]
    assert (facts["title"], facts["lot"], facts["requested"]) == (
        FILLED["summary"]["title"],
        "3",
        2_042_000,
    )
    assert [result["code"] for result in facts["logframe"]["results"]] == ["R1", "R2"]
    assert facts["answers"]["plan"]["activities"][1]["result"] == "R2"
    assert facts["organisation"]["jib"] == world.organisation.jib
    page = client.get(place).text
    assert snapshot.sha256 in page
    assert f"{world.call.reference}-001" in page


def test_double_click_meets_the_same_receipt(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    assert submit(client, world) == submit(client, world)
    with app.app_context(), tenancy.across("tests look"):
        assert db.session.execute(select(func.count()).select_from(Snapshot)).scalar_one() == 1


def test_receipt_of_a_draft_leads_to_its_check(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    assert client.get(f"{world.base}/receipt", status=302).location == f"{world.base}/check"


def test_submit_needs_twenty_statements_whatever_the_lines_and_members(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    with app.app_context():
        for name in ("Prvi", "Drugi", "Treći"):
            make_user(name, (Role.MEMBER, world.organisation.id))
        commit()
    client.sign_in(world.representative)
    client.get(f"{world.base}/check")
    client.post("/language/bs", status=405)  # the token is there from now on
    with Statements() as seen:
        client.post(f"{world.base}/submit", DECLARED, status=303)
    assert len(seen) <= 20, "\n".join(seen.texts)


def test_deadline_instant_is_in_time(app: Flask, at: datetime) -> None:
    world = arrange(app)
    with app.app_context():
        application = load(world)
        from_actor = Actor(id=world.representative.id, name="Lejla")
        submit_application(application, by=from_actor, at=DEADLINE)
        db.session.commit()
    assert looked_up(app, world).submitted_at == DEADLINE


def test_one_second_late_is_refused_with_both_times_and_recorded(
    app: Flask, client: LintingClient, move_to: Move
) -> None:
    world = arrange(app)
    client.sign_in(world.representative)
    move_to(DEADLINE + timedelta(seconds=1))
    page = client.post(f"{world.base}/submit", DECLARED, status=409).text.replace("\u00a0", " ")
    assert "9. 3. 2026. u 15:00:00" in page
    assert "9. 3. 2026. u 15:00:0" in page.replace("u 15:00:00", "", 1)
    assert "prigovor" in page
    with app.app_context(), tenancy.across("tests look"):
        events = db.session.execute(select(AuditEntry.event)).scalars().all()
        assert "application_refused_late" in events
    assert looked_up(app, world).status is ApplicationStatus.DRAFT
    client.get(f"{world.base}/sections/summary")


def test_numbers_have_no_gaps_and_none_twice_in_a_race(app: Flask, at: datetime) -> None:
    worlds = [arrange(app)]
    with app.app_context(), tenancy.across("tests arrange"):
        call = db.session.merge(worlds[0].call, load=True)
        for number in range(5):
            organisation = make_organisation(
                f"Udruženje {number}", register_name="MP KS", register_number="1"
            )
            person = make_user(f"Zastupnik {number}", (Role.REPRESENTATIVE, organisation.id))
            draft = make_draft(call, organisation)
            first = worlds[0]
            worlds.append(
                Arranged(
                    first.municipality, first.call, organisation, draft, person, person, person
                )
            )
        commit()
    clients = [(LintingClient(app), world) for world in worlds for _ in range(2)]
    for client, world in clients:
        client.sign_in(world.representative).get(f"{world.base}/check")
    threads = [threading.Thread(target=submit, args=(client, world)) for client, world in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context(), tenancy.across("tests look"):
        ordinals = db.session.execute(select(Application.ordinal)).scalars().all()
        count = db.session.execute(select(func.count()).select_from(Snapshot)).scalar_one()
    assert sorted(int(each or 0) for each in ordinals) == [1, 2, 3, 4, 5, 6]
    assert count == 6


def test_worker_makes_the_receipt_once_and_tells_the_members(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    place = submit(client, world)
    assert "PDF potvrde se priprema" in client.get(place).text
    with app.app_context():
        run_due_jobs()
        mails = db.session.execute(select(Mail.subject)).scalars().all()
    assert mails == [f"Prijava je predata: {world.call.reference}-001"] * 2
    answer = client.get(f"{world.base}/receipt.pdf")
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        frozen = pdf.attachments["prijava.json"].get_file().read_bytes()
    sha256 = hashlib.sha256(frozen).hexdigest()
    assert json.loads(frozen)["reference"] == f"{world.call.reference}-001"
    page = LintingClient(app).get(f"/receipts/{sha256}").text
    assert f"{world.call.reference}-001" in page
    assert world.organisation.name not in page
    LintingClient(app).get("/receipts/0", status=404)


@pytest.mark.parametrize(
    ("key", "over", "said"),
    [
        ("summary", {"requested": "5.000,00"}, "najmanji iznos ovog poziva je 10.000,00 KM"),
        ("summary", {"requested": "50.000,00"}, "najveći iznos ovog poziva je 35.000,00 KM"),
        ("summary", {"duration_months": "12"}, "traje 12 mjeseci, a poziv dopušta od 5 do 9"),
        ("summary", {"requested": "20.000,00"}, "Razlika je 420,00 KM"),
        ("budget", {"budget__1__price": "601,00"}, "količina puta cijena je 4.207,00 KM"),
        ("budget", {"budget__1__activity": ""}, "nije vezana ni za jednu aktivnost"),
        ("budget", {"budget__1__activity": "gone"}, "više ne postoji"),
        ("plan", {"activities__1__months": ["9"]}, "traje do 9. mjeseca, a projekat traje 7"),
        ("plan", {"activities__2__result": "1"}, "Rezultat R2 nema aktivnosti"),
        ("logframe", {"indicators__2__result": "1"}, "Rezultat R2 nema pokazatelja"),
        ("logframe", {"results__rows": "1"}, "treba najmanje 2, a upisano je 1"),
        ("problem", {"relevance": " "}, "Popunite „Veza s ciljevima poziva“"),
    ],
)
def test_check_says_what_is_wrong_where_and_by_how_much(
    app: Flask, client: LintingClient, at: datetime, key: str, over: dict[str, Any], said: str
) -> None:
    world = arrange(app)
    change(client, world, key, **over)
    page = client.get(f"{world.base}/check").text.replace("\u00a0", " ")
    assert said in page
    assert f"/sections/{key}?missing=1#" in page or key == "summary"
    assert submit(client, world).endswith("/check")
    assert looked_up(app, world).status is ApplicationStatus.DRAFT


def test_broken_rule_names_kind_figure_limit_and_excess(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    lines = [*LINES[:2], ("3", "Oprema", "kom", "1", "9.000,00", "9.000,00", "", "1"), *LINES[3:]]
    fields = make_budget(lines)
    client.sign_in(world.member)
    client.post(f"{world.base}/sections/budget", fields | {"version": "1"}, status=303)
    page = client.get(f"{world.base}/check").text.replace("\u00a0", " ")
    assert "Oprema i materijal su 9.000,00 KM od 23.920,00 KM (37,6 %)" in page
    assert "najviše 30 %, to jest 7.176,00 KM. Iznad granice je 1.824,00 KM." in page
    page = client.get(f"{world.base}/sections/budget").text.replace("\u00a0", " ")
    assert "1.824,00 KM iznad granice" in page


def test_warning_does_not_keep_from_submitting(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    rules = [
        {"code": "x", "tags": ["equipment"], "base": "total", "limit": "0.1", "severity": "warn"}
    ]
    world = arrange(app, budget_rules=rules)
    client.sign_in(world.representative)
    assert "ne sprečava predaju" in client.get(f"{world.base}/check").text
    assert submit(client, world).endswith("/receipt")


def test_profile_problems_lead_to_the_profile(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    with app.app_context():
        organisation = db.session.merge(world.organisation)
        organisation.account, organisation.register_name = "1411965320011289", ""
        commit()
    client.sign_in(world.member)
    page = client.get(f"{world.base}/check").text
    assert "kontrolne cifre na kraju ne odgovaraju" in page
    assert "nedostaje: registar u koji je organizacija upisana" in page
    assert f"/my/organisations/{world.organisation.slug}/edit?part=account" in page


def test_withdrawn_before_the_deadline_keeps_its_number(
    app: Flask, client: LintingClient, at: datetime, move_to: Move
) -> None:
    world = arrange(app)
    submit(client, world)
    client.post(f"{world.base}/withdraw", status=303)
    assert looked_up(app, world).status is ApplicationStatus.DRAFT
    submit(client, world)
    application = looked_up(app, world)
    assert (application.ordinal, application.snapshot_version) == (1, 2)
    move_to(DEADLINE + timedelta(seconds=1))
    client.post(f"{world.base}/withdraw", status=409)


def test_completion_opens_only_its_parts_and_makes_the_second_version(
    app: Flask, client: LintingClient, at: datetime, move_to: Move
) -> None:
    world = arrange(app)
    submit(client, world)
    until = DEADLINE + timedelta(days=8)
    with app.app_context():
        application = load(world)
        application.status = ApplicationStatus.REGISTERED
        reopen(application, ["budget"], until=until, by=SYSTEM, at=DEADLINE)
        commit()
    move_to(DEADLINE + timedelta(days=1))
    client.sign_in(world.member)
    path = f"{world.base}/sections/budget"
    client.get(path)
    fields = FILLED["budget"] | {"version": "1", "budget.1.description": "Koordinatorica"}
    assert client.post(path, fields, status=303).location.endswith("/completion")
    client.post(f"{world.base}/sections/summary", FILLED["summary"], status=409)
    assert 'name="title"' not in client.get(f"{world.base}/sections/summary").text
    first = looked_up(app, world).submitted_at
    with app.app_context():
        application = load(world)
        answer_completion(application, by=SYSTEM, at=clock.now())
        commit()
        facts = read_snapshot(application)
    assert (facts["version"], facts["budget"][0]["description"]) == (2, "Koordinatorica")
    assert (application.status, application.submitted_at) == (ApplicationStatus.COMPLETED, first)
    assert "Dopuna" in client.get(f"{world.base}/receipt").text


def test_files_are_taken_into_slots_and_out_again(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app, is_filled=False)
    client.sign_in(world.member)
    path = f"{world.base}/documents?slot=statut"
    program = {"file": (io.BytesIO(b"MZ" + b"\0" * 900), "statut.pdf")}
    assert "Ovo je program" in client.post(path, program, status=422).text
    assert "Odaberite datoteku" in client.post(path, status=422).text
    client.post(path, {"file": (io.BytesIO(make_pdf()), "statut.pdf")}, status=303)
    client.post(f"{world.base}/documents?slot=nepoznat", status=404)
    with app.app_context():
        with tenancy.across("tests look"):
            attached = db.session.execute(select(ApplicationDocument)).scalar_one()
        slug = load(world).documents[0].document.slug  # type: ignore[union-attr]
    place = f"{world.base}/documents/{slug}"
    assert client.get(place).data == make_pdf()
    case = f"/m/{world.municipality.slug}/applications/{world.application.slug}/documents/{slug}"
    client.get(case, status=404)
    client.sign_in(world.stranger)
    client.get(place, status=404)
    client.sign_in(world.member)
    client.post(f"{place}/remove", status=303)
    client.get(place, status=404)
    assert attached.code == "statut"


def test_too_large_upload_says_so(app: Flask, client: LintingClient, at: datetime) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    huge = {"file": (io.BytesIO(b"%PDF-1.7" + b"\0" * (21 * 1024 * 1024)), "veliko.pdf")}
    page = client.post(f"{world.base}/documents?slot=statut", huge, status=413).text
    assert "veća od 20 MB" in page


def test_officer_reads_files_and_confirms_the_representative(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.representative)
    place = f"/my/organisations/{world.organisation.slug}/representative"
    fields = {"is_declared": "yes", "file": (io.BytesIO(make_pdf()), "rješenje.pdf")}
    client.post(place, fields, status=303)
    submit(client, world)
    with app.app_context():
        officer = make_user("Lejla", (Role.OFFICER, world.municipality.id))
        auditor = make_user("Revizor", (Role.AUDITOR, world.municipality.id))
        commit()
    case = f"/m/{world.municipality.slug}/applications/{world.application.slug}"
    client.sign_in(auditor)
    assert "nepotvrđen" in client.get(f"{case}/representative").text
    client.post(f"{case}/representative", status=403)
    assert client.get(f"{case}/representative/evidence").data == make_pdf()
    client.sign_in(officer)
    client.post(f"{case}/representative", status=303)
    assert "potvrđen" in client.get(f"{case}/representative").text


@pytest.mark.parametrize("path", ["check", "receipt", "sections/documents"])
def test_pages_need_the_same_statements_for_one_and_three_files(
    app: Flask, client: LintingClient, at: datetime, path: str
) -> None:
    world = arrange(app)
    if path == "receipt":
        submit(client, world)
    client.sign_in(world.member)
    client.get(f"{world.base}/{path}")
    with Statements() as one:
        client.get(f"{world.base}/{path}")
    if path != "receipt":
        for _ in range(2):
            upload = {"file": (io.BytesIO(make_pdf()), "statut.pdf")}
            client.post(f"{world.base}/documents?slot=statut", upload, status=303)
    with Statements() as three:
        client.get(f"{world.base}/{path}")
    assert len(one) == len(three) <= 12
