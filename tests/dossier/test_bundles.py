"""Everything of a call taken away: the tables of its sheets, and the zip the worker builds."""

import csv
import hashlib
import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from grants import clock, tenancy
from grants.applications.models import ApplicationDocument
from grants.calls.models import Call
from grants.complaints.models import Objection
from grants.complaints.rules.states import Against
from grants.db import db
from grants.documents.vault import storage
from grants.dossier.jobs import build_bundle
from grants.dossier.models import Bundle
from grants.dossier.rules.bundles import BundleStatus, Paths, safe_name
from grants.dossier.rules.reading import parse
from grants.errors import DomainError, Problem
from grants.jobs.worker import run_due_jobs
from grants.people.rules import Role
from grants.ranking.models import Ranking
from grants.ranking.rules.printed import rank_dossier
from tests.client import LintingClient, Statements, commit
from tests.factories import OPENS, keep, make_document
from tests.ranking.arranging import Scored, person, rows, scored

CLOSING = {
    "held_on": "9. 2. 2026.", "place": "Vijećnica", "present": ["e1", "e2"], "votes_for": "2",
}  # fmt: skip


def exports(call: Call) -> str:
    return f"/m/{call.municipality.slug}/calls/{call.slug}/exports"


def ranked(app: Flask, client: LintingClient) -> Scored:
    """A call of two applications, scored 4 and 3 throughout, whose ranking the chair closed."""
    found = scored(app, 4, 3)
    base = f"/committee/{found.committee.slug}/ranking"
    client.sign_in(found.chair)
    client.post(f"{base}/scoring")
    client.post(f"{base}/close", CLOSING)
    client.sign_in(found.officer)
    return found


def table(client: LintingClient, call: Call, name: str) -> list[list[str]]:
    text = client.get(f"{exports(call)}/tables/{name}.csv").get_data(as_text=True)
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def taken(client: LintingClient, call: Call) -> zipfile.ZipFile:
    client.post(exports(call), status=303)
    with client.app.app_context():
        run_due_jobs()
    bundle = rows(client.app, Bundle)[-1]
    response = client.get(f"{exports(call)}/{bundle.slug}/zip")
    assert hashlib.sha256(response.data).hexdigest() == bundle.sha256
    assert len(response.data) == bundle.size
    return zipfile.ZipFile(io.BytesIO(response.data))


def test_tables_hold_every_sheet_when_the_ranking_is_closed(
    app: Flask, client: LintingClient
) -> None:
    found = ranked(app, client)
    scores = table(client, found.call, "ocjene")
    assert len(scores) == 1 + 2 * 3
    assert scores[0][:5] == ["Prijava", "Projekat", "Organizacija", "Lot", "Član komisije"]
    assert [row[-1] for row in scores[1:]] == ["80,00"] * 3 + ["60,00"] * 3
    spread = table(client, found.call, "razlike")
    assert [row[4:] for row in spread[1:]] == [
        ["3", "80,00", "80,00", "0,00", "80,00", ""],
        ["3", "60,00", "60,00", "0,00", "60,00", ""],
    ]
    comments = table(client, found.call, "obrazlozenja")
    assert {len(row) for row in comments} == {12}
    book = load_workbook(
        io.BytesIO(client.get(f"{exports(found.call)}/tables/ocjene.xlsx").data), read_only=True
    )
    assert len(list(book.active.iter_rows())) == 7


def test_no_score_leaves_the_committee_before_the_ranking_is_closed(
    app: Flask, client: LintingClient
) -> None:
    found = scored(app, 4)
    client.sign_in(found.officer)
    page = client.get(exports(found.call)).text
    assert "Ocjene još nisu za izvoz" in page
    assert "tables/" not in page
    for name in ("ocjene", "obrazlozenja", "razlike", "nesto"):
        client.get(f"{exports(found.call)}/tables/{name}.csv", status=404)
        client.get(f"{exports(found.call)}/tables/{name}.xlsx", status=404)
    names = taken(client, found.call).namelist()
    assert [name for name in names if name.startswith(("ocjene", "rang-lista", "dosije"))] == []


def test_zip_holds_everything_and_its_manifest_proves_it(app: Flask, client: LintingClient) -> None:
    found = ranked(app, client)
    packed = taken(client, found.call)
    names = packed.namelist()
    references = [each.reference for each in found.applications]
    for reference in references:
        assert f"prijave/{reference}/prijava-v1.json" in names
    for name in ("ocjene/ocjene.csv", "ocjene/razlike.xlsx", "rang-lista/rang-lista-v1.csv"):
        assert name in names
    told = packed.read("manifest.csv").decode("utf-8-sig").splitlines()[1:]
    assert sorted(line.split(";")[0] for line in told) == sorted(set(names) - {"manifest.csv"})
    for line in told:
        path, size, sha256 = line.split(";")
        content = packed.read(path)
        assert (str(len(content)), hashlib.sha256(content).hexdigest()) == (size, sha256)
    ranking = rows(app, Ranking)[0]
    assert rank_dossier(parse(packed.read("dosije/dosije.json"))) == ranking.result
    assert packed.read("rang-lista/rang-lista-v1-dosije.json").decode() == ranking.inputs


def test_zip_holds_what_members_declared_and_what_was_objected(
    app: Flask, client: LintingClient
) -> None:
    found = ranked(app, client)
    with app.app_context():
        keep(
            Objection(
                municipality_id=found.municipality.id,
                slug="prigovor1",
                call_id=found.call.id,
                application_id=found.applications[0].id,
                against=Against.SCORE,
                text="Ocjena 2.1 nije obrazložena.",
                filed_at=OPENS,
                received_on=OPENS.date(),
                filed_until=OPENS.date(),
                ruling_due_on=OPENS.date(),
                ruling_counted={},
            ),
        )
        commit()
    packed = taken(client, found.call)
    declared = packed.read("komisija/izjave.csv").decode("utf-8-sig").splitlines()
    assert len(declared) == 1 + 3
    objected = packed.read("prigovori/prigovori.csv").decode("utf-8-sig")
    assert f"{found.applications[0].reference};" in objected
    assert "Ocjena 2.1 nije obrazložena." in objected


def test_a_file_that_is_gone_stands_in_the_manifest_as_missing(
    app: Flask, client: LintingClient
) -> None:
    found = scored(app, 4)
    with app.app_context(), tenancy.across("tests arrange"):
        lost = make_document("izgubljen.pdf", b"%PDF-1.7 izgubljen")
        keep(
            ApplicationDocument(
                municipality_id=found.municipality.id,
                application_id=found.applications[0].id,
                code="statut",
                document_id=lost.id,
                added_at=OPENS,
            )
        )
        db.session.commit()
        storage().path(lost.sha256).unlink()
    client.sign_in(found.officer)
    told = taken(client, found.call).read("manifest.csv").decode("utf-8-sig")
    assert "nedostaje u spremištu" in told


def test_second_run_of_the_job_changes_nothing(app: Flask, client: LintingClient) -> None:
    found = scored(app, 4)
    client.sign_in(found.officer)
    taken(client, found.call)
    before = rows(app, Bundle)[0]
    with app.app_context():
        build_bundle(bundle_id=before.id, municipality_id=found.municipality.id, at=clock.now())
    after = rows(app, Bundle)[0]
    assert (after.sha256, after.finished_at) == (before.sha256, before.finished_at)


def test_full_disk_says_so_and_the_zip_can_be_asked_for_again(
    app: Flask, client: LintingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = scored(app, 4)
    client.sign_in(found.officer)

    def no_room(*_given: Any, **_named: Any) -> None:
        raise DomainError(Problem("storage_full"))

    with monkeypatch.context() as patched:
        patched.setattr("grants.documents.storage.Storage.store", no_room)
        client.post(exports(found.call), status=303)
        with app.app_context():
            run_due_jobs()
    assert rows(app, Bundle)[0].status is BundleStatus.FAILED
    page = client.get(exports(found.call)).text
    assert "nije napravljen" in page
    assert "Napravi paket" in page
    assert taken(client, found.call).namelist()[-1] == "manifest.csv"


def test_only_one_zip_is_built_at_a_time(app: Flask, client: LintingClient) -> None:
    found = scored(app, 4)
    client.sign_in(found.officer)
    client.post(exports(found.call), status=303)
    assert "već pravi" in client.post(exports(found.call), status=422).text
    assert "Osvježi" in client.get(exports(found.call)).text


def test_only_the_staff_takes_the_papers_away(app: Flask, client: LintingClient) -> None:
    found = scored(app, 4)
    client.sign_in(found.officer)
    client.post(exports(found.call), status=303)
    slug = rows(app, Bundle)[0].slug
    client.get(f"{exports(found.call)}/{slug}/zip", status=404)
    for stranger in (found.chair, found.evaluator, person(app, "Neko")):
        client.sign_in(stranger)
        for path in ("", f"/{slug}/zip", "/tables/ocjene.csv"):
            client.get(exports(found.call) + path, status=404)
    client.sign_in(person(app, "Revizor", (Role.AUDITOR, found.municipality.id)))
    client.get(exports(found.call))


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_rows(
    app: Flask, client: LintingClient, at: datetime, count: int
) -> None:
    found = scored(app, *([4] * count))
    client.sign_in(found.officer)
    for _ in range(count):
        taken(client, found.call)
    with Statements() as seen:
        client.get(exports(found.call))
    assert len(seen) == 4


def test_names_unpack_everywhere() -> None:
    assert safe_name("Rješenje o đacima (2).PDF") == "rjesenje-o-djacima-2.pdf"
    assert safe_name("../../etc/passwd") == "etc-passwd"
    assert safe_name("…") == "dokument"
    paths = Paths()
    assert [paths.give("a", "x.pdf") for _ in range(3)] == ["a/x.pdf", "a/x-2.pdf", "a/x-3.pdf"]
    assert paths.give("", "citaj.txt") == "citaj.txt"
