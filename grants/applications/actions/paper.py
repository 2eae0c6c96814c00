"""An application on paper keyed in by an officer: begun, completed, dropped."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from grants.applications.actions.cases import advance
from grants.applications.actions.freezing import freeze_version
from grants.applications.actions.submitting import give_number, order_receipt
from grants.applications.models import Application, ApplicationDocument, DraftSection, Snapshot
from grants.applications.queries import count_submitted, grounds_of, typed_of
from grants.applications.queries.paper import is_protocol_taken
from grants.applications.rules.checking import find_all
from grants.applications.rules.paper import (
    CORRECTABLE,
    KEYED_IN,
    Envelope,
    envelope_problems,
    is_being_keyed,
)
from grants.applications.rules.states import LIFECYCLE, ApplicationStatus, Channel
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.calls.queries import criteria_of, form_of
from grants.calls.rules.form import Fact
from grants.db import db
from grants.errors import Incomplete, Problem, WrongState
from grants.organisations.models import Organisation
from grants.people.actors import Actor


def start_paper(
    call: Call, organisation: Organisation, envelope: Envelope, *, by: Actor, at: datetime
) -> Application:
    """Begin to key in what came on paper; whoever keys it in is named on the record.

    Raises WrongState `paper_call` once the committee scores, Incomplete for what is wrong with the
    envelope or a number that another application carries.
    """
    if call.status not in KEYED_IN:
        raise WrongState(Problem("paper_call"))
    number = " ".join(envelope.protocol_number.split())
    problems = envelope_problems(envelope, criteria_of(call).window, at=at)
    if not problems and is_protocol_taken(number):
        problems = [Problem("paper_protocol_taken", "protocol_number", {"number": number})]
    if problems:
        raise Incomplete(*problems)
    application = Application(
        municipality_id=call.municipality_id,
        slug=secrets.token_urlsafe(9),
        call_id=call.id,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        status=ApplicationStatus.DRAFT,
        channel=envelope.channel,
        protocol_number=number,
        received_at=envelope.received_at,
        posted_at=envelope.posted_at if envelope.channel is Channel.POST else None,
        late_reason=envelope.late_reason.strip(),
        started_at=at,
        started_by_id=by.id,
        keyed_by_id=by.id,
        form_version=form_of(call).version,
    )
    db.session.add(application)
    db.session.flush()
    record(Event.PAPER_STARTED, application, by=by, at=at, facts=_facts(application))
    return application


def correct_envelope(
    application: Application, envelope: Envelope, *, reason: str, by: Actor, at: datetime
) -> None:
    """Put right what was keyed in of the envelope; what stood there stays on the record.

    A registered paper counts as received when the envelope was, so that its moment of submission
    follows. Raises WrongState `paper_decided` once the check has decided, Incomplete for what
    cannot be so, a number that another application carries, `paper_same`, `paper_reason`.
    """
    if application.keyed_by_id is None or application.status not in CORRECTABLE:
        raise WrongState(Problem("paper_decided"))
    number = " ".join(envelope.protocol_number.split())
    problems = envelope_problems(envelope, criteria_of(application.call).window, at=at)
    if number != application.protocol_number and is_protocol_taken(number):
        problems.append(Problem("paper_protocol_taken", "protocol_number", {"number": number}))
    if not reason.strip():
        problems.append(Problem("paper_reason", "reason"))
    if problems:
        raise Incomplete(*problems)
    before = _facts(application)
    _write_envelope(application, envelope, number=number)
    after = _facts(application)
    if before == after:
        raise Incomplete(Problem("paper_same", "protocol_number"))
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    facts = {"changed": changed, "reason": reason.strip()}
    record(Event.PAPER_CORRECTED, application, by=by, at=at, facts=facts)


def _write_envelope(application: Application, envelope: Envelope, *, number: str) -> None:
    application.channel, application.protocol_number = envelope.channel, number
    application.received_at = envelope.received_at
    application.posted_at = envelope.posted_at if envelope.channel is Channel.POST else None
    application.late_reason = envelope.late_reason.strip()
    if application.status is not ApplicationStatus.DRAFT:
        application.submitted_at = application.registered_at = envelope.received_at


def complete_paper(application: Application, *, by: Actor, at: datetime) -> Snapshot:
    """End the entry: the application counts as received when its envelope was, and is registered.

    The paper is what it is, so that its faults keep nobody from keying it in: they stand on the
    record by their codes, and the administrative check finds them again. Only a lot is needed,
    without which no list could hold the application. Raises WrongState when it was completed,
    Incomplete `paper_lot`.
    """
    _ensure_being_keyed(application)
    LIFECYCLE.check(application.status, ApplicationStatus.SUBMITTED)
    typed = typed_of(application)
    if typed.asks(Fact.LOT) and typed.value(Fact.LOT) is None:
        question = typed.form.by_fact(Fact.LOT)
        raise Incomplete(Problem("paper_lot", question.key if question else ""))
    received_at = application.received_at or at
    last, others = count_submitted(application)
    found = find_all(typed, grounds_of(application, submitted_before=others, at=received_at))
    give_number(application, last=last)
    application.status, application.submitted_at = ApplicationStatus.SUBMITTED, received_at
    application.form_version = typed.form.version
    snapshot = freeze_version(application, typed, by=by, at=at)
    faults = sorted({finding.problem.code for finding in found if finding.is_blocking})
    facts = {**_facts(application), "reference": application.reference, "faults": faults}
    record(
        Event.APPLICATION_SUBMITTED,
        application,
        by=by,
        at=at,
        facts={**facts, "sha256": snapshot.sha256},
    )
    application.registered_at = received_at
    advance(application, ApplicationStatus.REGISTERED, by=by, at=at)
    registered = {"protocol": application.protocol_number, "reference": application.reference}
    record(Event.APPLICATION_REGISTERED, application, by=by, at=at, facts=registered)
    order_receipt(application, at=at)
    return snapshot


def drop_paper(application: Application, *, by: Actor, at: datetime) -> None:
    """Forget an entry that was begun by mistake; that it was there stays on the record.

    Raises WrongState when it was completed.
    """
    _ensure_being_keyed(application)
    record(Event.PAPER_DROPPED, application, by=by, at=at, facts=_facts(application))
    for model in (DraftSection, ApplicationDocument):
        db.session.execute(delete(model).where(model.application_id == application.id))
    db.session.execute(delete(Application).where(Application.id == application.id))


def _ensure_being_keyed(application: Application) -> None:
    if not is_being_keyed(application.status, keyed_by_id=application.keyed_by_id):
        raise WrongState(Problem("paper_completed"))


def _facts(application: Application) -> dict[str, Any]:
    received_at, posted_at = application.received_at, application.posted_at
    return {
        "channel": application.channel.value,
        "name": application.organisation_name,
        "protocol": application.protocol_number,
        "received_at": received_at.isoformat() if received_at else None,
        "posted_at": posted_at.isoformat() if posted_at else None,
        "reason": application.late_reason,
    }
