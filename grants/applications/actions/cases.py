"""A case taken further, and what was decided on it."""

from datetime import datetime

from grants.applications.models import (
    Application,
)
from grants.applications.rules.states import LIFECYCLE, ApplicationStatus, Outcome
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


def change_outcome(application: Application, outcome: Outcome) -> None:
    """A later act on a decided application changes what was decided, not where it stands.

    The caller records its own event. Raises WrongState where nothing was decided yet.
    """
    if application.status is not ApplicationStatus.DECIDED:
        LIFECYCLE.check(application.status, ApplicationStatus.DECIDED)
    application.outcome = outcome
