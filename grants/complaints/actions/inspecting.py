"""An applicant opens the own file: each look is on the record, once a day and person."""

from datetime import datetime

from grants import clock
from grants.applications.models import Application
from grants.audit.actions import record
from grants.audit.events import Event
from grants.complaints.models import Inspection
from grants.complaints.queries.scores import get_last_inspection
from grants.db import db
from grants.people.actors import Actor


def open_file(application: Application, *, by: Actor, at: datetime) -> None:
    """Note that somebody of the applicant looks into the own file; a second look the same day is
    the same one."""
    last = get_last_inspection(application, by.id)
    if last is not None and clock.local_day(last) == clock.local_day(at):
        return
    db.session.add(
        Inspection(
            municipality_id=application.municipality_id,
            application_id=application.id,
            inspected_at=at,
            inspected_by_id=by.id,
        )
    )
    record(Event.FILE_INSPECTED, application, by=by, at=at)
