"""What a person chooses: a language, the secret address of a calendar; and the daily letter."""

import secrets
from datetime import datetime

from grants import clock
from grants.notifications.actions import post, say
from grants.notifications.queries import get_mail_setting, list_waiting
from grants.people.models import User
from grants.people.queries import get_user

# Lines of a daily letter; the rest is in the inbox, and the letter says how many.
MOST_LINES = 40


def choose_language(user: User, language: str) -> None:
    """Speak to the person in a language from now on, on pages and in mails."""
    user.language = language


def renew_calendar_key(user: User) -> None:
    """Give the calendar a new secret address; an older one leads nowhere from now on."""
    user.calendar_key = secrets.token_urlsafe(32)


def switch_calendar_off(user: User) -> None:
    """The calendar has no address any more."""
    user.calendar_key = None


def send_digest(user_id: int, *, at: datetime) -> int:
    """Write one letter about all that waits for it and was not read; how many notices.

    What was written about waits no more, so that a second run finds nothing.
    """
    waiting = list_waiting(user_id, at=at)
    user = get_user(user_id)
    unread = [notice for notice in waiting if notice.read_at is None]
    for notice in waiting:
        notice.digest_at = None
    if user is None or not unread:
        return 0
    recipient = user.as_recipient()
    facts = {"notices": unread[:MOST_LINES], "count": len(unread)}
    letter = say(recipient, "people/emails/digest.txt", at=at, path="/notices", facts=facts)
    post(recipient, letter, at=at)
    setting = get_mail_setting(user_id)
    if setting is not None:
        setting.last_digest_on = clock.local_day(at)
    return len(unread)
