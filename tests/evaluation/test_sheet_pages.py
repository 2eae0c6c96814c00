"""Scoring through the pages: autosave, sections, signing, what the others signed."""

from typing import Any

import pytest
from flask import Flask

from grants.evaluation.models import Conflict, Member, Sheet, SheetStatus
from tests.client import LintingClient, Statements
from tests.evaluation.world import APPLICANT, SIGNATURE, TITLE, make_world, rows

AUTOSAVE = {"X-Autosave": "1"}
WHOLE = {"q-1.1": "4", "q-1.2": "0.75", "c-1": "Jasna potreba."}
REST = {"q-2.1": "b", "c-2": "Velik obuhvat."}


def autosave(
    client: LintingClient, path: str, version: int, *, status: int = 200, **fields: str
) -> Any:
    sent = {"version": str(version), "changed": list(fields), **fields}
    return client.post(path, sent, status=status, headers=AUTOSAVE).get_json()


def test_declarations_come_before_everything(app: Flask, client: LintingClient) -> None:
    world = make_world(app, is_declared=False)
    client.sign_in(world.member)
    for path in ("/committee", f"{world.committee}/declaration"):
        page = client.get(path).text
        assert TITLE not in page
        assert APPLICANT not in page
    assert client.get(world.committee, status=302).location.endswith("/declaration")
    client.get(world.sheet(), status=404)
    client.post(f"{world.committee}/declaration", {}, status=422)
    client.post(f"{world.committee}/declaration", {"agrees": "y"})
    assert client.get(world.committee, status=302).location.endswith("/interests")
    client.get(world.sheet(), status=404)
    assert TITLE in client.get(f"{world.committee}/interests").text
    conflict = {f"conflict-{world.applications[1]}": "relative", "agrees": "y"}
    client.post(f"{world.committee}/interests", conflict)
    page = client.get(world.committee).text
    assert f"{TITLE} 0" in page
    assert f"{TITLE} 1" not in page
    [kept] = rows(app, Conflict)
    assert kept.ground == "relative"
    [member] = rows(app, Member, key="e2", name="Edin Kovač")
    assert "nepristrasno" in member.declaration


def test_sheet_shows_evidence_and_saves_as_one_goes(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    client.sign_in(world.member)
    page = client.get(world.sheet()).text
    assert "Kratak opis projekta." in page
    assert "uz pitanja: 1.1" in page
    assert autosave(client, world.sheet(), 0, **{"q-1.1": "5"})["version"] == 1
    second = autosave(client, world.sheet(), 0, status=409, **{"q-1.1": "2"})
    assert (second["version"], second["fields"]) == (1, {"q-1.1": "5"})
    refused = autosave(client, world.sheet(), 1, status=422, **{"q-1.1": "9"})
    assert refused["sentences"] == ["Ocjena „9“ nije među ponuđenima."]
    with Statements() as seen:
        autosave(client, world.sheet(), 1, **{"c-1.1": "Odlično."})
    assert len(seen) <= 8
    [kept] = rows(app, Sheet)
    assert (kept.scores, kept.comments) == ({"1.1": "5"}, {"1.1": "Odlično."})


def test_form_goes_from_section_to_section_and_keeps_what_was_refused(
    app: Flask, client: LintingClient
) -> None:
    world = make_world(app)
    client.sign_in(world.member)
    sent = {"version": "0", "section": "1", **WHOLE}
    assert client.post(world.sheet(), sent).location.endswith("section=2")
    stale = client.post(world.sheet(), {**sent, "c-1": "Drugi tekst."}, status=409)
    assert "Drugi tekst." in stale.text
    assert "sačuvan u drugoj kartici" in stale.text
    last = {"version": "1", "section": "2", **REST}
    assert client.post(world.sheet(), last).location.endswith("/review")


@pytest.mark.parametrize("view", ["evidence", "whole", "budget", "logframe", "documents"])
def test_every_view_of_the_application_opens(app: Flask, client: LintingClient, view: str) -> None:
    world = make_world(app)
    client.sign_in(world.chair)
    client.get(f"{world.sheet()}?view={view}")


def test_signing_names_what_is_missing_then_freezes(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    client.sign_in(world.member)
    autosave(client, world.sheet(), 0, **{"q-1.1": "5", "q-1.2": "1"})
    page = client.post(f"{world.sheet()}/review", {"version": "1"}, status=422).text
    for said in (
        "Uz pitanje 1.1 ocjena 5 traži obrazloženje.",
        "Pitanje 2.1 nije ocijenjeno.",
        "Odjeljak 1 traži komentar.",
    ):
        assert said in page
    assert f"{world.sheet()}?section=2&amp;missing=1#q-2.1" in page
    autosave(client, world.sheet(), 1, **{**WHOLE, **REST})
    client.post(f"{world.sheet()}/review", {"version": "2", **SIGNATURE})
    [kept] = rows(app, Sheet)
    assert kept.status is SheetStatus.SIGNED
    assert len(kept.signed_sha256) == 64
    autosave(client, world.sheet(), 3, status=409, **{"q-1.1": "1"})
    assert "više se ne mijenja" in client.get(world.sheet()).text


def test_others_are_seen_after_the_own_signature_only(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    client.sign_in(world.chair)
    autosave(client, world.sheet(), 0, **{**WHOLE, **REST, "c-1": "Tajni komentar predsjednice."})
    client.post(f"{world.sheet()}/review", {"version": "1", **SIGNATURE})
    client.sign_in(world.member)
    autosave(client, world.sheet(), 0, **{**WHOLE, **REST})
    for path in (world.committee, world.sheet(), f"{world.sheet()}/review"):
        page = client.get(path).text
        assert "Tajni komentar" not in page
        assert "Amra Hodžić" not in page
    client.post(f"{world.sheet()}/review", {"version": "1", **SIGNATURE})
    page = client.get(f"{world.sheet()}/review").text
    assert "Tajni komentar predsjednice." in page
    assert "Amra Hodžić" in page
    other = client.get(f"{world.sheet(1)}/review").text
    assert "Tajni komentar" not in other


def test_half_points_add_up_exactly(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    client.sign_in(world.member)
    autosave(client, world.sheet(), 0, **{**WHOLE, **REST})
    page = client.get(world.sheet()).text
    # 4 × 2 + 0,75 × 10 + 15
    assert 'data-exact="61/2"' in page
    assert "<b data-points>30,5</b> / 35" in page


@pytest.mark.parametrize("path", ["/committee", "{committee}"])
def test_lists_ask_the_same_whatever_their_rows(
    app: Flask, client: LintingClient, path: str
) -> None:
    counts = []
    for number in (1, 3):
        world = make_world(app, applications=number)
        client.sign_in(world.chair)
        with Statements() as seen:
            client.get(path.format(committee=world.committee))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def test_sheet_page_asks_at_most_twelve(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    client.sign_in(world.chair)
    with Statements() as seen:
        client.get(world.sheet())
    assert len(seen) <= 12
