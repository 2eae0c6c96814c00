"""When the people of a draft are reminded that it is not submitted."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_SARAJEVO = ZoneInfo("Europe/Sarajevo")


class Reminder(StrEnum):
    """How long before the deadline; by the value a sent one is remembered."""

    WEEK = "7d"
    TWO_DAYS = "2d"
    THREE_HOURS = "3h"


_DAYS = {Reminder.WEEK: 7, Reminder.TWO_DAYS: 2}
_HOURS = {Reminder.THREE_HOURS: 3}
# Nobody is reminded earlier than this, a change of the clock included.
LONGEST = timedelta(days=7, hours=1)


def moment_of(reminder: Reminder, deadline: datetime) -> datetime:
    """When it is due, in UTC: days by the clock on the wall, hours as they pass.

    Two days before a deadline at three in the afternoon it is three in the afternoon, also where
    the clock was changed in between.
    """
    if reminder in _DAYS:
        wall = deadline.astimezone(_SARAJEVO) - timedelta(days=_DAYS[reminder])
        return wall.astimezone(UTC)
    return deadline - timedelta(hours=_HOURS[reminder])


def key_of(reminder: Reminder, deadline: datetime) -> str:
    """What is remembered of a sent one: another deadline is another reminder."""
    return f"{reminder.value}:{deadline.astimezone(UTC).isoformat()}"


def reminder_due(
    deadline: datetime, *, at: datetime, started_at: datetime, reminded_for: str | None
) -> Reminder | None:
    """The reminder that is due now, None when there is none.

    Each is due until it was sent, the next one is, or the deadline has passed; who started later
    than its moment needs none. Missed ones are not made up for: the nearest one says it all.
    """
    if at > deadline:
        return None
    due = [each for each in Reminder if moment_of(each, deadline) <= at]
    if not due or moment_of(due[-1], deadline) < started_at:
        return None
    return None if key_of(due[-1], deadline) == reminded_for else due[-1]
