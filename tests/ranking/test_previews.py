"""The ranking before it is closed: computed at once where it is small, kept where it is big."""

from datetime import datetime

import pytest
from flask import Flask

from grants import tenancy
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.db import db
from grants.jobs.worker import run_due_jobs
from grants.ranking.models import RankingPreview
from tests.client import LintingClient, Statements
from tests.ranking.arranging import Scored, rows, scored
from tests.ranking.test_pages import chair_of, staff

BIG = (5,) + (4,) * 200
IS_STALE = "rang-lista se ponovo računa"


@pytest.fixture
def big(app: Flask, client: LintingClient) -> Scored:
    """More applications than are ranked while the page waits, their scoring ended."""
    found = scored(app, *BIG, min_reviews=3)
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    return found


def _work(app: Flask) -> None:
    with app.app_context():
        run_due_jobs()


def _reduce(client: LintingClient, found: Scored, reason: str = "Manji obim") -> None:
    fields = {"reference": str(found.applications[0].reference), "amount": "10.000,00"}
    client.post(f"{chair_of(found)}/amounts", {**fields, "reason": reason})


def test_big_ranking_is_computed_by_the_worker_and_shown_as_kept(
    app: Flask, client: LintingClient, big: Scored
) -> None:
    page = chair_of(big)
    assert "Rang-lista se upravo računa" in client.get(page).text
    _work(app)
    text = client.get(page).text
    assert "Projekat 201" in text
    assert IS_STALE not in text
    _reduce(client, big)
    assert IS_STALE in client.get(page).text
    _work(app)
    text = client.get(page).text
    assert IS_STALE not in text
    assert "umanjeno uz obrazloženje" in text
    assert len(rows(app, RankingPreview)) == 1


def test_big_ranking_is_right_when_something_else_changed_it(
    app: Flask, client: LintingClient, big: Scored
) -> None:
    _work(app)
    with app.app_context(), tenancy.within(big.municipality.id):
        application = db.session.get(Application, big.applications[200].id)
        assert application is not None
        application.status = ApplicationStatus.WITHDRAWN
        db.session.commit()
    text = client.get(chair_of(big)).text
    assert "Projekat 200" in text
    assert "Projekat 201" not in text
    assert IS_STALE not in text


def test_kept_ranking_shows_what_a_computed_one_shows(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4, 4, 1)
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    _reduce(client, found)
    client.get(chair_of(found))  # what was said about the amount is said once
    computed = _without_token(client.get(chair_of(found)).text)
    _work(app)
    assert _without_token(client.get(chair_of(found)).text) == computed


def _without_token(text: str) -> str:
    kept = [line for line in text.splitlines() if "csrf" not in line]
    return "\n".join(kept)


@pytest.mark.parametrize("scores", [(5,), (5, 4, 3)])
def test_kept_ranking_takes_few_statements(
    app: Flask, client: LintingClient, at: datetime, scores: tuple[int, ...]
) -> None:
    found = scored(app, *scores)
    client.sign_in(found.chair)
    with Statements() as scoring:
        client.get(chair_of(found))
    client.post(f"{chair_of(found)}/scoring")
    _work(app)
    with Statements() as of_chair:
        client.get(chair_of(found))
    client.sign_in(found.officer)
    with Statements() as of_staff:
        client.get(staff(found.call))
    assert (len(scoring), len(of_chair), len(of_staff)) == (7, 7, 7)
