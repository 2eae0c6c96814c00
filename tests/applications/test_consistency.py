"""Logframe, plan and budget agree, or the check says where they do not."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from grants.applications.rules.consistency import Contradiction, contradictions
from grants.applications.rules.facts import activities, budget_rows, logframe
from grants.applications.rules.parsing import Typed
from grants.calls.rules.form import Choice, Fact, Form
from grants.calls.rules.form_json import read_form
from grants.errors import Problem
from tests.applications.arranging import FILLED, FORM, Arranged, arrange, make_budget
from tests.client import LintingClient

DEADLINE_ON = date(2026, 3, 9)
LOTS = (Choice("3", "Okoliš"),)


def loose_form(**over: Any) -> Form:
    """The preset without bounds on the results and with free indicators."""
    sections = [dict(section) for section in FORM["sections"]]
    for section in sections:
        section["questions"] = [_loosened(question, over) for question in section["questions"]]
    return read_form(FORM | {"sections": sections})


def _loosened(question: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    if question["key"] == "results":
        bare = {key: value for key, value in question.items() if key not in ("least", "most")}
        return bare | over
    if question["key"] == "budget":
        return question | {"least": 0}
    if question["key"] == "indicators":
        columns = [
            column | {"required": column["key"] in ("result", "name")}
            for column in question["columns"]
        ]
        return question | {"columns": columns}
    return question


def found(typed: Typed) -> list[Contradiction]:
    """What contradicts, at the deadline of the call."""
    return list(contradictions(typed, deadline_on=DEADLINE_ON))


def make_typed(*, form: Form | None = None, **over: dict[str, Any]) -> Typed:
    """The filled draft, some sections otherwise."""
    sections = {key: FILLED[key] | over.get(key, {}) for key in FILLED}
    return Typed(form or read_form(FORM), sections, LOTS)


def test_filled_draft_agrees() -> None:
    assert found(make_typed()) == []


def test_results_outside_two_to_five_are_noted_when_the_form_sets_no_bounds() -> None:
    one = make_typed(form=loose_form(), logframe={"results.rows": "1", "indicators.rows": "1"})
    assert found(one) == [
        Contradiction(
            Fact.RESULTS,
            Problem("results_few", "results.rows", {"figure": 1, "limit": 2}),
            is_blocking=False,
        )
    ]
    assert found(make_typed(form=loose_form(least=1), logframe={"results.rows": "1"})) == []
    rows = {f"results.{at}.text": f"Rezultat {at}" for at in range(1, 7)}
    six = make_typed(form=loose_form(), logframe=rows | {"results.rows": "1 2 3 4 5 6"})
    assert [each.problem.facts for each in found(six) if each.problem.code == "results_many"] == [
        {"figure": 6, "limit": 5}
    ]


def test_indicator_without_measure_or_movement_is_noted() -> None:
    blank = {"indicators.1.baseline": "", "indicators.1.source": " ", "indicators.2.target": "0"}
    assert [
        (each.problem.code, each.problem.place, each.problem.facts, each.is_blocking)
        for each in found(make_typed(form=loose_form(), logframe=blank))
    ] == [
        (
            "indicator_incomplete",
            "indicators.1.baseline",
            {"row": "1", "labels": "„Početno“, „Izvor provjere“"},
            False,
        ),
        ("indicator_unmoved", "indicators.2.target", {"row": "2", "value": "0"}, False),
    ]


def test_activity_that_nothing_pays_for_is_noted_and_an_empty_budget_blocks() -> None:
    lines = [("1", "Koordinator", "mjesec", "7", "600,00", "4.200,00", "", "1")]
    typed = make_typed(budget=make_budget(lines))
    assert found(typed) == [
        Contradiction(
            Fact.BUDGET,
            Problem("activity_without_cost", "budget", {"row": "2.1", "title": "Obuka"}),
            is_blocking=False,
        )
    ]
    assert found(make_typed(budget={"budget.rows": ""})) == []  # its form asks for a line itself
    typed = make_typed(form=loose_form(), budget={"budget.rows": ""})
    assert found(typed) == [Contradiction(Fact.BUDGET, Problem("budget_empty", "budget"))]


def test_start_on_the_last_day_of_the_call_is_noted() -> None:
    assert found(make_typed(summary={"starts_on": "10. 3. 2026."})) == []
    early = found(make_typed(summary={"starts_on": "9. 3. 2026."}))
    assert [(each.problem.code, each.is_blocking) for each in early] == [("starts_early", False)]


@given(
    duration=st.integers(1, 36),
    months=st.lists(st.integers(1, 36), min_size=1, max_size=6, unique=True),
)
def test_activity_is_beyond_the_duration_exactly_when_its_last_month_is(
    duration: int, months: list[int]
) -> None:
    typed = make_typed(
        summary={"duration_months": str(duration)},
        plan={"activities.1.months": [str(month) for month in months]},
    )
    beyond = [
        each.problem
        for each in found(typed)
        if each.problem.code == "activity_beyond_duration" and each.problem.facts["row"] == "1.1"
    ]
    wanted = Problem(
        "activity_beyond_duration",
        "activities.1.months",
        {"row": "1.1", "figure": max(months), "limit": duration},
    )
    assert beyond == ([wanted] if max(months) > duration else [])


@given(
    owners=st.lists(st.sampled_from(["1", "2", "3", "gone"]), min_size=1, max_size=8),
    paying=st.lists(st.integers(1, 8), min_size=1, max_size=8),
)
def test_activities_are_numbered_alike_in_logframe_plan_and_budget(
    owners: list[str], paying: list[int]
) -> None:
    """A number is never typed: whatever is moved, it says result and place in it everywhere."""
    plan: dict[str, Any] = {"activities.rows": " ".join(str(at + 1) for at in range(len(owners)))}
    for at, owner in enumerate(owners, start=1):
        plan[f"activities.{at}.result"] = owner
        plan[f"activities.{at}.title"] = f"Aktivnost {at}"
    lines = [("1", "Trošak", "kom", "1", "1,00", "1,00", "", str(at)) for at in paying]
    results = {"results.rows": "1 2 3", "results.3.text": "Treći."}
    typed = make_typed(plan=plan, logframe=results, budget=make_budget(lines))
    planned = {each["code"]: each for each in activities(typed)}
    assert len(planned) == len(owners)
    known = {result["code"] for result in logframe(typed)["results"]}
    for code, activity in planned.items():
        owner = activity["result"]
        assert owner in known if owner else code.startswith("–.")
        assert owner is None or code.partition(".")[0] == owner.removeprefix("R")
    named = [line["activity"] for line in budget_rows(typed)]
    assert {code for code in named if code} <= planned.keys()
    assert named.count(None) == sum(at > len(owners) for at in paying)
    unpaid = {
        each.problem.facts["row"]
        for each in found(typed)
        if each.problem.code == "activity_without_cost"
    }
    assert unpaid == planned.keys() - set(named)


def _anchors(client: LintingClient, page: str, world: Arranged) -> list[tuple[str, str]]:
    links = re.findall(rf'href="({re.escape(world.base)}/sections/[^"]*)#([^"]*)"', page)
    return [(url.replace("&amp;", "&"), anchor) for url, anchor in links]


@pytest.mark.parametrize("draft", ["filled", "empty"])
def test_every_finding_leads_to_a_field_that_is_there(
    app: Flask, client: LintingClient, at: datetime, draft: str
) -> None:
    is_filled = draft == "filled"
    world = arrange(app, is_filled=is_filled)
    client.sign_in(world.member)
    if is_filled:
        over = {"activities.1.months": ["9"], "activities.2.result": "1", "version": "1"}
        client.post(f"{world.base}/sections/plan", FILLED["plan"] | over, status=303)
        over = {"budget.1.price": "601,00", "budget.5.activity": "", "version": "1"}
        client.post(f"{world.base}/sections/budget", FILLED["budget"] | over, status=303)
        over = {"starts_on": "1. 2. 2026.", "requested": "1,00", "version": "1"}
        client.post(f"{world.base}/sections/summary", FILLED["summary"] | over, status=303)
    page = client.get(f"{world.base}/check").text
    anchors = _anchors(client, page, world)
    assert len(anchors) >= 6
    pages = {url: client.get(url).text for url in {url for url, _anchor in anchors}}
    lost = [
        (url, anchor) for url, anchor in anchors if anchor and f'id="{anchor}"' not in pages[url]
    ]
    assert lost == []


def test_warnings_are_shown_apart_and_do_not_block(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = arrange(app)
    client.sign_in(world.member)
    over = {"starts_on": "1. 3. 2026.", "version": "1"}
    client.post(f"{world.base}/sections/summary", FILLED["summary"] | over, status=303)
    client.sign_in(world.representative)
    page = client.get(f"{world.base}/check").text.replace("\u00a0", " ")
    assert "Ništa ne sprečava predaju." in page
    assert "Upozorenja (ne sprečavaju predaju)" in page
    assert "Projekat počinje 1. 3. 2026., a prijave se primaju do 9. 3. 2026." in page
    assert "Predaj prijavu" in page
