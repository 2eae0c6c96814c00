"""Applications on paper: keyed in as they are, in time by their postmark, named on the record."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from grants import tenancy
from grants.applications.models import Application
from grants.applications.queries import get_case, list_versions
from grants.applications.queries.unsubmitted import list_drafts_near_deadline
from grants.applications.rules.paper import Envelope, envelope_problems
from grants.applications.rules.states import ApplicationStatus, Channel
from grants.audit.models import AuditEntry
from grants.calls.queries import criteria_of
from grants.calls.rules.criteria import Window
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.eligibility.queries import get_submitted
from grants.eligibility.rules.computed import computed
from grants.eligibility.rules.findings import Finding
from grants.jobs.worker import run_due_jobs
from grants.organisations.models import Organisation
from grants.people.actors import Actor
from grants.people.models import User
from grants.people.rules import Role
from tests.applications.arranging import FILLED, Arranged, arrange
from tests.applications.conftest import Move
from tests.applications.test_receipts import words
from tests.client import LintingClient, Statements, commit
from tests.documents.files import make_pdf
from tests.factories import (
    DEADLINE,
    OPENS,
    make_committee,
    make_jib,
    make_municipality,
    make_user,
)

WINDOW = Window(OPENS, DEADLINE)
AFTER = DEADLINE + timedelta(days=3)
POSTED = {
    "channel": "post",
    "protocol_number": "04-14-215/26",
    "received_at": "2. 3. 2026. u 11:20",
    "posted_at": "27. 2. 2026.",
}
ORGANISATION = {
    "name": "Udruženje penzionera",
    "legal_form": "udruženje",
    "registered_on": "15. 6. 2016.",
    "register_name": "MP KS",
    "register_number": "77",
    "representative_name": "Hasan Begić",
}


class Paper:
    """A call, its officers, and a paper that is keyed in."""

    def __init__(self, app: Flask, client: LintingClient) -> None:
        self.app, self.client = app, client
        self.arranged: Arranged = arrange(app)
        self.town = f"/m/{self.arranged.municipality.slug}"
        self.papers = f"{self.town}/calls/{self.arranged.call.slug}/paper"
        with app.app_context(), tenancy.across("tests arrange"):
            town = self.arranged.municipality.id
            self.officer: User = make_user("Selma Karić", (Role.OFFICER, town))
            self.auditor: User = make_user("Revizor", (Role.AUDITOR, town))
            self.elsewhere: User = make_user("Drugdje", (Role.OFFICER, make_municipality().id))
            self.evaluator: User = make_user("Članica komisije")
            make_committee(db.session.merge(self.arranged.call), self.evaluator)
            commit()
        client.sign_in(self.officer)

    def start(self, **over: Any) -> str:
        """Begin an entry; the slug of it."""
        fields = POSTED | {"jib": self.arranged.organisation.jib} | over
        location = self.client.post(f"{self.papers}/new", fields, status=303).location
        return str(location).split("/")[3]

    def key_in(self, slug: str, sections: Mapping[str, Mapping[str, Any]] = FILLED) -> None:
        """Type the sections."""
        for key, fields in sections.items():
            place = f"/my/applications/{slug}/sections/{key}"
            self.client.post(place, {**fields, "version": "0"}, status=303)

    def complete(self, slug: str) -> str:
        """End the entry; where one is sent."""
        case = f"{self.town}/applications/{slug}"
        return str(self.client.post(f"{case}/paper", status=303).location)

    def load(self, slug: str) -> Application:
        """The application as it is kept."""
        with self.app.app_context(), tenancy.across("tests look"):
            found = select(Application).where(Application.slug == slug)
            return db.session.execute(found).scalar_one()


def make_envelope(**over: Any) -> Envelope:
    """An envelope posted and received in time."""
    facts: dict[str, Any] = {
        "channel": Channel.POST,
        "protocol_number": "04-1/26",
        "received_at": DEADLINE - timedelta(days=1),
        "posted_at": DEADLINE - timedelta(days=3),
    }
    return Envelope(**(facts | over))


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({}, []),
        ({"protocol_number": "  "}, ["paper_protocol"]),
        ({"protocol_number": "1" * 61}, ["paper_protocol_long"]),
        ({"posted_at": None}, ["paper_postmark"]),
        ({"posted_at": None, "channel": Channel.IN_PERSON}, []),
        ({"posted_at": DEADLINE}, ["paper_posted_later"]),
        ({"received_at": AFTER}, ["paper_late_reason"]),
        ({"received_at": AFTER, "late_reason": "Stigla poslije."}, []),
        (
            {"received_at": OPENS - timedelta(1), "posted_at": OPENS - timedelta(2)},
            ["paper_too_early"],
        ),
        (
            {"received_at": AFTER + timedelta(1)},
            ["paper_in_future", "paper_late_reason"],
        ),
    ],
)
def test_envelope_says_what_cannot_be(over: dict[str, Any], codes: list[str]) -> None:
    found = envelope_problems(make_envelope(**over), WINDOW, at=AFTER)
    assert [problem.code for problem in found] == codes


@given(
    received=st.integers(-60, 60).map(lambda hours: DEADLINE + timedelta(hours=hours)),
    reason=st.sampled_from(["", " ", "Pošta je kasnila."]),
)
def test_reason_is_asked_exactly_after_the_deadline(received: datetime, reason: str) -> None:
    envelope = make_envelope(received_at=received, posted_at=received, late_reason=reason)
    codes = [problem.code for problem in envelope_problems(envelope, WINDOW, at=AFTER)]
    is_asked = received > DEADLINE and not reason.strip()
    assert ("paper_late_reason" in codes) == is_asked


def test_paper_is_keyed_in_completed_and_registered(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    paper = Paper(app, client)
    slug = paper.start()
    page = client.get(f"/my/applications/{slug}/sections/summary").text
    assert "Papirna prijava, protokol 04-14-215/26" in page
    paper.key_in(slug)
    upload = {"file": (io.BytesIO(make_pdf()), "statut.pdf")}
    client.post(f"/my/applications/{slug}/documents?slot=statut", upload, status=303)
    check = client.get(f"/my/applications/{slug}/check").text
    assert "Završi unos" in check
    assert "Nedostaje dokument" in check
    assert paper.complete(slug) == f"{paper.town}/applications/{slug}"
    kept = paper.load(slug)
    assert kept.status is ApplicationStatus.REGISTERED
    assert (kept.channel, kept.keyed_by_id) == (Channel.POST, paper.officer.id)
    assert kept.submitted_at == kept.registered_at == datetime(2026, 3, 2, 10, 20, tzinfo=UTC)
    assert kept.posted_at == datetime(2026, 2, 26, 23, 0, tzinfo=UTC)
    assert kept.reference == f"{paper.arranged.call.reference}-001"
    client.post(f"{paper.town}/applications/{slug}/paper", status=409)
    page = client.get(f"{paper.town}/applications/{slug}").text
    for said in ("papirna prijava", "Selma Karić", "04-14-215/26", "27.\u00a02.\u00a02026."):
        assert said in page
    assert "papirna prijava" in client.get(f"{paper.town}/calls/{paper.arranged.call.slug}").text
    assert f"{paper.arranged.call.reference}-001" in client.get(paper.papers).text


def test_faults_of_the_paper_stand_on_the_record_and_block_nothing_but_a_lot(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    paper = Paper(app, client)
    slug = paper.start()
    assert paper.complete(slug) == f"/my/applications/{slug}/check"
    assert "Odaberite oblast" in client.get(f"/my/applications/{slug}/check").text
    paper.key_in(slug, {"summary": {"title": "Klub", "lot": "3", "requested": "1,00"}})
    paper.complete(slug)
    with app.app_context(), tenancy.across("tests look"):
        entries = db.session.execute(select(AuditEntry).order_by(AuditEntry.id)).scalars()
        events = {entry.event: entry for entry in entries}
    submitted = events["application_submitted"]
    assert (submitted.actor_name, submitted.facts["channel"]) == ("Selma Karić", "post")
    faults = submitted.facts["faults"]
    assert {"amount_below_min", "missing_document", "rows_too_few"} <= set(faults)
    assert events["application_registered"].facts["protocol"] == "04-14-215/26"
    assert events["paper_started"].actor_name == "Selma Karić"


def test_envelope_posted_in_time_is_in_time_after_the_opening(
    app: Flask, client: LintingClient, move_to: Move
) -> None:
    move_to(AFTER)
    paper = Paper(app, client)
    with app.app_context(), tenancy.across("tests arrange"):
        db.session.merge(paper.arranged.call).status = CallStatus.OPENED
        commit()
    fields = POSTED | {"jib": paper.arranged.organisation.jib}
    fields |= {"received_at": "11. 3. 2026. u 9:00", "posted_at": "9. 3. 2026. u 10:00"}
    page = client.post(f"{paper.papers}/new", fields, status=422).text
    assert "Upišite zašto se ipak unosi" in page
    assert 'value="04-14-215/26"' in page
    slug = paper.start(**fields, late_reason="Predata pošti u roku.")
    paper.key_in(slug)
    paper.complete(slug)
    with app.app_context():
        town = paper.arranged.municipality
        officer = Actor(id=1, roles=frozenset({(Role.OFFICER, town.id)}))
        case = get_case(officer, town.slug, slug)
        assert case is not None
        found = computed(criteria_of(case.call), get_submitted(case))["on_time"]
        facts = list_versions(case)[0].read()["paper"]
    assert found.finding is Finding.YES
    assert facts == {
        "channel": "post",
        "protocol": "04-14-215/26",
        "received_at": "2026-03-11T08:00:00+00:00",
        "posted_on": "2026-03-09",
        "late_reason": "Predata pošti u roku.",
        "keyed_by": "Selma Karić",
    }


def test_number_is_taken_once_and_no_paper_comes_into_scoring(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    paper = Paper(app, client)
    paper.start()
    fields = POSTED | {"jib": paper.arranged.organisation.jib}
    page = client.post(f"{paper.papers}/new", fields, status=422).text
    assert "već nosi druga prijava" in page
    with app.app_context(), tenancy.across("tests arrange"):
        db.session.merge(paper.arranged.call).status = CallStatus.SCORING
        commit()
    page = client.post(f"{paper.papers}/new", fields | {"protocol_number": "2"}, status=422).text
    assert "Komisija već ocjenjuje" in page
    assert "Unesi papirnu prijavu" not in client.get(paper.papers).text


def test_organisation_is_asked_for_when_its_number_is_unknown(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    paper = Paper(app, client)
    fields = POSTED | {"jib": make_jib(987654)}
    assert "još nije upisana" in client.post(f"{paper.papers}/new", fields, status=422).text
    wrong = client.post(f"{paper.papers}/new", fields | {"jib": "420"}, status=422).text
    assert "još nije upisana" not in wrong
    assert (
        "Upišite ovaj podatak"
        in client.post(f"{paper.papers}/new", fields | {"name": ""}, status=422).text
    )


def test_organisation_from_paper_is_claimed_with_the_officers_word(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    paper = Paper(app, client)
    fields = POSTED | {"jib": make_jib(987654)}
    slug = paper.start(**fields, **ORGANISATION)
    paper.key_in(slug)
    paper.complete(slug)
    with app.app_context(), tenancy.across("tests arrange"):
        organisation = db.session.execute(
            select(Organisation).where(Organisation.jib == fields["jib"])
        ).scalar_one()
        claimant = make_user("Hasan Begić")
        commit()
    assert (organisation.name, organisation.account) == ("Udruženje penzionera", "")
    client.sign_in(claimant)
    assert "nema vlasnika" in client.post("/my/organisations/join", fields, status=200).text
    client.get(f"/my/applications/{slug}/receipt", status=404)
    case = f"{paper.town}/applications/{slug}"
    client.sign_in(paper.auditor)
    client.post(f"{case}/claim", {"person": claimant.id, "accept": "1"}, status=403)
    client.sign_in(paper.officer)
    assert "traži profil organizacije s papira" in client.get(paper.town).text
    assert "Predaj profil" in client.get(f"{case}/representative").text
    client.post(f"{case}/claim", {"person": claimant.id, "accept": "1"}, status=303)
    client.post(f"{case}/claim", {"person": claimant.id, "accept": "1"}, status=409)
    assert "Predaj profil" not in client.get(f"{case}/representative").text
    client.sign_in(claimant)
    assert "Prijava je predata" in client.get(f"/my/applications/{slug}/receipt").text
    assert "službenik ju je prepisao" in client.get(f"/my/applications/{slug}/receipt").text


def test_while_keyed_in_it_is_the_officers_alone(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    paper = Paper(app, client)
    slug = paper.start()
    case = f"{paper.town}/applications/{slug}"
    own = f"/my/applications/{slug}"
    people = [
        paper.arranged.representative,
        paper.arranged.member,
        paper.arranged.stranger,
        paper.elsewhere,
        paper.evaluator,
    ]
    for who in people:
        client.sign_in(who)
        for page in ("check", "sections/summary", "receipt", "messages", "pdf"):
            client.get(f"{own}/{page}", status=404)
        client.get(own, status=404)
        client.post(f"{own}/sections/summary", FILLED["summary"] | {"version": "0"}, status=404)
        client.post(f"{own}/submit", {"is_declared": "y"}, status=404)
        client.post(f"{case}/paper", status=404)
        client.post(f"{case}/paper/drop", status=404)
        client.get(paper.papers, status=404)
        client.get(f"{paper.papers}/new", status=404)


def test_auditor_looks_on_and_nobody_reads_what_is_not_handed_in(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    paper = Paper(app, client)
    slug = paper.start()
    case, own = f"{paper.town}/applications/{slug}", f"/my/applications/{slug}"
    client.sign_in(paper.arranged.member)
    with app.app_context():
        reminded = {each.slug for each in list_drafts_near_deadline(DEADLINE - timedelta(hours=1))}
    assert reminded == {paper.arranged.application.slug}
    assert slug not in client.get("/my").text
    assert slug not in client.get(f"/calls/{paper.arranged.call.slug}/apply").text
    client.sign_in(paper.auditor)
    client.get(paper.papers)
    client.get(f"{paper.papers}/new", status=403)
    client.post(f"{case}/paper", status=404)
    client.sign_in(paper.officer)
    client.get(case, status=404)
    client.post(f"{own}/submit", {"is_declared": "y"}, status=403)
    client.get(f"{own}/messages", status=404)
    client.post(f"{own}/documents/kept?slot=statut", {"document": "x"}, status=422)


def test_entry_begun_by_mistake_is_dropped_and_remembered(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    paper = Paper(app, client)
    slug = paper.start()
    paper.key_in(slug, {"summary": FILLED["summary"]})
    upload = {"file": (io.BytesIO(make_pdf()), "statut.pdf")}
    client.post(f"/my/applications/{slug}/documents?slot=statut", upload, status=303)
    client.post(f"{paper.town}/applications/{slug}/paper/drop", status=303)
    client.get(f"/my/applications/{slug}/check", status=404)
    assert "04-14-215/26" not in client.get(paper.papers).text
    with app.app_context(), tenancy.across("tests look"):
        events = db.session.execute(select(AuditEntry.event)).scalars().all()
    assert events[-1] == "paper_dropped"
    assert paper.start() != slug


def test_receipt_and_print_say_that_it_came_on_paper(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    paper = Paper(app, client)
    slug = paper.start()
    paper.key_in(slug)
    paper.complete(slug)
    case = f"{paper.town}/applications/{slug}"
    client.get(f"{case}/receipt.pdf", status=302)
    with app.app_context():
        run_due_jobs()
    receipt = words(client.get(f"{case}/receipt.pdf").data)
    assert "podnesena na papiru i zaprimljena 2. 3. 2026. u 11:20:00" in receipt
    assert "04-14-215/26" in receipt
    assert "Selma Karić" in receipt
    whole = words(client.get(f"{case}/pdf").data)
    assert "na papiru, poštom" in whole
    assert "27. 2. 2026. godine" in whole
    client.sign_in(paper.arranged.representative)
    page = client.get(f"/my/applications/{slug}/receipt").text
    assert "službenik ju je prepisao" in page
    assert "Vrati u nacrt" not in page
    client.post(f"/my/applications/{slug}/withdraw", status=409)


def test_list_needs_the_same_statements_for_one_and_three_papers(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    paper = Paper(app, client)
    counts = []
    for number in (1, 2, 3):
        paper.start(protocol_number=str(number))
        client.get(paper.papers)
        with Statements() as seen:
            client.get(paper.papers)
        counts.append(len(seen))
    assert counts[0] == counts[2] <= 8


def test_officer_corrects_the_envelope_with_a_reason_on_the_record(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    paper = Paper(app, client)
    slug = paper.start()
    paper.key_in(slug)
    paper.complete(slug)
    place = f"{paper.town}/applications/{slug}/paper/envelope"
    page = client.get(place).text
    assert f'value="{POSTED["protocol_number"]}"' in page
    assert place in client.get(paper.papers).text
    assert place in client.get(f"{paper.town}/applications/{slug}").text
    fields = POSTED | {"protocol_number": "04-14-999/26"}
    assert "Zašto se ispravlja" in client.post(place, fields, status=422).text
    same = client.post(place, POSTED | {"reason": "Greška"}, status=422)
    assert "Ništa nije promijenjeno" in same.text
    client.post(place, fields | {"reason": "Prepisan je pogrešan broj."}, status=303)
    case = paper.load(slug)
    assert case.protocol_number == "04-14-999/26"
    with app.app_context():
        entries = db.session.execute(select(AuditEntry).order_by(AuditEntry.id)).scalars().all()
    assert entries[-1].event == "paper_corrected"
    assert entries[-1].facts["reason"] == "Prepisan je pogrešan broj."
    assert entries[-1].facts["changed"]["protocol"] == [POSTED["protocol_number"], "04-14-999/26"]
    history = client.get(f"{paper.town}/applications/{slug}/history").text
    assert "Podaci s koverte ispravljeni" in history
    client.sign_in(paper.auditor).get(place, status=403)
    client.sign_in(paper.elsewhere).get(place, status=404)
