"""Possible conflicts: found by the worker, shown to the chair, decided with a reason."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.audit.events import Event
from grants.audit.models import AuditEntry
from grants.db import db
from grants.evaluation.models import Conflict, Hit, Member, Sheet
from grants.jobs.worker import run_due_jobs
from grants.notifications.models import Mail
from grants.organisations.models import Organisation
from tests.client import LintingClient, Statements, commit
from tests.evaluation.test_leaks import keep_conflict
from tests.evaluation.world import APPLICANT, TITLE, World, make_world, rows

REASON = "Član je u upravi podnosioca."
DECIDED = {"is_conflict": "yes", "reason": REASON}
TOKEN = re.compile(rb'(csrf[-_]token" (?:content|value)=")[^"]+')


def search(app: Flask, client: LintingClient, world: World) -> None:
    """The chair asks; the worker finds."""
    client.sign_in(world.chair)
    client.post(f"{world.committee}/hits")
    with app.app_context():
        run_due_jobs()


def tie(app: Flask, name: str, **facts: Any) -> None:
    """What the members of this name declared."""
    with app.app_context(), tenancy.across("tests arrange"):
        for member in db.session.execute(select(Member).where(Member.name == name)).scalars():
            member.ties = facts
        commit()


def declare(client: LintingClient, world: World, **ties: str) -> None:
    """Both declarations of whoever is signed in."""
    client.post(f"{world.committee}/declaration", {"agrees": "y", **ties})
    client.post(f"{world.committee}/interests", {"agrees": "y"})


def test_declaration_is_compared_by_the_worker(app: Flask, client: LintingClient) -> None:
    world = make_world(app, is_declared=False)
    client.sign_in(world.member)
    declare(client, world, organisations=f"Nešto drugo\n{APPLICANT}", phone="061")
    [member] = rows(app, Member, key="e2", name="Edin Kovač")
    assert member.ties == {"organisations": ["Nešto drugo", APPLICANT], "phone": "061"}
    with app.app_context():
        run_due_jobs()
    found = rows(app, Hit)
    assert [(each.kind.value, each.decided_at) for each in found] == [("organisation", None)] * 2
    client.get(world.sheet())
    client.sign_in(world.chair)
    declare(client, world)
    assert "2 poklapanja" in client.get(world.committee).text
    assert "Edin Kovač" in client.get(f"{world.committee}/hits").text


def test_conflict_recuses_the_own_sheet_and_hides_the_application(
    app: Flask, client: LintingClient
) -> None:
    world = make_world(app)
    tie(app, "Edin Kovač", organisations=[APPLICANT])
    client.sign_in(world.member)
    client.post(world.sheet(), {"version": "0", "section": "1", "q-1.1": "4"})
    search(app, client, world)
    one = f"{world.committee}/hits/e2/{world.applications[0]}"
    assert APPLICANT in client.get(one).text
    client.post(one, {"is_conflict": "yes"}, status=422)
    client.post(one, DECIDED)
    [kept] = rows(app, Conflict)
    assert (kept.ground, kept.reason, kept.decided_by_id) == ("party", REASON, world.chair.id)
    [sheet] = rows(app, Sheet)
    assert sheet.is_recused
    assert "već odlučeno" in client.post(one, DECIDED, status=422).text
    client.sign_in(world.member)
    client.get(world.sheet(), status=404)


def test_member_is_told_nothing_of_the_application(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    tie(app, "Edin Kovač", organisations=[APPLICANT])
    search(app, client, world)
    client.post(f"{world.committee}/hits/e2/{world.applications[0]}", DECIDED)
    [mail] = rows(app, Mail)
    for hidden in (TITLE, APPLICANT, "NS-2026", world.applications[0], REASON):
        assert hidden not in mail.subject + mail.text
    assert "jednu prijavu" in mail.text


def test_hit_that_is_no_conflict_stays_decided(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=1)
    tie(app, "Edin Kovač", organisations=[APPLICANT])
    search(app, client, world)
    one = f"{world.committee}/hits/e2/{world.applications[0]}"
    client.post(one, {"is_conflict": "no", "reason": "Samo isto ime."})
    search(app, client, world)
    [hit] = rows(app, Hit)
    assert (hit.is_conflict, hit.reason) == (False, "Samo isto ime.")
    assert rows(app, Conflict) == []
    assert "nije sukob" in client.get(f"{world.committee}/hits").text
    with app.app_context(), tenancy.across("tests look"):
        events = db.session.execute(select(AuditEntry.event)).scalars().all()
    assert [each for each in events if "hit" in str(each)] == [
        Event.HITS_SEARCHED,
        Event.HITS_SEARCHED,
        Event.HIT_DECIDED,
        Event.HITS_SEARCHED,
    ]


def test_board_of_the_frozen_version_is_compared(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=1)
    with app.app_context(), tenancy.across("tests arrange"):
        organisation = db.session.execute(select(Organisation)).scalars().first()
        assert organisation is not None
        organisation.representative_name = "Edin Kovač"
        commit()
    search(app, client, world)
    assert rows(app, Hit) == []  # what counts is the version that was handed in


def test_office_decides_about_the_chair(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=1)
    tie(app, "Amra Hodžić", employers=[APPLICANT])
    search(app, client, world)
    [hit] = rows(app, Hit)
    assert hit.kind.value == "employer"
    assert APPLICANT not in client.get(f"{world.committee}/hits").text
    client.get(f"{world.committee}/hits/e1/{world.applications[0]}", status=404)
    client.sign_in(world.officer)
    client.get(f"{world.call}/committee")
    assert "Amra Hodžić" in client.get(f"{world.call}/committee/hits").text
    one = f"{world.call}/committee/hits/e1/{world.applications[0]}"
    assert APPLICANT in client.get(one).text
    client.post(one, {"is_conflict": "yes", "reason": "Bila je zaposlena."})
    [kept] = rows(app, Conflict)
    assert (kept.ground, kept.decided_by_id) == ("other", world.officer.id)


@pytest.mark.usefixtures("at")
def test_chair_with_a_conflict_sees_no_hit_of_it(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    tie(app, "Edin Kovač", organisations=[APPLICANT])
    search(app, client, world)
    client.sign_in(world.officer)
    mine = f"{world.call}/committee/hits"
    client.get(f"{mine}/e2/{world.applications[0]}", status=404)
    keep_conflict(app, world.chair.id, world.applications[0])
    assert "Edin Kovač" in client.get(mine).text
    client.get(f"{mine}/e2/{world.applications[0]}")
    client.sign_in(world.chair)
    assert "1 poklapanje" in client.get(world.committee).text
    hidden, none = world.applications[0], "x" * len(world.applications[0])
    answers = []
    for slug in (hidden, none):
        with Statements() as seen:
            answer = client.get(f"{world.committee}/hits/e2/{slug}", status=404)
        body = TOKEN.sub(rb"\1", answer.get_data()).replace(slug.encode(), b"*")
        answers.append((body, len(seen)))
    assert answers[0] == answers[1]
    client.post(f"{world.committee}/hits/e2/{hidden}", DECIDED, status=404)
    listed = client.get(f"{world.committee}/hits").text
    assert hidden not in listed
    assert world.applications[1] in listed


def test_start_page_counts_what_the_chair_may_decide(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    tie(app, "Edin Kovač", organisations=[APPLICANT])
    search(app, client, world)
    keep_conflict(app, world.chair.id, world.applications[0])
    said = "1 mogući sukob interesa čeka vašu odluku."
    client.sign_in(world.member)
    assert said not in client.get("/committee").text
    client.sign_in(world.chair)
    start = client.get("/committee").text
    assert said in start
    assert f"{world.committee}/hits" in start
    client.post(f"{world.committee}/hits/e2/{world.applications[1]}", DECIDED)
    assert said not in client.get("/committee").text


@pytest.mark.usefixtures("at")
def test_only_the_chair_opens_the_desk(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    for who, status in (("member", 403), ("secretary", 403), ("stranger", 404), ("applicant", 404)):
        client.sign_in(getattr(world, who))
        client.get(f"{world.committee}/hits", status=status)
        client.post(f"{world.committee}/hits", status=status)
        client.get(f"{world.call}/committee/hits", status=404)


def test_lists_ask_the_same_whatever_their_rows(app: Flask, client: LintingClient) -> None:
    for path, who in (("{0.committee}/hits", "chair"), ("{0.call}/committee/hits", "officer")):
        counts = []
        for number in (1, 3):
            world = make_world(app, applications=number)
            tie(app, "Edin Kovač", organisations=[APPLICANT])
            tie(app, "Amra Hodžić", organisations=[APPLICANT])
            search(app, client, world)
            client.sign_in(getattr(world, who))
            with Statements() as seen:
                page = client.get(path.format(world)).text
            assert page.count("čeka odluku</span></td>") == number
            counts.append(len(seen))
        assert counts[0] == counts[1] <= 8
