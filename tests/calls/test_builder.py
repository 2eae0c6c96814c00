"""The form builder without JavaScript: sections, questions, conditions, blocks, whole forms."""

import io
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from grants import tenancy
from grants.calls.models import Call
from grants.calls.queries import form_of
from grants.calls.rules.form import Choice, Condition, Form, Kind, Question
from grants.calls.rules.form_json import read_form
from grants.calls.rules.form_writing import write_form
from grants.db import db
from grants.municipalities.models import Municipality
from grants.people.models import User
from grants.people.rules import Role
from tests.calls.making import make_draft, read
from tests.calls.test_editor import fields
from tests.client import LintingClient, Statements, commit
from tests.factories import make_municipality, make_user

EMPTY: dict[str, Any] = {"format": "poziv-form/1", "version": 1, "sections": []}


class Builder:
    """A draft of a call, its officer at the builder."""

    def __init__(self, app: Flask, client: LintingClient, *, form: dict[str, Any] | None) -> None:
        self.app, self.client = app, client
        with app.app_context():
            self.town: Municipality = make_municipality()
            self.officer: User = make_user("Lejla Službenik", (Role.OFFICER, self.town.id))
            self.auditor: User = make_user("Revizor", (Role.AUDITOR, self.town.id))
            self.stranger: User = make_user("Neko Drugi")
            commit()
            over = {} if form is None else {"form": form}
            self.call: Call = make_draft(self.town, **over)
            self.base = f"/m/{self.town.slug}/calls/{self.call.slug}/edit/form"
        client.sign_in(self.officer)

    def version(self) -> int:
        with self.app.app_context():
            return read(self.call).version

    def form(self) -> Form:
        with self.app.app_context():
            return form_of(read(self.call))

    def question(self, key: str) -> Question:
        found = self.form().question(key)
        assert found is not None
        return found

    def post(self, path: str, sent: dict[str, Any], *, status: int = 302) -> str:
        typed = {"version": self.version(), **sent}
        return self.client.post(f"{self.base}{path}", typed, status=status).text

    def adds(self, section: str, kind: str, **sent: Any) -> str:
        return self.post(f"/sections/{section}/questions?kind={kind}", {"need": "always", **sent})

    def changes(self, key: str, *, status: int = 302, **sent: Any) -> str:
        typed = fields(self.client, f"{self.base}/questions/{key}")
        return self.post(f"/questions/{key}", {**typed, **sent}, status=status)


@pytest.fixture
def empty(app: Flask, client: LintingClient, at: datetime) -> Builder:
    return Builder(app, client, form=EMPTY)


@pytest.fixture
def full(app: Flask, client: LintingClient, at: datetime) -> Builder:
    return Builder(app, client, form=None)


def test_small_form_is_built_with_a_condition(empty: Builder) -> None:
    assert "Obrazac je prazan" in empty.client.get(empty.base).text
    empty.post("/sections", {"title": "Šta radite"})
    assert (
        "Vrsta odgovora: dug tekst"
        in empty.client.get(f"{empty.base}/sections/sta_radite/questions?kind=long_text").text
    )
    empty.adds("sta_radite", "choice", label="Imate li prostor?", **{
        "choices-0-label": "Imamo", "choices-1-label": "Nemamo", "choices-2-label": "",
    })  # fmt: skip
    empty.adds("sta_radite", "long_text", label="Opišite prostor", words="80",
               shown_question="imate_li_prostor", shown_codes=["imamo"],
               mistakes="Predugačko\n\nBez adrese")  # fmt: skip
    form = empty.form()
    assert [question.key for question in form.questions()] == [
        "imate_li_prostor", "opisite_prostor",
    ]  # fmt: skip
    assert empty.question("imate_li_prostor").choices == (
        Choice("imamo", "Imamo"), Choice("nemamo", "Nemamo"),
    )  # fmt: skip
    made = empty.question("opisite_prostor")
    assert (made.kind, made.words, made.is_required) == (Kind.LONG_TEXT, 80, True)
    assert made.shown_when == Condition("imate_li_prostor", ("imamo",))
    assert made.mistakes == ("Predugačko", "Bez adrese")
    page = empty.client.get(empty.base).text
    assert "postavlja se kad je na „Imate li prostor?“ odgovoreno „Imamo“" in page


def test_rows_are_added_and_conditions_offered_without_saving(empty: Builder) -> None:
    empty.post("/sections", {"title": "Dio"})
    empty.adds("dio", "declaration", label="Saglasni smo")
    path = "/sections/dio/questions?kind=table"
    page = empty.post(path, {"label": "Tim", "add": "columns", "shown_question": "saglasni_smo"},
                      status=200)  # fmt: skip
    assert "Kolona 1" in page
    assert "označeno" in page
    assert [each.key for each in empty.form().questions()] == ["saglasni_smo"]
    empty.adds("dio", "table", label="Tim", row_name="Član", least="1", **{
        "columns-0-label": "Uloga", "columns-0-kind": "choice",
        "columns-0-choices": "lead = Vodi projekat\nPomaže", "columns-0-is_required": "y",
        "columns-1-label": "Sati", "columns-1-kind": "number",
    })  # fmt: skip
    table = empty.question("tim")
    assert [(each.key, each.is_required) for each in table.columns] == [
        ("uloga", True), ("sati", False),
    ]  # fmt: skip
    assert table.columns[0].choices == (
        Choice("lead", "Vodi projekat"), Choice("pomaze", "Pomaže"),
    )  # fmt: skip


def test_columns_have_words_and_hints_and_rows_are_numbered(empty: Builder) -> None:
    empty.post("/sections", {"title": "Dio"})
    empty.adds("dio", "table", label="Rezultati", numbered="R", **{
        "columns-0-label": "Opis", "columns-0-kind": "long_text", "columns-0-words": "120",
        "columns-0-hint": "Stanje na kraju",
    })  # fmt: skip
    table = empty.question("rezultati")
    assert table.numbered == "R"
    assert (table.columns[0].words, table.columns[0].hint) == (120, "Stanje na kraju")
    empty.adds("dio", "table", label="Koraci", **{
        "columns-0-label": "Rezultat", "columns-0-kind": "reference",
        "columns-0-of": "rezultati",
    })  # fmt: skip
    empty.changes("koraci", numbered_by="rezultat")
    assert empty.question("koraci").numbered == "by:rezultat"
    empty.changes("koraci", numbered_by="", numbered="K")
    assert empty.question("koraci").numbered == "K"
    empty.changes("koraci", numbered="")
    assert empty.question("koraci").numbered == ""


def test_every_question_of_the_preset_is_saved_as_it_was(full: Builder) -> None:
    before = full.form()
    for question in before.questions():
        full.changes(question.key)
        assert full.question(question.key) == question


def test_refused_question_keeps_what_was_typed(full: Builder) -> None:
    page = full.changes("risks", status=422, label="", hint="Moj trud")
    assert "Moj trud" in page
    page = full.changes("risks", status=422, need="sometimes")
    assert "Odaberite od kojeg pitanja to zavisi." in page


def test_question_that_others_need_is_not_taken_away(full: Builder) -> None:
    page = full.post("/questions/results", {"remove_question": "1"}, status=422)
    assert "Prvo promijenite „Pokazatelji“" in page
    full.post("/questions/risks", {"remove_question": "1"})
    assert full.form().question("risks") is None
    page = full.post("/sections/logframe", {"remove_section": "1"}, status=422)
    assert "Prvo promijenite „Aktivnosti po mjesecima“" in page


def test_order_is_changed_by_buttons_and_kept_where_conditions_need_it(full: Builder) -> None:
    full.post("/order", {"down": "question:risks"})
    section = full.form().section_of("risks")
    assert section is not None
    assert (section.key, section.questions[0].key) == ("plan", "risks")
    full.post("/order", {"up": "section:summary"})
    assert full.form().sections[0].key == "summary"
    page = full.post("/order", {"down": "question:has_partners"}, status=422)
    assert "ono se postavlja tek poslije" in page
    full.post("/order", {"up": "question:nothing"}, status=400)


def test_section_is_called_otherwise(full: Builder) -> None:
    full.post("/sections/team", {"title": "Ko radi", "lede": "Ljudi."})
    section = full.form().section("team")
    assert section is not None
    assert (section.title, section.lede) == ("Ko radi", "Ljudi.")
    assert "Upišite" in full.post("/sections/team", {"title": ""}, status=422)


def test_blocks_bring_what_publication_needs(empty: Builder) -> None:
    empty.post("/blocks", {"block": "budget"})
    page = empty.client.get(empty.base).text
    assert "Obrazac ne pita za naziv projekta" in page
    for block in ("organisation", "summary", "logframe", "plan", "documents"):
        empty.post("/blocks", {"block": block})
    page = empty.client.get(empty.base).text
    assert "Obrazac ne pita" not in page
    assert "Blok „Budžet“ već je u obrascu" in empty.post(
        "/blocks", {"block": "budget"}, status=422
    )
    assert "Kolona „Rezultat“ pokazuje na" not in page


def test_block_that_points_elsewhere_says_what_is_missing(empty: Builder) -> None:
    page = empty.post("/blocks", {"block": "indicators"}, status=422)
    assert "pokazuje na tabelu „results“, a nje nema" in page


def test_form_goes_out_and_comes_back_the_same(full: Builder) -> None:
    answer = full.client.get(f"{full.base}/export")
    assert answer.headers["Content-Disposition"] == "attachment; filename=obrazac-NS-2026-LOD.json"
    assert read_form(json.loads(answer.text)) == full.form()
    page = _imports(full, answer.data)
    assert "Ovaj obrazac je isti kao sadašnji." in page


def test_imported_form_is_compared_before_it_is_taken_over(full: Builder) -> None:
    old = full.form()
    section = replace(old.sections[0], title="Ko ste", questions=old.sections[0].questions[:1])
    new = write_form(replace(old, version=7, sections=(section, *old.sections[1:])))
    page = _imports(full, json.dumps(new).encode())
    assert "Ko ste" in page
    assert "Kontakt osoba za projekat: uklonjeno" in page
    assert full.form() == old
    full.post("/replace", {"form": json.dumps(new)})
    assert full.form() == read_form(new | {"version": 1})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "Datoteka nije JSON: greška je u redu 1"),
        (b"\xff\xfe", "Datoteka nije JSON"),
        (b"[" * 100_000, "Datoteka nije JSON"),
        (b" " * 1_000_001, "veća od 1 MB"),
        (b'{"format": "drugo"}', "oznaka „format“ je „drugo“"),
        (
            b'{"format": "poziv-form/1", "sections": [{"key": "a", "title": "A", "x": 1}, 5]}',
            "sections[1]: „x“ nije poznato",
        ),
    ],
)
def test_file_that_is_no_form_gets_a_sentence_for_each_fault(
    full: Builder, content: bytes, said: str
) -> None:
    before = full.form()
    assert said in _imports(full, content, status=422)
    full.post("/replace", {"form": content[:9000].decode("latin-1")}, status=422)
    assert full.form() == before


def _imports(builder: Builder, content: bytes, *, status: int = 200) -> str:
    file = {"file": (io.BytesIO(content), "obrazac.json")}
    return builder.post("/import", file, status=status)


def test_form_is_copied_from_a_preset_or_another_call_of_the_town(
    app: Flask, client: LintingClient, empty: Builder
) -> None:
    page = client.get(f"{empty.base}/copy?source=preset:lod-reload").text
    assert "Logički okvir" in page
    client.get(f"{empty.base}/copy?source=preset:nema", status=404)
    client.get(f"{empty.base}/copy?source=call:nema", status=404)
    client.get(f"{empty.base}/copy?source=call:{empty.call.slug}")
    assert f"call:{empty.call.slug}" not in client.get(empty.base).text


def test_somebody_elses_save_is_not_overwritten(full: Builder) -> None:
    stale = {"version": full.version() - 1, "down": "section:summary"}
    page = full.client.post(f"{full.base}/order", stale, status=409).text
    assert "Neko je u međuvremenu sačuvao izmjene" in page


def test_form_that_lies_with_the_signatory_is_read_only(full: Builder, at: datetime) -> None:
    with full.app.app_context(), tenancy.within(full.town.id):
        call = read(full.call)
        call.sent_at = at
        db.session.add(call)
        commit()
    page = full.client.get(full.base).text
    assert "Dodaj pitanje" not in page
    full.post("/sections", {"title": "Dio"}, status=409)


def test_only_officers_of_the_town_build(full: Builder) -> None:
    client, section = full.client, f"{full.base}/sections/team"
    paths = (section, f"{section}/questions?kind=date", f"{full.base}/questions/team")
    client.sign_in(full.auditor)
    for path in paths:
        client.get(path, status=403)
    client.get(f"{full.base}/export")
    client.post(f"{full.base}/order", {"up": "section:team"}, status=403)
    client.sign_in(full.stranger)
    for path in (*paths, f"{full.base}/export", f"{full.base}/copy?source=preset:lod-reload"):
        client.get(path, status=404)
    for path in ("order", "sections", "blocks", "import", "replace"):
        client.post(f"{full.base}/{path}", {}, status=404)


def test_builder_takes_as_many_statements_for_any_number_of_questions(empty: Builder) -> None:
    counts = []
    for blocks in ((), ("organisation",), ("summary", "logframe", "plan", "budget")):
        for block in blocks:
            empty.post("/blocks", {"block": block})
        empty.client.get(empty.base)
        with Statements() as seen:
            empty.client.get(empty.base)
        counts.append(len(seen))
    assert len(set(counts)) == 1


def test_preview_draws_every_section_and_saves_nothing(full: Builder) -> None:
    client, base = full.client, full.base.replace("/edit/form", "/form/preview")
    before = full.form()
    for section in before.sections:
        assert "ništa se ne čuva" in client.get(f"{base}/{section.key}").text
    shown = 'data-shown-when="[{&#34;question&#34;: &#34;has_partners&#34;'
    page = client.get(f"{base}/team").text
    assert f'<div class="asked asked-wide" hidden {shown}' in page
    sent = {"has_partners": "yes", "add": "partners", "partners.rows": "1"}
    page = client.post(f"{base}/team", sent, status=200).text
    assert f'<div class="asked asked-wide" {shown}' in page
    assert page.count('name="remove" value="partners.') == 2
    assert full.form() == before
    client.sign_in(full.stranger)
    client.get(f"{base}/team", status=404)
