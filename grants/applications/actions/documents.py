"""The files of an application: into a slot and out of it."""

from dataclasses import dataclass
from datetime import date, datetime

from grants.applications.actions.drafting import ensure_writable
from grants.applications.models import (
    Application,
    ApplicationDocument,
)
from grants.applications.queries import (
    answered_form,
)
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.rules.form import Fact
from grants.db import db
from grants.documents.models import Document
from grants.errors import Incomplete, Problem
from grants.organisations.queries import list_documents
from grants.people.actors import Actor


@dataclass(frozen=True)
class Dates:
    """When a document was issued and until when it holds, where that is known."""

    issued_on: date | None = None
    expires_on: date | None = None


UNDATED = Dates()


def attach_document(
    application: Application,
    document: Document,
    *,
    code: str,
    dates: Dates = UNDATED,
    by: Actor,
    at: datetime,
) -> ApplicationDocument:
    """Put a file into a slot of the call or of a question; its section must be open for writing."""
    ensure_writable(application, section_of_slot(application, code), at=at)
    attached = ApplicationDocument(
        municipality_id=application.municipality_id,
        application=application,
        code=code,
        document=document,
        issued_on=dates.issued_on,
        expires_on=dates.expires_on,
        added_at=at,
        added_by_id=by.id,
    )
    db.session.add(attached)
    facts = {"slot": code, "name": document.name, "sha256": document.sha256}
    record(Event.DOCUMENT_ADDED, application, by=by, at=at, facts=facts)
    return attached


def date_document(attached: ApplicationDocument, dates: Dates, *, by: Actor, at: datetime) -> None:
    """Say the dates of a file in its slot; the vault learns them where it keeps the same file.

    Raises Incomplete `dates_backwards`, and what `ensure_writable` raises.
    """
    application = attached.application
    ensure_writable(application, section_of_slot(application, attached.code), at=at)
    if dates.issued_on and dates.expires_on and dates.expires_on < dates.issued_on:
        raise Incomplete(Problem("dates_backwards"))
    attached.issued_on, attached.expires_on = dates.issued_on, dates.expires_on
    kept = list_documents(application.organisation) if application.organisation else []
    for each in kept:
        if each.document_id == attached.document_id and not (each.issued_on or each.expires_on):
            each.issued_on, each.expires_on = dates.issued_on, dates.expires_on
    facts = {
        "slot": attached.code,
        "issued_on": dates.issued_on.isoformat() if dates.issued_on else None,
        "expires_on": dates.expires_on.isoformat() if dates.expires_on else None,
    }
    record(Event.DOCUMENT_DESCRIBED, application, by=by, at=at, facts=facts)


def detach_document(attached: ApplicationDocument, *, by: Actor, at: datetime) -> None:
    """Take a file out of its slot; it stays on the record."""
    place = section_of_slot(attached.application, attached.code)
    ensure_writable(attached.application, place, at=at)
    attached.removed_at = at
    sha256 = attached.document.sha256 if attached.document else ""
    facts = {"slot": attached.code, "sha256": sha256}
    record(Event.DOCUMENT_REMOVED, attached.application, by=by, at=at, facts=facts)


def section_of_slot(application: Application, code: str) -> str:
    """The section where the files of a slot are put in, empty where the form has none."""
    form = answered_form(application)
    question = form.files().get(code) or form.by_fact(Fact.DOCUMENTS)
    section = form.section_of(question.key) if question else None
    return section.key if section else ""
