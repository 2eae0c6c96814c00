"""The case file and the histories."""

import pytest
from flask import Flask

from grants import tenancy
from grants.acts.rules import ActStatus
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.desk.words import EVENTS
from grants.evaluation.models import SheetStatus
from grants.people.actors import SYSTEM
from tests.client import LintingClient, Statements
from tests.conftest import NOON
from tests.desk.arranging import Desk, add_cases, make_desk
from tests.factories import make_act, make_committee, make_sheet, make_user


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A town hall."""
    with app.app_context():
        return make_desk()


@pytest.fixture
def case(app: Flask, desk: Desk) -> Application:
    """A registered application."""
    with app.app_context():
        return add_cases(desk, 1, title="Senzorna soba")[0]


def test_case_file_shows_the_case_in_at_most_twelve_statements(
    app: Flask, client: LintingClient, desk: Desk, case: Application
) -> None:
    with app.app_context():
        for number in range(3):
            make_act(desk.town, subject_id=case.id, status=ActStatus.ISSUED, number=f"02-{number}")
        db.session.commit()
    client.sign_in(desk.auditor)
    with Statements() as seen:
        page = client.get(f"{desk.url}/applications/{case.slug}").text
    assert len(seen) <= 12
    assert "Senzorna soba" in page
    assert "02-2" in page


def test_draft_is_nobodys_but_the_applicants(app: Flask, client: LintingClient, desk: Desk) -> None:
    with app.app_context():
        draft = add_cases(desk, 1, status=ApplicationStatus.DRAFT)[0]
    for page in ("", "/history"):
        client.sign_in(desk.officer).get(f"{desk.url}/applications/{draft.slug}{page}", status=404)


def test_history_tells_what_happened_on_the_case(
    app: Flask, client: LintingClient, desk: Desk, case: Application
) -> None:
    with app.app_context(), tenancy.within(desk.town.id):
        facts = {"protocol": "02-36-17/26", "amount": 150_000, "member": 7, "way": "post"}
        record(Event.APPLICATION_REGISTERED, case, by=SYSTEM, at=NOON, facts=facts)
        act = make_act(desk.town, subject_id=case.id)
        record(Event.ACT_PREPARED, act, by=SYSTEM, at=NOON)
        other = make_act(desk.town, subject_id=case.id + 1)
        record(Event.ACT_ISSUED, other, by=SYSTEM, at=NOON)
        db.session.commit()
    page = client.sign_in(desk.auditor).get(f"{desk.url}/applications/{case.slug}/history").text
    assert "Prijava zaprimljena u protokol" in page
    told = "iznos: 1.500,00\u00a0KM · protokol: 02-36-17/26 · način: preporučenom poštom"
    assert told in page
    assert "Akt pripremljen" in page
    assert "Akt izdat" not in page


@pytest.mark.parametrize(
    ("status", "shown"), [(SheetStatus.SIGNED, False), (SheetStatus.LOCKED, True)]
)
def test_history_keeps_sheets_to_itself_until_scoring_is_closed(
    app: Flask, client: LintingClient, desk: Desk, case: Application,
    status: SheetStatus, shown: bool,  # noqa: FBT001  a parameter of the test
) -> None:  # fmt: skip
    with app.app_context(), tenancy.within(desk.town.id):
        committee = make_committee(desk.call, make_user("Predsjednica"))
        sheet = make_sheet(case, committee.members[0], status=status)
        record(Event.SHEET_SIGNED, sheet, by=SYSTEM, at=NOON)
        db.session.commit()
    page = client.sign_in(desk.auditor).get(f"{desk.url}/applications/{case.slug}/history").text
    assert ("Ocjena potpisana" in page) is shown


def test_history_takes_as_many_statements_for_three_events_as_for_one(
    app: Flask, client: LintingClient, desk: Desk
) -> None:
    counts = []
    client.sign_in(desk.officer)
    for times in (1, 2):
        with app.app_context(), tenancy.within(desk.town.id):
            for _ in range(times):
                record(Event.CALL_CHANGED, desk.call, by=SYSTEM, at=NOON)
            db.session.commit()
        with Statements() as seen:
            client.get(f"{desk.call_url}/history")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def test_every_event_has_its_words(app: Flask) -> None:
    assert {event.value for event in Event} - set(EVENTS) == set()
