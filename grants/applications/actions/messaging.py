"""Messages between the organisation and the office, on the record of the case."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from grants.applications.models import Application, Message
from grants.applications.queries.messages import list_messages
from grants.applications.rules.messages import closed_problems, text_problems
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.db import db
from grants.documents.models import Document
from grants.errors import Incomplete, Problem, WrongState
from grants.notifications.actions import notify
from grants.organisations.queries import list_people_to_tell
from grants.people.actors import Actor
from grants.people.models import User
from grants.people.queries import list_holders
from grants.people.rules import Role


def send_message(
    application: Application, text: str, *, is_from_office: bool, by: Actor, at: datetime
) -> Message:
    """Write to the other side, which is told; what it had written counts as read.

    Raises Incomplete for an empty or too long text, WrongState `messages_draft` or
    `messages_closed` when nothing can be written.
    """
    _ensure_open(application)
    problems = text_problems(text)
    if problems:
        raise Incomplete(*problems)
    mark_messages_read(application, is_office=is_from_office, by=by, at=at)
    bare = text.replace("\r\n", "\n").strip()
    message = Message(
        municipality_id=application.municipality_id,
        slug=secrets.token_urlsafe(9),
        application_id=application.id,
        is_from_office=is_from_office,
        author_id=by.id,
        author_name=by.name,
        text=bare,
        sent_at=at,
    )
    db.session.add(message)
    db.session.flush()
    facts = {
        "from_office": is_from_office,
        "message": message.slug,
        "text_sha256": hashlib.sha256(bare.encode()).hexdigest(),
    }
    record(Event.MESSAGE_SENT, application, by=by, at=at, facts=facts)
    _tell(application, message, at=at)
    return message


def attach_to_message(message: Message, document: Document, *, by: Actor, at: datetime) -> None:
    """Put the one file to a message that was just sent.

    Raises WrongState `message_not_yours` for somebody else's, `message_has_file` when it carries
    one already, `message_read` once the other side has read it.
    """
    if message.author_id != by.id:
        raise WrongState(Problem("message_not_yours"))
    if message.document_id is not None:
        raise WrongState(Problem("message_has_file"))
    if message.read_at is not None:
        raise WrongState(Problem("message_read"))
    message.document = document
    facts = {"message": message.slug, "name": document.name, "sha256": document.sha256}
    record(Event.DOCUMENT_ADDED, message.application, by=by, at=at, facts=facts)


def mark_messages_read(
    application: Application, *, is_office: bool, by: Actor, at: datetime
) -> None:
    """What the other side has written counts as read from now on; a second time does nothing."""
    unread = [
        each
        for each in list_messages(application)
        if each.is_from_office != is_office and each.read_at is None
    ]
    for message in unread:
        message.read_at = at
    if unread:
        facts = {"count": len(unread), "from_office": not is_office}
        record(Event.MESSAGES_READ, application, by=by, at=at, facts=facts)


def _ensure_open(application: Application) -> None:
    problems = closed_problems(application.status, application.call.status)
    if problems:
        raise WrongState(*problems)


def _tell(application: Application, message: Message, *, at: datetime) -> None:
    call, slug = application.call, application.slug
    people: Iterable[User]
    if message.is_from_office:
        people = list_people_to_tell(int(application.organisation_id or 0))
        path = f"/my/applications/{slug}/messages"
    else:
        people = list_holders(Role.OFFICER, application.municipality_id)
        path = f"/m/{call.municipality.slug}/applications/{slug}/messages"
    notify(
        [user.as_recipient() for user in people],
        "applications/emails/message.txt",
        at=at,
        path=path,
        facts={**_about(application, call), "who": message.author_name, "text": message.text},
    )


def _about(application: Application, call: Call) -> dict[str, str]:
    return {
        "reference": application.reference or "",
        "title": application.title,
        "organisation": application.organisation_name,
        "call": call.title,
    }
