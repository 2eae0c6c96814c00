"""What happens to applications from the outside: a step further, parts opened once more."""

from collections.abc import Iterable
from datetime import datetime

from grants.applications.models import Application, Reopening
from grants.applications.rules.states import LIFECYCLE, ApplicationStatus, Outcome
from grants.db import db
from grants.people.actors import Actor


def advance(
    application: Application,
    status: ApplicationStatus,
    *,
    by: Actor,
    at: datetime,
    outcome: Outcome | None = None,
) -> None:
    """Take an application to its next status; an outcome, where given, goes with it.

    The caller records its own event. Raises WrongState where the step does not follow.
    """
    LIFECYCLE.check(application.status, status)
    application.status = status
    if status is ApplicationStatus.REGISTERED and application.registered_at is None:
        application.registered_at = at
    if outcome is not None:
        application.outcome = outcome


def reopen(
    application: Application, parts: Iterable[str], *, until: datetime, by: Actor, at: datetime
) -> Reopening:
    """Open these sections of the form once more until a moment: a request to complete.

    The first receipt stands; the answer makes the next frozen version. The caller records the
    request and writes to the applicant. Raises WrongState where the step does not follow.
    """
    advance(application, ApplicationStatus.COMPLETION_REQUESTED, by=by, at=at)
    reopening = Reopening(
        municipality_id=application.municipality_id,
        application_id=application.id,
        parts=list(parts),
        until=until,
        opened_at=at,
    )
    db.session.add(reopening)
    db.session.flush()
    return reopening
