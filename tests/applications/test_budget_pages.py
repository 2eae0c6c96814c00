"""The budget on its page: sources, meters, and what comes back from a spreadsheet."""

import html
import io
import re
from datetime import datetime

from flask import Flask
from openpyxl import load_workbook

from tests.applications.arranging import FORM, Arranged, arrange, make_budget
from tests.applications.test_drafting import kept
from tests.client import LintingClient, Statements

SOURCES = [
    {"code": "vlastito", "title": "Vlastito"},
    {"code": "rad", "title": "Volonterski rad", "kind": "in_kind"},
]


def arrange_sources(app: Flask, **over: object) -> Arranged:
    sections = [dict(section) for section in FORM["sections"]]
    for section in sections:
        section["questions"] = [
            each | {"sources": SOURCES, "in_kind_limit": "0.5"} if each["key"] == "budget" else each
            for each in section["questions"]
        ]
    return arrange(app, form={**FORM, "sections": sections}, **over)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def import_back(client: LintingClient, budget: str, content: bytes) -> str:
    sent = {"file": (io.BytesIO(content), "budzet.xlsx")}
    return client.post(f"{budget}/budget/import", sent, status=200).text


def test_sources_are_summed_and_in_kind_counts_up_to_its_limit(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange_sources(app, cofinancing={"share": "0.1", "base": "requested"})
    client.sign_in(world.member)
    budget = f"{world.base}/sections/budget"
    fields = make_budget() | {"budget.5.own": "100,00", "budget.5.own_rad": "400,00"}
    client.post(budget, fields | {"version": "1", "stay": "1"}, status=303)
    page = client.get(budget).text
    assert '<output data-sum="source:own_rad">400,00</output>' in page
    assert '<output data-sum="own">500,00</output>' in page
    assert "150,00\u00a0KM se ne računa" in page
    assert "1.692,00\u00a0KM ispod granice" in page
    check = client.get(f"{world.base}/check").text
    assert "Doprinos u naturi je 400,00\u00a0KM od 500,00\u00a0KM vlastitog učešća" in check
    assert "Vlastito učešće je 350,00\u00a0KM" in check


def test_vat_payer_is_told_to_leave_vat_out(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app, vat_mode="recoverable_excluded")
    client.sign_in(world.member)
    page = client.get(f"{world.base}/sections/budget").text
    assert "PDV koji možete odbiti nije prihvatljiv trošak" in page


def test_workbook_comes_back_and_is_kept_only_when_confirmed(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    budget = f"{world.base}/sections/budget"
    answer = client.get(f"{budget}/budget.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    book = load_workbook(io.BytesIO(answer.data))
    sheet = book.worksheets[0]
    sheet["F7"], sheet["C12"], sheet["E12"] = 650, "Autobus", "puno"
    stream = io.BytesIO()
    book.save(stream)
    page = import_back(client, budget, stream.getvalue())
    assert "600,00</del>" in page
    assert "Red 12, kolona „Količina“: „puno“ nije broj." in page
    before = kept(app, world.application, "budget")
    confirmed = {
        "lines": hidden(page, "lines"),
        "version": hidden(page, "version"),
        "whole": hidden(page, "whole"),
    }
    assert before == (1, make_budget())
    client.post(f"{budget}/budget/apply", confirmed, status=303)
    version, answers = kept(app, world.application, "budget")
    assert (version, answers["budget.1.price"]) == (2, "650")
    assert answers["budget.rows"].startswith("1 2 3 4 5 ")
    assert "Autobus" in answers.values()
    again = client.post(f"{budget}/budget/apply", confirmed, status=409).text
    assert "Neko je u međuvremenu sačuvao budžet" in again


def test_unchanged_workbook_says_so(app: Flask, client: LintingClient, at: datetime) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    budget = f"{world.base}/sections/budget"
    page = import_back(client, budget, client.get(f"{budget}/budget.xlsx").data)
    assert "Tabela se ne razlikuje od budžeta u prijavi." in page


def test_pasted_rows_are_added_after_a_look(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    budget = f"{world.base}/sections/budget"
    sent = {"pasted": "Autobus\tvožnja\t2\t300,50\t601\t\t1.1\tIzlet", "under": "6"}
    page = client.post(f"{budget}/budget/paste", sent, status=200).text
    assert "Nove stavke" in page
    confirmed = {"lines": hidden(page, "lines"), "version": hidden(page, "version")}
    client.post(f"{budget}/budget/apply", confirmed, status=303)
    _version, answers = kept(app, world.application, "budget")
    row = answers["budget.rows"].split()[-1]
    assert [answers[f"budget.{row}.{key}"] for key in ("heading", "price", "activity")] == [
        *("6", "300,50", "1")
    ]
    assert (
        "Zalijepite barem jedan red."
        in client.post(f"{budget}/budget/paste", {"pasted": " "}, status=422).text
    )
    client.post(f"{budget}/budget/apply", {"lines": "[[1]]", "version": "2"}, status=400)


def test_strange_files_get_a_sentence(app: Flask, client: LintingClient, at: datetime) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    budget = f"{world.base}/sections/budget/budget/import"
    sent = {"file": (io.BytesIO(b"%PDF-1.4 no workbook"), "budzet.xlsx")}
    client.post(budget, sent, status=422)
    assert "Odaberite datoteku." in client.post(budget, {}, status=422).text


def test_strangers_find_no_budget(app: Flask, client: LintingClient, at: datetime) -> None:
    world = arrange(app)
    client.sign_in(world.stranger)
    budget = f"{world.base}/sections/budget/budget"
    client.get(f"{budget}.xlsx", status=404)
    for deed in ("import", "paste", "apply"):
        client.post(f"{budget}/{deed}", {"lines": "[]"}, status=404)
    client.sign_in(world.member)
    client.get(f"{world.base}/sections/summary/budget.xlsx", status=404)


def test_preview_counts_the_same_statements_for_many_lines(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    path = f"{world.base}/sections/budget/budget/paste"
    client.post(path, {"pasted": "Stavka"}, status=200)
    counts = []
    for lines in (1, 60):
        text = "\n".join(f"Stavka {line}\tkomad\t1\t10" for line in range(lines))
        with Statements() as seen:
            client.post(path, {"pasted": text, "under": "6"}, status=200)
        counts.append(len(seen))
    assert counts[0] == counts[1]
