"""A draft submitted, refused because it is late, taken back before the deadline."""

from datetime import datetime

from grants.applications.actions.freezing import freeze_version
from grants.applications.models import (
    Application,
    Snapshot,
)
from grants.applications.queries import (
    count_submitted,
    grounds_of,
    typed_of,
)
from grants.applications.rules.checking import blocking, find_all
from grants.applications.rules.freezing import write_reference
from grants.applications.rules.states import LIFECYCLE, ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.queries import criteria_of
from grants.calls.rules.criteria import ensure_open
from grants.errors import Incomplete
from grants.jobs.actions import enqueue
from grants.notifications.actions import notify
from grants.organisations.queries import list_people_to_tell
from grants.people.actors import Actor


def submit_application(application: Application, *, by: Actor, at: datetime) -> Snapshot:
    """Submit a draft: number, frozen version with its hash, rows, receipt by the worker.

    The draft is loaded by queries.get_draft_to_submit, which holds it. `at` is the moment the
    request came; the deadline's own instant is in time. Raises WrongState when it is submitted
    already, NotNow outside the window, Incomplete with every problem.
    """
    LIFECYCLE.check(application.status, ApplicationStatus.SUBMITTED)
    ensure_open(criteria_of(application.call).window, at)
    typed = typed_of(application)
    last, others = count_submitted(application)
    problems = blocking(find_all(typed, grounds_of(application, submitted_before=others, at=at)))
    if problems:
        raise Incomplete(*problems)
    give_number(application, last=last)
    application.status, application.submitted_at = ApplicationStatus.SUBMITTED, at
    application.submitted_by_id, application.receipt_id = by.id, None
    application.form_version = typed.form.version
    if application.organisation is not None:
        application.organisation_name = application.organisation.name
    snapshot = freeze_version(application, typed, by=by, at=at)
    facts = {"reference": application.reference, "sha256": snapshot.sha256}
    record(Event.APPLICATION_SUBMITTED, application, by=by, at=at, facts=facts)
    order_receipt(application, at=at)
    return snapshot


def give_number(application: Application, *, last: int) -> None:
    """The next number of its call after the `last` given out; one that it carries stays."""
    if application.ordinal is None:
        application.ordinal = last + 1
        application.reference = write_reference(application.call.reference, application.ordinal)


def note_late_attempt(application: Application, *, by: Actor, at: datetime) -> None:
    """Keep on the record that somebody tried to submit after the deadline."""
    deadline = criteria_of(application.call).deadline
    facts = {"deadline": deadline.isoformat(), "tried": at.isoformat()}
    record(Event.APPLICATION_REFUSED_LATE, application, by=by, at=at, facts=facts)


def withdraw_to_draft(application: Application, *, by: Actor, at: datetime) -> None:
    """Take a submission back before the deadline; its number stays and waits for it.

    Everybody of the organisation hears that nothing is submitted now. Raises NotNow after the
    deadline, WrongState once the office has registered it.
    """
    LIFECYCLE.check(application.status, ApplicationStatus.DRAFT)
    ensure_open(criteria_of(application.call).window, at)
    application.status = ApplicationStatus.DRAFT
    facts = {"reference": application.reference}
    record(Event.APPLICATION_WITHDRAWN, application, by=by, at=at, facts=facts)
    call = application.call
    notify(
        [
            each.as_recipient()
            for each in list_people_to_tell(int(application.organisation_id or 0))
        ],
        "applications/emails/withdrawn.txt",
        at=at,
        is_urgent=True,
        path=f"/my/applications/{application.slug}/check",
        facts={
            "reference": application.reference,
            "title": application.title,
            "call": call.title,
            "deadline": call.deadline,
            "who": by.name,
        },
    )


def order_receipt(application: Application, *, at: datetime) -> None:
    """The worker makes the receipt of the version just frozen and tells the organisation."""
    people = list_people_to_tell(int(application.organisation_id or 0))
    facts = {
        "application_id": application.id,
        "municipality_id": application.municipality_id,
        "version": application.snapshot_version,
        "recipients": [[each.email, each.name, each.language, each.id] for each in people],
    }
    enqueue("render_receipt", facts, at=at)
