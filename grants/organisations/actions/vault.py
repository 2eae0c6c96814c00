"""The documents of an organisation: kept, described, replaced by newer ones, reminded of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from grants import clock
from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.documents.models import Document
from grants.errors import Incomplete, Problem, WrongState
from grants.notifications.actions import notify
from grants.notifications.rules import Recipient
from grants.organisations.models import Organisation, OrganisationDocument
from grants.organisations.problems import DOCUMENT_KINDS
from grants.organisations.queries import is_replaced, list_documents_to_remind_of, list_versions
from grants.organisations.rules.profile import KINDS_OF_DOCUMENT
from grants.organisations.rules.vault import days_between, reminder_due
from grants.people.actors import Actor
from grants.people.queries import list_memberships
from grants.people.rules import ScopeKind


@dataclass(frozen=True)
class Described:
    """What a document is: its kind, its own name where it has one, from when and until when."""

    kind: str
    title: str = ""
    issued_on: date | None = None
    expires_on: date | None = None


def keep_document(
    organisation: Organisation, document: Document, *, kind: str, by: Actor, at: datetime
) -> OrganisationDocument:
    """Put a file among the documents of the organisation; an unknown kind is `other`."""
    kept = OrganisationDocument(
        organisation_id=organisation.id,
        organisation=organisation,
        kind=kind if kind in KINDS_OF_DOCUMENT else "other",
        document=document,
        added_at=at,
        added_by_id=by.id,
    )
    db.session.add(kept)
    facts = {"name": document.name, "sha256": document.sha256}
    record(Event.DOCUMENT_ADDED, organisation, by=by, at=at, facts=facts)
    return kept


def replace_document(
    kept: OrganisationDocument, document: Document, *, by: Actor, at: datetime
) -> OrganisationDocument:
    """Put a newer version in the place of a document, which stays on the record.

    Its dates are its own. Raises WrongState `document_replaced` when a newer one stands already.
    """
    if is_replaced(kept):
        raise WrongState(Problem("document_replaced"))
    newer = keep_document(kept.organisation, document, kind=kept.kind, by=by, at=at)
    newer.replaces_id, newer.title = kept.id, kept.title
    db.session.flush()
    return newer


def describe_document(
    kept: OrganisationDocument, said: Described, *, by: Actor, at: datetime
) -> None:
    """Say what a document is, when it was issued and until when it holds.

    Raises Incomplete with `expires_before_issue`, `issued_in_future`.
    """
    problems = date_problems(said.issued_on, said.expires_on, today=clock.local_day(at))
    if problems:
        raise Incomplete(*problems)
    before = Described(kept.kind, kept.title, kept.issued_on, kept.expires_on)
    if said == before:
        return
    kept.kind, kept.title = said.kind, said.title
    kept.issued_on, kept.expires_on = said.issued_on, said.expires_on
    facts = {
        "name": kept.document.name,
        "kind": kept.kind,
        "issued_on": said.issued_on.isoformat() if said.issued_on else None,
        "expires_on": said.expires_on.isoformat() if said.expires_on else None,
    }
    record(Event.DOCUMENT_DESCRIBED, kept.organisation, by=by, at=at, facts=facts)


def remove_document(kept: OrganisationDocument, *, by: Actor, at: datetime) -> None:
    """Take a document with its versions out of the vault; applications that use it keep it."""
    for version in list_versions(kept):
        version.removed_at = at
    facts = {"name": kept.document.name, "sha256": kept.document.sha256}
    record(Event.DOCUMENT_REMOVED, kept.organisation, by=by, at=at, facts=facts)


def list_due_reminders(*, at: datetime) -> list[tuple[OrganisationDocument, date]]:
    """The documents whose people are to be reminded now, each with the day of its reminder."""
    today, found = clock.local_day(at), []
    for kept in list_documents_to_remind_of(today):
        added_on = clock.local_day(kept.added_at)
        day = kept.expires_on and reminder_due(
            kept.expires_on, on=today, added_on=added_on, reminded_for=kept.reminded_for
        )
        if day:
            found.append((kept, day))
    return found


def remind_of_expiry(*, at: datetime) -> int:
    """Write to the people of every organisation whose documents expire soon; how many documents.

    30 and 7 days ahead, once each, one message an organisation; a second run finds nothing.
    """
    due: dict[int, list[OrganisationDocument]] = {}
    for kept, day in list_due_reminders(at=at):
        kept.reminded_for = day
        due.setdefault(kept.organisation_id, []).append(kept)
    _tell_of_expiry(due, today=clock.local_day(at), at=at)
    return sum(len(documents) for documents in due.values())


def _tell_of_expiry(
    due: dict[int, list[OrganisationDocument]], *, today: date, at: datetime
) -> None:
    people: dict[int, dict[int, Recipient]] = {}
    for held in list_memberships(ScopeKind.ORGANISATION, due):
        people.setdefault(held.scope_id, {})[held.user_id] = held.user.as_recipient()
    for organisation_id, documents in due.items():
        organisation = documents[0].organisation
        notify(
            people.get(organisation_id, {}).values(),
            "organisations/emails/documents_expire.txt",
            at=at,
            path=f"/my/organisations/{organisation.slug}/documents",
            facts={"organisation": organisation.name, "documents": _said(documents, today=today)},
        )


def _said(documents: Sequence[OrganisationDocument], *, today: date) -> list[dict[str, object]]:
    return [
        {
            "name": kept.title or DOCUMENT_KINDS[kept.kind],
            "file": kept.document.name,
            "expires_on": kept.expires_on,
            "days": days_between(today, kept.expires_on),
        }
        for kept in documents
    ]


def date_problems(issued_on: date | None, expires_on: date | None, *, today: date) -> list[Problem]:
    """What cannot be right about the dates of a document."""
    found = []
    if issued_on and issued_on > today:
        found.append(Problem("issued_in_future", "issued_on", {"today": today}))
    if issued_on and expires_on and expires_on < issued_on:
        found.append(Problem("expires_before_issue", "expires_on", {"issued_on": issued_on}))
    return found
