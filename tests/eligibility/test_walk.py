"""From the deadline to the committee, through the officer's pages."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from grants import clock, tenancy
from grants.acts.models import Act
from grants.acts.rules import ActKind, ActStatus
from grants.applications.models import Application, Reopening
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.eligibility.models import Check, CompletionRequest, EligibilityOutcome
from grants.eligibility.rules.findings import ITEMS, Finding
from grants.organisations.actions.standing import Matter, note_standing
from grants.organisations.rules.standing import StandingKind
from grants.people.rules import Role
from tests.client import LintingClient, Statements, commit
from tests.factories import (
    DEADLINE,
    make_application,
    make_call,
    make_municipality,
    make_organisation,
    make_user,
)

AFTER = DEADLINE + timedelta(hours=2)


@pytest.fixture
def opened(app: Flask) -> Any:
    """The clock two hours after the deadline."""
    with clock.held_at(AFTER) as moment:
        yield moment


def arrange(app: Flask, *, applications: int = 1, **over: Any) -> dict[str, Any]:
    with app.app_context():
        municipality = make_municipality(slug="novo-sarajevo")
        call = make_call(municipality, form=FORM, **over)
        officer = make_user("Lejla Hadžić", (Role.OFFICER, municipality.id))
        auditor = make_user("Nada Kovač", (Role.AUDITOR, municipality.id))
        applicants = [make_organisation(f"Udruženje {n}") for n in range(applications)]
        owner = make_user("Mirza Delić", (Role.REPRESENTATIVE, applicants[0].id))
        slugs = [make_application(call, each).slug for each in applicants]
        commit()
        return {
            "call": call.slug,
            "calls": f"/m/novo-sarajevo/calls/{call.slug}",
            "cases": [f"/m/novo-sarajevo/applications/{slug}/check" for slug in slugs],
            "slugs": slugs,
            "officer": officer,
            "auditor": auditor,
            "owner": owner,
        }


FORM = {
    "format": "poziv-form/1",
    "version": 1,
    "sections": [
        {
            "key": "organisation",
            "title": "Organizacija",
            "questions": [
                {"key": "applicant", "kind": "organisation", "fact": "organisation"},
            ],
        },
        {
            "key": "summary",
            "title": "Sažetak projekta",
            "questions": [{"key": "summary", "label": "Sažetak", "kind": "long_text"}],
        },
        {
            "key": "documents",
            "title": "Dokumenti",
            "questions": [{"key": "files", "label": "Dokumenti", "kind": "documents"}],
        },
    ],
}
OPENING = {"present": "Lejla Hadžić, službenik\nEmir Begić, član", "remarks": "Bez primjedbi."}


def all_yes(**over: str) -> dict[str, str]:
    answers = {f"finding-{item.code}": "yes" for item in ITEMS}
    return answers | over


def get(app: Flask, model: type[Any], **by: Any) -> Any:
    with app.app_context(), tenancy.across("tests look"):
        return db.session.execute(select(model).filter_by(**by).order_by(model.id)).scalars().all()


def test_call_is_not_opened_at_its_deadline(app: Flask, client: LintingClient) -> None:
    there = arrange(app)
    client.sign_in(there["officer"])
    with clock.held_at(DEADLINE):
        page = client.post(f"{there['calls']}/opening", OPENING, status=422)
    assert "Prijave se otvaraju nakon roka" in page.text


@pytest.mark.usefixtures("opened")
def test_officer_opens_registers_and_prints_the_record(app: Flask, client: LintingClient) -> None:
    there = arrange(app, applications=2)
    client.sign_in(there["officer"])
    client.get(f"{there['calls']}/opening")
    client.post(f"{there['calls']}/opening", OPENING)
    refused = client.post(f"{there['calls']}/opening/record", {}, status=422)
    assert "Bez broja: 2." in refused.text
    first = f"protocol-{there['slugs'][0]}"
    client.post(f"{there['calls']}/opening/registry", {first: "02-36-17/26"})
    taken = {f"protocol-{there['slugs'][1]}": "02-36-17/26"}
    page = client.post(f"{there['calls']}/opening/registry", taken, status=422)
    assert "02-36-17/26 već nosi druga prijava" in page.text
    series = {"from_series": "1", "series": "02-36"}
    client.post(f"{there['calls']}/opening/registry", series)
    numbers = [each.protocol_number for each in get(app, Application)]
    assert numbers == ["02-36-17/26", "02-36-1/26"]
    client.post(f"{there['calls']}/opening/record", {"typed_number": "02-36-2-1/26"})
    [act] = get(app, Act)
    assert (act.kind, act.status, act.number) == (
        ActKind.RECORD_OF_OPENING,
        ActStatus.ISSUED,
        "02-36-2-1/26",
    )
    assert [row["protocol"] for row in act.facts["applications"]] == numbers
    assert act.facts["applications"][0]["missing"] == []
    again = client.post(f"{there['calls']}/opening/record", {}, status=422)
    assert "već izdat" in again.text


@pytest.mark.usefixtures("opened")
def test_auditor_sees_and_changes_nothing(app: Flask, client: LintingClient) -> None:
    there = arrange(app, status=CallStatus.OPENED)
    client.sign_in(there["auditor"])
    for path in (f"{there['calls']}/opening", f"{there['calls']}/checks", *there["cases"]):
        client.get(path)
    for path in (
        f"{there['calls']}/opening",
        f"{there['calls']}/opening/registry",
        f"{there['calls']}/opening/record",
        f"{there['calls']}/scoring",
        *there["cases"],
        f"{there['cases'][0]}/completion",
        f"{there['cases'][0]}/eligible",
        f"{there['cases'][0]}/dismissal",
    ):
        client.post(path, {}, status=403)
    client.sign_in(there["owner"])
    for path in (f"{there['calls']}/opening", f"{there['calls']}/checks", *there["cases"]):
        client.get(path, status=404)
    assert get(app, Check) == []


@pytest.mark.usefixtures("opened")
def test_check_proposes_figures_and_keeps_what_is_confirmed(
    app: Flask, client: LintingClient
) -> None:
    there = arrange(app, status=CallStatus.OPENED)
    set_status(app, ApplicationStatus.REGISTERED)
    client.sign_in(there["officer"])
    page = client.get(there["cases"][0])
    assert "predata 7. 3. 2026. u 15:00:00, rok 9. 3. 2026. u 15:00:00" in page.text.replace(
        "\u00a0", " "
    )
    assert "prijedlog sistema" in page.text
    bare = client.post(there["cases"][0], {"finding-territory": "no"}, status=422)
    assert "napišite šta nedostaje" in bare.text
    client.post(there["cases"][0], {"finding-on_time": "yes", "finding-amount": "yes"})
    kept = [(each.item, each.finding) for each in get(app, Check)]
    assert kept == [("on_time", Finding.YES), ("amount", Finding.YES)]
    early = client.post(f"{there['cases'][0]}/eligible", {}, status=422)
    assert "Ovo pitanje još nema odgovor" in early.text
    client.post(there["cases"][0], all_yes())
    client.post(f"{there['cases'][0]}/eligible", {})
    [application] = get(app, Application)
    assert application.status is ApplicationStatus.ELIGIBLE
    client.post(f"{there['calls']}/scoring", {})
    [call] = get(app, Call)
    assert call.status is CallStatus.SCORING


@pytest.mark.usefixtures("opened")
def test_mendable_ground_needs_a_request_first_and_its_term_to_pass(
    app: Flask, client: LintingClient
) -> None:
    there = arrange(app, status=CallStatus.OPENED)
    set_status(app, ApplicationStatus.REGISTERED)
    case = there["cases"][0]
    client.sign_in(there["officer"])
    reason = {"ground": "incomplete", "reason": "Nema statuta."}
    refused = client.post(f"{case}/dismissal", reason, status=422)
    assert "Prvo pozovite podnosioca" in refused.text
    ask = {"parts": ["documents"], "text": "Priložite statut.", "length": "3"}
    client.post(f"{case}/completion", {**ask, "unit": "working_days"})
    [reopening] = get(app, Reopening)
    # Monday 9 March plus three working days is Thursday; the whole day is in time.
    assert reopening.until == datetime.fromisoformat("2026-03-12T23:59:59+01:00")
    [request] = get(app, CompletionRequest)
    assert request.counted["ends_on"] == "2026-03-12"
    again = client.post(f"{case}/completion", {**ask, "unit": "days"}, status=422)
    assert "Dopuna se traži jednom" in again.text
    running = client.post(f"{case}/dismissal", reason, status=422)
    assert "Rok za dopunu još teče" in running.text
    with clock.held_at(AFTER + timedelta(days=4)):
        client.post(f"{case}/dismissal", reason)
    assert [each.reason for each in get(app, EligibilityOutcome)] == ["incomplete"]


@pytest.mark.usefixtures("opened")
def test_application_is_dismissed_never_refused(app: Flask, client: LintingClient) -> None:
    there = arrange(app, status=CallStatus.OPENED)
    set_status(app, ApplicationStatus.REGISTERED)
    case = there["cases"][0]
    client.sign_in(there["officer"])
    client.post(f"{case}/dismissal", {"ground": "late", "reason": "Predata nakon roka."})
    [outcome] = get(app, EligibilityOutcome)
    assert (outcome.is_eligible, outcome.reason, outcome.text) == (
        False,
        "late",
        "Predata nakon roka.",
    )
    page = client.get(case)
    assert "odbačena" in page.text
    assert "odbijen" not in page.text
    none = client.post(f"{there['calls']}/scoring", {}, status=422)
    assert "Nijedna prijava nije prihvatljiva" in none.text


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("page", ["opening", "checks"])
def test_lists_ask_the_same_whatever_their_rows(
    app: Flask, client: LintingClient, page: str
) -> None:
    counts = []
    for rows in (1, 3):
        there = arrange_again(app, rows)
        client.sign_in(there["officer"])
        with Statements() as seen:
            client.get(f"{there['calls']}/{page}")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


@pytest.mark.usefixtures("opened")
def test_check_page_asks_at_most_twelve(app: Flask, client: LintingClient) -> None:
    there = arrange(app, status=CallStatus.OPENED)
    set_status(app, ApplicationStatus.REGISTERED)
    client.sign_in(there["officer"])
    with Statements() as seen:
        client.get(there["cases"][0])
    assert len(seen) <= 12


def set_status(app: Flask, status: ApplicationStatus) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        for application in db.session.execute(select(Application)).scalars():
            application.status, application.protocol_number = status, "02-36-1/26"
        commit()


def arrange_again(app: Flask, rows: int) -> dict[str, Any]:
    with app.app_context():
        municipality = make_municipality()
        call = make_call(municipality, status=CallStatus.OPENED, form=FORM)
        officer = make_user("Lejla Hadžić", (Role.OFFICER, municipality.id))
        for _ in range(rows):
            make_application(call)
        commit()
        return {"calls": f"/m/{municipality.slug}/calls/{call.slug}", "officer": officer}


@pytest.mark.usefixtures("opened")
def test_applicant_completes_on_one_page_while_the_term_runs(
    app: Flask, client: LintingClient
) -> None:
    there = arrange(app, status=CallStatus.OPENED)
    set_status(app, ApplicationStatus.REGISTERED)
    page = f"/my/applications/{there['slugs'][0]}/completion"
    client.sign_in(there["owner"])
    assert "Dopuna nije tražena" in client.get(page).text
    client.sign_in(there["officer"])
    client.get(page, status=404)
    ask = {"parts": ["summary"], "text": "Proširite sažetak.", "length": "3", "unit": "days"}
    client.post(f"{there['cases'][0]}/completion", ask)
    client.sign_in(there["owner"])
    shown = client.get(page).text
    assert "Proširite sažetak." in shown
    assert "Sačuvaj ovaj dio" in shown
    assert "12. 3. 2026. u 23:59" in shown.replace("\u00a0", " ")
    section = f"/my/applications/{there['slugs'][0]}/sections/summary"
    saved = client.post(section, {"version": "0", "summary": "Duži sažetak."}, status=303)
    assert saved.location.endswith("/completion")
    client.post(page, {})
    [reopening] = get(app, Reopening)
    assert reopening.snapshot_version == 2
    assert "Dopuna je predata" in client.get(page).text
    with clock.held_at(AFTER + timedelta(days=9)):
        late = client.post(page, {}, status=422)
    assert "Predaj dopunu" not in late.text


@pytest.mark.usefixtures("opened")
def test_check_says_what_the_organisation_owes_here(app: Flask, client: LintingClient) -> None:
    there = arrange(app, status=CallStatus.OPENED)
    set_status(app, ApplicationStatus.REGISTERED)
    client.sign_in(there["officer"])
    assert "nema otvorenih izvještaja ni povrata" in client.get(there["cases"][0]).text
    owes(app, there["slugs"][0], StandingKind.REPORT_DUE, "02-1", on=date(2026, 9, 1))
    in_time = client.get(there["cases"][0]).text.replace("\u00a0", " ")
    assert "izvještaj po ugovoru 02-1 je u roku, do 1. 9. 2026." in in_time
    owes(app, there["slugs"][0], StandingKind.REPORT_LATE, "02-1", on=date(2026, 2, 1))
    owes(app, there["slugs"][0], StandingKind.RETURN_DUE, "02-2", on=None)
    with Statements() as seen:
        late = client.get(there["cases"][0]).text.replace("\u00a0", " ")
    assert len(seen) <= 12
    assert "izvještaj po ugovoru 02-1 kasni od 1. 2. 2026." in late
    assert "povrat sredstava po ugovoru 02-2 nije izvršen" in late
    assert "02-1 je u roku" not in late
    chosen = re.search(r'id="finding-no_outstanding_reports-no"[^>]*', late)
    assert chosen
    assert "checked" in chosen[0]


def owes(app: Flask, slug: str, kind: StandingKind, reference: str, *, on: date | None) -> None:
    """The municipality of a case keeps a matter against its organisation."""
    with app.app_context(), tenancy.across("tests arrange"):
        case = db.session.execute(select(Application).where(Application.slug == slug)).scalar_one()
        with tenancy.within(case.municipality_id):
            note_standing(case.organisation_id or 0, kind, Matter(reference, on), at=AFTER)
            commit()
