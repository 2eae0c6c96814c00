"""What an officer needs to key in applications on paper."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from grants.applications.models import Application
from grants.applications.queries.drafts import get_draft_to_submit
from grants.calls.models import Call
from grants.db import db
from grants.people.actors import Actor
from grants.people.models import User
from grants.people.queries import enter_as_staff


def get_call_of_papers(who: Actor, municipality: str, slug: str) -> Call | None:
    """The call of `/m/<municipality>/calls/<slug>/paper`, its municipality entered."""
    if enter_as_staff(who, municipality) is None:
        return None
    options = (joinedload(Call.municipality), selectinload(Call.lots))
    return db.session.execute(select(Call).where(Call.slug == slug).options(*options)).scalar()


def get_paper(who: Actor, municipality: str, slug: str) -> Application | None:
    """A paper of the municipality, also while it is keyed in; nobody else changes it meanwhile."""
    if enter_as_staff(who, municipality) is None:
        return None
    known = select(Application.id).where(
        Application.slug == slug, Application.keyed_by_id.is_not(None)
    )
    if db.session.execute(known).scalar() is None:
        return None
    return get_draft_to_submit(who, slug)


def get_keyed(who: Actor, municipality: str, slug: str) -> Application | None:
    """A paper of the municipality in whatever state, with its call."""
    if enter_as_staff(who, municipality) is None:
        return None
    return db.session.execute(_keyed(slug)).scalar()


def get_keyed_to_correct(who: Actor, municipality: str, slug: str) -> Application | None:
    """The same, held while it is written."""
    if enter_as_staff(who, municipality) is None:
        return None
    return db.session.execute(_keyed(slug).with_for_update(of=Application)).scalar()


def _keyed(slug: str) -> Select[Application]:
    return (
        select(Application)
        .where(Application.slug == slug, Application.keyed_by_id.is_not(None))
        .options(joinedload(Application.call).joinedload(Call.municipality))
    )


def list_papers(call: Call) -> Sequence[tuple[Application, str]]:
    """Every paper of a call in the order of receipt, with the name of who keys it in."""
    statement = (
        select(Application, User.name)
        .outerjoin(User, User.id == Application.keyed_by_id)
        .where(Application.call_id == call.id, Application.keyed_by_id.is_not(None))
        .order_by(Application.received_at, Application.id)
    )
    return [(row[0], row[1] or "") for row in db.session.execute(statement)]


def is_protocol_taken(number: str) -> bool:
    """Whether an application of this municipality carries the number."""
    statement = select(Application.id).where(Application.protocol_number == number)
    return db.session.execute(statement).first() is not None
