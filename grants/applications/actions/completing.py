"""Parts of an application opened once more, and handed in."""

from collections.abc import Iterable
from datetime import datetime

from grants.applications.actions.cases import advance
from grants.applications.actions.freezing import freeze_version
from grants.applications.models import (
    Application,
    Reopening,
    Snapshot,
)
from grants.applications.queries import (
    get_open_reopening,
    grounds_of,
    typed_of,
)
from grants.applications.rules.checking import blocking, find_all
from grants.applications.rules.states import LIFECYCLE, ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.errors import Incomplete, NotNow, Problem, WrongState
from grants.people.actors import Actor


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


def answer_completion(application: Application, *, by: Actor, at: datetime) -> Snapshot:
    """Hand in what was asked: the next frozen version; the first receipt stands.

    The draft is loaded by queries.get_draft_to_submit, which holds it. Raises NotNow after the
    term, Incomplete for what is still missing in the parts that were opened, WrongState when
    nothing is asked.
    """
    LIFECYCLE.check(application.status, ApplicationStatus.COMPLETED)
    reopening = get_open_reopening(application)
    if reopening is None:
        raise WrongState(Problem("section_closed"))
    if at > reopening.until:
        raise NotNow(Problem("completion_over", facts={"at": at, "until": reopening.until}))
    typed = typed_of(application)
    found = find_all(typed, grounds_of(application, submitted_before=0, at=at))
    problems = blocking(finding for finding in found if finding.section in reopening.parts)
    if problems and application.keyed_by_id is None:
        raise Incomplete(*problems)
    advance(application, ApplicationStatus.COMPLETED, by=by, at=at)
    snapshot = freeze_version(application, typed, by=by, at=at)
    reopening.answered_at, reopening.snapshot_version = at, snapshot.version
    facts = {"version": snapshot.version, "sha256": snapshot.sha256}
    record(Event.COMPLETION_ANSWERED, application, by=by, at=at, facts=facts)
    return snapshot
