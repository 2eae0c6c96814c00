"""The daily letter: who waits for it, what it says, each notice once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from grants import clock
from grants.db import db
from grants.jobs.worker import handlers
from grants.notifications.actions import choose_mail_mode, mark_read, notify
from grants.notifications.models import Mail, MailSetting, Notice
from grants.notifications.rules import MailMode, next_digest, waits_until
from grants.people.models import User
from tests.conftest import NOON
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("context")
SEVEN = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "turn"),
    [
        (NOON, SEVEN),
        (SEVEN - timedelta(seconds=1), SEVEN),
        # At seven itself the letter of the day is being written.
        (SEVEN, SEVEN + timedelta(days=1)),
        # The night the clock goes forward, and the one it goes back.
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 5, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),
    ],
)
def test_daily_letter_goes_at_seven_here(at: datetime, turn: datetime) -> None:
    assert next_digest(at) == turn


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_daily_letter_is_always_ahead_and_never_more_than_a_day_and_an_hour(at: datetime) -> None:
    assert timedelta(0) < next_digest(at) - at <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("mode", "is_urgent", "until"),
    [
        (MailMode.AT_ONCE, False, None),
        (MailMode.AT_ONCE, True, None),
        (MailMode.DAILY, True, None),
        (MailMode.DAILY, False, SEVEN),
    ],
)
def test_only_what_has_no_legal_term_waits(
    mode: MailMode,
    is_urgent: bool,  # noqa: FBT001  a case of the table
    until: datetime | None,
) -> None:
    assert waits_until(mode, NOON, is_urgent=is_urgent) == until


def say(*users: User, at: datetime = NOON, is_urgent: bool = False) -> None:
    """Tell these people something."""
    notify(
        [user.as_recipient() for user in users],
        "organisations/emails/join_declined.txt",
        at=at,
        path="/my",
        facts={"organisation": "Udruženje"},
        is_urgent=is_urgent,
    )
    db.session.commit()


def mails(user: User) -> list[str]:
    """The subjects of the mails to somebody, in their order."""
    statement = select(Mail.subject).where(Mail.to == user.email).order_by(Mail.id)
    return list(db.session.execute(statement).scalars())


def run(at: datetime) -> None:
    """The job of the daily letter at a moment."""
    db.session.commit()
    with clock.held_at(at):
        handlers()["send_digests"](at=at)


def make_daily(name: str = "Dnevna") -> User:
    """Somebody who wants one letter a day."""
    user = make_user(name)
    choose_mail_mode(user.id, MailMode.DAILY)
    db.session.commit()
    return user


def test_daily_person_gets_one_letter_with_everything_once() -> None:
    daily, direct = make_daily(), make_user("Odmah")
    say(daily, direct)
    say(daily, direct)
    assert (mails(daily), len(mails(direct))) == ([], 2)
    run(SEVEN - timedelta(minutes=1))
    assert mails(daily) == []
    for _again in range(3):
        run(SEVEN)
    assert mails(daily) == ["2 obavijesti od jučer"]
    letter = db.session.execute(select(Mail.text).where(Mail.to == daily.email)).scalar_one()
    assert letter.count("/my\n") == 2
    assert "/notices" in letter
    setting = db.session.execute(select(MailSetting)).scalar_one()
    assert setting.last_digest_on == SEVEN.date()
    run(SEVEN + timedelta(days=1))
    assert len(mails(daily)) == 1


def test_what_has_a_legal_term_goes_at_once_to_everybody() -> None:
    daily = make_daily()
    say(daily, is_urgent=True)
    assert len(mails(daily)) == 1
    run(SEVEN)
    assert len(mails(daily)) == 1


def test_nothing_is_lost_or_sent_twice_when_the_mode_changes() -> None:
    person = make_daily()
    say(person)
    choose_mail_mode(person.id, MailMode.AT_ONCE)
    say(person)
    assert len(mails(person)) == 1
    run(SEVEN)
    assert len(mails(person)) == 2
    assert mails(person)[1] == "1 obavijest od jučer"


def test_what_was_read_is_left_out_and_a_letter_about_nothing_is_not_written() -> None:
    person = make_daily()
    say(person)
    say(person)
    first = db.session.execute(select(Notice).order_by(Notice.id).limit(1)).scalar_one()
    mark_read(first, at=NOON)
    db.session.commit()
    run(SEVEN)
    assert mails(person) == ["1 obavijest od jučer"]
    say(person, at=SEVEN + timedelta(hours=1))
    for notice in db.session.execute(select(Notice)).scalars():
        mark_read(notice, at=NOON)
    db.session.commit()
    run(SEVEN + timedelta(days=1))
    assert len(mails(person)) == 1
    waiting = select(Notice.id).where(Notice.digest_at.is_not(None))
    assert db.session.execute(waiting).all() == []


def test_letter_missed_by_a_worker_at_rest_is_made_up_for() -> None:
    person = make_daily()
    say(person)
    run(SEVEN + timedelta(days=2, hours=4))
    assert len(mails(person)) == 1


def test_one_letter_has_no_end_without_a_limit() -> None:
    person = make_daily()
    for _each in range(45):
        say(person)
    run(SEVEN)
    letter = db.session.execute(select(Mail).where(Mail.to == person.email)).scalar_one()
    assert letter.subject == "45 obavijesti od jučer"
    assert "… i još 5." in letter.text
