"""What visitors see: the list with its filters, the page of a call in every state, documents."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from grants import clock, tenancy
from grants.calls.models import Call, CallDocument
from grants.calls.rules.states import CallStatus
from grants.municipalities.models import Municipality
from tests.client import LintingClient, Statements, commit
from tests.conftest import NOON
from tests.factories import DEADLINE, OPENS, keep, make_call, make_document, make_municipality


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request of these tests comes at noon."""
    monkeypatch.setattr(clock, "_read", lambda: NOON)


@pytest.fixture
def town(app: Flask) -> Municipality:
    with app.app_context():
        municipality = make_municipality(name="Novo Sarajevo", slug="novo-sarajevo")
        commit()
    return municipality


def call_of(app: Flask, town: Municipality, **over: object) -> Call:
    with app.app_context():
        call = make_call(town, **over)
        commit()
    return call


def titles(client: LintingClient, query: str = "") -> list[str]:
    page = client.get(f"/{query}").text
    return [part.split("</a></h2>")[0].split(">")[-1] for part in page.split("<article>")[1:]]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_statements_whatever_its_rows(
    app: Flask, client: LintingClient, town: Municipality, rows: int
) -> None:
    for number in range(rows):
        call_of(app, town, title=f"Poziv {number}")
    with Statements() as seen:
        page = client.get("/").text
    assert page.count("<article>") == rows
    assert len(seen) == 3


def test_list_has_open_calls_first_when_others_are_closed_or_coming(
    app: Flask, client: LintingClient, town: Municipality
) -> None:
    call_of(app, town, title="Zatvoren", deadline=NOON - timedelta(days=3))
    call_of(app, town, title="Dolazi", opens_at=NOON + timedelta(days=1))
    call_of(app, town, title="Kasnije", deadline=NOON + timedelta(days=9))
    call_of(app, town, title="Uskoro istječe", deadline=NOON)
    call_of(app, town, title="Nacrt", status=CallStatus.DRAFT)
    call_of(app, town, title="Odobren", status=CallStatus.APPROVED)
    call_of(app, town, title="Odustalo se", status=CallStatus.CANCELLED, published_at=None)
    assert titles(client) == ["Uskoro istječe", "Kasnije", "Dolazi", "Zatvoren"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=Đačka%20cesta", ["Đačka cesta i mladi"]),
        ("?q=ђачка", ["Đačka cesta i mladi"]),
        ("?q=djacka", ["Đačka cesta i mladi"]),
        ("?q=%25", []),
        ("?status=open", ["Đačka cesta i mladi", "Poziv za sport"]),
        ("?status=closed", ["Stari poziv"]),
        ("?municipality=novo-sarajevo", ["Đačka cesta i mladi", "Stari poziv"]),
        ("?municipality=nema&status=svašta", []),
        ("?page=99999999", ["Đačka cesta i mladi", "Poziv za sport", "Stari poziv"]),
        ("?page=2", []),
    ],
)
def test_list_shows_what_was_asked_for(
    app: Flask, client: LintingClient, town: Municipality, query: str, found: list[str]
) -> None:
    with app.app_context():
        other = make_municipality(name="Bihać")
        commit()
    call_of(app, town, title="Đačka cesta i mladi")
    call_of(app, other, title="Poziv za sport", deadline=DEADLINE + timedelta(days=1))
    call_of(app, town, title="Stari poziv", status=CallStatus.DECIDED)
    assert titles(client, query) == found


def test_list_is_in_pages_when_it_is_long(
    app: Flask, client: LintingClient, town: Municipality
) -> None:
    with app.app_context():
        for number in range(21):
            make_call(town, title=f"Poziv {number}")
        commit()
    assert len(titles(client)) == 20
    assert len(titles(client, "?page=2")) == 1
    assert "1–20 od 21" in client.get("/").text


def test_list_says_what_comes_when_there_is_nothing(client: LintingClient) -> None:
    assert "Trenutno nema objavljenih poziva" in client.get("/").text


@pytest.mark.parametrize("status", [CallStatus.DRAFT, CallStatus.APPROVED])
def test_draft_does_not_exist_for_the_public(
    app: Flask, client: LintingClient, town: Municipality, status: CallStatus
) -> None:
    call = call_of(app, town, status=status, published_at=None)
    client.get(f"/calls/{call.slug}", status=404)
    client.get("/calls/nema-ga", status=404)


def test_page_tells_everything_when_call_is_open(
    app: Flask, client: LintingClient, town: Municipality
) -> None:
    call = call_of(app, town, texts={"who_may_apply": "Udruženja.\n\nI fondacije."})
    with Statements() as seen:
        page = client.get(f"/calls/{call.slug}").text
    for text in (
        "ponedjeljak, 9.\u00a03.\u00a02026. u 15:00", "još 7 dana i 3 sat",
        "10.000 – 35.000\u00a0KM", "5 – 9 mjeseci", "nije obavezno", "160.000,00\u00a0KM",
        "Prag je 60 od 100 bodova.", "administrativni troškovi: najviše 30\u00a0% ukupnog budžeta",
        "najviše 2 prijave", "120.000,00\u00a0KM", "Rješenje o registraciji", "I fondacije.",
    ):  # fmt: skip
        assert text in page
    assert len(seen) == 6


@pytest.mark.parametrize(
    "case",
    [
        (CallStatus.PUBLISHED, OPENS - timedelta(seconds=1), "prijavljivanje još nije počelo"),
        (CallStatus.PUBLISHED, DEADLINE, "Rok za prijavu"),
        (CallStatus.PUBLISHED, DEADLINE + timedelta(seconds=1), "Rok je istekao. Provjerava se"),
        (CallStatus.OPENED, NOON, "Provjerava se da li su prijave potpune"),
        (CallStatus.SCORING, NOON, "Komisija ocjenjuje prijave"),
        (CallStatus.RANKED, NOON, "Preliminarna rang-lista još nije objavljena"),
        (CallStatus.OBJECTIONS, NOON, "teče rok za prigovor"),
        (CallStatus.DECIDED, NOON, "Odluka o dodjeli sredstava je donesena"),
        (CallStatus.IMPLEMENTATION, NOON, "Podržani projekti se provode"),
        (CallStatus.ARCHIVED, NOON, "Podržani projekti se provode"),
        (CallStatus.CANCELLED, NOON, "Poziv je poništen"),
    ],
)
def test_page_says_where_the_call_stands(
    app: Flask,
    client: LintingClient,
    town: Municipality,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[CallStatus, datetime, str],
) -> None:
    status, moment, said = case
    call = call_of(app, town, status=status)
    monkeypatch.setattr(clock, "_read", lambda: moment)
    assert said in client.get(f"/calls/{call.slug}").text


def test_document_is_downloaded_when_call_is_public(
    app: Flask, client: LintingClient, town: Municipality
) -> None:
    call = call_of(app, town)
    draft = call_of(app, town, status=CallStatus.DRAFT)
    with app.app_context(), tenancy.within(town.id):
        document = make_document("smjernice č.pdf")
        for each in (call, draft):
            row = CallDocument(
                municipality_id=town.id, call_id=each.id, title="Smjernice",
                document_id=document.id, added_at=OPENS,
            )  # fmt: skip
            keep(row)
        commit()
    path = f"/calls/{call.slug}/documents/{document.slug}"
    assert f'href="{path}"' in client.get(f"/calls/{call.slug}").text
    answer = client.get(path)
    assert answer.data == b"%PDF-1.7 test"
    assert "smjernice%20%C4%8D.pdf" in answer.headers["Content-Disposition"]
    client.get(f"/calls/{draft.slug}/documents/{document.slug}", status=404)
    client.get(f"/calls/{call.slug}/documents/nema", status=404)


@pytest.mark.parametrize("path", ["/calls/nema-ga", "/calls/nema-ga/results", "/receipts/nema-ga"])
def test_public_page_is_missing_when_a_visitor_asks_for_nothing(
    client: LintingClient, path: str
) -> None:
    assert client.get(path, status=404).status_code == 404
