"""Import and export: the same bytes, all of it or nothing, and what was decided since."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from grants import tenancy
from grants.applications.models import Application, ApplicationDocument, BudgetRow
from grants.applications.rules.states import ApplicationStatus
from grants.audit.models import AuditEntry
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus, Origin
from grants.db import db
from grants.dossier.actions.importing import import_dossier
from grants.dossier.cli import dossier
from grants.dossier.queries import get_call_of_reference
from grants.dossier.rules.reading import parse
from grants.eligibility.models import EligibilityOutcome
from grants.errors import DomainError
from grants.evaluation.models import Committee, Conflict, Member, Sheet, SheetStatus
from grants.municipalities.models import Municipality
from grants.people.actors import SYSTEM
from grants.ranking.dossiers import read_dossier
from grants.ranking.models import Reduction, TieVote
from grants.ranking.rules.printed import rank_dossier
from tests.dossier.making import (
    make_application,
    make_call,
    make_dossier,
    make_organisation,
    make_review,
    random_dossier,
    raw,
)
from tests.factories import CASES
from tests.factories import make_organisation as make_registered

CASE_FILES = sorted(
    path for path in CASES.glob("*.json") if not path.name.endswith(".expected.json")
)


def run(app: Flask, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(dossier, list(arguments))


def count(model: type[Any]) -> int:
    with tenancy.across("tests look"):
        return int(db.session.execute(select(func.count()).select_from(model)).scalar_one())


def rows(model: type[Any]) -> list[Any]:
    with tenancy.across("tests look"):
        return list(db.session.execute(select(model).order_by(model.id)).scalars())


@pytest.mark.parametrize("file", CASE_FILES, ids=lambda file: file.stem)
def test_export_gives_the_canonical_bytes_of_what_was_imported(app: Flask, file: Path) -> None:
    read = parse(file.read_bytes())
    imported = run(app, "import", str(file))
    exported = run(app, "export", read.call["reference"])
    assert (imported.exit_code, imported.stdout, imported.stderr) == (0, "", "")
    assert (exported.exit_code, exported.stderr) == (0, "")
    assert exported.stdout_bytes == read.canonical()


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**9))
def test_random_dossiers_come_back_as_they_went(
    app: Flask, context: None, at: datetime, seed: int
) -> None:
    content = random_dossier(seed)
    reference = f"P-{uuid4().hex}"
    content["call"]["reference"] = reference
    given_dossier = parse(raw(content))
    import_dossier(given_dossier, by=SYSTEM, at=at)
    db.session.commit()
    db.session.expunge_all()
    call = get_call_of_reference(reference)
    assert call is not None
    with tenancy.within(call.municipality_id):
        found = read_dossier(call)
    assert found.canonical() == given_dossier.canonical()
    assert rank_dossier(found) == rank_dossier(given_dossier)


ODD = {
    "a NUL in a title": make_dossier(call=make_call(title="a\0b", programme="c\0")),
    "odd spellings": make_dossier(
        call=make_call(
            opens_at="0001-01-02T00:00:00.500Z",
            deadline="9999-12-30T23:59+01:00",
            min_reviews=None,
            tie_votes=[],
            grant_max="7",
        ),
        applications=[make_application(proposed="400", posted_at=None)],
        organisations=[make_organisation(jib="\0", prior_awards="0.5")],
        reviews=[
            make_review(conflict=True, consensus=True),
            make_review(evaluator="e1", signed=False, conflict=True, scores={"1.1": "\0"}),
        ],
    ),
    "nothing came in": make_dossier(applications=[], reviews=[], organisations=[]),
    "a sheet of the consensus and one of the same member": make_dossier(
        reviews=[make_review(), make_review(consensus=True)]
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_dossiers_come_back_as_they_went(
    app: Flask, context: None, at: datetime, name: str
) -> None:
    read = parse(raw(ODD[name]))
    import_dossier(read, by=SYSTEM, at=at)
    db.session.commit()
    db.session.expire_all()
    call = get_call_of_reference("P-1")
    assert call is not None
    with tenancy.within(call.municipality_id):
        assert read_dossier(call).canonical() == read.canonical()


def test_import_makes_the_rows_that_the_ranking_goes_on_from(
    app: Flask, context: None, at: datetime
) -> None:
    registered = make_registered("Zeleni Miljacka", jib="4231062188932")
    read = parse((CASES / "novo-sarajevo-reload2.json").read_bytes())
    call = import_dossier(read, by=SYSTEM, at=at)
    db.session.commit()
    assert (call.status, call.origin) == (CallStatus.SCORING, Origin.IMPORTED)
    assert call.slug == "ns-2021-reload2"
    applications = rows(Application)
    assert [each.reference for each in applications] == [
        f"NS-2021-RELOAD2-{number:03d}" for number in range(1, 15)
    ]
    dismissed = [each for each in applications if each.status is ApplicationStatus.DISMISSED]
    assert [each.ordinal for each in dismissed] == [7, 11]
    assert applications[0].organisation_id == registered.id
    outcomes = {each.application_id: each.reason for each in rows(EligibilityOutcome)}
    assert [outcomes[each.id] for each in dismissed] == ["late", "missing_document:logicki-okvir"]
    assert {sheet.status for sheet in rows(Sheet)} == {SheetStatus.LOCKED}
    assert [member.user_id for member in rows(Member)] == [None] * 5
    assert rows(Committee)[0].scoring_closed_at == at
    assert [(each.application_id, each.amount) for each in rows(Reduction)] == [
        (applications[2].id, 3_000_000)
    ]
    counts = {each.__name__: count(each) for each in (Sheet, Conflict, TieVote)}
    assert counts == {"Sheet": 60, "Conflict": 2, "TieVote": 0}
    file = read.content["applications"]
    assert count(BudgetRow) == sum(len(each["budget"]) for each in file)
    assert count(ApplicationDocument) == sum(len(each["documents"]) for each in file)
    assert [entry.event for entry in rows(AuditEntry)] == ["dossier_imported"]


def test_reference_that_exists_is_refused_with_a_sentence(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "poziv.json"
    file.write_bytes(raw(make_dossier()))
    assert run(app, "import", str(file)).exit_code == 0
    again = run(app, "import", str(file))
    assert (again.exit_code, again.stdout) == (2, "")
    assert again.stderr == (
        "Poziv s oznakom P-1 već postoji u ovoj instalaciji. Uvoz ne mijenja postojeće pozive, "
        "pa ništa nije uvezeno.\n"
    )
    with app.app_context():
        assert (count(Call), count(Application)) == (1, 1)


def test_export_of_an_unknown_reference_is_refused_with_a_sentence(app: Flask) -> None:
    result = run(app, "export", "NEMA")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Poziva s oznakom NEMA nema u ovoj instalaciji.\n"


def test_invalid_dossier_is_not_imported(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "poziv.json"
    file.write_bytes(raw(make_dossier() | {"x": 1}))
    result = run(app, "import", str(file))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("$.x: ")
    with app.app_context():
        assert (count(Call), count(Municipality)) == (0, 0)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("$.call.grant_max", make_dossier(call=make_call(grant_max="9" * 20))),
        (
            "$.applications[0].duration_months",
            make_dossier(applications=[make_application(duration_months=2**31)]),
        ),
        ("$.call.reference", make_dossier(call=make_call(reference="P\0"))),
    ],
)
def test_what_no_database_can_keep_is_refused_before_anything_is_written(
    app: Flask, context: None, at: datetime, path: str, content: dict[str, Any]
) -> None:
    with pytest.raises(DomainError) as refusal:
        import_dossier(parse(raw(content)), by=SYSTEM, at=at)
    assert [problem.place for problem in refusal.value.problems] == [path]
    db.session.rollback()
    assert (count(Call), count(Municipality)) == (0, 0)


def test_what_the_committee_decides_later_shows_in_the_export(
    app: Flask, context: None, at: datetime
) -> None:
    content = json.loads((CASES / "tie.json").read_bytes())
    content["call"].pop("tie_votes", None)
    read = parse(raw(content))
    call = import_dossier(read, by=SYSTEM, at=at)
    db.session.commit()
    with tenancy.within(call.municipality_id):
        application = next(each for each in rows(Application) if each.requested > 0)
        reduction = Reduction(
            municipality_id=call.municipality_id,
            application_id=application.id,
            amount=1,
            reason="Manje.",
            entered_at=at,
        )
        order = sorted(each.reference for each in rows(Application))
        vote = TieVote(
            municipality_id=call.municipality_id, call_id=call.id, references=order, voted_at=at
        )
        db.session.add_all([reduction, vote])
        db.session.flush()
        found = json.loads(read_dossier(call).canonical())
    expected = json.loads(read.canonical())
    expected["call"]["tie_votes"] = order
    changed = [
        each for each in expected["applications"] if each["reference"] == application.reference
    ]
    changed[0]["proposed"] = "0.01"
    assert found == expected
