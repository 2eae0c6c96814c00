"""When a job is tried again, and when a daily one has its turn."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MOST_ATTEMPTS = 8
LEASE = timedelta(seconds=120)
_SARAJEVO = ZoneInfo("Europe/Sarajevo")


class JobStatus(StrEnum):
    """Where a job stands; one whose lease ran out is waiting again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after so many attempts; None when there were enough.

    Waits 5 s, 20 s, 80 s … at most an hour, so that a mail server may come back.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    seconds: int = min(5 * 4 ** (attempts - 1), 3600)
    return at + timedelta(seconds=seconds)


def last_turn(times: Iterable[time], at: datetime) -> datetime:
    """The last of these times of day in Sarajevo that is not after a moment, in UTC."""
    wall = at.astimezone(_SARAJEVO)
    days = (wall.date(), wall.date() - timedelta(days=1))
    turns = (datetime.combine(day, each, _SARAJEVO) for day in days for each in times)
    return max(turn.astimezone(UTC) for turn in turns if turn.astimezone(UTC) <= at)
