"""The list of the check: narrowed, and one step for many applications at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from grants import clock, tenancy
from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.applications.models import Application, Reopening
from grants.applications.rules.states import ApplicationStatus
from grants.db import db
from grants.eligibility.models import Check, CompletionRequest
from tests.client import LintingClient, Statements
from tests.eligibility.world import all_yes, check_world, statuses
from tests.factories import DEADLINE

_S = ApplicationStatus


@pytest.fixture(autouse=True)
def _opened() -> Iterator[datetime]:
    """The clock two hours after the deadline."""
    with clock.held_at(DEADLINE + timedelta(hours=2)) as moment:
        yield moment


def test_list_is_narrowed_by_state_finding_lot_and_words(app: Flask, client: LintingClient) -> None:
    there = check_world(app, applications=3)
    client.sign_in(there.lejla)
    client.post(there.cases[0], all_yes())
    client.post(there.cases[1], {"finding-territory": "no", "note-territory": "Druga općina."})
    page = f"{there.call}/checks"

    def shown(query: str) -> list[int]:
        text = client.get(f"{page}?{query}").text
        return [n for n, slug in enumerate(there.slugs) if f"/{slug}/check" in text]

    assert shown("") == [0, 1, 2]
    assert shown("found=clear") == [0]
    assert shown("found=open") == [1, 2]
    assert shown("found=against") == [1]
    assert shown("found=completion") == []
    assert shown("lot=3") == [2]
    assert shown("q=udruzenje+1") == [1]
    assert shown("q=02-36-2") == [2]
    assert shown("state=dismissed") == []
    assert shown("state=nonsense&found=nonsense&lot=9") == []


def test_numbers_are_given_to_those_without_and_the_others_say_why(
    app: Flask, client: LintingClient
) -> None:
    there = check_world(app, applications=2, status=_S.SUBMITTED)
    client.sign_in(there.lejla)
    sent = {"step": "register", "series": "02-36", "tick": there.slugs[0]}
    client.post(f"{there.call}/checks", sent, status=200)
    sent = {"step": "register", "series": "02-36", "tick": there.slugs}
    page = client.post(f"{there.call}/checks", sent, status=200)
    assert "Urađeno: 1 od 2." in page.text
    assert "Prijava već ima broj protokola: 02-36-1/26." in page.text
    assert "dobila je broj protokola 02-36-2/26" in page.text
    assert statuses(app) == [_S.REGISTERED, _S.REGISTERED]
    bare = client.post(f"{there.call}/checks", sent | {"series": " "}, status=422)
    assert "Upišite seriju brojeva" in bare.text


def test_step_without_a_tick_is_refused(app: Flask, client: LintingClient) -> None:
    there = check_world(app)
    client.sign_in(there.lejla)
    page = client.post(f"{there.call}/checks", {"step": "eligible"}, status=422)
    assert "Označite bar jednu prijavu." in page.text


def test_only_computed_yes_is_confirmed_and_kept_answers_stay(
    app: Flask, client: LintingClient
) -> None:
    there = check_world(app)
    client.sign_in(there.lejla)
    kept = {"finding-amount": "no", "note-amount": "Prevelik."}
    client.post(there.cases[0], kept)
    sent = {"step": "confirm", "whole_page": "1", "listed": there.slugs}
    page = client.post(f"{there.call}/checks", sent, status=200)
    with app.app_context(), tenancy.across("tests look"):
        found = {row[0]: row[1] for row in db.session.execute(select(Check.item, Check.finding))}
    assert found.pop("amount") == "no"
    assert set(found.values()) == {"yes"}
    assert f"potvrđeno odgovora: {len(found)}" in page.text
    assert "territory" not in found
    again = client.post(f"{there.call}/checks", sent, status=200)
    assert "Nema šta da se potvrdi" in again.text


def test_those_that_can_become_eligible_and_each_other_says_what_is_open(
    app: Flask, client: LintingClient
) -> None:
    there = check_world(app, applications=3)
    client.sign_in(there.lejla)
    client.post(there.cases[0], all_yes())
    wrong = {"finding__territory": "no", "note__territory": "Druga općina."}
    client.post(there.cases[1], all_yes(**wrong))
    sent = {"step": "eligible", "tick": there.slugs}
    page = client.post(f"{there.call}/checks", sent, status=200)
    assert "Urađeno: 1 od 3." in page.text
    assert "Projekat se provodi na području koje poziv obuhvata: Odgovor" in page.text
    assert "Pitanja bez odgovora: 20." in page.text
    assert statuses(app) == [_S.ELIGIBLE, _S.REGISTERED, _S.REGISTERED]


def test_several_are_asked_to_complete_each_its_own_with_one_term(
    app: Flask, client: LintingClient
) -> None:
    there = check_world(app, applications=3)
    client.sign_in(there.lejla)
    asked = {"finding-documents": "completion", "note-documents": "Nedostaje statut."}
    client.post(there.cases[0], asked)
    sent = {"step": "completion", "tick": there.slugs}
    to = client.post(f"{there.call}/checks", sent).location
    page = client.get(to)
    assert "Svi obavezni dokumenti su priloženi: Nedostaje statut." in page.text
    first, second, third = there.slugs
    filled = {
        "tick": there.slugs,
        "length": "3",
        "unit": "working_days",
        f"parts-{first}": "documents",
        f"text-{first}": "Priložite statut.",
        f"parts-{second}": ["summary", "documents"],
        f"text-{second}": "Proširite sažetak.",
        f"parts-{third}": "summary",
        f"text-{third}": "",
    }
    none = client.post(f"{there.call}/checks/completion", filled | {"length": "0"}, status=422)
    assert "Proširite sažetak." in none.text
    told = client.post(f"{there.call}/checks/completion", filled, status=200)
    assert "Urađeno: 2 od 3." in told.text
    assert "Napišite šta treba dopuniti." in told.text
    assert statuses(app) == [_S.COMPLETION_REQUESTED, _S.COMPLETION_REQUESTED, _S.REGISTERED]
    assert asked_for(app) == [
        (["documents"], "Priložite statut.", ActKind.COMPLETION_REQUEST),
        (["summary", "documents"], "Proširite sažetak.", ActKind.COMPLETION_REQUEST),
    ]
    waiting = client.get(f"{there.call}/checks?state=completion_requested").text
    assert waiting.replace("\u00a0", " ").count("do 12. 3. 2026.") == 2
    again = client.post(f"{there.call}/checks/completion", filled, status=200)
    assert "Urađeno: 0 od 3." in again.text


def test_several_acts_take_the_numbers_typed_in_from_the_registry(
    app: Flask, client: LintingClient
) -> None:
    there = check_world(app, applications=3)
    client.sign_in(there.lejla)
    for case in there.cases:
        client.get(case)
    filled = {"tick": there.slugs, "length": "3", "unit": "working_days"}
    for slug, number in zip(there.slugs, ("07-1/26", "07-1/26", ""), strict=True):
        filled |= {
            f"parts-{slug}": "documents",
            f"text-{slug}": "Statut.",
            f"number-{slug}": number,
        }
    told = client.post(f"{there.call}/checks/completion", filled, status=200)
    assert "Urađeno: 2 od 3." in told.text
    assert "Broj 07-1/26 je već dat u 2026. godini." in told.text
    assert statuses(app) == [_S.COMPLETION_REQUESTED, _S.REGISTERED, _S.COMPLETION_REQUESTED]


def asked_for(app: Flask) -> list[tuple[list[str], str, ActKind]]:
    with app.app_context(), tenancy.across("tests look"):
        statement = (
            select(Reopening.parts, CompletionRequest.text, Act.kind)
            .join(CompletionRequest, CompletionRequest.reopening_id == Reopening.id)
            .join(Act, Act.id == CompletionRequest.act_id)
            .order_by(Reopening.id)
        )
        return [(row[0], row[1], row[2]) for row in db.session.execute(statement)]


def test_ticks_of_another_call_do_nothing(app: Flask, client: LintingClient) -> None:
    there, other = check_world(app), check_world(app)
    client.sign_in(there.lejla)
    sent = {"step": "confirm", "tick": other.slugs}
    page = client.post(f"{there.call}/checks", sent, status=200)
    assert "Urađeno: 0 od 0." in page.text
    client.post(f"{other.call}/checks", sent, status=404)


def test_auditor_takes_no_step(app: Flask, client: LintingClient) -> None:
    there = check_world(app)
    client.sign_in(there.auditor)
    assert "Za označene prijave" not in client.get(f"{there.call}/checks").text
    client.post(f"{there.call}/checks", {"tick": there.slugs}, status=403)
    client.get(f"{there.call}/checks/completion?tick={there.slugs[0]}", status=403)
    client.post(f"{there.call}/checks/completion", {}, status=403)
    client.post(f"{there.call}/checks/record", {}, status=403)


@pytest.mark.parametrize(
    "query", ["", "?found=clear&lot=1&q=u&state=registered", "?found=different"]
)
def test_list_asks_the_same_whatever_its_rows(
    app: Flask, client: LintingClient, query: str
) -> None:
    counts = []
    for rows in (1, 3):
        there = check_world(app, applications=rows, is_checked_twice=True)
        client.sign_in(there.lejla)
        client.post(there.cases[0], all_yes())
        with Statements() as seen:
            client.get(f"{there.call}/checks{query}")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 9


def test_record_of_check_names_every_outcome(app: Flask, client: LintingClient) -> None:
    there = check_world(app, applications=3)
    client.sign_in(there.lejla)
    early = client.post(f"{there.call}/checks/record", {}, status=422)
    assert "Prijave o kojima još nije odlučeno: 3." in early.text
    client.post(there.cases[0], all_yes())
    client.post(f"{there.cases[0]}/eligible", {})
    late = {"ground": "late", "reason": "Predata dan poslije roka."}
    client.post(f"{there.cases[1]}/dismissal", late)
    with app.app_context(), tenancy.across("tests arrange"):
        third = db.session.execute(select(Application).filter_by(slug=there.slugs[2])).scalar_one()
        third.status = _S.WITHDRAWN
        db.session.commit()
    client.post(f"{there.call}/checks/record", {"remarks": "Bez primjedbi."})
    with app.app_context(), tenancy.across("tests look"):
        act = db.session.execute(select(Act)).scalar_one()
    assert act.kind is ActKind.RECORD_OF_CHECK
    shown = ("outcome", "ground", "text", "officers")
    assert [{name: row[name] for name in shown} for row in act.facts["applications"]] == [
        {"outcome": "eligible", "ground": "", "text": "", "officers": ["Lejla Hadžić"]},
        {
            "outcome": "dismissed",
            "ground": "predata nakon roka",
            "text": "Predata dan poslije roka.",
            "officers": ["Lejla Hadžić"],
        },
        {"outcome": "withdrawn", "ground": "", "text": "", "officers": []},
    ]
    assert act.facts["remarks"] == "Bez primjedbi."
    again = client.post(f"{there.call}/checks/record", {}, status=422)
    assert "Zapisnik o provjeri je već izdat." in again.text
    # A withdrawn application keeps nobody from scoring the others.
    client.post(f"{there.call}/scoring", {})
