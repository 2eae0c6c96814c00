"""Handing out sheets: the rules over random committees, and the pages of the chair."""

import re
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from grants import tenancy
from grants.db import db
from grants.evaluation.models import Assignment, Committee, Member
from grants.evaluation.rules.assigning import (
    AssignmentMode,
    Case,
    Plan,
    Reviewer,
    Why,
    plan_automatic,
    plan_by_lot,
)
from grants.notifications.models import Mail
from tests.client import LintingClient, Statements, commit
from tests.evaluation.test_leaks import keep_conflict
from tests.evaluation.world import TITLE, World, make_world, rows

KEYS = ("e1", "e2", "e3", "e4", "e5", "e6")
MARK = re.compile(r'name="mark" value="([0-9a-f]{64})"')


def committee(*expertise: str, size: int = 5) -> list[Reviewer]:
    known = [*expertise, *[""] * size][:size]
    return [Reviewer(f"e{at + 1}", (area,) if area else ()) for at, area in enumerate(known)]


def cases(number: int, **over: Any) -> list[Case]:
    return [Case(f"A-{at:03d}", **over) for at in range(number)]


def members(plan: Plan) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in plan.given:
        found.setdefault(each.reference, []).append(each.member)
    return found


@st.composite
def dossiers(draw: st.DrawFn) -> tuple[list[Reviewer], list[Case], int]:
    keys = KEYS[: draw(st.integers(2, len(KEYS)))]
    some = st.frozensets(st.sampled_from(keys), max_size=2)
    areas = st.lists(st.sampled_from(["1", "2"]), max_size=2, unique=True)
    reviewers = [Reviewer(key, tuple(draw(areas))) for key in keys]
    made = []
    for at in range(draw(st.integers(0, 25))):
        barred = draw(some)
        lot = draw(st.sampled_from(["1", "2", "3"]))
        made.append(Case(f"A-{at}", lot=lot, barred=barred, begun=draw(some) - barred))
    return reviewers, made, draw(st.integers(1, len(keys)))


@given(dossiers())
@settings(max_examples=150, deadline=None)
def test_nobody_is_conflicted_and_everybody_gets_the_number_where_possible(
    dossier: tuple[list[Reviewer], list[Case], int],
) -> None:
    reviewers, made, wanted = dossier
    plan = plan_automatic(reviewers, made, sheets_each=wanted)
    found = members(plan)
    short = {each.place for each in plan.problems}
    for case in made:
        given_to = found.get(case.reference, [])
        assert len(given_to) == len(set(given_to))
        assert not case.barred & set(given_to)
        assert case.begun <= set(given_to)
        most = len(reviewers) - len(case.barred)
        assert len(given_to) == max(len(case.begun), min(wanted, most))
        assert (case.reference in short) == (len(given_to) < wanted)


@given(dossiers(), st.randoms())
@settings(max_examples=50, deadline=None)
def test_order_of_members_and_applications_changes_nothing(
    dossier: tuple[list[Reviewer], list[Case], int], chance: Any
) -> None:
    reviewers, made, wanted = dossier
    expected = plan_automatic(reviewers, made, sheets_each=wanted)
    mixed, turned = list(reviewers), list(made)
    chance.shuffle(mixed)
    chance.shuffle(turned)
    plan = plan_automatic(mixed, turned, sheets_each=wanted)
    assert plan.given == expected.given


@given(st.integers(2, 6), st.integers(1, 6), st.integers(0, 120))
@settings(max_examples=60, deadline=None)
def test_loads_are_level_where_nobody_is_kept_out(size: int, wanted: int, number: int) -> None:
    reviewers = committee(size=size)
    wanted = min(wanted, size)
    loads = plan_automatic(reviewers, cases(number), sheets_each=wanted).loads
    figures = [loads[each.key] for each in reviewers]
    assert max(figures) - min(figures) <= 1


def test_load_is_level_among_the_others_when_one_may_score_little() -> None:
    made = [*cases(300, barred=frozenset({"e1"})), Case("B-1"), Case("B-2")]
    loads = plan_automatic(committee(size=5), made, sheets_each=2).loads
    assert loads["e1"] == 2
    others = [loads[key] for key in ("e2", "e3", "e4", "e5")]
    assert max(others) - min(others) <= 1


def test_whoever_knows_the_area_is_preferred_and_the_load_stays_level() -> None:
    made = [Case(f"A-{at}", lot=str(at % 2 + 1)) for at in range(40)]
    plan = plan_automatic(committee("1", "1", "2", "2", size=4), made, sheets_each=2)
    assert {each.why for each in plan.given} == {Why.KNOWS_AREA}
    assert set(plan.loads.values()) == {20}


def test_word_of_expertise_is_found_in_the_title() -> None:
    reviewers = [Reviewer("e1", ("Omladina",)), Reviewer("e2", ("starije",))]
    plan = plan_automatic(reviewers, [Case("A", text="podrska za starije osobe")], sheets_each=1)
    assert [(each.member, each.why) for each in plan.given] == [("e2", Why.KNOWS_AREA)]


def test_colleagues_take_turns() -> None:
    plan = plan_automatic(committee(size=5), cases(100), sheets_each=2)
    pairs = Counter(tuple(found) for found in members(plan).values())
    assert len(pairs) == 10
    assert max(pairs.values()) - min(pairs.values()) <= 4


def test_begun_sheets_stay_and_count() -> None:
    made = [Case("A", begun=frozenset({"e1"})), *cases(4)]
    plan = plan_automatic(committee(size=3), made, sheets_each=1)
    assert [(each.member, each.why) for each in plan.members_of("A")] == [("e1", Why.BEGUN)]
    assert max(plan.loads.values()) <= 2


def test_area_gives_every_application_of_it() -> None:
    made = [Case("A", lot="1"), Case("B", lot="2", barred=frozenset({"e1"}))]
    plan = plan_by_lot({"e1": ["1", "2"], "e2": ["2"]}, made, min_reviews=1)
    assert members(plan) == {"A": ["e1"], "B": ["e2"]}
    short = plan_by_lot({"e1": ["1", "2"], "e2": ["2"]}, made, min_reviews=2)
    assert [each.place for each in short.problems] == ["A", "B"]


def page_of(world: World) -> str:
    return f"{world.committee}/assignment"


def confirm(client: LintingClient, path: str, **asked: str) -> None:
    """Ask for a plan and confirm the one shown."""
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    found = MARK.search(client.get(f"{path}?{query}").text)
    assert found is not None
    client.post(path, {**asked, "mark": found[1]})


def test_member_sees_and_counts_what_was_handed_out(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=3)
    client.sign_in(world.chair)
    refused = client.get(f"{page_of(world)}?mode=automatic&sheets_each=1").text
    assert "Poziv traži najmanje 2 listova" in refused
    confirm(client, page_of(world), mode="automatic", sheets_each="2")
    given_out = rows(app, Assignment)
    assert len(given_out) == 6
    seats = {each.id: each.user_id for each in rows(app, Member)}
    own = [each for each in given_out if seats[each.member_id] == world.member.id]
    assert len(own) == 2
    client.sign_in(world.member)
    page = client.get(world.committee).text
    assert "0</b> od 2" in page
    assert page.count(TITLE) == 2
    statuses = [client.ask("GET", world.sheet(at)).status_code for at in range(3)]
    assert sorted(statuses) == [200, 200, 404]
    client.sign_in(world.secretary)
    assert client.get(world.committee).text.count(TITLE) == 3


def test_plan_is_refused_when_something_moved_since(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=3)
    client.sign_in(world.chair)
    asked = {"mode": "automatic", "sheets_each": "2"}
    shown = MARK.search(client.get(f"{page_of(world)}?mode=automatic&sheets_each=2").text)
    assert shown is not None
    keep_conflict(app, world.member.id, world.applications[0])
    refused = client.post(page_of(world), {**asked, "mark": shown[1]}, status=409)
    assert "U međuvremenu se nešto promijenilo" in refused.text
    assert rows(app, Assignment) == []
    again = MARK.search(refused.text)
    assert again is not None
    client.post(page_of(world), {**asked, "mark": again[1]})
    assert len(rows(app, Assignment)) == 6


def test_new_plan_keeps_what_is_begun_and_tells_members(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=3)
    client.sign_in(world.member)
    for at in range(3):
        client.post(world.sheet(at), {"version": "0", "section": "1", "q-1.1": "4"})
    client.sign_in(world.chair)
    confirm(client, page_of(world), mode="automatic", sheets_each="2")
    [edin] = rows(app, Member, user_id=world.member.id)
    assert len(rows(app, Assignment, member_id=edin.id)) == 3
    assert {each.to for each in rows(app, Mail)} == {
        world.chair.email,
        world.member.email,
        world.third.email,
    }
    assert all("NS-2026-" not in each.text for each in rows(app, Mail))
    client.post(page_of(world), {"mode": "everybody"})
    assert rows(app, Assignment) == []


def test_areas_are_ticked_then_handed_out(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=2)
    client.sign_in(world.chair)
    assert "Najprije označite ko ocjenjuje" in client.get(f"{page_of(world)}?mode=by_lot").text
    sent = {"lot-e1": "3", "lot-e2": "3", "words-e3": "mladi, sport"}
    client.post(f"{page_of(world)}/expertise", sent)
    assert rows(app, Member, user_id=world.third.id)[0].expertise == ["mladi", "sport"]
    confirm(client, page_of(world), mode="by_lot")
    client.sign_in(world.third)
    assert TITLE not in client.get(world.committee).text


def test_hand_ticks_only_what_the_chair_may_know(app: Flask, client: LintingClient) -> None:
    world = make_world(app, applications=2)
    keep_conflict(app, world.chair.id, world.applications[1])
    keep_conflict(app, world.member.id, world.applications[0])
    client.sign_in(world.chair)
    client.get(f"{page_of(world)}/hand", status=302)
    client.post(page_of(world), {"mode": "by_hand"})
    page = client.get(f"{page_of(world)}/hand").text
    assert f"{TITLE} 0" in page
    assert f"{TITLE} 1" not in page
    first, hidden = world.applications
    sent = {
        "shown": [first, hidden],
        f"to-{first}": ["e1", "e2", "e3"],
        f"to-{hidden}": ["e3"],
    }
    client.post(f"{page_of(world)}/hand", sent)
    keys = {each.id: each.key for each in rows(app, Member)}
    assert [keys[each.member_id] for each in rows(app, Assignment)] == ["e1", "e3"]
    client.sign_in(world.officer)
    there = f"{world.call}/committee/assignment"
    assert f"{TITLE} 1" in client.get(f"{there}/hand").text
    client.post(f"{there}/hand", {"shown": [hidden], f"to-{hidden}": ["e2"]})
    assert len(rows(app, Assignment)) == 3


def test_chairs_plan_leaves_out_what_the_chair_may_not_know(
    app: Flask, client: LintingClient
) -> None:
    world = make_world(app, applications=3)
    keep_conflict(app, world.chair.id, world.applications[0])
    client.sign_in(world.chair)
    page = client.get(f"{page_of(world)}?mode=automatic&sheets_each=2").text
    assert page.count("-001</th>") == 0
    assert page.count("-002</th>") == 1
    confirm(client, page_of(world), mode="automatic", sheets_each="2")
    assert len(rows(app, Assignment)) == 6


@pytest.mark.parametrize("who", ["member", "secretary", "stranger", "applicant"])
def test_only_the_chair_and_the_office_hand_out(
    app: Flask, client: LintingClient, who: str
) -> None:
    world = make_world(app)
    client.sign_in(getattr(world, who))
    status = 403 if who in ("member", "secretary") else 404
    client.get(page_of(world), status=status)
    client.post(page_of(world), {"mode": "everybody"}, status=status)
    client.get(f"{world.call}/committee/assignment", status=404)
    client.get(f"{page_of(world)}/hand", status=status)


def test_closed_scoring_hands_out_nothing(app: Flask, client: LintingClient) -> None:
    world = make_world(app)
    with app.app_context(), tenancy.across("tests arrange"):
        slug = world.committee.removeprefix("/committee/")
        found = db.session.execute(select(Committee).where(Committee.slug == slug)).scalar_one()
        found.scoring_closed_at = found.appointed_at
        commit()
    client.sign_in(world.chair)
    client.post(page_of(world), {"mode": "by_hand"}, status=422)
    [kept] = rows(app, Committee, slug=slug)
    assert kept.assignment is AssignmentMode.EVERYBODY


def test_pages_ask_the_same_whatever_their_rows(app: Flask, client: LintingClient) -> None:
    counts: dict[str, list[int]] = {}
    for number in (1, 3):
        world = make_world(app, applications=number)
        client.sign_in(world.chair)
        client.post(page_of(world), {"mode": "by_hand"})
        for path in ("", "?mode=automatic&sheets_each=2", "/hand"):
            with Statements() as seen:
                client.get(page_of(world) + path)
            counts.setdefault(path, []).append(len(seen))
    assert all(first == second <= 8 for first, second in counts.values()), counts
