"""Until when a kept document holds, how old it is, and when to remind of it."""

from datetime import date, timedelta
from enum import StrEnum

# So many days before the expiry the organisation is reminded, once each.
REMINDERS = (30, 7)


class Validity(StrEnum):
    """Where a document stands on a day."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"


def validity(expires_on: date | None, *, on: date) -> Validity:
    """Its last day is still good; without an expiry it is valid."""
    if expires_on is None or expires_on - on > timedelta(days=max(REMINDERS)):
        return Validity.VALID
    return Validity.EXPIRED if expires_on < on else Validity.EXPIRING


def days_between(earlier: date | None, later: date | None) -> int | None:
    """Whole days from one to the other, below 0 the other way; None where one is not known."""
    return None if earlier is None or later is None else (later - earlier).days


def reminder_due(
    expires_on: date, *, on: date, added_on: date, reminded_for: date | None
) -> date | None:
    """The day of the reminder that is due now, None when there is none.

    It is 30 or 7 days before the expiry. Each is due until it was sent or the next one is;
    none for what was added after that day or has expired, and each once for every expiry.
    """
    if on > expires_on:
        return None
    days = [expires_on - timedelta(days=ahead) for ahead in REMINDERS]
    due = [day for day in days if day <= on]
    if not due or due[-1] < added_on or due[-1] == reminded_for:
        return None
    return due[-1]
