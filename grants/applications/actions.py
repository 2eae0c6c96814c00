"""What happens to applications: begun, saved, submitted, withdrawn, completed, taken further."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from grants import clock
from grants.applications.models import (
    Activity,
    Application,
    ApplicationDocument,
    BudgetRow,
    DraftSection,
    Partner,
    Reopening,
    Snapshot,
)
from grants.applications.queries import (
    answered_form,
    count_submitted,
    get_open_reopening,
    get_section_row,
    grounds_of,
    lock_status,
    lots_of,
    present_documents,
    profile_of,
    typed_of,
)
from grants.applications.rules.checking import blocking, find_all
from grants.applications.rules.freezing import Frozen, Seal, freeze, write_reference
from grants.applications.rules.parsing import Typed
from grants.applications.rules.states import LIFECYCLE, ApplicationStatus, Outcome
from grants.applications.rules.typed import Answers, first_answers
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call, Follower
from grants.calls.queries import criteria_of, form_of, get_follower
from grants.calls.rules.criteria import ensure_open
from grants.calls.rules.form import Fact, Section
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.documents.models import Document
from grants.errors import Incomplete, NotNow, Problem, Stale, WrongState
from grants.i18n.script import fold
from grants.jobs.actions import enqueue
from grants.organisations.models import Organisation
from grants.organisations.queries import list_people_to_tell
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


def attach_document(
    application: Application, document: Document, *, code: str, by: Actor, at: datetime
) -> ApplicationDocument:
    """Put a file into a slot of the call or of a question; its section must be open for writing."""
    ensure_writable(application, section_of_slot(application, code), at=at)
    attached = ApplicationDocument(
        municipality_id=application.municipality_id,
        application=application,
        code=code,
        document=document,
        added_at=at,
        added_by_id=by.id,
    )
    db.session.add(attached)
    facts = {"slot": code, "name": document.name, "sha256": document.sha256}
    record(Event.DOCUMENT_ADDED, application, by=by, at=at, facts=facts)
    return attached


def detach_document(attached: ApplicationDocument, *, by: Actor, at: datetime) -> None:
    """Take a file out of its slot; it stays on the record."""
    place = section_of_slot(attached.application, attached.code)
    ensure_writable(attached.application, place, at=at)
    attached.removed_at = at
    sha256 = attached.document.sha256 if attached.document else ""
    facts = {"slot": attached.code, "sha256": sha256}
    record(Event.DOCUMENT_REMOVED, attached.application, by=by, at=at, facts=facts)


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
    problems = blocking(find_all(typed, grounds_of(application, submitted_before=others)))
    if problems:
        raise Incomplete(*problems)
    if application.ordinal is None:
        application.ordinal = last + 1
        application.reference = write_reference(application.call.reference, application.ordinal)
    application.status, application.submitted_at = ApplicationStatus.SUBMITTED, at
    application.submitted_by_id, application.receipt_id = by.id, None
    application.form_version = typed.form.version
    if application.organisation is not None:
        application.organisation_name = application.organisation.name
    snapshot = _freeze(application, typed, by=by, at=at)
    facts = {"reference": application.reference, "sha256": snapshot.sha256}
    record(Event.APPLICATION_SUBMITTED, application, by=by, at=at, facts=facts)
    _order_receipt(application, at=at)
    return snapshot


def note_late_attempt(application: Application, *, by: Actor, at: datetime) -> None:
    """Keep on the record that somebody tried to submit after the deadline."""
    deadline = criteria_of(application.call).deadline
    facts = {"deadline": deadline.isoformat(), "tried": at.isoformat()}
    record(Event.APPLICATION_REFUSED_LATE, application, by=by, at=at, facts=facts)


def withdraw_to_draft(application: Application, *, by: Actor, at: datetime) -> None:
    """Take a submission back before the deadline; its number stays and waits for it.

    Raises NotNow after the deadline, WrongState once the office has registered it.
    """
    LIFECYCLE.check(application.status, ApplicationStatus.DRAFT)
    ensure_open(criteria_of(application.call).window, at)
    application.status = ApplicationStatus.DRAFT
    facts = {"reference": application.reference}
    record(Event.APPLICATION_WITHDRAWN, application, by=by, at=at, facts=facts)


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
    found = find_all(typed, grounds_of(application, submitted_before=0))
    problems = blocking(finding for finding in found if finding.section in reopening.parts)
    if problems:
        raise Incomplete(*problems)
    advance(application, ApplicationStatus.COMPLETED, by=by, at=at)
    snapshot = _freeze(application, typed, by=by, at=at)
    reopening.answered_at, reopening.snapshot_version = at, snapshot.version
    facts = {"version": snapshot.version, "sha256": snapshot.sha256}
    record(Event.COMPLETION_ANSWERED, application, by=by, at=at, facts=facts)
    return snapshot


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


def _freeze(application: Application, typed: Typed, *, by: Actor, at: datetime) -> Snapshot:
    organisation = application.organisation
    seal = Seal(
        version=application.snapshot_version + 1,
        call=application.call.reference,
        reference=application.reference or "",
        at=at,
        by=by.name,
        organisation=profile_of(organisation) if organisation else {},
        documents=[
            _document_facts(each)
            for each in present_documents(application)
            if _is_asked(typed, each.code)
        ],
    )
    frozen = freeze(typed, seal)
    application.snapshot_version = seal.version
    snapshot = Snapshot(
        municipality_id=application.municipality_id,
        application_id=application.id,
        version=seal.version,
        facts=frozen.text,
        sha256=frozen.sha256,
        made_at=at,
        made_by_id=by.id,
    )
    db.session.add(snapshot)
    # In bulk: one statement a table, however many lines there are.
    db.session.bulk_save_objects(_rows(application, frozen, version=seal.version))
    return snapshot


def _rows(application: Application, frozen: Frozen, *, version: int) -> Iterable[Any]:
    shared = {
        "municipality_id": application.municipality_id,
        "application_id": application.id,
        "version": version,
    }
    for at, activity in enumerate(frozen.facts["activities"]):
        told = {key: activity[key] for key in ("code", "title", "responsible", "months")}
        yield Activity(**shared, position=at, **told)
    for at, line in enumerate(frozen.facts["budget"]):
        yield BudgetRow(**shared, position=at, **line)
    for at, partner in enumerate(frozen.facts["partners"]):
        yield Partner(**shared, position=at, **partner)


def _is_asked(typed: Typed, code: str) -> bool:
    """A file of a question that is not asked stays in the draft and does not freeze."""
    question = typed.form.files().get(code)
    return question is None or typed.is_shown(question)


def _document_facts(attached: ApplicationDocument) -> dict[str, Any]:
    document = attached.document
    if document is None:
        return {"code": attached.code}
    return {
        "code": attached.code,
        "name": document.name,
        "slug": document.slug,
        "sha256": document.sha256,
        "size": document.size,
    }


def section_of_slot(application: Application, code: str) -> str:
    """The section where the files of a slot are put in, empty where the form has none."""
    form = answered_form(application)
    question = form.files().get(code) or form.by_fact(Fact.DOCUMENTS)
    section = form.section_of(question.key) if question else None
    return section.key if section else ""


def _order_receipt(application: Application, *, at: datetime) -> None:
    people = list_people_to_tell(int(application.organisation_id or 0))
    facts = {
        "application_id": application.id,
        "municipality_id": application.municipality_id,
        "version": application.snapshot_version,
        "recipients": [[each.email, each.name, each.language, each.id] for each in people],
    }
    enqueue("render_receipt", facts, at=at)
