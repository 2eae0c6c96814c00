"""The dossier of a call that was led here: built out of its rows."""

from datetime import datetime

from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.calls.models import Call
from grants.db import db
from grants.dossier.cli import dossier
from grants.dossier.queries import get_call_of_reference
from grants.dossier.rules.checking import check_dossier
from grants.dossier.rules.reading import parse
from grants.evaluation.models import Conflict
from grants.people.actors import SYSTEM
from grants.programmes.actions import Award, ensure_programme, enter_award
from grants.ranking.dossiers import read_dossier
from grants.ranking.models import Ranking
from tests.client import LintingClient
from tests.ranking.arranging import rows, scored

CLOSING = {"held_on": "9. 2. 2026.", "present": ["e1", "e2"], "votes_for": "2"}


def test_export_of_an_own_call_is_a_valid_dossier(app: Flask, at: datetime) -> None:
    found = scored(app, 5, 3)
    with app.app_context(), tenancy.within(found.municipality.id):
        conflict = Conflict(
            member_id=found.committee.members[2].id,
            application_id=found.applications[1].id,
            ground="other",
            declared_at=at,
        )
        db.session.add(conflict)
        db.session.commit()
    result = app.test_cli_runner().invoke(dossier, ["export", found.call.reference])
    assert (result.exit_code, result.stderr) == (0, "")
    read = parse(result.stdout_bytes)
    assert read.canonical() == result.stdout_bytes
    first, second = read.content["applications"]
    assert [first["reference"], second["reference"]] == [
        each.reference for each in found.applications
    ]
    assert first["organisation"] == "o01"
    assert [each["key"] for each in read.content["committee"]] == ["e1", "e2", "e3"]
    reviews = [(each["application"], each["conflict"]) for each in read.content["reviews"]]
    assert reviews.count((second["reference"], True)) == 1
    assert len(reviews) == 6
    assert {tuple(each["violations"]) for each in check_dossier(read)["applications"]} == {
        ("budget_sum",)
    }


def test_export_after_closing_is_what_the_ranking_rests_on(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    found = scored(app, 5, 3)
    with app.app_context(), tenancy.within(found.municipality.id):
        call = db.session.execute(select(Call).where(Call.id == found.call.id)).scalar_one()
        call.programme_id = ensure_programme("ReLOaD2").id
        _award(found.applications[0].organisation_id or 0, call.programme_id, "before", at)
        db.session.commit()
    path = f"/committee/{found.committee.slug}/ranking"
    client.sign_in(found.chair)
    client.post(f"{path}/scoring")
    client.post(f"{path}/close", CLOSING)
    with app.app_context(), tenancy.within(found.municipality.id):
        later = at.replace(year=2027)
        programme = ensure_programme("ReLOaD2").id
        _award(found.applications[0].organisation_id or 0, programme, "decision:1", later)
        db.session.commit()
    with app.app_context():
        call_now = get_call_of_reference(found.call.reference)
        assert call_now is not None
        with tenancy.within(call_now.municipality_id):
            exported = read_dossier(call_now).canonical()
    assert exported.decode() == rows(app, Ranking)[0].inputs
    organisations = parse(exported).content["organisations"]
    assert [each["prior_awards"] for each in organisations] == ["950.00", "0.00"]


def _award(organisation_id: int, programme_id: int, source: str, at: datetime) -> None:
    award = Award(programme_id, organisation_id, 95_000, source)
    enter_award(award, by=SYSTEM, at=at)
