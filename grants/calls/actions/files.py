"""The files beside a draft: added, called otherwise, removed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call, CallDocument
from grants.calls.rules.editing import ensure_editable
from grants.db import db
from grants.documents.models import Document
from grants.people.actors import Actor


def add_file(call: Call, document: Document, *, title: str, by: Actor, at: datetime) -> None:
    """Put a file beside a draft, to be downloaded by everybody once the call is public."""
    ensure_editable(call.status, sent_at=call.sent_at)
    file = CallDocument(
        municipality_id=call.municipality_id,
        call_id=call.id,
        title=title,
        document_id=document.id,
        added_at=at,
    )
    db.session.add(file)
    record(Event.DOCUMENT_ADDED, call, by=by, at=at, facts=_file_facts(title, document))


def rename_file(call: Call, file: CallDocument, *, title: str) -> None:
    """Call a file of a draft otherwise."""
    ensure_editable(call.status, sent_at=call.sent_at)
    file.title = title


def remove_file(call: Call, file: CallDocument, *, by: Actor, at: datetime) -> None:
    """Take a file away from a draft."""
    ensure_editable(call.status, sent_at=call.sent_at)
    db.session.delete(file)
    facts = _file_facts(file.title, file.document)
    record(Event.DOCUMENT_REMOVED, call, by=by, at=at, facts=facts)


def put_file(call: Call, slug: str, wanted: Mapping[str, Any] | None, *, at: datetime) -> None:
    """Write what a correction wants of one file: another, none, or a new one."""
    found = next((each for each in call.documents if each.document.slug == slug), None)
    if found is not None:
        call.documents.remove(found)
        db.session.delete(found)
    if wanted is None:
        return
    file = CallDocument(
        municipality_id=call.municipality_id,
        title=wanted["title"],
        document=db.session.get_one(Document, wanted["id"]),
        added_at=at,
    )
    call.documents.append(file)


def _file_facts(title: str, document: Document) -> dict[str, object]:
    return {"title": title, "name": document.name, "sha256": document.sha256}
