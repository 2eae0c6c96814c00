"""The applicant's pages: what to do next, and one own case."""

from datetime import timedelta

import pytest
from flask import Flask

from grants import tenancy
from grants.acts.rules import ActStatus
from grants.applications.models import Application, Reopening
from grants.applications.rules.states import ApplicationStatus
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.people.rules import Role
from tests.client import LintingClient, Statements
from tests.conftest import NOON
from tests.desk.arranging import Desk, add_cases, make_desk
from tests.factories import (
    keep,
    make_act,
    make_application,
    make_call,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.usefixtures("at")


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A town hall."""
    with app.app_context():
        return make_desk()


def add_draft(desk: Desk, title: str, *, days: int) -> Application:
    """A draft to a call that closes in so many days."""
    deadline = NOON + timedelta(days=days)
    call = make_call(desk.town, status=CallStatus.PUBLISHED, deadline=deadline)
    return make_application(
        call, desk.organisation, title=title, status=ApplicationStatus.DRAFT,
        submitted_at=None, reference=None,
    )  # fmt: skip


def test_duties_come_in_the_order_of_their_deadlines(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    with app.app_context():
        add_draft(desk, "Kasniji", days=9)
        add_draft(desk, "Raniji", days=2)
        add_draft(desk, "Propušteni", days=-1)
        asked = add_cases(desk, 1, title="Dopuna", status=ApplicationStatus.COMPLETION_REQUESTED)[0]
        keep(
            Reopening(
                municipality_id=desk.town.id, application_id=asked.id, parts=["budget"],
                until=NOON + timedelta(days=5), opened_at=NOON,
            )
        )  # fmt: skip
        db.session.commit()
    page = client.sign_in(desk.applicant).get("/my").text
    duties = page[: page.index("<h2>Prijave</h2>")]
    assert "NIJE PREDATA: Raniji" in duties
    order = sorted(("Kasniji", "Raniji", "Dopuna"), key=duties.index)
    assert order == ["Raniji", "Dopuna", "Kasniji"]
    assert "Propušteni" not in duties
    assert "Propušteni" in page


def test_my_page_takes_as_many_statements_for_three_applications_as_for_one(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    counts = []
    client.sign_in(desk.applicant)
    for times in (1, 2):
        with app.app_context():
            for case in add_cases(desk, times):
                make_act(
                    desk.town, subject_id=case.id, organisation_id=desk.organisation.id,
                    status=ActStatus.ISSUED, issued_at=NOON, number=f"02-{case.id}",
                )  # fmt: skip
            db.session.commit()
        with Statements() as seen:
            client.get("/my")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def test_own_case_shows_issued_acts_and_no_drafts(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    with app.app_context():
        case = add_cases(desk, 1, title="Senzorna soba")[0]
        for number, issued_at in (("02-1", NOON), ("02-2", None)):
            make_act(desk.town, subject_id=case.id, number=number, issued_at=issued_at)
        db.session.commit()
    with Statements() as seen:
        page = client.sign_in(desk.applicant).get(f"/my/applications/{case.slug}").text
    assert len(seen) <= 12
    assert "Senzorna soba" in page
    assert "02-1" in page
    assert "02-2" not in page


def test_own_case_does_not_exist_for_others(app: Flask, client: LintingClient, desk: Desk) -> None:
    with app.app_context():
        case = add_cases(desk, 1)[0]
        stranger = make_user("Stranac", (Role.OWNER, make_organisation("Drugo").id))
        db.session.commit()
    for user in (stranger, desk.officer):
        client.sign_in(user).get(f"/my/applications/{case.slug}", status=404)


def test_newcomer_is_told_how_to_begin(app: Flask, client: LintingClient) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        user = make_user("Nova")
        db.session.commit()
    page = client.sign_in(user).get("/my").text
    steps = [page.index(step) for step in ("Upišite organizaciju", "Nađite javni", "Započnite")]
    assert steps == sorted(steps)
    assert "Prijave</h2>" not in page
