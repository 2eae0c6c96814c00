"""Reminding the office of rulings that are due."""

from datetime import datetime, time, timedelta

from grants import clock, tenancy
from grants.complaints.actions.reminding import remind_of_ruling
from grants.complaints.queries.objections import get_due, list_due
from grants.db import unit_of_work
from grants.jobs.schedule import daily
from grants.jobs.worker import job_handler

# So many days before a ruling is due its office is reminded, on the last day, and when it is late.
AHEAD = timedelta(days=3)
_REMINDED = (AHEAD.days, 0, -1)

daily("remind_of_rulings", time(7, 30))


@job_handler("remind_of_rulings")
def remind_of_rulings(*, at: datetime) -> None:
    """Write to the office of each ruling that is due, each in a transaction of its own."""
    today = clock.local_day(at)
    with unit_of_work("read which rulings are due", writing=False):
        due = [
            (each.id, each.municipality_id)
            for each in list_due(until=today + AHEAD)
            if (each.ruling_due_on - today).days in _REMINDED
        ]
    for objection_id, municipality_id in due:
        with tenancy.within(municipality_id), unit_of_work("remind of a ruling"):
            objection = get_due(objection_id)
            if objection is not None:
                remind_of_ruling(objection, at=at)
