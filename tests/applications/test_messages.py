"""Messages between the organisation and the office: who writes, who reads, who never sees them."""

import hashlib
import io
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.applications.models import Application, Message
from grants.applications.rules.messages import LONGEST, closed_problems, text_problems
from grants.applications.rules.states import ApplicationStatus
from grants.audit.models import AuditEntry
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.errors import Problem
from grants.notifications.models import Mail
from grants.people.models import User
from grants.people.rules import Role
from tests.applications.arranging import Arranged, arrange
from tests.client import LintingClient, Statements, commit
from tests.documents.files import make_pdf
from tests.factories import keep, make_committee, make_municipality, make_user

DECLARED = {"is_declared": "y"}
_S = ApplicationStatus


class World:
    """A submitted application, its people, the office's, and those who must not look."""

    def __init__(self, app: Flask, client: LintingClient) -> None:
        self.arranged: Arranged = arrange(app)
        self.base = f"{self.arranged.base}/messages"
        slug = self.arranged.application.slug
        self.case = f"/m/{self.arranged.municipality.slug}/applications/{slug}/messages"
        with app.app_context(), tenancy.across("tests arrange"):
            town = self.arranged.municipality.id
            self.officer: User = make_user("Selma Karić", (Role.OFFICER, town))
            self.auditor: User = make_user("Revizor", (Role.AUDITOR, town))
            self.elsewhere: User = make_user("Drugdje", (Role.OFFICER, make_municipality().id))
            self.evaluator: User = make_user("Članica komisije")
            make_committee(db.session.merge(self.arranged.call), self.evaluator)
            commit()
        client.sign_in(self.arranged.representative)
        client.post(f"{self.arranged.base}/submit", DECLARED, status=303)

    @property
    def strangers(self) -> list[User]:
        """Who gets 404 on both sides."""
        return [self.arranged.stranger, self.elsewhere, self.evaluator]


def list_sent(app: Flask) -> list[Message]:
    """Every message, the first first."""
    with app.app_context(), tenancy.across("tests look"):
        return list(db.session.execute(select(Message).order_by(Message.id)).scalars())


@pytest.mark.parametrize("status", _S)
@pytest.mark.parametrize("call", CallStatus)
def test_one_may_write_from_the_submission_until_the_call_is_archived(
    status: ApplicationStatus, call: CallStatus
) -> None:
    over = call in (CallStatus.ARCHIVED, CallStatus.CANCELLED)
    wanted = "messages_draft" if status is _S.DRAFT else "messages_closed" if over else None
    assert closed_problems(status, call) == ([Problem(wanted)] if wanted else [])


def test_text_is_neither_empty_nor_endless() -> None:
    assert text_problems(" \n") == [Problem("message_empty", "text")]
    assert text_problems("a" * LONGEST + " ") == []
    facts = {"figure": LONGEST + 1, "limit": LONGEST}
    assert text_problems("a" * (LONGEST + 1)) == [Problem("message_long", "text", facts)]


def test_both_sides_write_and_see_what_is_new(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = World(app, client)
    client.sign_in(world.arranged.member)
    place = client.post(world.base, {"text": "Dobar dan,\r\nkada je odluka?"}, status=303).location
    sent = list_sent(app)[0]
    assert place == f"{world.base}#poruka-{sent.slug}"
    assert (sent.text, sent.is_from_office, sent.author_name, sent.read_at) == (
        "Dobar dan,\nkada je odluka?",
        False,
        "Amra Ademović",
        None,
    )
    client.sign_in(world.officer)
    desk = f"/m/{world.arranged.municipality.slug}"
    assert "1 nova poruka" in client.get(f"{desk}/calls/{world.arranged.call.slug}").text
    assert "1 nepročitana poruka." in client.get(desk).text
    assert "nepročitano" in client.get(world.case).text
    client.post(world.case, {"text": "Do kraja mjeseca."}, status=303)
    first, second = list_sent(app)
    assert (first.read_at is not None, second.is_from_office) == (True, True)
    assert "nova poruka" not in client.get(f"{desk}/calls/{world.arranged.call.slug}").text


def test_everything_written_is_told_and_stands_on_the_record(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = World(app, client)
    client.sign_in(world.arranged.member)
    client.post(world.base, {"text": "Dobar dan,\r\nkada je odluka?"}, status=303)
    client.sign_in(world.officer).post(world.case, {"text": "Do kraja mjeseca."}, status=303)
    client.sign_in(world.arranged.representative)
    page = client.get("/my").text
    assert "1 nepročitana poruka općine" in page
    assert "1 nova poruka" in page
    assert "nepročitano" in client.get(world.base).text
    client.post(f"{world.base}/read", status=303)
    assert "nepročitano" not in client.get(world.base).text
    client.post(f"{world.base}/read", status=303)
    with app.app_context(), tenancy.across("tests look"):
        entries = db.session.execute(select(AuditEntry).order_by(AuditEntry.id)).scalars().all()
        mails = db.session.execute(select(Mail).order_by(Mail.id)).scalars().all()
    told = [(entry.event, entry.facts.get("from_office")) for entry in entries]
    assert told[-4:] == [
        ("message_sent", False),
        ("messages_read", False),
        ("message_sent", True),
        ("messages_read", True),
    ]
    digest = hashlib.sha256(b"Dobar dan,\nkada je odluka?").hexdigest()
    assert entries[-4].facts["text_sha256"] == digest
    about = [mail for mail in mails if mail.subject.startswith("Poruka o prijavi")]
    assert sorted(mail.to for mail in about) == sorted(
        [
            world.officer.email,
            world.arranged.member.email,
            world.arranged.representative.email,
        ]
    )
    assert world.case in about[0].text
    assert world.base in about[-1].text


def test_refused_text_is_kept_on_the_page(app: Flask, client: LintingClient, at: datetime) -> None:
    world = World(app, client)
    assert "Upišite poruku." in client.post(world.base, {"text": " "}, status=422).text
    long = "Predugo. " * 500
    page = client.post(world.base, {"text": long}, status=422).text
    assert "a može najviše 4000" in page
    assert long.strip() in page
    assert list_sent(app) == []


def test_one_file_goes_with_a_message_until_it_is_read(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = World(app, client)
    client.sign_in(world.arranged.member)
    client.post(world.base, {"text": "Šaljem prilog."}, status=303)
    place = f"{world.base}/{list_sent(app)[0].slug}/document"
    client.get(place, status=404)
    assert "Odaberite datoteku" in client.post(place, status=422).text
    program = {"file": (io.BytesIO(b"MZ" + b"\0" * 900), "prilog.pdf")}
    assert "Ovo je program" in client.post(place, program, status=422).text
    upload = {"file": (io.BytesIO(make_pdf()), "prilog.pdf")}
    client.sign_in(world.arranged.representative)
    assert "samo onaj ko je poruku poslao" in client.post(place, upload, status=422).text
    client.sign_in(world.arranged.member)
    upload = {"file": (io.BytesIO(make_pdf()), "prilog.pdf")}
    client.post(place, upload, status=303)
    assert client.get(place).data == make_pdf()
    upload = {"file": (io.BytesIO(make_pdf()), "drugi.pdf")}
    assert "već priložena" in client.post(place, upload, status=422).text
    client.post(world.base, {"text": "Još nešto."}, status=303)
    case = place.replace(world.base, world.case)
    assert client.sign_in(world.auditor).get(case).data == make_pdf()
    client.sign_in(world.officer).post(f"{world.case}/read", status=303)
    client.sign_in(world.arranged.member)
    late = f"{world.base}/{list_sent(app)[1].slug}/document"
    upload = {"file": (io.BytesIO(make_pdf()), "kasno.pdf")}
    assert "već pročitana" in client.post(late, upload, status=422).text


def test_nobody_else_knows_of_messages(app: Flask, client: LintingClient, at: datetime) -> None:
    world = World(app, client)
    client.sign_in(world.arranged.member)
    client.post(world.base, {"text": "Tajna."}, status=303)
    file = f"/{list_sent(app)[0].slug}/document"
    for who in world.strangers:
        client.sign_in(who)
        for side in (world.base, world.case):
            client.get(side, status=404)
            client.post(side, {"text": "x"}, status=404)
            client.post(f"{side}/read", status=404)
            client.get(f"{side}{file}", status=404)
            client.post(f"{side}{file}", status=404)
    client.sign_in(world.arranged.member).get(world.case, status=404)
    client.sign_in(world.officer).get(world.base, status=404)
    client.sign_in(world.auditor)
    assert "Tajna." in client.get(world.case).text
    client.post(world.case, {"text": "x"}, status=403)
    client.post(f"{world.case}/read", status=403)
    LintingClient(app).get(world.base, status=302)
    other = World(app, LintingClient(app))
    client.sign_in(other.arranged.member).get(f"{other.base}{file}", status=404)


def test_draft_is_told_to_ask_in_public(app: Flask, client: LintingClient, at: datetime) -> None:
    world = World(app, client)
    client.sign_in(world.arranged.representative)
    client.post(world.base, {"text": "Prva."}, status=303)
    client.post(f"{world.arranged.base}/withdraw", status=303)
    page = client.get(world.base).text
    assert "Pitanje o pozivu postavite javno" in page
    assert "Prva." in page
    assert "<textarea" not in page
    client.post(world.base, {"text": "Druga."}, status=422)
    client.sign_in(world.officer).get(world.case, status=404)


@pytest.mark.parametrize("side", ["base", "case"])
def test_page_needs_the_same_statements_for_one_and_three_messages(
    app: Flask, client: LintingClient, at: datetime, side: str
) -> None:
    world = World(app, client)
    client.sign_in(world.officer if side == "case" else world.arranged.member)
    counts = []
    for total in (1, 3):
        with app.app_context(), tenancy.across("tests arrange"):
            case = db.session.execute(select(Application)).scalar_one()
            for number in range(total):
                keep(
                    Message(
                        municipality_id=case.municipality_id,
                        slug=f"poruka-{total}-{number}",
                        application_id=case.id,
                        is_from_office=bool(number % 2),
                        author_name="Neko",
                        text="Poruka.",
                        sent_at=at,
                    )
                )
            commit()
        client.get(getattr(world, side))
        with Statements() as seen:
            client.get(getattr(world, side))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 11
