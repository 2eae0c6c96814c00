"""My work: everything that asks for something, in order, over all organisations."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import update

from grants import clock, tenancy
from grants.acts.rules import ActKind, ActStatus
from grants.applications.models import Application, Message, PartnerStatement, Reopening
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call, Correction
from grants.calls.rules.states import CallStatus, CorrectionStatus
from grants.db import db
from grants.desk.rules import Urgency, order_of, urgency_of
from grants.evaluation.models import SeatCall
from grants.evaluation.rules.seats import SeatStatus
from grants.municipalities.models import Municipality
from grants.organisations.actions.standing import Matter, note_standing
from grants.organisations.models import Organisation, OrganisationDocument
from grants.organisations.rules.standing import StandingKind
from grants.people.actions import give_role
from grants.people.actors import SYSTEM
from grants.people.models import User
from grants.people.rules import Role
from tests.applications.arranging import FORM, make_draft
from tests.client import LintingClient, Statements
from tests.conftest import NOON
from tests.factories import (
    keep,
    make_act,
    make_application,
    make_call,
    make_document,
    make_municipality,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.usefixtures("at")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("left", "urgency"),
    [
        (-HOUR, Urgency.NOW),
        (48 * HOUR, Urgency.NOW),
        (48 * HOUR + timedelta(seconds=1), Urgency.WEEK),
        (7 * 24 * HOUR, Urgency.WEEK),
        (7 * 24 * HOUR + timedelta(seconds=1), Urgency.LATER),
    ],
)
def test_urgency_follows_the_time_that_is_left(left: timedelta, urgency: Urgency) -> None:
    assert urgency_of(NOON + left, undated=Urgency.LATER, at=NOON) is urgency
    assert urgency_of(None, undated=urgency, at=NOON) is urgency


def test_order_is_by_urgency_then_term_and_without_a_term_last() -> None:
    cases: list[tuple[str, datetime | None, Urgency]] = [
        ("week, undated", None, Urgency.WEEK),
        ("later", NOON + timedelta(days=20), Urgency.WEEK),
        ("soon", NOON + HOUR, Urgency.WEEK),
        ("week", NOON + timedelta(days=4), Urgency.WEEK),
        ("late", NOON - HOUR, Urgency.WEEK),
        ("now, undated", None, Urgency.NOW),
    ]
    ordered = sorted(cases, key=lambda case: order_of(case[1], undated=case[2], at=NOON))
    assert [name for name, *_rest in ordered] == [
        "late", "soon", "now, undated", "week", "week, undated", "later",
    ]  # fmt: skip


@dataclass(frozen=True)
class World:
    """Somebody who works for organisations, and a town."""

    town: Municipality
    user: User
    organisation: Organisation


@pytest.fixture
def world(app: Flask) -> World:
    """One organisation without anything to do."""
    with app.app_context():
        organisation = make_organisation(register_name="MP", register_number="12")
        user = make_user("Amra", (Role.OWNER, organisation.id), calendar_key="k" * 43)
        organisation.representative_user_id = user.id
        organisation.representative_confirmed_at = NOON
        made = World(make_municipality(), user, organisation)
        db.session.commit()
        return made


def add_call(world: World, *, days: float, **over: Any) -> Call:
    """An open call that closes in so many days."""
    deadline = NOON + timedelta(days=days)
    facts = {"status": CallStatus.PUBLISHED, "deadline": deadline, "form": FORM}
    return make_call(world.town, **(facts | over))


def add_everything(world: World, organisation: Organisation, number: int) -> Application:
    """One of each kind of thing that asks for something."""
    call = add_call(world, days=3)
    draft = make_draft(call, organisation, title=f"Nacrt {number}", is_filled=False)
    case = make_application(
        call, organisation, title="Prijava za dopunu",
        status=ApplicationStatus.COMPLETION_REQUESTED,
    )  # fmt: skip
    town = {"municipality_id": world.town.id}
    keep(
        Correction(
            **town, slug=f"ispravka-{number}", call_id=call.id, number=1, made_at=NOON,
            status=CorrectionStatus.PUBLISHED, published_at=NOON - HOUR,
        )
    )  # fmt: skip
    keep(PartnerStatement(**town, application_id=draft.id, row="1", asked_at=NOON))
    keep(
        Message(
            **town, slug=f"poruka-{number}", application_id=case.id, is_from_office=True,
            author_name="Selma", text="Javite se", sent_at=NOON,
        )
    )  # fmt: skip
    keep(
        Reopening(
            **town, application_id=case.id, parts=["budget"], until=NOON + timedelta(days=1),
            opened_at=NOON,
        )
    )  # fmt: skip
    make_act(
        world.town, kind=ActKind.REFUSAL, subject_id=case.id, organisation_id=organisation.id,
        status=ActStatus.SERVED, issued_at=NOON, number=f"02-{number}", remedy_days=15,
        remedy_until=date(2026, 3, 12), served_on=date(2026, 3, 1),
    )  # fmt: skip
    keep(
        OrganisationDocument(
            organisation_id=organisation.id, kind="tax_paid", title=f"Uvjerenje {number}",
            document_id=make_document("u.pdf").id, added_at=NOON, added_by_id=world.user.id,
            expires_on=date(2026, 3, 20),
        )
    )  # fmt: skip
    with tenancy.within(world.town.id):
        matter = Matter(f"02-2-{number}/26", date(2026, 2, 27))
        note_standing(organisation.id, StandingKind.REPORT_LATE, matter, at=NOON)
    return draft


def test_page_says_everything_there_is_to_do(
    app: Flask, client: LintingClient, world: World
) -> None:
    with app.app_context():
        add_everything(world, world.organisation, 1)
        db.session.commit()
    page = client.sign_in(world.user).get("/my").text
    wanted = (
        "Kasni: Završni izvještaj po ugovoru 02-2-1/26",
        "Zatražena je dopuna",
        "Prijava NIJE PREDATA: Nacrt 1",
        "Treba dopuniti:",
        "Poziv je ispravljen (ispravka br. 1)",
        "1 izjava o partnerstvu još nije potpisana",
        "1 nepročitana poruka općine",
        "Rok za pravni lijek teče: rješenje o odbijanju 02-1",
        "Dokument uskoro ističe: Uvjerenje 1",
    )
    assert [text for text in wanted if text not in page] == []
    places = [page.index(text) for text in wanted]
    groups = [page.index(f'class="duties {urgency.value}"') for urgency in Urgency]
    assert places[0] < places[1] < places[2] < places[-2] < places[-1]
    assert groups[0] < places[0] < places[1] < groups[1] < places[2] < groups[2] < places[-1]


def test_nothing_that_is_done_or_far_away_is_asked_for(
    app: Flask, client: LintingClient, world: World
) -> None:
    with app.app_context():
        draft = make_draft(add_call(world, days=-1), world.organisation, title="Prekasno")
        shared = {"municipality_id": world.town.id, "application_id": draft.id}
        keep(PartnerStatement(**shared, row="1", asked_at=NOON))
        keep(
            OrganisationDocument(
                organisation_id=world.organisation.id, kind="statute", title="Daleki",
                document_id=make_document("u.pdf").id, added_at=NOON, added_by_id=world.user.id,
                expires_on=date(2026, 9, 1),
            )
        )  # fmt: skip
        db.session.commit()
    page = client.sign_in(world.user).get("/my").text
    assert "Ništa ne čeka na vas" in page
    assert "Daleki" not in page


def test_signed_statement_is_not_asked_for_again(
    app: Flask, client: LintingClient, world: World
) -> None:
    with app.app_context():
        draft = make_draft(add_call(world, days=5), world.organisation)
        shared = {"municipality_id": world.town.id, "application_id": draft.id, "asked_at": NOON}
        keep(PartnerStatement(**shared, row="1"))
        keep(PartnerStatement(**shared, row="1", signed_at=NOON))
        db.session.commit()
    assert "partnerstvu" not in client.sign_in(world.user).get("/my").text


def test_organisation_without_representative_is_told(
    app: Flask, client: LintingClient, world: World
) -> None:
    with app.app_context():
        other = make_organisation("Udruženje „Bez zastupnika“")
        user = make_user("Nova", (Role.OWNER, other.id))
        db.session.commit()
    page = client.sign_in(user).get("/my").text
    assert "Niko se nije izjasnio kao zakonski zastupnik" in page
    assert "urađeno" in page


def test_representative_of_a_local_organisation_is_asked_to_vote(
    app: Flask, client: LintingClient, world: World
) -> None:
    with app.app_context():
        local = make_organisation("Udruženje „Ovdje“", seat_municipality=world.town.name)
        elsewhere = make_organisation("Udruženje „Drugdje“", seat_municipality="Ilidža")
        people = [
            make_user("Zastupnica", (Role.REPRESENTATIVE, local.id)),
            make_user("Član", (Role.MEMBER, local.id)),
            make_user("Zastupnik", (Role.REPRESENTATIVE, elsewhere.id)),
        ]
        seat = keep(
            SeatCall(
                municipality_id=world.town.id, slug="mjesto", call=add_call(world, days=9),
                status=SeatStatus.VOTING, opens_at=NOON - HOUR, closes_at=NOON - HOUR,
                votes_until=NOON + HOUR, made_at=NOON,
            )
        )  # fmt: skip
        db.session.commit()
    said = "Glasajte za člana komisije iz civilnog društva"
    pages = [client.sign_in(person).get("/my").text for person in people]
    assert [said in page for page in pages] == [True, False, False]
    assert f"/calls/{seat.call.slug}/committee-seat" in pages[0]
    with clock.held_at(NOON + 2 * HOUR):
        assert said not in client.sign_in(people[0]).get("/my").text


def test_statements_are_as_many_for_three_organisations_as_for_one(
    app: Flask, client: LintingClient, world: World
) -> None:
    counts = []
    client.sign_in(world.user)
    for numbers in ((1,), (2, 3)):
        with app.app_context():
            for number in numbers:
                organisation = world.organisation
                if number > 1:
                    organisation = make_organisation(f"Udruženje {number}")
                    _join(world.user, organisation)
                add_everything(world, organisation, number)
            db.session.commit()
        for path in ("/my", f"/calendar/{'k' * 43}.ics"):
            with Statements() as seen:
                client.get(path)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 21


def _join(user: User, organisation: Organisation) -> None:
    give_role(user, role=Role.OWNER, scope_id=organisation.id, by=SYSTEM, at=NOON)


def read_feed(client: LintingClient, key: str = "k" * 43) -> Calendar:
    """The calendar of an address, read back."""
    answer = client.get(f"/calendar/{key}.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert b"\r\n" in answer.data
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75
    return Calendar.from_ical(answer.data)


def test_calendar_has_every_term_with_its_alarms(
    app: Flask, client: LintingClient, world: World
) -> None:
    with app.app_context():
        draft = add_everything(world, world.organisation, 1)
        db.session.commit()
    events = {str(each["summary"]): each for each in read_feed(client).walk("VEVENT")}
    assert set(events) == {
        "NIJE PREDATO: Nacrt 1",
        "Rok za dopunu: Prijava za dopunu",
        "Zadnji dan za pravni lijek: rješenje o odbijanju 02-1",
        "Ističe: Uvjerenje 1",
        "Rok: Završni izvještaj po ugovoru 02-2-1/26",
    }
    event = events["NIJE PREDATO: Nacrt 1"]
    assert event.decoded("dtstart") == NOON + timedelta(days=3)
    assert str(event["uid"]).startswith(f"draft-{draft.slug}@")
    assert f"/my/applications/{draft.slug}/check" in str(event["url"])
    alarms = [each.decoded("trigger") for each in event.walk("VALARM")]
    assert alarms == [-timedelta(days=7), -timedelta(days=2), -timedelta(hours=3)]
    day = events["Ističe: Uvjerenje 1"]
    assert (day.decoded("dtstart"), day.decoded("dtend")) == (date(2026, 3, 20), date(2026, 3, 21))
    assert [each.decoded("trigger") for each in day.walk("VALARM")] == [-timedelta(hours=15)]


def test_calendar_says_the_same_things_by_the_same_names(
    app: Flask, client: LintingClient, world: World
) -> None:
    with app.app_context():
        add_everything(world, world.organisation, 1)
        db.session.commit()
    first = {str(each["uid"]) for each in read_feed(client).walk("VEVENT")}
    with clock.held_at(NOON + HOUR):
        again = [str(each["uid"]) for each in read_feed(client).walk("VEVENT")]
    assert (set(again), len(again)) == (first, len(first))


def test_calendar_speaks_the_language_of_the_person(
    app: Flask, client: LintingClient, world: World
) -> None:
    with app.app_context():
        make_draft(add_call(world, days=3), world.organisation, title="Vrt")
        db.session.execute(update(User).where(User.id == world.user.id).values(language="sr"))
        db.session.commit()
    (event,) = read_feed(client).walk("VEVENT")
    assert str(event["summary"]) == "НИЈЕ ПРЕДАТО: Vrt"


def test_calendar_of_others_and_of_nobody_tells_nothing(
    app: Flask, client: LintingClient, world: World
) -> None:
    with app.app_context():
        add_everything(world, world.organisation, 1)
        other = make_organisation("Udruženje „Drugo“")
        make_user("Strankinja", (Role.OWNER, other.id), calendar_key="s" * 43)
        make_user("Bez kalendara")
        db.session.commit()
    assert read_feed(client, "s" * 43).walk("VEVENT") == []
    for key in ("x" * 43, "None", "", "k"):
        client.get(f"/calendar/{key}.ics", status=404)
