"""A draft begun and saved, section by section, and what its lists show meanwhile."""

import secrets
from collections.abc import Callable
from datetime import datetime

from grants import clock
from grants.applications.models import (
    Application,
    DraftSection,
)
from grants.applications.queries import (
    get_open_reopening,
    get_section_row,
    lock_status,
    lots_of,
)
from grants.applications.rules.parsing import Typed
from grants.applications.rules.states import ApplicationStatus
from grants.applications.rules.typed import Answers, first_answers
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call, Follower
from grants.calls.queries import criteria_of, form_of, get_follower
from grants.calls.rules.criteria import ensure_open
from grants.calls.rules.form import Fact, Section
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.errors import NotNow, Problem, Stale, WrongState
from grants.i18n.script import fold
from grants.organisations.models import Organisation
from grants.people.actors import Actor

Change = Callable[[Answers], Answers]


def start_application(
    call: Call, organisation: Organisation, *, by: Actor, at: datetime
) -> Application:
    """Begin a draft; whoever begins follows the call and hears of its corrections.

    Raises NotNow outside the call's window, WrongState when the call is not published.
    """
    if call.status is not CallStatus.PUBLISHED:
        raise WrongState(Problem("call_not_open"))
    ensure_open(criteria_of(call).window, at)
    application = Application(
        municipality_id=call.municipality_id,
        slug=secrets.token_urlsafe(9),
        call_id=call.id,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        started_at=at,
        started_by_id=by.id,
        status=ApplicationStatus.DRAFT,
        form_version=form_of(call).version,
    )
    db.session.add(application)
    if get_follower(call, int(by.id or 0)) is None:
        since = clock.local_day(at)
        db.session.add(
            Follower(
                municipality_id=call.municipality_id, call_id=call.id, user_id=by.id, since=since
            )
        )
    record(Event.APPLICATION_STARTED, application, by=by, at=at, facts={"call": call.reference})
    db.session.flush()
    return application


def save_section(
    application: Application,
    section: Section,
    *,
    change: Change,
    version: int,
    by: Actor,
    at: datetime,
) -> DraftSection:
    """Keep the strings of a section as typed; what they mean is asked later.

    `change` makes the new strings of the kept ones. Stale when somebody saved since `version`
    (0: never saved), WrongState or NotNow when the section is not open for writing.
    """
    lock_status(application)
    ensure_writable(application, section.key, at=at)
    row = get_section_row(application, section.key)
    if (row.version if row else 0) != version:
        raise Stale(Problem("section_stale"))
    kept = row.answers if row else first_answers(section)
    if row is None:
        row = DraftSection(
            municipality_id=application.municipality_id,
            application_id=application.id,
            key=section.key,
            version=0,
        )
        db.session.add(row)
    row.answers, row.version = dict(change(kept)), row.version + 1
    row.saved_at, row.saved_by_id = at, by.id
    if application.status is ApplicationStatus.DRAFT:
        _follow_draft(application, section, row.answers)
    db.session.flush()
    return row


def ensure_writable(application: Application, section: str, *, at: datetime) -> None:
    """Raise WrongState once submitted; NotNow `completion_over` after a completion's term."""
    if application.status is ApplicationStatus.DRAFT:
        return
    if application.status is not ApplicationStatus.COMPLETION_REQUESTED:
        raise WrongState(Problem("application_submitted"))
    reopening = get_open_reopening(application)
    if reopening is None or section not in reopening.parts:
        raise WrongState(Problem("section_closed"))
    if at > reopening.until:
        raise NotNow(Problem("completion_over", facts={"at": at, "until": reopening.until}))


def _follow_draft(application: Application, section: Section, answers: Answers) -> None:
    """Lists show a draft by what it says of itself so far."""
    facts = {question.fact for question in section.questions if question.fact}
    if facts.isdisjoint({Fact.TITLE, Fact.LOT, Fact.REQUESTED, Fact.DURATION}):
        return
    typed = Typed(
        form_of(application.call),
        {section.key: answers},
        lots_of(application),
        known={section.key},
    )
    if Fact.TITLE in facts:
        application.title = typed.value(Fact.TITLE) or ""
        application.title_folded = fold(application.title)
    if Fact.LOT in facts:
        code = typed.value(Fact.LOT)
        lot = next((lot for lot in application.call.lots if lot.code == code), None)
        application.lot_id = lot.id if lot else None
    if Fact.REQUESTED in facts:
        application.requested = typed.value(Fact.REQUESTED) or 0
    months = typed.value(Fact.DURATION) if Fact.DURATION in facts else application.duration_months
    application.duration_months = months if isinstance(months, int) and months < 1000 else 0
