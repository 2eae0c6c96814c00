"""The editor of a call: every part, rows without JavaScript, refusals that keep what was typed."""

import io
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask

from grants import clock, tenancy
from grants.calls.models import Call
from grants.calls.pages import PART_FORMS
from grants.calls.queries import frozen_facts, get_call_by_id
from grants.calls.rules.publication import PARTS
from grants.calls.rules.states import CallStatus
from grants.municipalities.models import Municipality
from grants.people.models import User
from grants.people.rules import Role
from tests.calls.making import make_draft, read
from tests.client import LintingClient, Statements, commit
from tests.conftest import NOON
from tests.documents.files import make_pdf
from tests.factories import make_municipality, make_user

KEPT = (
    "texts", "planned", "evidence", "tie_breaks", "required_documents", "instalments", "grant_max",
    "organisation_cap", "cofinancing", "opens_at", "deadline", "divergence_limit",
)  # fmt: skip


@dataclass(frozen=True)
class Town:
    """A municipality, its people, and a filled draft."""

    municipality: Municipality
    officer: User
    mayor: User
    auditor: User
    call: Call

    @property
    def path(self) -> str:
        return f"/m/{self.municipality.slug}/calls/{self.call.slug}"


@pytest.fixture
def town(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(clock, "_read", lambda: NOON)
    with app.app_context():
        municipality = make_municipality()
        made = [
            make_user(name, (role, municipality.id))
            for name, role in (
                ("Lejla Službenik", Role.OFFICER),
                ("Amela Mayer", Role.SIGNATORY),
                ("Revizor", Role.AUDITOR),
            )
        ]
        commit()
        return Town(municipality, *made, make_draft(municipality))


@pytest.fixture
def officer(client: LintingClient, town: Town) -> LintingClient:
    return client.sign_in(town.officer)


class Fields(HTMLParser):
    """What a browser would send: every field of a page with its value."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self._select, self._area = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value") or ""
        if tag == "input" and name and name != "csrf_token":
            self._take_input(name, value, found)
        if tag == "select":
            self._select = name
        is_chosen = "selected" in found or self._select not in self.sent
        if tag == "option" and self._select and is_chosen:
            self.sent[self._select] = value
        if tag == "textarea":
            self._area, self.sent[name] = name, ""

    def _take_input(self, name: str, value: str, found: dict[str, str | None]) -> None:
        if found.get("type") == "checkbox":
            if "checked" in found:
                self.sent.setdefault(name, []).append(value)
        elif found.get("type") == "radio":
            if "checked" in found:
                self.sent[name] = value
        else:
            self.sent[name] = value

    def handle_data(self, text: str) -> None:
        if self._area:
            self.sent[self._area] += text.removeprefix("\r\n").removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._select = ""


def fields(client: LintingClient, path: str) -> dict[str, Any]:
    return Fields(client.get(path).text).sent


def stored(app: Flask, town: Town) -> Call:
    with app.app_context():
        return read(town.call)


@pytest.mark.parametrize("part", PARTS)
def test_part_is_shown_to_officer_in_few_statements(
    officer: LintingClient, town: Town, part: str
) -> None:
    with Statements() as seen:
        officer.get(f"{town.path}/edit/{part}")
    assert len(seen) <= 8


@pytest.mark.parametrize("part", sorted(PART_FORMS))
def test_nothing_changes_when_part_is_saved_as_it_was_shown(
    app: Flask, officer: LintingClient, town: Town, part: str
) -> None:
    before = stored(app, town)
    officer.post(f"{town.path}/edit/{part}", fields(officer, f"{town.path}/edit/{part}"))
    after = stored(app, town)
    assert after.version == before.version + 1
    for name in KEPT:
        assert getattr(after, name) == getattr(before, name), name
    assert [lot.envelope for lot in after.lots] == [lot.envelope for lot in before.lots]
    assert [each.amount for each in after.funding] == [each.amount for each in before.funding]
    assert "Sve je popunjeno i slaže se" in officer.get(f"{town.path}/edit/check").text


def test_part_of_no_name_does_not_exist(officer: LintingClient, town: Town) -> None:
    officer.get(f"{town.path}/edit/nema", status=404)
    officer.post(f"{town.path}/edit/form", {}, status=404)


def test_rows_come_and_go_without_saving_anything(
    app: Flask, officer: LintingClient, town: Town
) -> None:
    path = f"{town.path}/edit/lots"
    typed = fields(officer, path) | {"lots-0-title": "Mladi i sport"}
    page = officer.post(path, typed | {"add": "lots"}, status=200).text
    more = Fields(page).sent
    assert (more["lots-0-title"], more["lots-3-title"]) == ("Mladi i sport", "")
    page = officer.post(path, more | {"remove": "lots-1"}, status=200).text
    assert "lots-1-title" not in Fields(page).sent
    assert stored(app, town).lots[0].title == "Mladi"
    officer.post(path, Fields(page).sent)
    found = [(lot.code, lot.title) for lot in stored(app, town).lots]
    assert found == [("1", "Mladi i sport"), ("2", "Zaštita okoliša")]


def test_typed_text_comes_back_when_an_amount_cannot_be_read(
    app: Flask, officer: LintingClient, town: Town
) -> None:
    path = f"{town.path}/edit/amounts"
    typed = fields(officer, path) | {"grant_max": "1.234,5x", "programme_name": "Novi program"}
    page = officer.post(path, typed, status=422).text
    assert "„1.234,5x“ nije iznos" in page
    assert Fields(page).sent["programme_name"] == "Novi program"
    assert stored(app, town).grant_max == 3_500_000


def test_long_title_is_refused_with_its_limit(officer: LintingClient, town: Town) -> None:
    path = f"{town.path}/edit/texts"
    page = officer.post(path, fields(officer, path) | {"title": "a" * 300}, status=422).text
    assert "najviše 200 znakova" in page


def test_edit_is_refused_when_colleague_saved_in_between(
    app: Flask, officer: LintingClient, town: Town
) -> None:
    path = f"{town.path}/edit/texts"
    mine = fields(officer, path) | {"summary": "Moj sažetak"}
    officer.post(path, fields(officer, path) | {"summary": "Njen sažetak"})
    page = officer.post(path, mine, status=409).text
    assert "Neko je u međuvremenu sačuvao izmjene" in page
    assert Fields(page).sent["summary"] == "Moj sažetak"
    assert stored(app, town).summary == "Njen sažetak"
    officer.post(path, Fields(page).sent)
    assert stored(app, town).summary == "Moj sažetak"


def test_stale_page_stays_stale_when_a_row_was_added(
    app: Flask, officer: LintingClient, town: Town
) -> None:
    path = f"{town.path}/edit/lots"
    mine = fields(officer, path)
    officer.post(path, fields(officer, path))
    redrawn = Fields(officer.post(path, mine | {"add": "lots"}, status=200).text).sent
    officer.post(path, redrawn, status=409)


def test_budget_rule_reads_in_words_when_saved(
    app: Flask, officer: LintingClient, town: Town
) -> None:
    path = f"{town.path}/edit/budget"
    typed = fields(officer, path)
    typed |= {"rules-1-limit": "12,5", "rules-1-base": "grant", "rules-1-severity": "warn"}
    officer.post(path, typed)
    assert stored(app, town).budget_rules[1] == {
        "code": "equipment-30", "tags": ["equipment"], "base": "grant", "limit": "0.125",
        "severity": "warn",
    }  # fmt: skip
    page = officer.get(path).text
    assert "administrativni troškovi: najviše 30\u00a0% ukupnog budžeta" in page
    assert "oprema i materijal: najviše 12,5\u00a0% traženog iznosa (samo upozorenje)" in page


def test_grid_is_recomputed_when_a_weight_changes(
    app: Flask, officer: LintingClient, town: Town
) -> None:
    path = f"{town.path}/edit/grid"
    typed = fields(officer, path) | {"sections-4-questions-1-weight": "3"}
    page = officer.post(path, typed | {"redraw": "1"}, status=200).text
    assert re.search(r"<b>105</b>\s*od navedenih\s*<b>100</b>", page)
    assert "razlikuje se" in page
    officer.post(path, typed)
    page = officer.post(f"{town.path}/send", status=422).text
    assert "Najviše bodova po pitanjima je 105, a za poziv je navedeno 100" in page
    assert f'href="{town.path}/edit/grid"' in page


def test_grid_takes_questions_of_every_kind(app: Flask, officer: LintingClient, town: Town) -> None:
    path = f"{town.path}/edit/grid"
    typed = fields(officer, path)
    typed |= {
        "sections-4-questions-0-kind": "coefficient", "sections-4-questions-0-weight": "5",
        "sections-4-questions-0-values": "1; 0,75; 0,5",
        "sections-4-questions-1-kind": "bands",
        "sections-4-questions-1-bands": "preko 200 = 10\r\ndo 200 = 2,5\r\n",
    }  # fmt: skip
    officer.post(path, typed)
    found = stored(app, town).grid["sections"][4]["questions"]
    assert found == [
        {"code": "5.1", "text": found[0]["text"], "kind": "coefficient",
         "values": [1, "0.75", "0.5"], "weight": 5},
        {"code": "5.2", "text": found[1]["text"], "kind": "bands", "bands": [
            {"code": "1", "label": "preko 200", "points": 10},
            {"code": "2", "label": "do 200", "points": "2.5"},
        ]},
    ]  # fmt: skip
    assert "slaže se" in officer.get(path).text
    officer.post(path, fields(officer, path))
    assert stored(app, town).grid["sections"][4]["questions"] == found


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"sections-0-questions-0-weight": "dva"}, "„dva“ nije broj"),
        ({"sections-0-questions-0-maximum": ""}, "Upišite broj."),
        (
            {"sections-0-questions-0-kind": "coefficient",
             "sections-0-questions-0-values": "1; pola"},
            "„pola“ se ne može pročitati",
        ),
        (
            {"sections-0-questions-0-kind": "bands", "sections-0-questions-0-bands": "bez bodova"},
            "„bez bodova“ se ne može pročitati",
        ),
    ],
)  # fmt: skip
def test_grid_is_refused_when_a_number_cannot_be_read(
    officer: LintingClient, town: Town, over: dict[str, str], said: str
) -> None:
    path = f"{town.path}/edit/grid"
    assert said in officer.post(path, fields(officer, path) | over, status=422).text


def test_question_row_comes_and_goes_inside_its_section(officer: LintingClient, town: Town) -> None:
    path = f"{town.path}/edit/grid"
    page = officer.post(
        path, fields(officer, path) | {"add": "sections-1-questions"}, status=200
    ).text
    more = Fields(page).sent
    assert more["sections-1-questions-5-weight"] == "1"
    assert "Pitanje 2.6: najviše 5" in page
    page = officer.post(path, more | {"remove": "sections-0"}, status=200).text
    assert "Pitanje 5.1" not in page


def test_call_walks_from_new_to_published(
    app: Flask, client: LintingClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(town.officer).post(f"{town.path}/send")
    assert "Poziv je od" in client.get(f"{town.path}/edit/lots").text
    client.post(f"{town.path}/edit/lots", fields(client, f"{town.path}/edit/lots"), status=409)
    client.sign_in(town.mayor)
    assert "Odobri poziv" in client.get(f"{town.path}/edit/check").text
    assert "Napišite šta" in client.post(f"{town.path}/return", {"reason": " "}, status=422).text
    client.post(f"{town.path}/return", {"reason": "Provjerite rok."})
    client.sign_in(town.officer)
    assert "Provjerite rok." in client.get(f"{town.path}/edit/dates").text
    client.post(f"{town.path}/send")
    client.sign_in(town.mayor).post(f"{town.path}/approve")
    client.sign_in(town.officer)
    assert "Objavi poziv" in client.get(f"{town.path}/edit/check").text
    client.post(f"{town.path}/publish")
    call = stored(app, town)
    assert call.status is CallStatus.PUBLISHED
    assert str(call.frozen_sha256) in client.get(f"{town.path}/edit/check").text
    client.sign_out()
    assert call.title in client.get(f"/calls/{call.slug}").text
    client.sign_in(town.officer).post(f"{town.path}/publish", status=409)


def test_new_call_is_made_from_the_preset(app: Flask, client: LintingClient, town: Town) -> None:
    path = f"/m/{town.municipality.slug}/calls/new"
    client.sign_in(town.officer)
    typed = fields(client, path) | {
        "preset": "lod-reload", "reference": "NS-2026-DRUGI", "opens_on": "1. 9. 2026.",
    }  # fmt: skip
    answer = client.post(path, typed)
    assert answer.headers["Location"].endswith(
        "/calls/javni-poziv-organizacijama-civilnog-drustva-za-predaju-2026/edit/texts"
    )
    client.get(answer.headers["Location"])
    assert "već postoji" in client.post(path, typed, status=422).text
    assert "nije datum" in client.post(path, typed | {"opens_on": "sutra"}, status=422).text


@pytest.mark.parametrize("step", ["send", "publish", "edit/texts"])
@pytest.mark.parametrize("who", ["mayor", "auditor"])
def test_step_of_the_officer_is_forbidden_to_others(
    client: LintingClient, town: Town, step: str, who: str
) -> None:
    client.sign_in(getattr(town, who))
    client.get(f"{town.path}/edit/texts")
    client.post(f"{town.path}/{step}", status=403)


@pytest.mark.parametrize("step", ["approve", "return"])
@pytest.mark.parametrize("who", ["officer", "auditor"])
def test_step_of_the_signatory_is_forbidden_to_others(
    client: LintingClient, town: Town, step: str, who: str
) -> None:
    client.sign_in(getattr(town, who)).post(f"{town.path}/{step}", status=403)


@pytest.mark.parametrize("page", ["edit", "edit/check", "files/x"])
def test_draft_does_not_exist_for_staff_of_another_municipality(
    app: Flask, client: LintingClient, town: Town, page: str
) -> None:
    with app.app_context():
        other = make_municipality()
        stranger = make_user("Stranac", (Role.OFFICER, other.id))
        commit()
    client.sign_in(stranger).get(f"{town.path}/{page}", status=404)
    client.get(f"/m/{other.slug}/calls/{town.call.slug}/{page}", status=404)
    client.get(f"/m/{town.municipality.slug}/calls/new", status=404)
    client.post(f"{town.path}/send", status=404)


def test_file_is_added_renamed_read_and_removed(
    app: Flask, officer: LintingClient, town: Town
) -> None:
    path = f"{town.path}/edit/files"
    sent = {"file": (io.BytesIO(make_pdf()), "smjernice.pdf")}
    officer.post(f"{town.path}/files", sent, content_type="multipart/form-data")
    row = stored(app, town).documents[0]
    assert row.title == "smjernice"
    slug = row.document.slug
    officer.post(f"{town.path}/files/{slug}", {"title": "Smjernice za aplikante"})
    assert "Smjernice za aplikante" in officer.get(path).text
    officer.post(f"{town.path}/files/{slug}", {"title": ""}, status=422)
    assert officer.get(f"{town.path}/files/{slug}").data.startswith(b"%PDF")
    officer.post(f"{town.path}/files/{slug}", {"remove": "1"})
    assert stored(app, town).documents == []


def test_file_is_refused_when_its_content_is_not_its_name(
    officer: LintingClient, town: Town
) -> None:
    sent = {"file": (io.BytesIO(b"MZ\x90\x00program"), "smjernice.pdf")}
    page = officer.post(f"{town.path}/files", sent, status=422, content_type="multipart/form-data")
    assert "govuk-error-message" in page.text
    officer.post(f"{town.path}/files", {}, status=422)


def test_dates_are_said_when_they_do_not_follow(officer: LintingClient, town: Town) -> None:
    path = f"{town.path}/edit/dates"
    typed = fields(officer, path) | {"deadline": "1. 3. 2026. u 15:00", "decision_on": ""}
    officer.post(path, typed)
    page = officer.get(path).text
    assert "mora biti poslije početka" in page
    assert "nedostaje ih 1" in page


def test_guide_of_a_question_is_kept_and_frozen(
    app: Flask, officer: LintingClient, town: Town
) -> None:
    path = f"{town.path}/edit/grid"
    typed = fields(officer, path)
    typed["sections-1-questions-0-guide"] = "Dobro: navodi mjeru strategije."
    officer.post(path, typed)
    kept = stored(app, town)
    assert kept.guides["2.1"] == "Dobro: navodi mjeru strategije."
    assert "navodi mjeru strategije" in officer.get(path).text
    with app.app_context(), tenancy.within(kept.municipality_id):
        call = get_call_by_id(kept.id)
        assert call is not None
        assert frozen_facts(call)["guides"] == kept.guides
