"""An objection filed online or keyed in from paper, its documents, and taken back."""

import secrets
from datetime import date, datetime
from typing import Any

from grants import clock
from grants.applications.models import Application
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.complaints.models import Objection, ObjectionDocument
from grants.complaints.queries.objections import (
    get_preliminary,
    get_preliminary_outcome,
    list_own_objections,
)
from grants.complaints.rules.filing import (
    Envelope,
    Filing,
    ensure_complete,
    ensure_envelope,
    ensure_filing_open,
    ensure_single,
    grounds_for,
)
from grants.complaints.rules.states import LIFECYCLE, Channel, ObjectionStatus
from grants.db import db
from grants.documents.models import Document
from grants.errors import DomainError, Problem, WrongState
from grants.notifications.actions import notify
from grants.organisations.queries import list_people_to_tell
from grants.people.actors import Actor
from grants.people.queries import list_holders
from grants.people.rules import Role
from grants.ranking.models import Ranking
from grants.ranking.publishing import counted_json
from grants.ranking.queries import calendar_of
from grants.workdays import days, deadline

MOST_FILES = 20


def file_objection(
    application: Application, filing: Filing, *, by: Actor, at: datetime
) -> Objection:
    """File an objection online; the term for its ruling runs from today.

    Raises NotNow before the list is published and after the term (its last day is whole),
    WrongState once the call is decided or where one against the same waits, Incomplete for what
    is missing.
    """
    call, today = application.call, clock.local_day(at)
    listed = get_preliminary(call)
    ensure_filing_open(
        listed.objections_until if listed else None, today=today, is_decided=_is_decided(call)
    )
    _ensure_fit(application, filing)
    objection = _keep(application, filing, _there(listed), received_on=today, by=by, at=at)
    _record_filed(objection, application, by=by, at=at)
    _tell_filed(objection, application, at=at)
    return objection


def enter_paper(
    application: Application, filing: Filing, envelope: Envelope, *, by: Actor, at: datetime
) -> Objection:
    """Key in an objection that came on paper; a late one too, which is then ruled so.

    The posting day of a registered letter counts, the term for the ruling runs from receipt.
    Raises as `file_objection`, except for lateness, and Incomplete for the envelope.
    """
    call = application.call
    listed = get_preliminary(call)
    if listed is None or listed.published_at is None:
        ensure_filing_open(None, today=clock.local_day(at), is_decided=False)
    listed = _there(listed)
    if _is_decided(call):
        raise WrongState(Problem("objection_decided"))
    published_on = clock.local_day(listed.published_at or at)
    ensure_envelope(envelope, today=clock.local_day(at), published_on=published_on)
    _ensure_fit(application, filing)
    received_on = envelope.received_on or clock.local_day(at)
    objection = _keep(application, filing, listed, received_on=received_on, by=by, at=at)
    objection.channel, objection.posted_on = envelope.channel, envelope.posted_on
    objection.protocol_number = envelope.protocol_number.strip()
    _record_filed(objection, application, by=by, at=at)
    _tell_filed(objection, application, at=at)
    return objection


def add_paper(
    objection: Objection, document: Document, *, title: str, by: Actor, at: datetime
) -> ObjectionDocument:
    """Put a file to an objection that waits for its ruling.

    Raises WrongState `objection_closed` once ruled or withdrawn, DomainError `objection_files`.
    """
    if objection.status is not ObjectionStatus.FILED:
        raise WrongState(Problem("objection_closed"))
    if len(objection.documents) >= MOST_FILES:
        raise DomainError(Problem("objection_files", facts={"most": MOST_FILES}))
    paper = ObjectionDocument(
        municipality_id=objection.municipality_id,
        title=title.strip()[:200],
        document=document,
        added_at=at,
    )
    objection.documents.append(paper)
    facts = {"name": document.name, "sha256": document.sha256, "objection": objection.slug}
    record(Event.DOCUMENT_ADDED, objection.application, by=by, at=at, facts=facts)
    return paper


def withdraw_objection(objection: Objection, *, by: Actor, at: datetime) -> None:
    """Take an objection back; WrongState once it was ruled. A prepared ruling lapses."""
    LIFECYCLE.check(objection.status, ObjectionStatus.WITHDRAWN)
    objection.status, objection.withdrawn_at = ObjectionStatus.WITHDRAWN, at
    objection.settled_at = at
    facts = {"objection": objection.slug, "against": objection.against.value}
    record(Event.OBJECTION_WITHDRAWN, objection.application, by=by, at=at, facts=facts)
    _tell_office(objection, objection.application, "withdrawn", at=at)


def _is_decided(call: Call) -> bool:
    return call.status is not CallStatus.OBJECTIONS


def _there(listed: Ranking | None) -> Ranking:
    if listed is None:
        raise LookupError("an objection needs a published list")
    return listed


def _ensure_fit(application: Application, filing: Filing) -> None:
    ensure_complete(filing, allowed=grounds_for(get_preliminary_outcome(application)))
    standing = [
        each.against
        for each in list_own_objections(application)
        if each.status is ObjectionStatus.FILED
    ]
    ensure_single(filing.against, standing=standing)


def _keep(
    application: Application,
    filing: Filing,
    listed: Ranking,
    *,
    received_on: date,
    by: Actor,
    at: datetime,
) -> Objection:
    call = application.call
    due = deadline(
        received_on, term=days(call.ruling_days), calendar=calendar_of(call.municipality_id)
    )
    objection = Objection(
        municipality_id=application.municipality_id,
        slug=secrets.token_urlsafe(9),
        call_id=call.id,
        application=application,
        against=filing.against,
        status=ObjectionStatus.FILED,
        channel=Channel.ONLINE,
        text=filing.text.replace("\r\n", "\n").strip(),
        asks_for=filing.asks_for.replace("\r\n", "\n").strip(),
        filed_at=at,
        filed_by_id=by.id,
        received_on=received_on,
        filed_until=listed.objections_until,
        ruling_due_on=due.ends_on,
        ruling_counted=counted_json(due),
        documents=[],
    )
    db.session.add(objection)
    db.session.flush()
    return objection


def _record_filed(
    objection: Objection, application: Application, *, by: Actor, at: datetime
) -> None:
    facts: dict[str, Any] = {
        "objection": objection.slug,
        "against": objection.against.value,
        "channel": objection.channel.value,
        "received_at": objection.received_on.isoformat(),
        "until": objection.ruling_due_on.isoformat(),
    }
    if objection.protocol_number:
        facts["protocol"] = objection.protocol_number
    record(Event.OBJECTION_FILED, application, by=by, at=at, facts=facts)


def _tell_filed(objection: Objection, application: Application, *, at: datetime) -> None:
    """A receipt to the organisation's people, and word to the office."""
    people = list_people_to_tell(int(application.organisation_id or 0))
    notify(
        [user.as_recipient() for user in people],
        "complaints/emails/received.txt",
        at=at,
        path=f"/my/applications/{application.slug}/objections/{objection.slug}",
        facts=_told(objection, application),
        is_urgent=True,
    )
    if objection.channel is Channel.ONLINE:
        _tell_office(objection, application, "filed", at=at)


def _tell_office(
    objection: Objection, application: Application, what: str, *, at: datetime
) -> None:
    notify(
        [user.as_recipient() for user in list_holders(Role.OFFICER, objection.municipality_id)],
        f"complaints/emails/{what}.txt",
        at=at,
        path=f"/m/{application.call.municipality.slug}/objections/{objection.slug}",
        facts=_told(objection, application),
    )


def _told(objection: Objection, application: Application) -> dict[str, Any]:
    return {
        "objection": objection,
        "reference": application.reference or "",
        "title": application.title,
        "organisation": application.organisation_name,
        "call": application.call.title,
    }
