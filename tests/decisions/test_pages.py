"""The page of a call's decisions, the export, and the PDFs as they come out."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from grants import clock, tenancy
from grants.acts.queries import list_issued_acts
from grants.db import db
from grants.decisions.actions import issue_all, prepare_decisions
from grants.decisions.cli import decisions as commands
from grants.decisions.queries import list_decisions
from grants.documents.vault import storage
from grants.jobs.worker import run_due_jobs
from tests.client import LintingClient, Statements
from tests.decisions.making import DECIDING, ROWS, Decided, make_ranked_call
from tests.documents.structure import open_pdf


class Town:
    """A ranked call in an application; rows are touched in contexts of their own."""

    def __init__(self, app: Flask, **over: Any) -> None:
        self.app = app
        with app.app_context():
            self.case: Decided = make_ranked_call(**over)
            self.slug = self.case.municipality.slug
            db.session.commit()
        self.path = f"/m/{self.slug}/calls/{self.case.call.slug}/decisions"

    @contextmanager
    def entered(self) -> Iterator[None]:
        with self.app.app_context(), tenancy.within(self.case.municipality.id):
            yield

    def decide(self) -> None:
        with self.entered():
            call = db.session.merge(self.case.call, load=False)
            prepare_decisions(call, by=self.case.officer, at=DECIDING)
            issue_all(call, by=self.case.signatory, at=DECIDING)
            db.session.commit()

    def work(self) -> None:
        with self.app.app_context():
            run_due_jobs()

    def slug_of(self, name: str) -> str:
        with self.entered():
            found = list_decisions(self.case.call)
            wanted = self.case.applications[name].id if name else None
            return next(each.act.slug for each in found if each.application_id == wanted)


@pytest.fixture
def town(app: Flask) -> Iterator[Town]:
    with clock.held_at(DECIDING):
        yield Town(app)


def test_page_says_until_when_objections_may_be_filed(app: Flask, client: LintingClient) -> None:
    with clock.held_at(DECIDING):
        town = Town(app)
    with tenancy.across("tests arrange"), app.app_context():
        ranking = db.session.merge(town.case.ranking, load=False)
        ranking.objections_until = DECIDING.date().replace(year=2099)
        db.session.commit()
    client.sign_in(town.case.officer)
    shown = client.get(town.path).text.replace("\u00a0", " ")
    assert "Rok za prigovore traje do 31. 3. 2099." in shown
    assert "Pripremi odluku" not in shown
    refused = client.post(f"{town.path}/prepare", status=409).text
    assert "Rok za prigovore traje" in refused


def test_officer_prepares_and_signatory_issues_all(town: Town, client: LintingClient) -> None:
    client.sign_in(town.case.officer)
    assert "Odluke još nisu pripremljene" in client.get(town.path).text
    client.post(f"{town.path}/prepare")
    shown = client.get(town.path).text
    assert "Pripremi ponovo" in shown
    assert "Izdaj sve" not in shown
    client.sign_in(town.case.signatory)
    assert "Izdaj sve" in client.get(town.path).text
    client.post(f"{town.path}/approve")
    client.post(f"{town.path}/issue")
    shown = client.get(town.path).text
    assert "02-36-10/26" in shown
    assert "pravi se" in shown
    town.work()
    assert "preuzmi" in client.get(town.path).text


def test_page_takes_as_many_statements_for_ten_acts_as_for_four(
    app: Flask, client: LintingClient
) -> None:
    counts = []
    with clock.held_at(DECIDING):
        for rows in (ROWS[:3], ROWS):
            town = Town(app, rows=rows)
            town.decide()
            client.sign_in(town.case.officer).get(town.path)
            with Statements() as seen:
                client.get(town.path)
            counts.append(len(seen))
    assert counts[0] == counts[1] <= 12


def test_single_act_is_issued_on_its_page_with_a_number_from_the_registry(
    town: Town, client: LintingClient
) -> None:
    client.sign_in(town.case.officer).post(f"{town.path}/prepare")
    client.sign_in(town.case.signatory)
    award, table = town.slug_of("Žubor"), town.slug_of("")
    path = f"/m/{town.slug}/decisions"
    shown = client.post(f"{path}/{award}/issue", {"typed_number": "5/26"}, status=422).text
    assert "Najprije se izdaje odluka o dodjeli" in shown
    assert 'value="5/26"' in shown
    client.post(f"{path}/{table}/issue", {"typed_number": "5/26"})
    shown = client.post(f"{path}/{award}/issue", {"typed_number": "5/26"}, status=422).text
    assert "Broj 5/26 je već dat" in shown
    client.post(f"{path}/{award}/issue")
    assert "02-36-1/26" in client.get(f"/m/{town.slug}/acts/{award}").text


def test_decline_and_reserve_by_the_pages(town: Town, client: LintingClient) -> None:
    town.decide()
    client.sign_in(town.case.officer)
    path = f"/m/{town.slug}/decisions/{town.slug_of('Zeleni krug')}/decline"
    client.get(path)
    client.post(path, {"reason": " "}, status=422)
    client.post(path, {"reason": "Izjava od 5. 4. 2026."})
    shown = client.get(town.path).text.replace("\u00a0", " ")
    assert "Slobodno je 32.000,00 KM" in shown
    made = client.post(f"{town.path}/reserve").headers["Location"]
    assert "Udruženje „Zeleni krug“" in client.get(made).text
    assert "čeka potpisnika" in client.get(town.path).text
    client.post(path, {"reason": "Opet."}, status=409)


@pytest.mark.parametrize(
    ("what", "who", "status"),
    [
        ("prepare", "signatory", 403),
        ("prepare", "auditor", 403),
        ("approve", "officer", 403),
        ("issue", "officer", 403),
        ("reserve", "auditor", 403),
    ],
)
def test_each_does_only_the_own_part(
    town: Town, client: LintingClient, what: str, who: str, status: int
) -> None:
    client.sign_in(getattr(town.case, who)).get(town.path)
    client.post(f"{town.path}/{what}", status=status)


def test_stranger_does_not_know_of_the_decisions(
    town: Town, client: LintingClient, app: Flask
) -> None:
    town.decide()
    other = Town(app)
    client.sign_in(other.case.officer).get(town.path, status=404)
    client.post(f"{town.path}/prepare", status=404)
    slug = town.slug_of("Žubor")
    client.get(f"/m/{town.slug}/decisions/{slug}/decline", status=404)
    client.get(f"/m/{other.slug}/decisions/{slug}/decline", status=404)
    client.sign_in(town.case.officer)
    client.post(f"/m/{town.slug}/decisions/{slug}/issue", status=403)


def test_export_writes_every_pdf_and_says_what_is_missing(town: Town, tmp_path: Path) -> None:
    town.decide()
    folder = tmp_path / "acts"
    runner = town.app.test_cli_runner()
    waiting = runner.invoke(commands, ["export", str(folder)])
    assert waiting.exit_code == 1
    assert "Act 02-36-1/26 has no PDF yet" in waiting.output
    town.work()
    done = runner.invoke(commands, ["export", str(folder)])
    assert (done.exit_code, done.output) == (0, f"10 acts written to {folder}\n")
    code = town.case.municipality.code
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 10
    assert f"{code}_2026_02-36-1-26_award_decision.pdf" in names


@pytest.mark.parametrize("language", ["bs", "sr"])
def test_pdfs_are_archivable_accessible_and_carry_their_facts(
    app: Flask, tmp_path: Path, language: str
) -> None:
    with clock.held_at(DECIDING):
        town = Town(app, language=language, rows=(ROWS[1], ROWS[2], ROWS[4], ROWS[8]))
        town.decide()
        town.work()
    with town.entered():
        for act in list_issued_acts():
            assert act.document is not None
            content = storage().open(act.document.sha256).read()
            pdf = open_pdf(content)
            with pdf.open_metadata(update_docinfo=False) as metadata:
                assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
                assert metadata["pdfuaid:part"] == "1"
            assert str(pdf.docinfo.Title) == act.title
            attached = pdf.attachments["act.json"].get_file().read_bytes()
            assert json.loads(attached) == act.facts
            path = tmp_path / f"{act.ordinal}.pdf"
            path.write_bytes(content)
            subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)


def test_long_table_repeats_its_head_on_every_page(app: Flask, tmp_path: Path) -> None:
    rows = tuple(
        {
            "name": f"Ćerdan {number}",
            "lot": "1",
            "outcome": "awarded",
            "amount": 100_000,
            "rank": number,
            "requested": 100_000,
        }
        for number in range(1, 61)
    )
    with clock.held_at(DECIDING):
        town = Town(app, rows=rows)
        town.decide()
        with town.app.app_context():
            run_due_jobs(most=1)
    with town.entered():
        [act] = [each for each in list_issued_acts() if each.document is not None]
        assert act.document is not None
        path = storage().path(act.document.sha256)
    pages = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout.split("\f")
    with_rows = [page for page in pages if "Ćerdan" in page]
    assert len(with_rows) >= 2
    assert all("Dodijeljeno (KM)" in page for page in with_rows)
    assert "šezdeset hiljada KM i 00/100" in " ".join(" ".join(pages).split())
