"""Reports whose term has passed, noted every night: later calls ask for them."""

from datetime import datetime, time

from grants import clock, tenancy
from grants.db import unit_of_work
from grants.jobs.schedule import daily
from grants.jobs.worker import job_handler
from grants.organisations.actions.standing import Matter, note_standing
from grants.organisations.rules.standing import StandingKind
from grants.reports.queries import list_overdue_reports

daily("note_late_reports", time(0, 15))


@job_handler("note_late_reports")
def note_late_reports(*, at: datetime) -> None:
    """Each report that did not come in time stands as late, once; a second run changes nothing."""
    with unit_of_work("read which reports are late", writing=False):
        overdue = list_overdue_reports(clock.local_day(at))
    for each in overdue:
        matter = Matter(each.reference, each.due_on, each.path)
        with (
            tenancy.within(each.municipality_id),
            unit_of_work("note that a report is late"),
        ):
            note_standing(each.organisation_id, StandingKind.REPORT_LATE, matter, at=at)
