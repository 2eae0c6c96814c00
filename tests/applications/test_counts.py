"""Pages of a draft take as many statements for thirty rows, files and partners as for one."""

from typing import Any

import pytest
from flask import Flask

from grants import tenancy
from grants.applications.models import ApplicationDocument, DraftSection
from grants.db import db
from tests.applications.arranging import FILLED, LINES, Arranged, arrange, make_budget
from tests.client import LintingClient, Statements, commit
from tests.factories import OPENS, keep, make_document

PAGES = ("summary", "problem", "logframe", "plan", "budget", "team")


def rows(section: str, question: str, count: int, **cells: str) -> dict[str, Any]:
    """A filled section whose table has so many rows, as typed."""
    numbers = range(1, count + 1)
    typed = {f"{question}.{at}.{name}": text for at in numbers for name, text in cells.items()}
    return {
        **FILLED[section],
        **typed,
        f"{question}.rows": " ".join(str(at) for at in numbers),
    }


def fill(app: Flask, world: Arranged, count: int) -> None:
    """So many lines, activities, target groups, people, partners and files."""
    typed = {
        "problem": rows("problem", "target_groups", count, group="Učenici", women="1", men="1"),
        "plan": rows("plan", "activities", count, title="Sadnja", result="1", months="1"),
        "budget": make_budget(LINES[:1] * count),
        "team": {
            **rows("team", "team", count, name="Amra", role="vodi", experience="Da"),
            **rows("team", "partners", count, name="Partner", role="pomaže"),
            "has_partners": "yes",
        },
    }
    owner = {
        "municipality_id": world.municipality.id,
        "application_id": world.application.id,
    }
    with app.app_context(), tenancy.across("tests arrange"):
        for row in db.session.execute(db.select(DraftSection)).scalars():
            row.answers = typed.get(row.key, row.answers)
        code = world.call.required_documents[0]["code"]
        for at in range(count):
            document = make_document(f"prilog-{count}-{at}.pdf")
            keep(ApplicationDocument(**owner, code=code, document_id=document.id, added_at=OPENS))
        commit()


@pytest.mark.usefixtures("at")
def test_pages_of_a_draft_need_the_same_statements_for_one_and_for_thirty(
    app: Flask, client: LintingClient
) -> None:
    world = arrange(app)
    client.sign_in(world.representative)
    client.get(f"{world.base}/check")
    paths = [f"{world.base}/check", *(f"{world.base}/sections/{page}" for page in PAGES)]
    counted = []
    for count in (1, 30):
        fill(app, world, count)
        counted.append({path: statements(client, path) for path in paths})
    assert counted[0] == counted[1]
    assert max(counted[1].values()) <= 12


def statements(client: LintingClient, path: str) -> int:
    """How many statements a page takes."""
    with Statements() as seen:
        client.get(path)
    return len(seen)
