"""The daily letter, every morning."""

from datetime import datetime

from grants.db import unit_of_work
from grants.jobs.schedule import daily
from grants.jobs.worker import job_handler
from grants.notifications.queries import list_people_waiting
from grants.notifications.rules import DIGEST_TIME
from grants.people.preferences import send_digest

daily("send_digests", DIGEST_TIME)


@job_handler("send_digests")
def send_digests(*, at: datetime) -> None:
    """Write to everybody for whom something waits; each in a transaction of their own."""
    with unit_of_work("read who waits for a daily letter", writing=False):
        people = list_people_waiting(at=at)
    for user_id in people:
        with unit_of_work("write a daily letter"):
            send_digest(user_id, at=at)
