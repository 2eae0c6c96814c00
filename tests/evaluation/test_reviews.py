"""The sheets as ranking reads them, progress, and the lock."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from grants import tenancy
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.errors import Incomplete, NotNow, Stale, WrongState
from grants.evaluation.actions import (
    declare_conflict,
    lock_sheets,
    save_sheet,
    sign_sheet,
    unlock_sheets,
)
from grants.evaluation.models import Committee, Conflict, Member, Sheet, SheetStatus
from grants.evaluation.queries import (
    Progress,
    Reading,
    count_progress,
    count_signed_by_application,
    get_member,
    list_reviews,
)
from grants.evaluation.rules.committee import ConflictGround
from grants.evaluation.rules.scoring import Sheet as Review
from grants.evaluation.rules.sheets import Changes
from grants.people.actors import SYSTEM, Actor
from grants.people.rules import Role
from tests.client import Statements
from tests.factories import (
    make_application,
    make_call,
    make_committee,
    make_municipality,
    make_sheet,
    make_user,
)

GRID = {
    "threshold_total": 0,
    "sections": [
        {
            "code": "1",
            "title": "Relevantnost",
            "questions": [
                {"code": "1.1", "text": "Potrebe", "kind": "scale", "min": 1, "max": 5, "weight": 1}
            ],
        }
    ],
}


def make_scoring_committee() -> Committee:
    call = make_call(make_municipality(), status=CallStatus.SCORING, grid=GRID)
    return make_committee(call, make_user("Amra"), make_user("Edin"), make_user("Lana"))


def seat(committee: Committee, number: int = 0) -> Member:
    """The member as a page finds it, the committee and its call loaded."""
    user_id = committee.members[number].user_id
    roles = frozenset({(Role.CHAIR, committee.id)})
    member = get_member(Actor(id=user_id, roles=roles), committee.slug)
    assert member is not None
    return member


def make_eligible(committee: Committee, **over: Any) -> Application:
    return make_application(committee.call, status=ApplicationStatus.ELIGIBLE, **over)


@pytest.mark.usefixtures("context")
def test_reviews_come_as_scoring_reads_them() -> None:
    committee = make_scoring_committee()
    first, second, _third = committee.members
    application = make_eligible(committee)
    make_sheet(application, first, 4)
    make_sheet(application, second, 2, signed_at=None, status=SheetStatus.IN_WORK)
    with tenancy.within(committee.municipality_id), Statements() as seen:
        reviews = list_reviews(committee.call)
    assert len(seen) == 1
    reference = application.reference
    assert reviews == [
        Review(reference, "e1", is_signed=True, answers={"1.1": "4"}),
        Review(reference, "e2", is_signed=False, answers={"1.1": "2"}),
    ]


@pytest.mark.usefixtures("context")
def test_progress_leaves_conflicts_out(at: datetime) -> None:
    committee = make_scoring_committee()
    first, second, third = committee.members
    scored, other = make_eligible(committee), make_eligible(committee)
    make_sheet(scored, first, 4)
    with tenancy.within(committee.municipality_id):
        db.session.add(
            Conflict(
                member_id=second.id,
                application_id=other.id,
                ground="party",
                declared_at=at,
            )
        )
        db.session.flush()
        assert count_progress(committee) == {
            first.id: Progress(1, 2),
            second.id: Progress(0, 1),
            third.id: Progress(0, 2),
        }
        assert count_signed_by_application(committee.call) == {scored.id: 1}


@pytest.mark.usefixtures("context")
def test_conflict_found_while_scoring_recuses_the_sheet(at: datetime) -> None:
    committee = make_scoring_committee()
    application = make_eligible(committee)
    with tenancy.within(committee.municipality_id):
        member = seat(committee)
        sheet = save_sheet(
            Reading(member, application, None),
            Changes({"1.1": "3"}),
            version=0,
            by=SYSTEM,
            at=at,
        )
        reading = Reading(member, application, sheet)
        declare_conflict(reading, ConflictGround.RELATIVE, by=SYSTEM, at=at)
        db.session.flush()
        [review] = list_reviews(committee.call)
        assert (review.is_signed, review.has_conflict) == (False, True)
        with pytest.raises(WrongState):
            save_sheet(reading, Changes({"1.1": "4"}), version=sheet.version, by=SYSTEM, at=at)


@pytest.mark.usefixtures("context")
def test_sheet_is_saved_signed_and_closed_for_good(at: datetime) -> None:
    committee = make_scoring_committee()
    application = make_eligible(committee)
    with tenancy.within(committee.municipality_id):
        member = seat(committee)
        sheet = save_sheet(
            Reading(member, application, None), Changes({"1.1": "5"}), version=0, by=SYSTEM, at=at
        )
        reading = Reading(member, application, sheet)
        with pytest.raises(Incomplete) as lacking:
            sign_sheet(reading, version=1, by=SYSTEM, at=at)
        assert [(each.code, each.place) for each in lacking.value.problems] == [
            ("comment_missing", "1.1"),
            ("comment_missing", "1"),
        ]
        comments = {"1": "Dobro.", "1.1": "Odlično."}
        with pytest.raises(Stale):
            save_sheet(reading, Changes(comments=comments), version=0, by=SYSTEM, at=at)
        save_sheet(reading, Changes(comments=comments), version=1, by=SYSTEM, at=at)
        assert sheet.version == 2
        sign_sheet(reading, version=2, by=SYSTEM, at=at)
        db.session.flush()
        assert sheet.status is SheetStatus.SIGNED
        assert sheet.signed_sha256 is not None
        with pytest.raises(WrongState):
            save_sheet(reading, Changes({"1.1": ""}), version=3, by=SYSTEM, at=at)


@pytest.mark.usefixtures("context")
def test_score_outside_the_grid_is_refused(at: datetime) -> None:
    committee = make_scoring_committee()
    application = make_eligible(committee)
    with tenancy.within(committee.municipality_id):
        reading = Reading(seat(committee), application, None)
        with pytest.raises(Incomplete):
            save_sheet(reading, Changes({"1.1": "6"}), version=0, by=SYSTEM, at=at)


@pytest.mark.usefixtures("context")
def test_locked_sheets_stay_as_they_are_until_unlocked(at: datetime) -> None:
    committee = make_scoring_committee()
    first, second, _third = committee.members
    application = make_eligible(committee)
    make_sheet(application, first, 4)
    make_sheet(application, second, 4, signed_at=None, status=SheetStatus.IN_WORK)
    with tenancy.within(committee.municipality_id):
        lock_sheets(committee, by=SYSTEM, at=at)
        assert statuses() == [SheetStatus.LOCKED, SheetStatus.LOCKED]
        reading = Reading(seat(committee), application, None)
        with pytest.raises(NotNow):
            save_sheet(reading, Changes({"1.1": "1"}), version=0, by=SYSTEM, at=at)
        unlock_sheets(committee, by=SYSTEM, at=at)
        assert statuses() == [SheetStatus.SIGNED, SheetStatus.IN_WORK]
        assert committee.scoring_closed_at is None


def statuses() -> list[SheetStatus]:
    return list(db.session.execute(select(Sheet.status).order_by(Sheet.id)).scalars())
