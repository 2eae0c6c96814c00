"""Reminders that a draft is not submitted: when, to whom, what they say, each once."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from grants import clock, tenancy
from grants.applications.models import Application
from grants.applications.rules.reminders import Reminder, moment_of, reminder_due
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.db import db
from grants.jobs.worker import handlers
from grants.notifications.actions import choose_mail_mode
from grants.notifications.models import Mail, Notice
from grants.notifications.rules import MailMode
from grants.people.models import User
from tests.applications.arranging import Arranged, arrange, make_draft
from tests.factories import DEADLINE, OPENS

STARTED = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("deadline", "moments"),
    [
        # Three in the afternoon, in winter throughout.
        ("2026-03-09T14:00", ("2026-03-02T14:00", "2026-03-07T14:00", "2026-03-09T11:00")),
        # The clock went forward on the 29th: three in the afternoon each time, by the wall.
        ("2026-03-30T13:00", ("2026-03-23T14:00", "2026-03-28T14:00", "2026-03-30T10:00")),
        # Three hours before four in that very night are three hours that pass.
        ("2026-03-29T02:00", ("2026-03-22T03:00", "2026-03-27T03:00", "2026-03-28T23:00")),
        # The clock went back on 25 October.
        ("2026-10-26T14:00", ("2026-10-19T13:00", "2026-10-24T13:00", "2026-10-26T11:00")),
    ],
)
def test_days_go_by_the_wall_and_hours_as_they_pass(
    deadline: str, moments: tuple[str, str, str]
) -> None:
    end = datetime.fromisoformat(deadline).replace(tzinfo=UTC)
    found = tuple(f"{moment_of(each, end):%Y-%m-%dT%H:%M}" for each in Reminder)
    assert found == moments


def due(before: timedelta, *, started_at: datetime = STARTED, reminded_for: str | None = None,
        deadline: datetime = DEADLINE) -> Reminder | None:  # fmt: skip
    """The reminder due so long before the deadline."""
    return reminder_due(
        deadline, at=deadline - before, started_at=started_at, reminded_for=reminded_for
    )


def test_reminder_is_due_from_its_moment_until_the_next() -> None:
    assert due(timedelta(days=7, seconds=1)) is None
    assert due(timedelta(days=7)) is Reminder.WEEK
    assert due(timedelta(days=2, seconds=1)) is Reminder.WEEK
    assert due(timedelta(days=2)) is Reminder.TWO_DAYS
    assert due(timedelta(hours=3)) is Reminder.THREE_HOURS
    assert due(timedelta(0)) is Reminder.THREE_HOURS
    assert due(timedelta(seconds=-1)) is None


def test_who_started_later_needs_none_until_the_next() -> None:
    started = DEADLINE - timedelta(days=5)
    assert due(timedelta(days=4), started_at=started) is None
    assert due(timedelta(days=2), started_at=started) is Reminder.TWO_DAYS


def test_sent_one_is_due_again_for_another_deadline() -> None:
    sent = f"7d:{DEADLINE.isoformat()}"
    assert due(timedelta(days=6), reminded_for=sent) is None
    later = DEADLINE + timedelta(days=5)
    assert due(timedelta(days=7), reminded_for=sent, deadline=later) is Reminder.WEEK


@pytest.fixture
def world(app: Flask) -> Arranged:
    """A call with its deadline on 9 March at three, an empty draft and its two people."""
    return arrange(app, is_filled=False)


def run(app: Flask, at: datetime) -> None:
    """The job at a moment."""
    with app.app_context(), clock.held_at(at):
        handlers()["remind_of_drafts"](at=at)


def mails(app: Flask) -> list[tuple[str, str]]:
    """Every mail: to whom, what."""
    with app.app_context():
        statement = select(Mail.to, Mail.subject).order_by(Mail.id)
        return [(row.to, row.subject) for row in db.session.execute(statement)]


def change(app: Flask, world: Arranged, **facts: object) -> None:
    """Change the application; `deadline` is the call's."""
    with app.app_context(), tenancy.across("tests arrange"):
        row = db.session.execute(
            select(Application).where(Application.id == world.application.id)
        ).scalar_one()
        call = db.session.execute(select(Call).where(Call.id == row.call_id)).scalar_one()
        for name, value in facts.items():
            setattr(call if name == "deadline" else row, name, value)
        db.session.commit()


def test_everybody_is_told_once_at_each_moment(app: Flask, world: Arranged) -> None:
    people = 2
    for before, count in (
        (timedelta(days=8), 0), (timedelta(days=7), 1), (timedelta(days=5), 1),
        (timedelta(days=2), 2), (timedelta(hours=3), 3), (timedelta(hours=1), 3),
        (timedelta(hours=-1), 3),
    ):  # fmt: skip
        for _again in range(2):
            run(app, DEADLINE - before)
        assert len(mails(app)) == count * people, before


def test_mail_says_that_it_is_not_submitted_and_what_is_missing(
    app: Flask, world: Arranged
) -> None:
    with app.app_context():
        choose_mail_mode(world.representative.id, MailMode.DAILY)
        db.session.commit()
    run(app, DEADLINE - timedelta(days=2))
    with app.app_context():
        mail = db.session.execute(
            select(Mail).where(Mail.to == world.representative.email)
        ).scalar_one()
        notices = db.session.execute(select(Notice).order_by(Notice.id)).scalars().all()
    assert mail.subject.startswith("PRIJAVA NIJE PREDATA, rok 9.\xa03.\xa02026. u 15:00: ")
    assert "još NIJE PREDATA" in mail.text
    assert "ponedjeljak, 9.\xa03.\xa02026. u 15:00" in mail.text
    assert "još 2 dana" in mail.text
    assert "- " in mail.text[mail.text.index("Prije predaje") :]
    assert f"/my/applications/{world.application.slug}/check" in mail.text
    assert [notice.path for notice in notices] == [
        f"/my/applications/{world.application.slug}/check"
    ] * 2


def test_nobody_is_reminded_after_submission(app: Flask, world: Arranged) -> None:
    change(app, world, status=ApplicationStatus.SUBMITTED, submitted_at=OPENS, reference="1")
    run(app, DEADLINE - timedelta(days=2))
    assert mails(app) == []


def test_moved_deadline_is_reminded_of_anew(app: Flask, world: Arranged) -> None:
    run(app, DEADLINE - timedelta(days=2))
    change(app, world, deadline=DEADLINE + timedelta(days=14))
    run(app, DEADLINE - timedelta(hours=3))
    assert len(mails(app)) == 2
    run(app, DEADLINE + timedelta(days=7))
    assert len(mails(app)) == 4


def test_language_of_each_person(app: Flask, world: Arranged) -> None:
    with app.app_context():
        db.session.execute(
            update(User).where(User.id == world.representative.id).values(language="sr")
        )
        db.session.commit()
    run(app, DEADLINE - timedelta(days=2))
    assert sorted(subject[:7] for _to, subject in mails(app)) == ["PRIJAVA", "ПРИЈАВА"]


def test_second_draft_is_reminded_of_too(app: Flask, world: Arranged) -> None:
    with app.app_context():
        make_draft(world.call, world.organisation, number=2)
        db.session.commit()
    run(app, DEADLINE - timedelta(days=2))
    assert len(mails(app)) == 4
