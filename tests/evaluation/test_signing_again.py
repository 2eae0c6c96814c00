"""Signing with the password, opening a signed sheet again, notes, own earlier scores, text form."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.calls.models import Call
from grants.db import db
from grants.evaluation.models import Note, Sheet, SheetStatus, SignedSheet
from grants.notifications.models import Mail
from grants.people.models import SignInFailure, User
from tests.client import LintingClient, Statements, commit
from tests.evaluation.test_leaks import keep_conflict
from tests.evaluation.world import SIGNATURE, World, make_world, rows

WHOLE = {
    "q-1.1": "4", "q-1.2": "0.75", "c-1": "Jasna potreba.", "q-2.1": "b", "c-2": "Velik obuhvat.",
}  # fmt: skip
AUTOSAVE = {"X-Autosave": "1"}


def fill(client: LintingClient, path: str, *, version: int = 0, **over: str) -> None:
    """A whole sheet, saved."""
    sent = {**WHOLE, **over}
    fields = {"version": str(version), "changed": list(sent), **sent}
    client.post(path, fields, status=200, headers=AUTOSAVE)


def sign(client: LintingClient, world: World, user: User, number: int = 0) -> None:
    """Somebody fills in and signs a sheet."""
    client.sign_in(user)
    fill(client, world.sheet(number))
    client.post(f"{world.sheet(number)}/review", {"version": "1", **SIGNATURE})


def test_wrong_password_signs_nothing(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=1)
    client.sign_in(world.member)
    fill(client, world.sheet())
    page = f"{world.sheet()}/review"
    assert "Upišite lozinku" in client.post(page, {"version": "1"}, status=422).text
    wrong = client.post(page, {"version": "1", "signing_password": "nije"}, status=422)
    assert "Lozinka nije tačna" in wrong.text
    assert "Jasna potreba." in wrong.text
    [kept] = rows(app, Sheet)
    assert kept.status is SheetStatus.IN_WORK
    assert len(rows(app, SignInFailure)) == 1
    client.post(page, {"version": "1", **SIGNATURE})
    [kept] = rows(app, Sheet)
    assert kept.status is SheetStatus.SIGNED


def test_too_many_wrong_passwords_have_to_wait(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=1)
    client.sign_in(world.member)
    fill(client, world.sheet())
    page, answers = f"{world.sheet()}/review", []
    for _each in range(12):
        client.learn_token()
        sent = {"version": "1", "signing_password": "nije"}
        status = 429 if 429 in answers else None
        answers.append(_status(client, page, sent, status))
    assert answers[0] == 422
    assert answers[-1] == 429
    client.post(page, {"version": "1", **SIGNATURE}, status=429)
    assert rows(app, Sheet)[0].signed_at is None


def _status(client: LintingClient, page: str, sent: dict[str, str], expected: int | None) -> int:
    try:
        return client.post(page, sent, status=expected or 422).status_code
    except AssertionError:
        return client.post(page, sent, status=429).status_code


def test_chair_opens_a_signed_sheet_again(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=1)
    sign(client, world, world.member)
    client.sign_in(world.chair)
    page = client.get(f"{world.committee}/sheets").text
    assert "Otvori ponovo" in page
    assert "30,5" not in page
    again = f"{world.sheet()}/sheets/e2/reopen"
    assert "Edin Kovač" in client.get(again).text
    client.post(again, {"reason": " "}, status=422)
    client.post(again, {"reason": "Zamijenjene su ocjene 1.1 i 1.2."})
    [sheet], [old] = rows(app, Sheet), rows(app, SignedSheet)
    assert (sheet.status, sheet.signed_at) == (SheetStatus.IN_WORK, None)
    assert (old.scores["1.1"], old.reason) == ("4", "Zamijenjene su ocjene 1.1 i 1.2.")
    assert len(old.signed_sha256) == 64
    [mail] = rows(app, Mail)
    assert "Zamijenjene su ocjene" in mail.text
    client.post(again, {"reason": "Opet."}, status=404)
    client.sign_in(world.member)
    fill(client, world.sheet(), version=sheet.version, **{"q-1.1": "3"})
    client.post(f"{world.sheet()}/review", {"version": str(sheet.version + 1), **SIGNATURE})
    review = client.get(f"{world.sheet()}/review").text
    assert "Ranije potpisano" in review
    assert "Zamijenjene su ocjene" in review


def test_nobody_else_opens_or_finds_a_signed_sheet(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    sign(client, world, world.third)
    signed = f"{world.sheet()}/sheets/e3/reopen"
    for who in ("member", "secretary", "stranger", "officer", "applicant"):
        client.sign_in(getattr(world, who))
        client.get(signed, status=404)
        client.post(signed, {"reason": "Razlog."}, status=404)
        client.get(f"{world.sheet()}/sheets/e2/reopen", status=404)
    client.sign_in(world.member)
    client.get(f"{world.committee}/sheets", status=403)
    keep_conflict(app, world.chair.id, world.applications[0])
    client.sign_in(world.chair)
    client.get(signed, status=404)
    page = client.get(f"{world.committee}/sheets").text
    assert world.applications[0] not in page
    assert "-001" not in page


def test_note_is_private_and_saves_itself(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=1)
    client.sign_in(world.member)
    path = f"{world.sheet()}/note"
    sent = {"version": "0", "changed": "text", "text": "Pitati za budžet."}
    first = client.post(path, sent, status=200, headers=AUTOSAVE).get_json()
    assert first["version"] == 1
    second = client.post(path, {**sent, "text": "Drugo."}, status=409, headers=AUTOSAVE).get_json()
    assert second["fields"] == {"text": "Pitati za budžet."}
    assert "Drugo." in client.post(path, {"version": "0", "text": "Drugo."}, status=409).text
    long = {"version": "1", "text": "a" * 20_001}
    assert "najviše 20000" in client.post(path, long, status=422).text
    client.post(path, {"version": "1", "text": "Pitati za plate."})
    assert "Pitati za plate." in client.get(world.sheet()).text
    client.get(path)
    assert [each.text for each in rows(app, Note)] == ["Pitati za plate."]
    for who in ("chair", "third"):
        client.sign_in(getattr(world, who))
        fill(client, world.sheet())
        client.post(f"{world.sheet()}/review", {"version": "1", **SIGNATURE})
        for page in (world.sheet(), path, f"{world.sheet()}/review"):
            assert "Pitati za plate." not in client.get(page).text


def test_guide_and_own_earlier_scores_stand_beside_the_question(
    app: Flask, client: LintingClient
) -> None:
    world = make_world(app, applications=3)
    with app.app_context(), tenancy.across("tests arrange"):
        call = db.session.execute(
            select(Call).where(Call.slug == world.call.rsplit("/", 1)[1])
        ).scalar_one()
        call.guides = {"1.1": "Dobar odgovor navodi mjeru strategije."}
        commit()
    sign(client, world, world.member, 1)
    fill(client, world.sheet(2), **{"q-1.1": "2"})
    page = client.get(f"{world.sheet()}?section=1").text
    assert "Dobar odgovor navodi mjeru strategije." in page
    assert "<b>4</b> dobro: " in page
    assert "<b>2</b> slabo: " in page
    assert "Koliko sam drugima dao/la" in page
    own = client.get(f"{world.committee}/own").text
    assert "čeka potpis" in own
    assert own.count("<b>30,5</b>") == 1
    client.sign_in(world.third)
    assert "<b>30,5</b>" not in client.get(f"{world.committee}/own").text
    assert "<b>4</b> dobro: " not in client.get(f"{world.sheet()}?section=1").text


def test_own_scores_of_a_conflicted_application_are_gone(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    sign(client, world, world.member)
    keep_conflict(app, world.member.id, world.applications[0])
    for page in (f"{world.committee}/own", world.sheet(1)):
        assert "-001" not in client.get(page).text


def upload(client: LintingClient, path: str, text: str, *, status: int = 200) -> str:
    file = (io.BytesIO(text.encode()), "ocjena.txt")
    sent: dict[str, Any] = {"file": file}
    return client.post(path, sent, status=status, content_type="multipart/form-data").text


def test_text_form_is_taken_away_and_brought_back(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=1)
    client.sign_in(world.member)
    fill(client, world.sheet())
    client.get(f"{world.sheet()}/text")
    answer = client.get(f"{world.sheet()}/text/form.txt")
    assert answer.headers["Content-Disposition"].endswith('-001.txt"') or "-001.txt" in str(
        answer.headers["Content-Disposition"]
    )
    text = answer.get_data(as_text=True)
    assert "[[ocjena 1.2]]\r\n0,75\r\n" in text
    filled = text.replace("[[ocjena 1.1]]\r\n4\r\n", "[[ocjena 1.1]]\r\n5\r\n").replace(
        "[[ocjena 2.1]]\r\nb\r\n", "[[ocjena 2.1]]\r\nne znam\r\n"
    )
    page = upload(client, f"{world.sheet()}/text", filled)
    assert "piše „ne znam“" in page
    assert 'name="q-1.1" value="5"' in page
    assert rows(app, Sheet)[0].scores["1.1"] == "4"
    client.post(f"{world.sheet()}/text/save", {"version": "1", "q-1.1": "5", "c-1": "Novo."})
    [kept] = rows(app, Sheet)
    assert (kept.scores["1.1"], kept.comments["1"], kept.scores["2.1"]) == ("5", "Novo.", "b")
    stale = {"version": "1", "q-1.1": "3"}
    assert 'value="3"' in client.post(f"{world.sheet()}/text/save", stale, status=409).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Odaberite datoteku"),
        ("nešto", "nema nijedne oznake"),
        ("a" * 400_001, "prevelika"),
        ("[[list X-1]]\n[[ocjena 1.1]]\n4", "obrazac za prijavu X-1"),
    ],
)
def test_file_that_is_no_form_is_refused_with_a_sentence(
    app: Flask, client: LintingClient, text: str, said: str
) -> None:
    world = make_world(app, applications=1)
    client.sign_in(world.member)
    assert said in upload(client, f"{world.sheet()}/text", text, status=422)
    assert rows(app, Sheet) == []


def test_pages_ask_the_same_whatever_their_rows(app: Flask, client: LintingClient) -> None:
    counts: dict[str, list[int]] = {}
    for number in (1, 3):
        world = make_world(app, applications=number)
        client.sign_in(world.chair)
        for at in range(number):
            fill(client, world.sheet(at))
        for path in ("/sheets", "/own"):
            with Statements() as seen:
                client.get(world.committee + path)
            counts.setdefault(path, []).append(len(seen))
    assert all(first == second <= 8 for first, second in counts.values()), counts
