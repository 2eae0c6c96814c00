"""Who takes a seat scores only what was not signed before: sheets are as many as seats."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from grants import clock, tenancy
from grants.applications.models import Application
from grants.calls.models import Call
from grants.db import db
from grants.evaluation.divergence import list_members, read_spread
from grants.evaluation.models import Assignment, Committee, Conflict, Member
from grants.evaluation.queries import count_progress, get_committee
from grants.evaluation.queries.assigning import read_table
from grants.evaluation.queries.hits import Desk
from grants.evaluation.rules.assigning import AssignmentMode, Case, plan_by_lot
from grants.evaluation.rules.replacing import held_before
from grants.people.models import User
from tests.client import LintingClient, commit
from tests.evaluation.test_replacing import SENT, member_page, staff
from tests.evaluation.world import SIGNATURE, World, make_world, rows
from tests.factories import DEADLINE, keep, make_sheet

SCORES = {"1.1": "4", "1.2": "1", "2.1": "b"}


@pytest.fixture(autouse=True)
def _during_scoring() -> Any:
    with clock.held_at(DEADLINE.replace(hour=15)) as moment:
        yield moment


@pytest.mark.parametrize(
    ("before", "seat", "held"),
    [
        ({}, 2, set()),
        ({5: 2}, 5, {2}),
        ({5: 2, 6: 5}, 6, {5, 2}),
        ({5: 2, 6: 5}, 5, {2}),
        ({5: 6, 6: 5}, 5, {6, 5}),
    ],
)
def test_seat_was_held_by_all_back_to_the_appointed(
    before: dict[int, int], seat: int, held: set[int]
) -> None:
    assert held_before(before, seat) == held


def test_what_a_predecessor_signed_is_not_handed_out_again() -> None:
    cases = [Case("A", lot="1", begun=frozenset({"e2"}), done=frozenset({"e5"})), Case("B", "1")]
    plan = plan_by_lot({"e5": ["1"], "e3": ["1"]}, cases, min_reviews=2)
    assert [(each.reference, each.member) for each in plan.given] == [
        ("A", "e2"), ("A", "e3"), ("B", "e3"), ("B", "e5"),
    ]  # fmt: skip
    assert plan.problems == ()


def sign(app: Flask, there: World, who: User, number: int = 0) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        seat = db.session.execute(select(Member).where(Member.user_id == who.id)).scalar_one()
        chosen = select(Application).where(Application.slug == there.applications[number])
        application = db.session.execute(chosen.options(joinedload(Application.call))).scalar_one()
        make_sheet(application, seat, scores=SCORES)
        commit()


def replace(app: Flask, client: LintingClient, there: World, **people: User) -> None:
    """The deputy takes the seat of the second member and declares."""
    client.sign_in(people["signatory"])
    client.post(member_page(there, "e2"), SENT)
    client.sign_in(people["deputy"])
    client.post(f"{there.committee}/declaration", {"agrees": "y"})
    client.post(f"{there.committee}/interests", {"agrees": "y"})


def progress(app: Flask, there: World) -> dict[str, tuple[int, int]]:
    with app.app_context(), tenancy.across("tests look"):
        committee = committee_of(there)
        found = count_progress(committee)
        return {
            each.key: (found[each.id].signed, found[each.id].expected)
            for each in committee.members
            if each.id in found
        }


def committee_of(there: World) -> Committee:
    slug = there.committee.rsplit("/", 1)[1]
    statement = select(Call).join(Committee, Committee.call_id == Call.id)
    call = db.session.execute(statement.where(Committee.slug == slug)).scalar_one()
    committee = get_committee(call)
    assert committee is not None
    return committee


def test_successor_is_asked_for_what_was_not_signed_alone(
    app: Flask, client: LintingClient
) -> None:
    there = make_world(app)
    people = staff(app, there)
    sign(app, there, there.member)
    replace(app, client, there, **people)
    page = client.get(there.committee).text
    assert there.applications[0] not in page
    assert there.applications[1] in page
    client.get(there.sheet(), status=404)
    client.post(f"{there.sheet()}/review", {"version": "0", **SIGNATURE}, status=404)
    client.get(there.sheet(1))
    assert progress(app, there) == {"e1": (0, 2), "e2": (1, 1), "e3": (0, 2), "e10": (0, 1)}
    client.sign_in(there.chair)
    sheets = client.get(f"{there.committee}/sheets").text.replace("\xa0", " ")
    assert "od 9. 3. 2026., umjesto: Edin Kovač" in sheets
    assert "do 9. 3. 2026." in sheets
    assert sheets.count("list prethodnika") == 1
    assert "sheets/e2/reopen" not in sheets
    client.get(f"{there.sheet()}/sheets/e2/reopen", status=404)


def test_all_have_signed_once_the_seats_have(app: Flask, client: LintingClient) -> None:
    there = make_world(app, applications=1)
    people = staff(app, there)
    for who in (there.chair, there.member, there.third):
        sign(app, there, who)
    replace(app, client, there, **people)
    assert progress(app, there) == {"e1": (1, 1), "e2": (1, 1), "e3": (1, 1), "e10": (0, 0)}
    with app.app_context(), tenancy.across("tests look"):
        committee = committee_of(there)
        assert len(read_spread(committee, list_members(committee)).whole) == 1
    client.sign_in(there.chair)
    assert "Svi listovi su potpisani." in client.get(f"{there.committee}/ranking").text


def test_sheet_of_a_conflicted_predecessor_counts_for_nobody(
    app: Flask, client: LintingClient
) -> None:
    there = make_world(app)
    people = staff(app, there)
    sign(app, there, there.member)
    with app.app_context(), tenancy.across("tests arrange"):
        seat = select(Member).where(Member.user_id == there.member.id)
        member = db.session.execute(seat).scalar_one()
        wanted = select(Application).where(Application.slug == there.applications[0])
        application = db.session.execute(wanted).scalar_one()
        keep(
            Conflict(
                municipality_id=member.municipality_id, member_id=member.id,
                application_id=application.id, ground="other", declared_at=DEADLINE,
            )
        )  # fmt: skip
        commit()
    replace(app, client, there, **people)
    client.get(there.sheet())
    assert progress(app, there)["e10"] == (0, 2)


def test_what_was_handed_out_goes_on_to_the_successor_unless_signed(
    app: Flask, client: LintingClient
) -> None:
    there = make_world(app)
    people = staff(app, there)
    sign(app, there, there.member)
    with app.app_context(), tenancy.across("tests arrange"):
        committee = committee_of(there)
        db.session.execute(update(Committee).values(assignment=AssignmentMode.BY_HAND))
        member = next(each for each in committee.members if each.key == "e2")
        for slug in there.applications:
            wanted = select(Application.id).where(Application.slug == slug)
            keep(
                Assignment(
                    municipality_id=committee.municipality_id, member_id=member.id,
                    application_id=db.session.execute(wanted).scalar_one(),
                    assigned_at=DEADLINE, explanation=[],
                )
            )  # fmt: skip
        commit()
    replace(app, client, there, **people)
    keys = {each.id: each.key for each in rows(app, Member)}
    assert [keys[each.member_id] for each in rows(app, Assignment)] == ["e2", "e10"]
    client.get(there.sheet(), status=404)
    client.get(there.sheet(1))
    assert (progress(app, there)["e2"], progress(app, there)["e10"]) == ((1, 1), (0, 1))
    with app.app_context(), tenancy.across("tests look"):
        committee = committee_of(there)
        cases = read_table(Desk(committee.call, committee)).cases
        assert [sorted(each.done) for each in cases] == [["e10"], []]
