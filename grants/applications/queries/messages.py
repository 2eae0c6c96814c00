"""The messages of a case, and who has not read which."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from grants.applications.models import Application, Message
from grants.applications.queries.drafts import get_case, get_own_draft
from grants.db import db
from grants.people.actors import Actor


def list_messages(application: Application) -> Sequence[Message]:
    """Everything that was written about a case, the first first, with its files."""
    statement = (
        select(Message)
        .where(Message.application_id == application.id)
        .options(joinedload(Message.document))
        .order_by(Message.id)
    )
    return db.session.execute(statement).scalars().all()


def get_own_message(who: Actor, slug: str, message: str) -> Message | None:
    """A message of an own application by both addresses."""
    return _of(get_own_draft(who, slug), message)


def get_case_message(who: Actor, municipality: str, slug: str, message: str) -> Message | None:
    """A message of a case of the municipality, which is entered."""
    return _of(get_case(who, municipality, slug), message)


def count_unread(application_id: int) -> int:
    """How many messages of the office the organisation has not read."""
    statement = select(func.count(Message.id)).where(
        Message.application_id == application_id,
        Message.is_from_office.is_(True),
        Message.read_at.is_(None),
    )
    return db.session.execute(statement).scalar_one()


def unread_messages(*, is_office: bool) -> ScalarSelect[int]:
    """The count of what one side has not read, as a column of a list of applications."""
    waiting = (
        select(func.count(Message.id))
        .where(
            Message.application_id == Application.id,
            Message.is_from_office.is_(not is_office),
            Message.read_at.is_(None),
        )
        .correlate(Application)
    )
    return waiting.scalar_subquery()


def list_unread_ids() -> Select[*tuple[Any, ...]]:
    """The cases in which the office has not read something, oldest first, to join a list with."""
    return (
        select(
            Message.application_id,
            func.count(Message.id).label("count"),
            func.min(Message.id).label("first"),
        )
        .where(Message.is_from_office.is_(False), Message.read_at.is_(None))
        .group_by(Message.application_id)
        .order_by(func.min(Message.id))
    )


def _of(application: Application | None, slug: str) -> Message | None:
    if application is None:
        return None
    statement = (
        select(Message)
        .where(Message.application_id == application.id, Message.slug == slug)
        .options(joinedload(Message.document))
    )
    message = db.session.execute(statement).scalar()
    if message is not None:
        set_committed_value(message, "application", application)
    return message
