"""A correction of the form, seen and confirmed by the people of a draft."""

from datetime import datetime

from grants.applications.models import Application
from grants.applications.queries import lock_status
from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.queries import form_of
from grants.errors import Problem, WrongState
from grants.people.actors import Actor


def confirm_form(application: Application, *, by: Actor, at: datetime) -> None:
    """Somebody of the organisation has seen what a correction of the form changed.

    WrongState once submitted; a second time does nothing.
    """
    lock_status(application)
    if application.status is not ApplicationStatus.DRAFT:
        raise WrongState(Problem("application_submitted"))
    version = form_of(application.call).version
    if application.form_version >= version:
        return
    application.form_version = version
    facts = {"version": version}
    record(Event.FORM_VERSION_CONFIRMED, application, by=by, at=at, facts=facts)
