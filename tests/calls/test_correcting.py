"""Corrections: written, returned, published with a number, told to everybody who follows."""

import copy
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from grants import clock
from grants.applications.rules.states import ApplicationStatus
from grants.audit.models import AuditEntry
from grants.calls.actions.correcting import (
    discard_correction,
    publish_correction,
    return_correction,
    send_correction,
    write_correction,
)
from grants.calls.actions.following import follow_call
from grants.calls.corrected import correctable, hashes_of
from grants.calls.models import Call, Correction, FormVersion
from grants.calls.presets import presets
from grants.calls.queries import form_of
from grants.calls.rules.states import CallStatus, CorrectionStatus
from grants.db import db
from grants.errors import Incomplete, WrongState
from grants.people.rules import Role
from tests.calls.making import actor, read
from tests.calls.test_editor import Fields
from tests.calls.town import OpenTown, inside, make_open_town, subjects
from tests.client import LintingClient, Statements, commit
from tests.conftest import NOON
from tests.factories import DEADLINE, make_application, make_call, make_organisation, make_user

LATER = DEADLINE + timedelta(hours=20)
MOVED = {"deadline": LATER.isoformat(), "planned:check_from": "2026-03-11"}


@pytest.fixture
def town(app: Flask, monkeypatch: pytest.MonkeyPatch) -> OpenTown:
    monkeypatch.setattr(clock, "_read", lambda: NOON)
    with app.app_context():
        return make_open_town()


def write(town: OpenTown, wanted: dict[str, Any] | None = None, **over: Any) -> Correction:
    call = read(town.call)
    facts = {"reason": "Praznik pada na rok.", "by": actor(town.officer), "at": NOON} | over
    return write_correction(call, wanted or MOVED, **facts)


def publish(town: OpenTown, wanted: dict[str, Any] | None = None, *, at: datetime = NOON) -> Call:
    correction = write(town, wanted)
    send_correction(correction, by=actor(town.officer), at=at)
    publish_correction(correction, by=actor(town.mayor), at=at)
    return correction.call


def test_published_correction_changes_the_call_and_keeps_both_hashes(
    app: Flask, town: OpenTown
) -> None:
    with inside(app, town):
        follow_call(town.call, user_id=town.follower.id, at=NOON)
        wanted = MOVED | {
            "title": "Javni poziv za 2026.",
            "text:contact": "Služba",
            "questions_until": (DEADLINE - timedelta(days=1)).isoformat(),
            "grant_max": 4_000_000,
            "lot:1": correctable(read(town.call))["lot:1"] + 100,
            "funding:0": correctable(read(town.call))["funding:0"] + 100,
            "document:plan": {"title": "Plan rada", "mandatory": True},
        }
        call = publish(town, wanted)
    with inside(app, town):
        call = read(town.call)
        after = correctable(call)
        assert {part: after[part] for part in wanted} == wanted
        assert (call.title_folded, call.texts["how_to_apply"]) == (
            "javni poziv za 2026.", "Ovdje, do roka.",
        )  # fmt: skip
        kept = db.session.execute(select(Correction)).scalar_one()
        hashes = hashes_of(kept)
        assert hashes is not None
        assert (kept.number, hashes.before, hashes.after) == (1, "0" * 64, call.frozen_sha256)
        assert len(call.frozen_sha256 or "") == 64
        assert subjects()[-1] == (town.follower.email, "Ispravka br. 1 poziva")
        rows = db.session.execute(select(AuditEntry).order_by(AuditEntry.id)).scalars()
        found = [row for row in rows if row.event == "call_corrected"]
        assert found[0].facts["sha256"] == call.frozen_sha256
        assert found[0].facts["before_sha256"] == "0" * 64
        assert set(found[0].facts["changed"]) == set(wanted)


def test_numbers_have_no_gaps_when_drafts_were_thrown_away(app: Flask, town: OpenTown) -> None:
    with inside(app, town):
        publish(town)
        discard_correction(write(town, {"summary": "Ništa"}), by=actor(town.officer), at=NOON)
        publish(town, {"summary": "Drugo"})
        publish(town, {"summary": "Treće"})
        rows = db.session.execute(select(Correction.number).order_by(Correction.id)).scalars()
        assert list(rows) == [1, 2, 3]


def test_only_one_correction_is_in_work(app: Flask, town: OpenTown) -> None:
    with inside(app, town):
        first = write(town)
        with pytest.raises(WrongState) as refused:
            write(town, {"summary": "Drugo"})
        assert refused.value.problems[0].code == "correction_open"
        write(town, {"summary": "Novo"}, correction=first)
        assert first.after == {"summary": "Novo"}


def test_signatory_returns_with_a_reason_and_the_officer_is_told(
    app: Flask, town: OpenTown
) -> None:
    with inside(app, town):
        correction = write(town)
        with pytest.raises(WrongState):
            publish_correction(correction, by=actor(town.mayor), at=NOON)
        send_correction(correction, by=actor(town.officer), at=NOON)
        with pytest.raises(WrongState):
            write(town, MOVED, correction=correction)
        with pytest.raises(WrongState):
            discard_correction(correction, by=actor(town.officer), at=NOON)
        return_correction(correction, reason="Prekratko.", by=actor(town.mayor), at=NOON)
        assert (correction.status, correction.return_reason) == (
            CorrectionStatus.DRAFT, "Prekratko.",
        )  # fmt: skip
        assert subjects() == [
            (town.mayor.email, "Ispravka poziva čeka vašu odluku"),
            (town.officer.email, "Ispravka poziva je vraćena na doradu"),
        ]


def test_correction_is_not_published_after_the_deadline(app: Flask, town: OpenTown) -> None:
    with inside(app, town):
        correction = write(town)
        send_correction(correction, by=actor(town.officer), at=NOON)
        late = DEADLINE + timedelta(seconds=1)
        with pytest.raises(WrongState) as refused:
            publish_correction(correction, by=actor(town.mayor), at=late)
        assert refused.value.problems[0].code == "correction_closed"
        assert correction.number is None
        assert read(town.call).deadline == DEADLINE


@pytest.mark.parametrize("part", ["grid", "allocation", "budget_rules", "evidence"])
def test_what_froze_cannot_be_corrected(app: Flask, town: OpenTown, part: str) -> None:
    with inside(app, town), pytest.raises(Incomplete) as refused:
        write(town, {part: {}})
    assert [each.code for each in refused.value.problems] == ["correction_frozen"]


def test_form_refuses_what_is_not_fair_and_keeps_what_was_typed(
    client: LintingClient, town: OpenTown
) -> None:
    client.sign_in(town.officer)
    new = f"{town.inner}/corrections/new"
    sent = Fields(client.get(new).text).sent
    page = client.post(new, sent, status=422).text
    assert "zašto se poziv ispravlja" in page
    sent["reason"] = "Produženje roka zbog praznika."
    page = client.post(new, sent, status=422).text
    assert "Ništa nije drugačije nego u pozivu" in page
    sent |= {"deadline": "8. 3. 2026. u 15:00", "grant_max": "30.000,00"}
    page = client.post(new, sent, status=422).text
    assert "Rok se može pomjeriti samo naprijed" in page
    assert "Iznos se ispravkom može samo povećati" in page
    assert "8. 3. 2026. u 15:00" in page


def test_walk_from_the_form_to_the_public_page(client: LintingClient, town: OpenTown) -> None:
    client.sign_in(town.officer)
    new = f"{town.inner}/corrections/new"
    sent = Fields(client.get(new).text).sent
    sent |= {"reason": "Produženje roka zbog praznika.",
             "deadline": "10. 3. 2026. u 11:00", "grant_max": "40.000", "check_from": "11.3.2026.",
             "who_may_apply": "Udruženja, fondacije i zadruge."}  # fmt: skip
    where = client.post(new, sent).location
    preview = client.get(where).text
    for text in ("ponedjeljak, 9.", "utorak", "<ins>", "40.000,00", "Pošalji potpisniku"):
        assert text in preview
    assert client.get(new, status=302).location.endswith(where)
    client.post(f"{where}/publish", {}, status=403)
    client.post(f"{where}/send", {})
    client.sign_in(town.mayor)
    assert "Ispravka poziva čeka vašu odluku." in client.get(f"/m/{town.municipality.slug}").text
    client.post(f"{where}/return", {"reason": ""}, status=422)
    client.post(f"{where}/publish", {})
    client.sign_out()
    public = client.get(town.public).text
    for text in (
        "Poziv je ispravljen.", "Ispravka br. 1", "Produženje roka zbog praznika.",
        "<s>9.\u00a03.\u00a02026. u 15:00</s>", "utorak, 10.\u00a03.\u00a02026. u 11:00",
        "10.000 – 40.000\u00a0KM", "zadruge.",
    ):  # fmt: skip
        assert text in public
    client.sign_in(town.officer)
    assert "Otisak poziva prije" in client.get(where).text
    assert "objavljena" in client.get(f"{town.inner}/corrections").text


def test_rows_of_documents_are_added_without_javascript(
    client: LintingClient, town: OpenTown
) -> None:
    client.sign_in(town.officer)
    new = f"{town.inner}/corrections/new"
    sent = Fields(client.get(new).text).sent
    count = sum(name.endswith("-title") for name in sent)
    page = client.post(new, sent | {"add": "documents", "reason": "Moj razlog"}, status=200).text
    again = Fields(page).sent
    assert sum(name.endswith("-title") for name in again) == count + 1
    assert again["reason"] == "Moj razlog"


def test_corrections_do_not_exist_for_others(
    client: LintingClient, app: Flask, town: OpenTown
) -> None:
    with inside(app, town):
        slug = write(town).slug
    for person in (town.follower, town.stranger):
        client.sign_in(person)
        for path in ("", "/new", f"/{slug}", f"/{slug}/edit"):
            client.get(f"{town.inner}/corrections{path}", status=404)
        for path in ("new", f"{slug}/send", f"{slug}/publish", f"{slug}/return",
                     f"{slug}/discard"):  # fmt: skip
            client.post(f"{town.inner}/corrections/{path}", {}, status=404)
    client.sign_in(town.auditor)
    client.get(f"{town.inner}/corrections/{slug}")
    client.post(f"{town.inner}/corrections/{slug}/discard", {}, status=403)
    client.sign_out()
    assert "Praznik pada na rok" not in client.get(town.public).text


def test_open_draft_shows_the_correction_until_it_was_begun_after_it(
    client: LintingClient, app: Flask, town: OpenTown
) -> None:
    with inside(app, town):
        organisation = make_organisation()
        applicant = make_user("Nova", (Role.REPRESENTATIVE, organisation.id))
        town_call = read(town.call)
        town_call.form = dict(presets()["lod-reload"].form)
        drafts = [
            make_application(
                town_call, organisation, status=ApplicationStatus.DRAFT, started_at=moment,
                submitted_at=None,
            ).slug
            for moment in (NOON - timedelta(days=1), NOON + timedelta(days=1))
        ]  # fmt: skip
        commit()
        publish(town)
    client.sign_in(applicant)
    pages = [client.get(f"/my/applications/{slug}/check").text for slug in drafts]
    assert ["Poziv je u međuvremenu ispravljen." in page for page in pages] == [True, False]
    assert f"/calls/{town.call.slug}#ispravka-1" in pages[0]


def test_statements_do_not_grow_with_corrections(
    client: LintingClient, app: Flask, town: OpenTown
) -> None:
    counts = []
    for rows in (1, 2):
        with inside(app, town):
            for number in range(rows):
                publish(town, {"summary": f"Sažetak {rows}-{number}"})
        seen = []
        for person, path in (
            (town.follower, town.public), (town.officer, f"{town.inner}/corrections"),
        ):  # fmt: skip
            client.sign_in(person)
            with Statements() as statements:
                client.get(path)
            seen.append(len(statements))
        counts.append(seen)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 8


def make_town_with_form(app: Flask) -> OpenTown:
    with app.app_context():
        return make_open_town(form=dict(presets()["lod-reload"].form), evidence={})


def with_other_question(town: OpenTown) -> dict[str, Any]:
    changed = copy.deepcopy(town.call.form)
    changed["sections"][1]["questions"][0]["label"] = "Kratak naziv projekta"
    return changed


def test_form_prepared_in_another_call_goes_into_a_correction(
    client: LintingClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "_read", lambda: NOON)
    town = make_town_with_form(app)
    with inside(app, town):
        over = {"form": with_other_question(town), "evidence": {}, "status": CallStatus.DRAFT}
        source = make_call(town.municipality, **over).slug
    client.sign_in(town.officer)
    path = f"{town.inner}/corrections"
    sent = {"source": f"call:{source}", "reason": ""}
    assert "zašto se poziv ispravlja" in client.post(f"{path}/form", sent, status=422).text
    same = {"source": f"call:{town.call.slug}", "reason": "Isto"}
    client.post(f"{path}/form", same, status=422)
    client.post(f"{path}/form", {"source": "call:nema"}, status=404)
    where = client.post(f"{path}/form", sent | {"reason": "Jasnije pitanje."}).location
    assert "Kratak naziv projekta" in client.get(where).text


def test_corrected_form_becomes_the_next_version_when_published(
    client: LintingClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "_read", lambda: NOON)
    town = make_town_with_form(app)
    number = town.call.form["version"]
    with inside(app, town):
        publish(town, {"form": with_other_question(town)})
    with inside(app, town):
        newest = select(FormVersion).order_by(FormVersion.number.desc()).limit(1)
        version = db.session.execute(newest).scalar_one()
        assert (version.number, version.note) == (number + 1, "Praznik pada na rok.")
        labels = {question.label for question in form_of(read(town.call)).questions()}
        assert "Kratak naziv projekta" in labels
    assert "Kratak naziv projekta" in client.get(town.public).text


def test_form_stays_in_the_draft_when_the_rest_is_edited(
    client: LintingClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "_read", lambda: NOON)
    town = make_town_with_form(app)
    with inside(app, town):
        slug = write(town, {"form": with_other_question(town)}).slug
    client.sign_in(town.officer)
    edit = f"{town.inner}/corrections/{slug}/edit"
    client.post(edit, Fields(client.get(edit).text).sent | {"summary": "Novi sažetak"})
    with inside(app, town):
        kept = db.session.execute(select(Correction)).scalar_one()
        assert set(kept.after) == {"form", "summary"}
