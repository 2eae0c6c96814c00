"""Statements of partnership: by link, on paper, outdated, and nobody else's business."""

import io
import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from grants import clock, tenancy
from grants.applications.jobs import render_statement
from grants.applications.models import Application, DraftSection, PartnerStatement, Reopening
from grants.applications.rules.parsing import Typed
from grants.applications.rules.partners import (
    KeptStatement,
    StatementState,
    partner_problems,
    signed_facts,
    statement_state,
)
from grants.applications.rules.states import ApplicationStatus
from grants.audit.models import AuditEntry
from grants.calls.rules.form_json import read_form
from grants.db import db
from grants.eligibility.models import CompletionRequest
from grants.notifications.models import Mail
from grants.workdays import Calendar, counting, days, deadline
from tests.applications.arranging import FILLED, FORM, Arranged, arrange
from tests.applications.conftest import Move
from tests.client import LintingClient, Statements, commit
from tests.conftest import NOON
from tests.factories import DEADLINE

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer<<>>\nstartxref\n29\n%%EOF\n"
PARTNER = {
    "partners.1.name": "JU Osnovna škola „Grbavica“",
    "partners.1.kind": "public",
    "partners.1.jib": "4201234500007",
    "partners.1.role": "domaćin vrtova",
    "partners.1.representative": "Mirza Begić",
    "partners.1.email": "skola@example.ba",
    "partners.1.brings": ["knowledge", "equipment"],
    "partners.1.amount": "1.200,00",
}
TEAM = {**FILLED["team"], "has_partners": "yes", "partners.rows": "1", **PARTNER}
LINK = re.compile(r"/statements/([\w-]+)")
SIGNED = {"name": "Mirza Begić", "title": "direktor", "is_declared": "y"}


def keep_team(app: Flask, application: Application, **over: object) -> None:
    """Write the partners into the draft."""
    with app.app_context(), tenancy.across("tests arrange"):
        statement = select(DraftSection).where(
            DraftSection.application_id == application.id, DraftSection.key == "team"
        )
        row = db.session.execute(statement).scalar_one()
        row.answers = {**TEAM, **over}
        commit()


def arrange_partner(app: Flask, **over: object) -> Arranged:
    world = arrange(app)
    keep_team(app, world.application, **over)
    return world


def ask(app: Flask, client: LintingClient, world: Arranged) -> str:
    """Send the statement and give its link."""
    client.sign_in(world.member)
    client.post(f"{world.base}/partners/1/statement", {"language": "bs"}, status=303)
    with app.app_context():
        texts = db.session.execute(select(Mail.text).order_by(Mail.id.desc())).scalars()
        found = next(found for text in texts if (found := LINK.search(text)))
    client.sign_out()
    client.get(found[0])
    return found[0]


def look(app: Flask, application: Application) -> list[PartnerStatement]:
    with app.app_context(), tenancy.across("tests look"):
        statement = select(PartnerStatement).where(
            PartnerStatement.application_id == application.id
        )
        return list(db.session.execute(statement).scalars())


def test_partner_signs_by_link_and_the_check_is_clean(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange_partner(app)
    client.sign_in(world.member)
    assert "nema važeću izjavu" in client.get(f"{world.base}/check").text
    link = ask(app, client, world)
    page = client.get(link).text
    assert "Zelene učionice u školama Novog Sarajeva" in page
    assert "1.200,00\u00a0KM" in page
    assert "skola@example.ba" not in page
    client.post(link, {"name": "", "title": "direktor"}, status=422)
    client.post(link, SIGNED, status=303)
    assert "Ova izjava je potpisana" in client.get(link).text
    client.post(link, SIGNED, status=200)
    client.sign_in(world.member)
    assert "nema važeću izjavu" not in client.get(f"{world.base}/check").text
    assert "Potpisao/la Mirza Begić (direktor)" in client.get(f"{world.base}/sections/team").text
    signed = look(app, world.application)[0]
    assert (signed.signed_name, signed.signed_title) == ("Mirza Begić", "direktor")
    assert signed.token_hash not in link
    with app.app_context():
        told = db.session.execute(select(AuditEntry.event).order_by(AuditEntry.id)).scalars().all()
    assert told[-2:] == ["statement_asked", "statement_signed"]


def test_signed_statement_becomes_a_pdf_and_is_told(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange_partner(app)
    link = ask(app, client, world)
    client.post(link, SIGNED, status=303)
    kept = look(app, world.application)[0]
    facts = {
        "statement_id": kept.id,
        "municipality_id": world.municipality.id,
        "recipients": [[world.member.email, world.member.name, "bs", world.member.id]],
    }
    with app.app_context():
        for _time in range(2):
            render_statement(**facts, at=NOON)
    client.sign_in(world.member)
    answer = client.get(f"{world.base}/partners/1/statement.pdf")
    assert answer.data.startswith(b"%PDF-")
    with app.app_context():
        subjects = db.session.execute(select(Mail.subject)).scalars().all()
    assert subjects.count("Partner je potpisao izjavu: JU Osnovna škola „Grbavica“") == 1


def test_a_changed_row_outdates_the_signature(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange_partner(app)
    link = ask(app, client, world)
    client.post(link, SIGNED, status=303)
    keep_team(app, world.application, **{"partners.1.role": "nosilac obuke"})
    client.sign_in(world.member)
    assert "zastarjela" in client.get(f"{world.base}/sections/team").text
    assert "nema važeću izjavu" in client.get(f"{world.base}/check").text


def test_links_close_with_a_sentence(
    app: Flask, client: LintingClient, at: datetime, move_to: Move
) -> None:
    world = arrange_partner(app)
    first = ask(app, client, world)
    second = ask(app, client, world)
    assert "povukla ovu izjavu" in client.get(first, status=410).text
    keep_team(app, world.application, **{"partners.1.role": "nosilac obuke"})
    assert "promijenila podatke" in client.get(second, status=410).text
    client.post(second, SIGNED, status=410)
    third = ask(app, client, world)
    move_to(DEADLINE + timedelta(seconds=1))
    assert "Rok za potpis je istekao" in client.get(third, status=410).text
    client.post(third, SIGNED, status=410)
    assert [each.signed_at for each in look(app, world.application)] == [None] * 3


def test_partner_declines_and_the_applicants_are_told(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange_partner(app)
    link = ask(app, client, world)
    client.post(f"{link}/decline", {}, status=303)
    assert "Odbili ste ovu izjavu" in client.get(link, status=410).text
    client.sign_in(world.member)
    assert "odbijena" in client.get(f"{world.base}/sections/team").text
    with app.app_context():
        subjects = db.session.execute(select(Mail.subject)).scalars().all()
    assert "Partner je odbio izjavu: JU Osnovna škola „Grbavica“" in subjects


def test_revoked_link_no_longer_opens(app: Flask, client: LintingClient, at: datetime) -> None:
    world = arrange_partner(app)
    link = ask(app, client, world)
    client.sign_in(world.member)
    client.post(f"{world.base}/partners/1/statement/revoke", {}, status=303)
    client.post(f"{world.base}/partners/1/statement/revoke", {}, status=404)
    client.sign_out()
    client.get(link, status=410)


def test_statement_on_paper_stands_until_the_row_changes(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange_partner(app, **{"partners.1.email": ""})
    client.sign_in(world.member)
    path = f"{world.base}/partners/1/statement"
    assert "adresu e-pošte" in client.post(path, {}, status=422).text
    assert "Odaberite datoteku." in client.post(f"{path}/upload", {}, status=422).text
    client.post(f"{path}/upload", {"file": (io.BytesIO(b"MZ"), "x.pdf")}, status=422)
    client.post(f"{path}/upload", {"file": (io.BytesIO(PDF), "izjava.pdf")}, status=303)
    assert "nema važeću izjavu" not in client.get(f"{world.base}/check").text
    assert client.get(f"{path}.pdf").data == PDF


def test_nobody_else_finds_a_statement(app: Flask, client: LintingClient, at: datetime) -> None:
    world = arrange_partner(app)
    link = ask(app, client, world)
    client.sign_in(world.stranger)
    for path in ("", "/revoke", "/upload"):
        client.post(f"{world.base}/partners/1/statement{path}", {}, status=404)
    client.get(f"{world.base}/partners/1/statement.pdf", status=404)
    client.get(f"{world.base}/sections/team", status=404)
    client.sign_out()
    client.get(link[:-1] + ("a" if link[-1] != "a" else "b"), status=404)
    client.get("/statements/x", status=404)
    sha256 = look(app, world.application)[0].sha256
    case = f"/m/{world.municipality.slug}/applications/{world.application.slug}"
    client.sign_in(world.member)
    client.get(f"{case}/statements/{sha256}", status=404)
    client.post(f"{world.base}/partners/9/statement", {}, status=404)


def test_guessing_links_is_slowed_down(app: Flask, client: LintingClient, at: datetime) -> None:
    for _try in range(5):
        client.get("/statements/nema", status=404)
    client.get("/statements/nema", status=429)


def test_partners_page_counts_the_same_statements_for_many_partners(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange_partner(app)
    ask(app, client, world)
    client.sign_in(world.member)
    counts = []
    for rows in (1, 3):
        many = {
            name.replace(".1.", f".{row}."): text
            for row in range(1, rows + 1)
            for name, text in PARTNER.items()
        }
        rows_text = " ".join(str(row) for row in range(1, rows + 1))
        keep_team(app, world.application, **many, **{"partners.rows": rows_text})
        for path in ("sections/team", "check"):
            client.get(f"{world.base}/{path}")
            with Statements() as seen:
                client.get(f"{world.base}/{path}")
            counts.append(len(seen))
    assert counts[:2] == counts[2:]


def make_typed(**over: object) -> Typed:
    return Typed(read_form(FORM), {**FILLED, "team": {**TEAM, **over}})


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({}, ["partner_without_statement"]),
        ({"partners.1.jib": ""}, ["partner_without_jib", "partner_without_statement"]),
        ({"partners.1.jib": "42012"}, ["partner_jib", "partner_without_statement"]),
        (
            {"partners.1.jib": "4201234500008"},
            ["partner_jib_control", "partner_without_statement"],
        ),
        (
            {"partners.1.kind": "diaspora", "partners.1.jib": ""},
            ["partner_without_country", "partner_without_statement"],
        ),
        (
            {"partners.1.kind": "diaspora", "partners.1.jib": "", "partners.1.country": "Švedska"},
            ["partner_without_statement"],
        ),
        ({"partners.1.email": "nije"}, ["partner_email", "partner_without_statement"]),
    ],
)
def test_each_kind_of_partner_lacks_its_own(over: dict[str, str], codes: list[str]) -> None:
    found = list(partner_problems(make_typed(**over), standing=()))
    assert [each.problem.code for each in found] == codes
    assert [each.problem.code for each in found if not each.is_blocking] == [
        code for code in codes if code == "partner_jib_control"
    ]


def test_state_follows_the_newest_unless_a_signature_stands() -> None:
    row = {"id": "1", "name": "Škola", "role": "domaćin"}
    facts = {"partner": signed_facts(row)}
    other = {"partner": signed_facts({**row, "role": "nosilac"})}
    asked, signed = KeptStatement("1", facts), KeptStatement("1", facts, signed_at=NOON)
    states = [
        statement_state(kept, row, is_over=is_over)[0]
        for kept, is_over in (
            ([], False),
            ([asked], False),
            ([asked], True),
            ([signed, asked], True),
            ([KeptStatement("1", other, signed_at=NOON)], False),
            ([KeptStatement("1", facts, declined_at=NOON)], False),
            ([KeptStatement("1", facts, signed_at=NOON, revoked_at=NOON)], False),
            ([KeptStatement("2", facts, signed_at=NOON)], False),
        )
    ]
    of = StatementState
    assert states == [
        *(of.NOT_ASKED, of.WAITING, of.EXPIRED, of.STANDING, of.OUTDATED, of.DECLINED),
        *(of.NOT_ASKED, of.NOT_ASKED),
    ]


def test_statement_is_asked_for_and_given_while_a_completion_runs(
    app: Flask, client: LintingClient, at: datetime, move_to: Move
) -> None:
    world = arrange_partner(app)
    after = DEADLINE + timedelta(days=2)
    with app.app_context(), tenancy.across("tests arrange"):
        application = db.session.get_one(Application, world.application.id)
        application.status = ApplicationStatus.COMPLETION_REQUESTED
        there = {
            "municipality_id": application.municipality_id,
            "application_id": application.id,
        }
        until = after + timedelta(days=3)
        reopening = Reopening(**there, parts=["team"], until=until, opened_at=after)
        counted = counting(deadline(clock.local_day(after), term=days(3), calendar=Calendar()))
        db.session.add(
            CompletionRequest(
                **there, reopening=reopening, text="Izjava.", asked_at=after, counted=counted
            )
        )
        commit()
    move_to(after)
    client.sign_in(world.member)
    page = client.get(f"{world.base}/completion").text
    assert "Izjave partnera" in page
    assert "nije poslana" in page
    answer = client.post(f"{world.base}/partners/1/statement", {"language": "bs"}, status=303)
    assert answer.location == f"{world.base}/completion#statement-1"
    link = ask(app, client, world)
    client.post(link, SIGNED, status=303)
    client.sign_in(world.member)
    assert "Potpisao/la Mirza Begić (direktor)" in client.get(f"{world.base}/completion").text
    sent = {"file": (io.BytesIO(b"MZ"), "izjava.exe")}
    client.post(f"{world.base}/partners/1/statement/upload", sent, status=422)
