"""A second consensus upon the same application, by the same lead."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from grants import tenancy
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.evaluation.actions.anew import set_sheets_aside
from grants.evaluation.models import MeetingItem, Member, Sheet
from grants.people.actors import SYSTEM
from tests.client import LintingClient, commit
from tests.evaluation.test_meetings import AGREED, convene, sign, signed_world
from tests.evaluation.world import World, rows


def score_anew(app: Flask, world: World, at: datetime) -> None:
    """An objection was upheld: what was signed is set aside, and the same lie apart again."""
    with app.app_context(), tenancy.across("tests arrange"):
        wanted = select(Application).where(Application.slug == world.applications[0])
        application = db.session.execute(wanted).scalar_one()
        members = db.session.execute(select(Member).order_by(Member.position)).scalars().all()
        with tenancy.within(application.municipality_id):
            set_sheets_aside(application, reason="Usvojen prigovor.", by=SYSTEM, at=at)
        db.session.execute(update(Call).values(status=CallStatus.OBJECTIONS))
        application.status = ApplicationStatus.ELIGIBLE
        for user, kind in ((world.chair, "high"), (world.member, "high"), (world.third, "low")):
            member = next(each for each in members if each.user_id == user.id)
            sign(application, member, kind)
        commit()


def test_what_is_scored_anew_is_agreed_upon_anew_by_the_same_lead(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = signed_world(app)
    path = convene(client, app, world)
    client.post(f"{path}/{world.applications[0]}", AGREED)
    client.post(f"{path}/close", {})
    score_anew(app, world, at)
    path = convene(client, app, world, begins_at="20. 2. 2026. u 10:00")
    client.post(f"{path}/{world.applications[0]}", AGREED)
    agreed = [each for each in rows(app, Sheet) if each.is_consensus]
    assert [each.set_aside_at is None for each in agreed] == [False, True]
    assert len({each.member_id for each in agreed}) == 1
    assert [each.agreed_at for each in rows(app, MeetingItem)] == [at, at]


def test_draft_of_one_meeting_gives_way_to_the_next(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    world = signed_world(app)
    path = convene(client, app, world)
    client.post(f"{path}/{world.applications[0]}", {"version": "0", "q-1.1": "3"})
    client.post(f"{path}/close", {})
    path = convene(client, app, world, begins_at="20. 2. 2026. u 10:00")
    client.post(f"{path}/{world.applications[0]}", AGREED)
    first, second = rows(app, MeetingItem)
    assert (first.sheet_id, first.agreed_at, second.agreed_at) == (None, None, at)
    assert [each.id for each in rows(app, Sheet) if each.is_consensus] == [second.sheet_id]


def test_two_standing_sheets_of_one_member_are_still_refused(app: Flask) -> None:
    world = signed_world(app)
    with app.app_context(), tenancy.across("tests arrange"):
        wanted = select(Application).where(Application.slug == world.applications[0])
        member = db.session.execute(select(Member).order_by(Member.position)).scalars().first()
        assert member is not None
        with pytest.raises(IntegrityError):
            sign(db.session.execute(wanted).scalar_one(), member, "high")
