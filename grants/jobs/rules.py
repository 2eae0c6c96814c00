"""When a job is tried again."""

from datetime import datetime, timedelta
from enum import StrEnum

MOST_ATTEMPTS = 8
LEASE = timedelta(seconds=120)


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
