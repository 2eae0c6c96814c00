"""The files of an application: into a slot and out of it."""

from datetime import datetime

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
from grants.people.actors import Actor


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


def section_of_slot(application: Application, code: str) -> str:
    """The section where the files of a slot are put in, empty where the form has none."""
    form = answered_form(application)
    question = form.files().get(code) or form.by_fact(Fact.DOCUMENTS)
    section = form.section_of(question.key) if question else None
    return section.key if section else ""
