"""Finding people and what they hold."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from grants.db import db
from grants.municipalities.entering import enter
from grants.municipalities.models import Municipality
from grants.municipalities.queries import get_municipality
from grants.notifications.queries import count_unread_of
from grants.people.actors import Actor
from grants.people.models import MailLink, Membership, SignInFailure, User
from grants.people.rules import SCOPE_OF_ROLE, STAFF, Purpose, Role, ScopeKind


def fold_email(email: str) -> str:
    """The writing under which an address is kept: nobody means two people by two cases."""
    return email.strip().casefold()


def get_user(user_id: int) -> User | None:
    """A person by id."""
    return db.session.execute(select(User).where(User.id == user_id)).scalar()


def list_users(user_ids: Iterable[int]) -> Sequence[User]:
    """People by their ids."""
    statement = select(User).where(User.id.in_(list(user_ids))).order_by(User.id)
    return db.session.execute(statement).scalars().all()


def get_user_by_email(email: str) -> User | None:
    """A person by address."""
    return db.session.execute(select(User).where(User.email == fold_email(email))).scalar()


def get_user_with_roles(user_id: int) -> User | None:
    """A person with the roles held, for the actor of a request."""
    statement = select(User).where(User.id == user_id).options(joinedload(User.memberships))
    return db.session.execute(statement).unique().scalar()


def get_signed_in(user_id: int) -> tuple[User, int] | None:
    """The same with the count of unread notices, in the one statement of every request."""
    found = db.session.execute(_SIGNED_IN, {"user_id": user_id}).unique().first()
    return (found[0], int(found[1])) if found else None


# Written once: every request asks for it.
_SIGNED_IN = (
    select(User, count_unread_of(bindparam("user_id", type_=Integer)))
    .where(User.id == bindparam("user_id", type_=Integer))
    .options(joinedload(User.memberships))
)


def get_user_by_calendar_key(key: str) -> User | None:
    """Whose calendar lies under a secret address, with the roles held."""
    statement = select(User).where(User.calendar_key == key).options(joinedload(User.memberships))
    return db.session.execute(statement).unique().scalar()


def actor_of(user: User, *, unread: int = 0) -> Actor:
    """The person as the actor of a request; the memberships must be loaded."""
    return Actor(
        id=user.id,
        name=user.name,
        email=user.email,
        language=user.language,
        is_confirmed=user.confirmed_at is not None,
        roles=frozenset((held.role, held.scope_id) for held in user.memberships),
        unread=unread,
    )


def enter_as_staff(who: Actor, slug: str) -> Municipality | None:
    """The municipality of `/m/<slug>/…`, entered; None when there is none or one is not its staff.

    What hangs on it is loaded for its staff alone: for others what is there costs no more
    statements than what is not.
    """
    municipality = get_municipality(slug)
    if municipality is None or not who.holds_any(STAFF, municipality.id):
        return None
    enter(municipality)
    return municipality


def list_holders(role: Role, scope_id: int) -> Sequence[User]:
    """Everybody who holds a role somewhere, by name."""
    statement = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.role == role, Membership.scope_id == scope_id)
        .order_by(User.name, User.id)
    )
    return db.session.execute(statement).scalars().all()


def list_memberships(kind: ScopeKind, scope_ids: Iterable[int]) -> Sequence[Membership]:
    """Who holds what on these things, the people loaded."""
    statement = (
        select(Membership)
        .where(Membership.scope_kind == kind, Membership.scope_id.in_(list(scope_ids)))
        .options(selectinload(Membership.user))
        .order_by(Membership.id)
    )
    return db.session.execute(statement).scalars().all()


def get_membership(user_id: int, role: Role, scope_id: int) -> Membership | None:
    """One role of one person, if held."""
    statement = select(Membership).where(
        Membership.user_id == user_id, Membership.role == role, Membership.scope_id == scope_id
    )
    return db.session.execute(statement).scalar()


def get_membership_by_id(membership_id: int) -> Membership | None:
    """One role of one person by its row, the person loaded."""
    statement = (
        select(Membership)
        .where(Membership.id == membership_id)
        .options(selectinload(Membership.user))
    )
    return db.session.execute(statement).scalar()


def get_mail_link(token: str, purpose: Purpose, *, at: datetime) -> MailLink | None:
    """The link of a token, unless it was used or is too old."""
    statement = select(MailLink).where(
        MailLink.token_hash == hash_token(token),
        MailLink.purpose == purpose,
        MailLink.used_at.is_(None),
        MailLink.expires_at > at,
    )
    return db.session.execute(statement).scalar()


def list_open_invitations(kind: ScopeKind, scope_id: int) -> Sequence[MailLink]:
    """Who was invited to a role on a thing and has not taken it up, expired ones too."""
    statement = _open_invitations().where(
        MailLink.facts["role"].as_string().in_(_roles_on(kind)),
        MailLink.facts["scope_id"].as_integer() == scope_id,
    )
    return db.session.execute(statement.order_by(MailLink.id)).scalars().all()


def get_open_invitation(link_id: int, kind: ScopeKind, scope_id: int) -> MailLink | None:
    """One of them by its row; somebody else's is not found."""
    link = db.session.execute(_open_invitations().where(MailLink.id == link_id)).scalar()
    if link is None or link.facts["role"] not in _roles_on(kind):
        return None
    return link if link.facts["scope_id"] == scope_id else None


def _open_invitations() -> Select[Any]:
    return select(MailLink).where(
        MailLink.purpose == Purpose.INVITATION, MailLink.used_at.is_(None)
    )


def _roles_on(kind: ScopeKind) -> list[str]:
    return [role.value for role, scope in SCOPE_OF_ROLE.items() if scope is kind]


def hash_token(token: str) -> str:
    """What is kept of a token: who reads the table cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def list_failures(
    email: str, address: str, *, at: datetime
) -> tuple[list[datetime], list[datetime]]:
    """The failed tries of the last quarter of an hour: of the account, of the address."""
    since = at - timedelta(minutes=15)
    by_email = select(SignInFailure.at).where(
        SignInFailure.email == fold_email(email), SignInFailure.at > since
    )
    by_address = select(SignInFailure.at).where(
        SignInFailure.address == address, SignInFailure.at > since
    )
    return (
        list(db.session.execute(by_email).scalars()),
        list(db.session.execute(by_address).scalars()),
    )
