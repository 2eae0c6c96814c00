"""The fairness panel: computed by the worker, for whoever presides, without what is hidden."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select, update

from grants import tenancy
from grants.calls.models import Call
from grants.db import db
from grants.evaluation.models import Conflict, Member, Sheet
from grants.jobs.worker import run_due_jobs
from grants.ranking.fair import panel_of
from grants.ranking.kept import lines_kept
from grants.ranking.marks import read_kept
from grants.ranking.models import RankingPreview
from grants.ranking.panels import find_panel, panel_json
from tests.client import LintingClient, Statements
from tests.factories import DEADLINE, keep
from tests.ranking.arranging import Scored, imported, rows, scored
from tests.ranking.test_pages import chair_of, staff

SIX = (5, 4, 4, 3, 3, 2)


def work(app: Flask) -> None:
    with app.app_context():
        run_due_jobs()
        run_due_jobs()


def strict_member(app: Flask, found: Scored) -> None:
    """The third member gives one less than the others, everywhere but on the first."""
    with app.app_context(), tenancy.across("tests arrange"):
        member = select(Member.id).where(Member.key == "e3").scalar_subquery()
        for sheet in db.session.execute(select(Sheet).where(Sheet.member_id == member)).scalars():
            sheet.scores = {
                code: str(max(1, int(given) - 1)) for code, given in sheet.scores.items()
            }
        db.session.commit()


def test_panel_is_computed_by_the_worker_and_shown(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, *SIX)
    strict_member(app, found)
    client.sign_in(found.chair)
    path = f"{chair_of(found)}/fairness"
    client.get(path, status=404)
    client.post(f"{chair_of(found)}/scoring")
    assert "računa u pozadini" in client.get(path).text
    work(app)
    text = client.get(path).text
    assert "−20,00" in text.replace("-", "−")
    assert "Posljednja predložena" in text
    assert "premalo listova" not in text
    assert "Redoslijed bez navika članova" in text
    assert "Projekat 3" in text


def test_too_few_sheets_are_said_and_nothing_is_levelled(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 4)
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    work(app)
    text = client.get(f"{chair_of(found)}/fairness").text
    assert "svaki član treba najmanje 5 listova" in text
    assert "Predsjednica: 2" in text


def test_conflicted_chair_sees_nothing_of_the_application(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, *SIX, min_reviews=2)
    with app.app_context(), tenancy.across("tests arrange"):
        application = found.applications[1]
        keep(
            Conflict(
                municipality_id=application.municipality_id,
                member_id=found.committee.members[0].id,
                application_id=application.id,
                ground="party",
                declared_at=DEADLINE,
            )
        )
        db.session.commit()
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    work(app)
    text = client.get(f"{chair_of(found)}/fairness").text
    assert "Projekat 1" in text
    assert "Projekat 2" not in text
    assert str(found.applications[1].reference) not in text


def test_only_who_presides_sees_the_panel(app: Flask, client: LintingClient, at: datetime) -> None:
    found = scored(app, *SIX)
    client.sign_in(found.evaluator)
    client.get(f"{chair_of(found)}/fairness", status=403)
    client.sign_in(found.officer)
    client.get(f"{staff(found.call)}/fairness", status=403)
    client.get(f"{chair_of(found)}/fairness", status=404)


def test_imported_call_is_weighed_when_asked(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    call, officer = imported(app, at)
    client.sign_in(officer)
    path = f"{staff(call)}/fairness"
    assert "Izračunaj" in client.get(path).text
    client.post(path)
    work(app)
    text = client.get(path).text
    assert "Razmak u bodovima" in text
    kept = rows(app, RankingPreview)[0].content["fairness"]
    assert len(kept["totals"]) == 58
    work(app)
    assert rows(app, RankingPreview)[0].content["fairness"] == kept


def test_kept_panel_is_the_one_drawn_anew(app: Flask, client: LintingClient, at: datetime) -> None:
    found = scored(app, *SIX)
    strict_member(app, found)
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    work(app)
    with app.app_context(), tenancy.within(found.municipality.id):
        call = db.session.get(Call, found.call.id)
        assert call is not None
        kept, _mark = read_kept(call)
        assert kept is not None
        anew = panel_of(kept.content["fairness"], lines_kept(kept), hidden=())
        drawn = find_panel(call, hidden=()).panel
        assert drawn is not None
        assert panel_json(drawn) == panel_json(anew) == kept.content["panel"]
        assert list(drawn.habits) == list(anew.habits)
        assert list(drawn.tips) == list(anew.tips)
        assert list(drawn.cuts) == list(anew.cuts)
        assert [each.moved for each in drawn.places] == [each.moved for each in anew.places]
        assert (len(drawn.places), bool(drawn.tips), bool(drawn.cuts)) == (3, True, True)


@pytest.mark.parametrize("scores", [(5,), (5, 4, 3)])
def test_panel_takes_few_statements(
    app: Flask, client: LintingClient, at: datetime, scores: tuple[int, ...]
) -> None:
    found = scored(app, *scores)
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    work(app)
    client.get(f"{chair_of(found)}/fairness")
    with Statements() as seen:
        client.get(f"{chair_of(found)}/fairness")
    assert len(seen) == 6


def test_a_decision_asks_for_new_figures(app: Flask, client: LintingClient, at: datetime) -> None:
    found = scored(app, *SIX)
    client.sign_in(found.chair)
    client.post(f"{chair_of(found)}/scoring")
    work(app)
    with app.app_context(), tenancy.across("tests arrange"):
        db.session.execute(update(RankingPreview).values(mark="starije"))
        db.session.commit()
    assert "ponovo se računa" in client.get(f"{chair_of(found)}/fairness").text
