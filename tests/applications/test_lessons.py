"""What the last call teaches: how often a part of its applications was to be completed."""

from datetime import timedelta

import pytest
from flask import Flask

from grants import tenancy
from grants.applications.models import Reopening
from grants.applications.queries.lessons import Lesson, last_lesson
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.municipalities.models import Municipality
from tests.applications.arranging import Arranged, arrange
from tests.client import LintingClient, commit
from tests.factories import OPENS, keep, make_application, make_call


def before(town: Municipality, *parts: list[str], count: int = 5, **over: object) -> Call:
    """The call before, with so many applications; the first ones were asked for these parts."""
    given = {
        "status": CallStatus.DECIDED,
        "opens_at": OPENS - timedelta(days=400),
        "deadline": OPENS - timedelta(days=370),
    }
    call = make_call(town, **(given | over))
    for number in range(count):
        application = make_application(call, status=ApplicationStatus.DECIDED)
        if number < len(parts):
            keep(
                Reopening(
                    municipality_id=town.id,
                    application_id=application.id,
                    parts=parts[number],
                    until=OPENS,
                    opened_at=OPENS,
                )
            )
    make_application(call, status=ApplicationStatus.DRAFT)
    return call


@pytest.fixture
def world(app: Flask) -> Arranged:
    return arrange(app)


def told(app: Flask, world: Arranged, section: str = "summary") -> Lesson | None:
    with app.app_context(), tenancy.within(world.municipality.id):
        return last_lesson(world.call, section)


def test_part_is_counted_when_it_was_asked_for(app: Flask, world: Arranged) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        before(world.municipality, ["summary", "budget"], ["summary"], ["summary_more"])
        commit()
    assert told(app, world) == Lesson(asked=2, applications=5)
    assert told(app, world, "team") is None


@pytest.mark.parametrize(
    "over",
    [
        {"count": 4},
        {"status": CallStatus.OPENED},
        {"deadline": OPENS + timedelta(days=900), "opens_at": OPENS + timedelta(days=800)},
    ],
)
def test_nothing_is_told_when_the_last_call_teaches_nothing(
    app: Flask, world: Arranged, over: dict[str, object]
) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        before(world.municipality, ["summary"], **over)
        commit()
    assert told(app, world) is None


def test_page_says_it_beside_the_questions(
    app: Flask, world: Arranged, client: LintingClient
) -> None:
    with app.app_context(), tenancy.across("tests arrange"):
        before(world.municipality, ["summary"], ["summary"])
        commit()
    client.sign_in(world.member)
    page = client.get(f"{world.base}/sections/summary").text
    assert "vraćen na dopunu u 2 od 5 prijava" in page
