"""The PDF of an act: made once by the worker, the same every time, archivable, accessible."""

import hashlib
import json
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from grants import tenancy
from grants.acts.actions import Signature, issue_act
from grants.acts.corrections import prepare_correction
from grants.acts.jobs import print_act, render_act
from grants.acts.models import Act
from grants.acts.printing import preview_of, printable_of
from grants.acts.queries import get_act
from grants.audit.rules import canonical
from grants.db import db
from grants.documents.models import Document
from grants.documents.vault import storage
from grants.jobs.worker import run_due_jobs
from grants.municipalities.models import Municipality
from grants.notifications.models import Mail
from grants.people.actors import SYSTEM
from grants.people.rules import Role
from tests.documents.structure import open_pdf
from tests.factories import make_act, make_municipality, make_organisation, make_user

SIGNED = Signature(name="Amela Mayer", title="Općinska načelnica", series="02-36")
PUBLIC = "https://poziv.example"
pytestmark = pytest.mark.usefixtures("context")


def make_issued(municipality: Municipality, at: datetime, **over: object) -> Act:
    """A correction of something, issued."""
    corrected = make_act(municipality, **over)
    with tenancy.within(municipality.id):
        issue_act(corrected, signature=SIGNED, by=SYSTEM, at=at)
        act = prepare_correction(
            corrected, municipality, wrong="28.000", right="82.000", by=SYSTEM, at=at
        )
        issue_act(act, signature=SIGNED, by=SYSTEM, at=at)
    return act


def render(act: Act, municipality: Municipality) -> bytes:
    return print_act(printable_of(act, municipality, public_url=PUBLIC))


def test_pdf_is_the_same_bytes_when_rendered_twice(at: datetime) -> None:
    municipality = make_municipality()
    act = make_issued(municipality, at)
    first = render(act, municipality)
    assert hashlib.sha256(render(act, municipality)).digest() == hashlib.sha256(first).digest()


def test_pdf_is_archivable_and_accessible_and_carries_its_facts(
    at: datetime, tmp_path: Path
) -> None:
    municipality = make_municipality()
    act = make_issued(municipality, at)
    content = render(act, municipality)
    pdf = open_pdf(content)
    with pdf.open_metadata(update_docinfo=False) as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == act.title
    assert str(pdf.Root.Lang) == "bs-Latn"
    attached = pdf.attachments["act.json"].get_file().read_bytes()
    assert json.loads(attached) == act.facts
    assert hashlib.sha256(attached).hexdigest() == act.facts_sha256
    written = tmp_path / "act.pdf"
    written.write_bytes(content)
    subprocess.run(["qpdf", "--check", str(written)], check=True, capture_output=True)
    said = subprocess.run(
        ["pdftotext", str(written), "-"], check=True, capture_output=True, text=True
    ).stdout
    for words in ("02-36-2/26", "28.000", "82.000", act.verification_code, "Amela Mayer"):
        assert words in said


def test_worker_attaches_the_pdf_once_and_tells_the_organisation(at: datetime) -> None:
    municipality, organisation = make_municipality(), make_organisation()
    make_user("Lejla Hodžić", (Role.REPRESENTATIVE, organisation.id))
    with tenancy.within(municipality.id):
        act = make_act(
            municipality,
            template="acts/correction.pdf.html",
            facts={
                "legal": {"basis": "x", "remedy": ""},
                "corrects": {"title": "t", "number": "1", "date": "2026-01-01"},
            },
            organisation_id=organisation.id,
        )
        issue_act(act, signature=SIGNED, by=SYSTEM, at=at)
        db.session.commit()
        run_due_jobs()
        render_act(act_id=act.id, municipality_id=municipality.id, at=at)
        db.session.expire_all()
        found = get_act(act.slug)
        assert found is not None
        assert found.document is not None
        assert found.document.name == "akt-02-36-1-26.pdf"
        assert storage().verify(found.document.sha256)
    assert db.session.execute(select(func.count(Document.id))).scalar_one() == 1
    mails = db.session.execute(select(Mail)).scalars().all()
    assert [mail.subject for mail in mails] == [f"Izdat je akt: {act.title}"]
    assert f"/my/acts/{act.slug}/pdf" in mails[0].text


def test_preview_says_what_the_pdf_will_without_number_and_code(at: datetime) -> None:
    municipality = make_municipality()
    act = make_issued(municipality, at)
    shown = preview_of(act, municipality, public_url=PUBLIC)
    assert "82.000" in shown
    assert "<h1>" not in shown
    assert act.verification_code not in shown
    draft = make_act(municipality, template=act.template, facts=act.facts)
    assert "(broj se dodjeljuje pri izdavanju)" in preview_of(
        draft, municipality, public_url=PUBLIC
    )


def test_act_is_cyrillic_when_its_language_is_and_names_stay(at: datetime) -> None:
    municipality = make_municipality()
    act = make_issued(municipality, at, language="sr", recipient_name="Udruženje „Žubor“")
    assert act.title == "Рјешење о исправци грешке у акту број 02-36-1/26"
    shown = preview_of(act, municipality, public_url=PUBLIC)
    assert "ОБРАЗЛОЖЕЊЕ" in shown.upper()
    assert "Општина Ново Сарајево" in shown
    assert "Udruženje „Žubor“" in shown
    assert canonical(act.facts).count("82.000") == 1
