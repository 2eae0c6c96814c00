"""Nobody learns of an application what they may not know, from any address of the committee."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.applications.models import Application
from grants.db import db
from grants.evaluation.models import Conflict, Member
from tests.client import LintingClient, Statements, commit
from tests.evaluation.world import APPLICANT, TITLE, World, make_world, rows
from tests.factories import keep

PAGES = ("", "/review", "/conflict", "/documents/nema")
TOKEN = re.compile(rb'(csrf[-_]token" (?:content|value)=")[^"]+')


def addresses(world: World, number: int) -> list[str]:
    """Every address of one application, with every view of it."""
    views = [f"{world.sheet(number)}?view={view}" for view in ("whole", "budget", "documents")]
    return [*(world.sheet(number) + page for page in PAGES), *views]


def declare_conflict(app: Flask, world: World, number: int) -> None:
    """The member Edin Kovač has a conflict with one of the applications."""
    keep_conflict(app, world.member.id, world.applications[number])


def keep_conflict(app: Flask, user_id: int, slug: str) -> None:
    """A conflict of whoever has this account with the application of an address."""
    with app.app_context(), tenancy.across("tests arrange"):
        wanted = select(Application).where(Application.slug == slug)
        application = db.session.execute(wanted).scalar_one()
        found = select(Member).where(Member.user_id == user_id)
        member = db.session.execute(found).scalar_one()
        keep(
            Conflict(
                municipality_id=member.municipality_id,
                member_id=member.id,
                application_id=application.id,
                ground="party",
                declared_at=application.started_at,
            )
        )
        commit()


def test_conflicted_member_finds_nothing(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    declare_conflict(app, world, 0)
    client.sign_in(world.member)
    own = client.get(world.committee).text
    assert f"{TITLE} 0" not in own
    assert "0</b> od 1" in own
    assert "od 1" in client.get("/committee").text
    other = client.get(world.sheet(1)).text
    assert f"{TITLE} 0" not in other
    assert world.applications[0] not in other
    for path in addresses(world, 0):
        client.get(path, status=404)
    for page in ("", "/review", "/conflict"):
        client.post(world.sheet(0) + page, {}, status=404)


@pytest.mark.usefixtures("at")
def test_hidden_application_answers_like_one_that_does_not_exist(
    app: Flask, client: LintingClient
) -> None:
    world = make_world(app)
    declare_conflict(app, world, 0)
    client.sign_in(world.member)
    client.get(world.committee)  # the session's cookie is set once
    hidden, none = world.applications[0], "x" * len(world.applications[0])
    for page in PAGES:
        answers = []
        for slug in (hidden, none):
            with Statements() as seen:
                response = client.get(f"{world.committee}/{slug}{page}", status=404)
            body = TOKEN.sub(rb"\1", response.get_data()).replace(slug.encode(), b"*")
            answers.append((body, len(seen), sorted(dict(response.headers))))
        assert answers[0] == answers[1]


@pytest.mark.parametrize("who", ["stranger", "officer", "applicant"])
def test_people_outside_the_committee_find_nothing(
    app: Flask, client: LintingClient, who: str
) -> None:
    world = make_world(app)
    client.sign_in(getattr(world, who))
    paths = [world.committee, f"{world.committee}/declaration", f"{world.committee}/interests"]
    for path in [*paths, *addresses(world, 0)]:
        client.get(path, status=404)
    assert TITLE not in client.get("/committee").text


def test_member_before_the_declaration_finds_no_title_count_or_name(
    app: Flask, client: LintingClient
) -> None:
    world = make_world(app, is_declared=False)
    client.sign_in(world.member)
    for path in addresses(world, 0):
        client.get(path, status=404)
    page = client.get("/committee").text
    for hidden in (TITLE, APPLICANT, "od 2"):
        assert hidden not in page
    client.get(f"{world.committee}/interests", status=302)
    client.post(f"{world.committee}/interests", {"agrees": "y"}, status=302)
    assert rows(app, Conflict) == []


def test_secretary_sees_the_list_and_scores_nothing(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    client.sign_in(world.secretary)
    assert TITLE in client.get(world.committee).text
    client.get(world.sheet(), status=403)
    client.post(world.sheet(), {}, status=403)


def test_officer_sees_progress_and_never_a_score(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    client.sign_in(world.chair)
    client.post(world.sheet(), {"version": "0", "section": "1", "c-1": "Tajni komentar."})
    client.sign_in(world.officer)
    page = client.get(f"{world.call}/committee").text
    assert "Tajni komentar." not in page
    assert "0 / 2" in page
    client.sign_in(world.stranger)
    client.get(f"{world.call}/committee", status=404)
