"""Reminders of documents that expire, every morning."""

from datetime import datetime, time

from grants.db import unit_of_work
from grants.jobs.schedule import daily
from grants.jobs.worker import job_handler
from grants.organisations.actions.vault import list_due_reminders, remind_of_expiry

daily("remind_of_expiry", time(7, 0))


@job_handler("remind_of_expiry")
def remind_of_documents(*, at: datetime) -> None:
    """Tell whose documents expire soon; each is told of once, however often this runs."""
    with unit_of_work("read which documents expire", writing=False):
        if not list_due_reminders(at=at):
            return
    with unit_of_work("remind of documents that expire"):
        remind_of_expiry(at=at)
