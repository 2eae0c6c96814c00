"""The staff's pages: start, calls, one call, search."""

from datetime import timedelta

import pytest
from flask import Flask

from grants.acts.rules import ActKind, ActStatus
from grants.applications.rules.states import ApplicationStatus
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.eligibility.models import Check
from grants.eligibility.rules.findings import ITEM_CODES, Finding
from grants.evaluation.models import Hit
from grants.evaluation.rules.matching import HitKind
from grants.people.rules import Role
from tests.client import LintingClient, Statements
from tests.conftest import NOON
from tests.desk.arranging import Desk, add_cases, make_desk
from tests.factories import (
    keep,
    make_act,
    make_application,
    make_call,
    make_committee,
    make_municipality,
    make_user,
)


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A town hall."""
    with app.app_context():
        return make_desk()


def count_statements(client: LintingClient, path: str) -> int:
    """How many statements the page takes."""
    with Statements() as seen:
        client.get(path)
    return len(seen)


def test_start_leads_to_where_the_work_is(client: LintingClient, desk: Desk) -> None:
    assert client.sign_in(desk.officer).get("/start", status=302).location == desk.url
    assert client.sign_in(desk.applicant).get("/start", status=302).location == "/my"


def test_office_says_what_waits_for_whom(app: Flask, client: LintingClient, desk: Desk) -> None:
    with app.app_context():
        add_cases(desk, 2)
        make_act(desk.town, status=ActStatus.DRAFT)
        db.session.commit()
    assert "2 prijave čekaju ishod" in client.sign_in(desk.officer).get(desk.url).text
    signatory = client.sign_in(desk.signatory).get(desk.url).text
    assert "1 akt čeka potpis." in signatory
    assert "Ništa vas ne čeka" in client.sign_in(desk.auditor).get(desk.url).text


def test_second_look_waits_for_the_officer_who_has_not_taken_the_first(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    with app.app_context():
        other = make_user("Druga službenica", (Role.OFFICER, desk.town.id))
        call = make_call(desk.town, status=CallStatus.OPENED, is_checked_twice=True)
        case = make_application(call, status=ApplicationStatus.REGISTERED)
        for item in sorted(ITEM_CODES):
            keep(
                Check(
                    municipality_id=desk.town.id,
                    application_id=case.id,
                    item=item,
                    finding=Finding.YES,
                    checked_at=NOON,
                    checked_by_id=desk.officer.id,
                )
            )
        db.session.commit()
    said = "1 prijava čeka vašu drugu provjeru."
    assert said in client.sign_in(other).get(desk.url).text
    assert said not in client.sign_in(desk.officer).get(desk.url).text
    assert said not in client.sign_in(desk.signatory).get(desk.url).text


def test_committee_that_is_proposed_or_changed_waits_for_the_signatory(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    proposed = "Predložena komisija čeka imenovanje."
    changed = "1 izmjena sastava komisije čeka potpis."
    with app.app_context():
        committee = make_committee(desk.call, make_user("Članica"))
        committee.appointed_at = None
        call = make_call(desk.town, status=CallStatus.SCORING, title="Drugi poziv")
        make_committee(call, make_user("Druga članica"))
        make_act(desk.town, kind=ActKind.COMMITTEE_CHANGE, subject_kind="Call", subject_id=call.id)
        db.session.commit()
        addresses = [f"/calls/{each.slug}/committee" for each in (desk.call, call)]
    page = client.sign_in(desk.signatory).get(desk.url).text
    for shown in (proposed, changed, *addresses):
        assert shown in page
    assert "akt čeka potpis" not in page
    page = client.sign_in(desk.officer).get(desk.url).text
    assert proposed not in page
    assert changed not in page


def test_undecided_ties_of_a_blind_call_wait_for_the_officer(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    said = "1 mogući sukob interesa čeka odluku."
    with app.app_context():
        for is_blind in (True, False):
            call = make_call(desk.town, status=CallStatus.SCORING, is_blind=is_blind)
            [member] = make_committee(call, make_user("Članica")).members
            case = make_application(call, status=ApplicationStatus.ELIGIBLE)
            for mark in ("jedan", "dva"):
                keep(
                    Hit(
                        municipality_id=desk.town.id,
                        member_id=member.id,
                        application_id=case.id,
                        kind=HitKind.ORGANISATION,
                        mark=mark,
                        evidence={},
                        found_at=NOON,
                    )
                )
        db.session.commit()
    assert client.sign_in(desk.officer).get(desk.url).text.count(said) == 1
    assert said not in client.sign_in(desk.signatory).get(desk.url).text


def test_calls_take_as_many_statements_for_three_as_for_one(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    client.sign_in(desk.officer)
    once = count_statements(client, f"{desk.url}/calls")
    with app.app_context():
        for _ in range(2):
            call = make_call(desk.town)
            make_application(call)
        db.session.commit()
    assert count_statements(client, f"{desk.url}/calls") == once <= 8


def test_office_takes_as_many_statements_for_three_calls_as_for_one(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    roles = (Role.OFFICER, Role.SIGNATORY, Role.FINANCE)
    with app.app_context():
        everything = make_user("Sve u jednom", *((role, desk.town.id) for role in roles))
        db.session.commit()
    client.sign_in(everything)
    once = count_statements(client, desk.url)
    with app.app_context():
        for _ in range(2):
            call = make_call(desk.town)
            make_application(call)
            make_application(call, status=ApplicationStatus.DRAFT)
        db.session.commit()
    assert count_statements(client, desk.url) == once <= 8


def test_call_takes_as_many_statements_for_three_applications_as_for_one(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    client.sign_in(desk.officer)
    with app.app_context():
        add_cases(desk, 1)
    once = count_statements(client, desk.call_url)
    with app.app_context():
        add_cases(desk, 2)
    assert count_statements(client, desk.call_url) == once <= 8


@pytest.mark.parametrize(
    ("stage", "status", "days", "shown"),
    [
        ("draft", CallStatus.DRAFT, 9, True),
        ("applications", CallStatus.PUBLISHED, 9, True),
        ("check", CallStatus.PUBLISHED, -1, True),
        ("applications", CallStatus.PUBLISHED, -1, False),
        ("scoring", CallStatus.SCORING, -1, True),
        ("implementation", CallStatus.ARCHIVED, -1, True),
    ],
)
def test_stage_filters_calls_by_status_and_clock(
    app: Flask,
    client: LintingClient,
    desk: Desk,
    at: object,
    stage: str,
    status: CallStatus,
    days: int,
    shown: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    with app.app_context():
        make_call(desk.town, title="Tražena", status=status, deadline=NOON + timedelta(days=days))
        db.session.commit()
    page = client.sign_in(desk.officer).get(f"{desk.url}/calls?stage={stage}").text
    assert ("Tražena" in page) is shown


def test_applications_are_filtered_by_words_state_and_lot(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    with app.app_context():
        add_cases(desk, 1, title="Đerdan od stakla", lot="1")
        add_cases(desk, 1, title="Škola roditeljstva", status=ApplicationStatus.ELIGIBLE)
        add_cases(desk, 1, title="Tajni nacrt", status=ApplicationStatus.DRAFT)
    client.sign_in(desk.officer)

    def shown(query: str) -> list[str]:
        page = client.get(f"{desk.call_url}?{query}").text
        return [title for title in ("Đerdan", "Škola", "nacrt</a>") if title in page]

    assert shown("") == ["Đerdan", "Škola"]
    assert shown("q=djerdan") == ["Đerdan"]
    assert shown("q=zeleni+miljacka") == ["Đerdan", "Škola"]
    assert shown("status=eligible") == ["Škola"]
    assert shown("lot=1") == ["Đerdan"]
    assert shown("q=nema") == []


def test_applications_are_taken_away_as_filtered_without_a_formula(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    client.sign_in(desk.officer)
    url = f"{desk.call_url}/applications.csv"
    with app.app_context():
        add_cases(desk, 1, title="=HYPERLINK(1)", lot="1", requested=1_234_550)
    with Statements() as one:
        lines = client.get(url).get_data(as_text=True).splitlines()
    assert lines[0].startswith("\ufeffBroj;Projekat;Organizacija;Oblast;Podnesena;Traženo (KM)")
    assert "'=HYPERLINK(1)" in lines[1]
    assert ";1;" in lines[1]
    assert ";12345,5;" in lines[1]
    with app.app_context():
        add_cases(desk, 2, lot="3")
        add_cases(desk, 1, title="Tajni nacrt", status=ApplicationStatus.DRAFT)
    with Statements() as three:
        assert len(client.get(url).get_data(as_text=True).splitlines()) == 4
    assert len(one) == len(three) <= 8
    assert len(client.get(f"{url}?lot=1").get_data(as_text=True).splitlines()) == 2
    client.sign_in(desk.applicant).get(url, status=404)


def test_search_finds_own_calls_and_applications_only(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    with app.app_context():
        add_cases(desk, 1, title="Čuvari rijeke")
        add_cases(desk, 1, title="Čuvari nacrta", status=ApplicationStatus.DRAFT)
        make_call(make_municipality(), title="Čuvari tuđeg grada")
        db.session.commit()
    page = client.sign_in(desk.auditor).get(f"{desk.url}/search?q=cuvari").text
    assert "Čuvari rijeke" in page
    assert "Čuvari tuđeg" not in page
    assert "Čuvari nacrta" not in page
    assert "Ništa nije nađeno" in client.get(f"{desk.url}/search?q=xyzzy").text


def test_inner_pages_do_not_exist_for_others(app: Flask, client: LintingClient, desk: Desk) -> None:
    pages = (
        "",
        "/calls",
        "/search",
        f"/calls/{desk.call.slug}",
        f"/calls/{desk.call.slug}/history",
    )
    client.sign_in(desk.applicant)
    assert [client.get(desk.url + page, status=404).status_code for page in pages] == [404] * 5


def test_call_of_another_municipality_is_not_there(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    with app.app_context():
        foreign = make_call(make_municipality())
        db.session.commit()
        path = f"{desk.url}/calls/{foreign.slug}"
    client.sign_in(desk.officer).get(path, status=404)
