"""The pages of acts: list, one act, what each role may do there."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.acts.actions import Signature, approve_act, issue_act
from grants.acts.models import Act
from grants.acts.rules import ActKind, ActStatus
from grants.db import db
from grants.i18n.script import fold
from grants.jobs.worker import run_due_jobs
from grants.municipalities.models import Municipality
from grants.notifications.models import Mail
from grants.people.actors import SYSTEM
from grants.people.models import User
from grants.people.rules import Role
from tests.client import LintingClient, Statements
from tests.factories import make_act, make_municipality, make_organisation, make_user

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
SIGNED = Signature(name="Amela Mayer", title="Općinska načelnica", series="02-36")


class Office:
    """A municipality with its people and one act, prepared by the officer.

    Rows are touched in contexts of their own: one held open would carry the signed-in person over.
    """

    def __init__(self, app: Flask, **over: Any) -> None:
        self.app = app
        with self.entered():
            self.municipality: Municipality = make_municipality()
            place = self.municipality.id
            self.officer: User = make_user("Lejla Službenica", (Role.OFFICER, place))
            self.signatory: User = make_user("Amela Mayer", (Role.SIGNATORY, place))
            self.auditor: User = make_user("Senad Revizor", (Role.AUDITOR, place))
            self.act: Act = self.make(prepared_by_id=self.officer.id, **over)
            db.session.commit()

    @contextmanager
    def entered(self) -> Iterator[None]:
        with self.app.app_context(), tenancy.across("tests arrange"):
            yield

    def make(self, **over: Any) -> Act:
        given: dict[str, Any] = {
            "kind": ActKind.CORRECTION,
            "title": "Rješenje o ispravci",
            "remedy_days": 15,
            "recipient_name": "Udruženje „Žubor“",
            "folded": fold("Udruženje „Žubor“"),
            "call_reference": "NS-2026-1",
        }
        return make_act(self.municipality, **(given | over))

    def issue(self, at: datetime) -> None:
        with self.app.app_context(), tenancy.within(self.municipality.id):
            issue_act(self.read(), signature=SIGNED, by=SYSTEM, at=at)
            db.session.commit()

    def work(self) -> None:
        with self.app.app_context():
            run_due_jobs()

    def read(self) -> Act:
        return db.session.execute(select(Act).where(Act.id == self.act.id)).scalar_one()

    def reread(self) -> Act:
        with self.entered():
            return self.read()

    @property
    def path(self) -> str:
        return f"/m/{self.municipality.slug}/acts/{self.act.slug}"


@pytest.fixture
def office(app: Flask, at: datetime) -> Office:
    return Office(app)


def test_list_filters_by_kind_state_call_and_words(office: Office, client: LintingClient) -> None:
    with office.entered():
        other = office.make(kind=ActKind.RECORD_OF_OPENING, title="Zapisnik", call_reference="B-2")
        approve_act(other, by=SYSTEM, at=office.act.prepared_at)
        db.session.commit()
    client.sign_in(office.auditor)
    path = f"/m/{office.municipality.slug}/acts"
    both = client.get(path).text
    assert ("Rješenje o ispravci" in both, ">Zapisnik<" in both) == (True, True)
    for query in ("kind=correction", "status=draft", "call=NS-2026-1", "q=zubor&status="):
        shown = client.get(f"{path}?{query}").text
        found = ("</a></td>" in shown, "Rješenje o ispravci</a>" in shown, ">Zapisnik</a>" in shown)
        assert found == (True, True, query.startswith("q="))
    assert "Nema takvih akata" in client.get(f"{path}?status=final").text


def test_list_takes_as_many_statements_for_three_as_for_one(
    office: Office, client: LintingClient
) -> None:
    client.sign_in(office.officer)
    path = f"/m/{office.municipality.slug}/acts"
    client.get(path)
    with Statements() as one:
        client.get(path)
    with office.entered():
        for _ in range(2):
            office.make()
        db.session.commit()
    with Statements() as three:
        client.get(path)
    assert len(one) == len(three) <= 8, three.texts


def test_act_shows_what_it_says_before_it_is_issued(office: Office, client: LintingClient) -> None:
    shown = client.sign_in(office.signatory).get(office.path).text
    for words in ("28.000", "82.000", "broj se dodjeljuje", "Izdaj akt", "Odobri"):
        assert words in shown
    assert "Izdaj akt" not in client.sign_in(office.officer).get(office.path).text


def test_signatory_approves_returns_and_issues(office: Office, client: LintingClient) -> None:
    client.sign_in(office.signatory)
    client.post(f"{office.path}/approve")
    assert office.reread().status is ActStatus.APPROVED
    assert "Napišite šta treba" in client.post(f"{office.path}/return", status=422).text
    client.post(f"{office.path}/return", {"reason": "Iznos nije tačan."})
    assert office.reread().return_reason == "Iznos nije tačan."
    with office.entered():
        mail = db.session.execute(select(Mail)).scalar_one()
    assert (mail.to, "Iznos nije tačan." in mail.text) == (office.officer.email, True)
    client.post(f"{office.path}/issue")
    assert office.reread().number == "02-1-1/26"
    client.post(f"{office.path}/issue", status=422)


def test_number_from_the_registry_is_refused_with_a_sentence_when_taken(
    office: Office, client: LintingClient, at: datetime
) -> None:
    with office.app.app_context(), tenancy.within(office.municipality.id):
        typed = Signature("A", "B", typed_number="77/26")
        issue_act(office.make(), signature=typed, by=SYSTEM, at=at)
        db.session.commit()
    client.sign_in(office.signatory)
    shown = client.post(f"{office.path}/issue", {"typed_number": "77/26"}, status=422).text
    assert "Broj 77/26 je već dat u 2026. godini." in shown
    assert 'value="77/26"' in shown
    assert office.reread().status is ActStatus.DRAFT
    client.post(f"{office.path}/issue", {"typed_number": "78/26"})
    assert office.reread().number == "78/26"


def test_pdf_is_offered_when_the_worker_has_made_it(
    office: Office, client: LintingClient, at: datetime
) -> None:
    office.issue(at)
    client.sign_in(office.officer)
    assert "PDF se upravo pravi" in client.get(office.path).text
    assert "Pokušaj ponovo" in client.get(f"{office.path}/pdf").text
    office.work()
    assert "Preuzmi PDF" in client.get(office.path).text
    got = client.get(f"{office.path}/pdf")
    assert got.mimetype == "application/pdf"
    assert "akt-02-36-1-26.pdf" in got.headers["Content-Disposition"]
    assert got.data.startswith(b"%PDF")


def test_scan_is_kept_beside_the_pdf(office: Office, client: LintingClient, at: datetime) -> None:
    office.issue(at)
    client.sign_in(office.officer)
    assert "Odaberite datoteku" in client.post(f"{office.path}/scan", status=422).text
    bad = {"file": (io.BytesIO(b"MZ\x00\x00"), "sken.pdf")}
    client.post(f"{office.path}/scan", bad, status=422)
    assert office.reread().scan_id is None
    client.post(f"{office.path}/scan", {"file": (io.BytesIO(PNG), "sken akta.png")})
    assert "sken akta.png" in client.get(office.path).text
    assert client.get(f"{office.path}/scan").data == PNG


def test_service_is_noted_and_its_term_explained(
    office: Office, client: LintingClient, at: datetime
) -> None:
    office.issue(at)
    client.sign_in(office.officer)
    path = f"{office.path}/service"
    shown = client.post(path, {"on": "juče", "way": "post"}, status=422).text
    assert "nije datum" in shown
    shown = client.post(path, {"on": "1. 3. 2026.", "way": "post"}, status=422).text
    assert "nije mogao biti uručen ranije" in shown
    client.post(path, {"on": "2. 3. 2026.", "way": "post", "note": "RE 5"})
    shown = client.get(office.path).text.replace("\u00a0", " ")
    assert "17. 3. 2026." in shown
    assert "Kako je izbrojano: dan uručenja 2. 3. 2026. se ne računa" in shown
    assert "preporučenom poštom" in shown


def test_correction_is_prepared_from_the_page_of_the_act(
    office: Office, client: LintingClient, at: datetime
) -> None:
    office.issue(at)
    client.sign_in(office.officer)
    client.get(f"{office.path}/correct")
    client.post(f"{office.path}/correct", {"wrong": "a"}, status=422)
    answer = client.post(f"{office.path}/correct", {"wrong": "28.000", "right": "82.000"})
    made = answer.headers["Location"]
    client.sign_in(office.signatory).post(f"{made}/issue")
    assert "ispravljen aktom broj" in client.get(office.path).text


@pytest.mark.parametrize("what", ["approve", "return", "issue", "scan", "service", "correct"])
def test_auditor_sees_but_changes_nothing(
    office: Office, client: LintingClient, what: str, app: Flask
) -> None:
    client.sign_in(office.auditor).get(office.path)
    client.post(f"{office.path}/{what}", status=403)
    stranger = Office(app)
    client.sign_in(stranger.officer).get(office.path, status=404)
    client.post(f"{office.path}/{what}", status=404)
    client.sign_out()
    assert "/sign-in" in client.get(office.path, status=302).headers["Location"]


@pytest.mark.parametrize("what", ["approve", "return", "issue"])
def test_officer_does_not_sign(office: Office, client: LintingClient, what: str) -> None:
    client.sign_in(office.officer).post(f"{office.path}/{what}", status=403)


def test_people_of_the_organisation_open_their_issued_act_and_nobody_else(
    office: Office, client: LintingClient, at: datetime
) -> None:
    with office.entered():
        own, other = make_organisation(), make_organisation("Fondacija „Druga“")
        member = make_user("Lejla", (Role.MEMBER, own.id))
        stranger = make_user("Mirza", (Role.OWNER, other.id))
        office.read().organisation_id = own.id
        db.session.commit()
    path = f"/my/acts/{office.act.slug}/pdf"
    client.sign_in(member).get(path, status=404)
    office.issue(at)
    assert "upravo pravi" in client.get(path).text
    office.work()
    assert client.get(path).data.startswith(b"%PDF")
    client.sign_in(stranger).get(path, status=404)
    client.sign_out()
    client.get(path, status=302)


def test_act_issued_with_its_case_is_not_issued_here(office: Office, client: LintingClient) -> None:
    with office.entered():
        office.read().kind = ActKind.CONTRACT
        db.session.commit()
    client.sign_in(office.signatory)
    shown = client.get(office.path).text
    assert "na stranici svog predmeta" in shown
    assert f"{office.path}/approve" not in shown
    assert "na stranici svog predmeta" in client.post(f"{office.path}/approve", status=409).text
    assert "na stranici svog predmeta" in client.post(f"{office.path}/issue", status=409).text
