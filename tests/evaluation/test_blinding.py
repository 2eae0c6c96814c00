"""Blind scoring: no page of the committee says whose an application is."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.applications.models import Application, ApplicationDocument, Partner, Snapshot
from grants.calls.models import Call
from grants.db import db
from grants.documents.models import Document
from grants.evaluation.models import Committee, Conflict, Member
from grants.evaluation.rules.blinding import COVER, Mask, blind_snapshot, mask_of
from grants.jobs.worker import run_due_jobs
from tests.client import LintingClient, commit
from tests.evaluation.test_signing_again import fill
from tests.evaluation.world import SIGNATURE, World, make_world, rows
from tests.factories import keep, make_document

SNAPSHOT: dict[str, Any] = {
    "title": "Zelene staze udruženja Plava Drina",
    "organisation": {
        "name": "Udruženje građana „Plava Drina“",
        "short_name": "UG Plavadri",
        "representative_name": "Đenana Subašić",
        "contact_name": "Ana Šarić",
        "phone": "033 123 456",
        "jib": "4201234500007",
        "account": "1010000000000135",
        "board": [{"name": "Mirza Kovač", "function": "član", "email": ""}],
    },
    "partners": [{"name": "Fondacija Most", "representative": "Ivo Perić"}],
    "answers": {
        "summary": {
            "summary": "Plavu Drinu vode Đenana Subašić i Kovač Mirza, a most preko rijeke stoji. "
            "Pišite na info@plava.example.ba ili 033/123-456. Partner je Most. "
            "Udruženju Plava Drina pomaže i Ive Perića ured od 2019-2024."
        },
        "team": {"team": [{"name": "Selma Begić", "role": "koordinatorica Selma Begić"}]},
    },
    "documents": [{"code": "statute", "name": "statut-plava-drina.pdf"}],
}
FORBIDDEN = (
    *("Drin", "Plavadri", "Subašić", "Kovač Mirza", "Mirza Kovač", "Šarić", "plava", "033/123"),
    *("4201234500007", "1010000000000135", "Perić", "Begić", "statut"),
)


def test_names_are_covered_in_every_form_and_the_rest_stays() -> None:
    covered = blind_snapshot(SNAPSHOT)
    text = json.dumps(covered, ensure_ascii=False)
    assert [word for word in FORBIDDEN if word in text] == []
    assert "most preko rijeke stoji" in text
    assert "2019-2024" in text
    assert covered["answers"]["team"]["team"][0] == {
        "name": COVER,
        "role": f"koordinatorica {COVER}",
    }


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Subašić Đenana", COVER),
        ("s Đenanom Subašićem", f"s {COVER}"),
        ("Ђенана Субашић", COVER),
        ("djenana subasic", COVER),
        ("Đenana je ovdje", "Đenana je ovdje"),
        ("Plavoj Drini.", f"{COVER}."),
        ("plava i zelena", "plava i zelena"),
        ("JIB 42012 34500 007", f"JIB {COVER}"),
        ("", ""),
    ],
)
def test_mask_knows_case_endings_and_scripts(text: str, covered: str) -> None:
    assert mask_of(SNAPSHOT)(text) == covered


def test_mask_of_nothing_covers_nothing_but_addresses() -> None:
    assert Mask()("Ana, 033 123 456, www.ana.ba") == f"Ana, 033 123 456, {COVER}"


def make_blind(app: Flask, **over: Any) -> World:
    """A blind call whose applications say who applied wherever they can."""
    world = make_world(app, **over)
    with app.app_context(), tenancy.across("tests arrange"):
        slug = world.call.rsplit("/", 1)[1]
        call = db.session.execute(select(Call).where(Call.slug == slug)).scalar_one()
        call.is_blind = True
        for application in db.session.execute(
            select(Application).where(Application.slug.in_(world.applications))
        ).scalars():
            application.organisation_name = SNAPSHOT["organisation"]["name"]
            application.title = SNAPSHOT["title"]
            _give_away(application)
        commit()
    return world


def _give_away(application: Application) -> None:
    kept = select(Snapshot).where(Snapshot.application_id == application.id)
    snapshot = db.session.execute(kept).scalar_one()
    snapshot.facts = json.dumps({**snapshot.read(), **SNAPSHOT})
    shared = {"municipality_id": application.municipality_id, "application_id": application.id}
    partner = SNAPSHOT["partners"][0]
    keep(Partner(**shared, version=1, position=0, name=partner["name"]))
    keep(
        ApplicationDocument(
            **shared,
            code="statute",
            document=make_document("statut-plava-drina.pdf"),
            added_at=application.started_at,
        )
    )


def pages_of(world: World) -> list[str]:
    """Every page of the committee that shows something of applications."""
    views = ("evidence", "whole", "budget", "logframe", "documents")
    one = world.sheet()
    return [
        *(world.committee + page for page in ("", "/hits", "/assignment", "/sheets", "/own")),
        f"{world.committee}/assignment?mode=automatic&sheets_each=2",
        *(world.committee + page for page in ("/divergence", "/meetings", "/ranking")),
        *(f"{one}?view={view}" for view in views),
        *(one + page for page in ("/review", "/conflict", "/note", "/text", "/text/form.txt")),
        f"{one}/sheets/e1/reopen",
        "/committee",
        "/inbox",
    ]


def test_no_page_of_the_committee_names_the_applicant(app: Flask, client: LintingClient) -> None:
    world = make_blind(app)
    client.sign_in(world.chair)
    client.post(f"{world.committee}/hits", status=403)
    fill(client, world.sheet())
    client.post(f"{world.sheet()}/review", {"version": "1", **SIGNATURE})
    for who in (world.chair, world.member, world.secretary):
        client.sign_in(who)
        for path in pages_of(world):
            page = client.ask("GET", path).get_data(as_text=True)
            assert [word for word in FORBIDDEN if word in page] == [], path
    client.sign_in(world.chair)
    assert "podnosilac je skriven" in client.get(world.sheet()).text
    assert "most preko rijeke" in client.get(f"{world.sheet()}?view=evidence&section=1").text


def test_attachment_is_not_handed_out(app: Flask, client: LintingClient) -> None:
    world = make_blind(app)
    [slug, *_others] = [each.slug for each in rows(app, Document, name="statut-plava-drina.pdf")]
    client.sign_in(world.member)
    client.get(f"{world.sheet()}/documents/{slug}", status=404)
    assert "/documents/" not in client.get(f"{world.sheet()}?view=documents").text


def test_interests_are_declared_by_name_alone(app: Flask, client: LintingClient) -> None:
    world = make_blind(app, is_declared=False)
    client.sign_in(world.member)
    client.post(f"{world.committee}/declaration", {"agrees": "y"})
    page = client.get(f"{world.committee}/interests").text
    assert page.count("Plava Drina") == 2
    assert "Fondacija Most" in page
    assert "-001" not in page
    for slug in world.applications:
        assert slug not in page
    field = page.split('name="conflict-')[1].split('"')[0]
    client.post(f"{world.committee}/interests", {f"conflict-{field}": "party", "agrees": "y"})
    assert len(rows(app, Conflict)) == 2
    client.get(world.sheet(), status=404)


def test_office_decides_every_hit_of_a_blind_call(app: Flask, client: LintingClient) -> None:
    world = make_blind(app)
    with app.app_context(), tenancy.across("tests arrange"):
        found = select(Member).where(Member.user_id == world.member.id)
        db.session.execute(found).scalar_one().ties = {"organisations": ["Plava Drina"]}
        commit()
    client.sign_in(world.officer)
    client.post(f"{world.call}/committee/hits")
    with app.app_context():
        run_due_jobs()
    assert "Edin Kovač" in client.get(f"{world.call}/committee/hits").text
    client.get(f"{world.call}/committee/hits/e2/{world.applications[0]}")


def test_applicants_are_known_once_scoring_is_closed(app: Flask, client: LintingClient) -> None:
    world = make_blind(app)
    with app.app_context(), tenancy.across("tests arrange"):
        slug = world.committee.removeprefix("/committee/")
        found = db.session.execute(select(Committee).where(Committee.slug == slug)).scalar_one()
        found.scoring_closed_at = found.appointed_at
        commit()
    client.sign_in(world.member)
    assert "Plava Drina" in client.get(world.committee).text
    with app.app_context(), tenancy.across("tests look"):
        names = select(Application.organisation_name).distinct()
        assert list(db.session.execute(names).scalars()) == [SNAPSHOT["organisation"]["name"]]
