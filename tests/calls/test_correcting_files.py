"""Files of a published call put right: nothing is public before the signatory publishes it."""

import io
import re

import pytest
from flask import Flask

from grants import clock
from grants.calls.actions.correcting import publish_correction, send_correction
from grants.calls.corrected import get_correction_to_work_on, get_open_correction
from grants.calls.models import Call, CallDocument
from tests.calls.making import actor, read
from tests.calls.test_correcting import publish
from tests.calls.town import OpenTown, inside, make_open_town
from tests.client import LintingClient, commit
from tests.conftest import NOON
from tests.factories import keep, make_document

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer<<>>\nstartxref\n29\n%%EOF\n"


@pytest.fixture
def town(app: Flask, monkeypatch: pytest.MonkeyPatch) -> OpenTown:
    monkeypatch.setattr(clock, "_read", lambda: NOON)
    with app.app_context():
        made = make_open_town()
    with inside(app, made):
        for name in ("smjernice.pdf", "stari.pdf"):
            file = CallDocument(
                municipality_id=made.call.municipality_id, call_id=made.call.id,
                title=name.removesuffix(".pdf"), document_id=make_document(name).id, added_at=NOON,
            )  # fmt: skip
            keep(file)
        commit()
    return made


def parts_of(page: str) -> list[str]:
    return re.findall(r'name="part" value="(file:[^"]+)"', page)


def publish_open(app: Flask, town: OpenTown) -> Call:
    with inside(app, town):
        call = read(town.call)
        found = get_open_correction(call)
        assert found is not None
        place = (call.municipality.slug, call.slug, found.slug)
        correction = get_correction_to_work_on(actor(town.officer), *place)
        assert correction is not None
        send_correction(correction, by=actor(town.officer), at=NOON)
        publish_correction(correction, by=actor(town.mayor), at=NOON)
        commit()
        return correction.call


def test_files_are_added_replaced_and_removed_by_a_correction(
    app: Flask, client: LintingClient, town: OpenTown
) -> None:
    with inside(app, town):
        call = read(town.call)
        base = f"/m/{call.municipality.slug}/calls/{call.slug}/corrections"
        public = f"/calls/{call.slug}"
    client.sign_in(town.officer)
    first, second = parts_of(client.get(base).text)
    sent = {"file": (io.BytesIO(PDF), "nove-smjernice.pdf")}
    client.post(f"{base}/files?part={first}", sent, status=302)
    client.post(f"{base}/files", {"file": (io.BytesIO(PDF + b"x"), "obrazac.pdf")}, status=302)
    client.post(f"{base}/files/remove", {"part": second}, status=302)
    page = client.get(base).text
    assert all(said in page for said in ("zamjenjuje se", "uklanja se", "nova"))
    pending = re.findall(r'href="([^"]*/files/[^"]+)">(?:nove-smjernice|obrazac)', page)
    assert len(pending) == 2
    client.sign_in(town.mayor)
    assert pending[0] in client.get(pending[0].partition("/files/")[0]).text
    assert client.ask("GET", pending[0]).data == PDF
    assert "nove-smjernice.pdf" not in client.get(public).text
    client.sign_in(town.stranger).get(pending[0], status=404)
    publish_open(app, town)
    assert "stari (stari.pdf)" in client.get(public).text
    with inside(app, town):
        files = {each.document.name: each.title for each in read(town.call).documents}
    assert files == {"nove-smjernice.pdf": "smjernice", "obrazac.pdf": "obrazac"}


def test_what_was_meant_for_a_file_is_taken_back(
    app: Flask, client: LintingClient, town: OpenTown
) -> None:
    with inside(app, town):
        call = read(town.call)
        base = f"/m/{call.municipality.slug}/calls/{call.slug}/corrections"
    client.sign_in(town.officer)
    client.post(f"{base}/files/remove", {"part": "file:nema"}, status=404)
    client.post(f"{base}/files", {}, status=422)
    first, second = parts_of(client.get(base).text)
    client.post(f"{base}/files/remove", {"part": first}, status=302)
    client.post(f"{base}/files/remove", {"part": second}, status=302)
    client.post(f"{base}/files/remove", {"part": first, "back": "1"}, status=302)
    assert client.get(base).text.count("uklanja se") == 1
    client.post(f"{base}/files/remove", {"part": second, "back": "1"}, status=422)


def test_a_required_document_is_asked_no_more(app: Flask, town: OpenTown) -> None:
    with inside(app, town):
        codes = [each["code"] for each in read(town.call).required_documents]
        publish(town, {f"document:{codes[0]}": None})
        commit()
    with inside(app, town):
        assert [each["code"] for each in read(town.call).required_documents] == codes[1:]
