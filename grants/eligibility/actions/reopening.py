"""The administrative check of a dismissed application, begun again after an upheld objection."""

from datetime import datetime

from grants.applications.actions.cases import advance
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.eligibility.queries import get_outcome
from grants.people.actors import Actor


def reopen_check(application: Application, *, by: Actor, at: datetime) -> None:
    """Take a dismissed application back to the check; the answers stay and may be changed.

    What had been decided is kept in the record. Raises WrongState unless it is dismissed.
    """
    advance(application, ApplicationStatus.REGISTERED, by=by, at=at)
    outcome = get_outcome(application)
    facts: dict[str, object] = {}
    if outcome is not None:
        facts = {"ground": outcome.reason, "text": outcome.text}
        db.session.delete(outcome)
        db.session.flush()
    record(Event.CHECK_REOPENED, application, by=by, at=at, facts=facts)
