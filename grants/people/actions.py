"""What happens to accounts: registering, confirming, inviting, giving roles, new passwords."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grants.audit.actions import Doer, record
from grants.audit.events import Event
from grants.db import db
from grants.errors import NotNow, Problem, Throttled
from grants.notifications.actions import notify
from grants.notifications.rules import Recipient
from grants.people.actors import Actor
from grants.people.models import MailLink, Membership, SignInFailure, User
from grants.people.queries import (
    fold_email,
    get_mail_link,
    get_membership,
    get_user,
    get_user_by_email,
    hash_token,
    list_failures,
)
from grants.people.rules import (
    CONFIRMATION_LASTS,
    INVITATION_LASTS,
    RESET_LASTS,
    SCOPE_OF_ROLE,
    Purpose,
    Role,
    sign_in_waits_until,
)


def create_user(email: str, *, name: str, language: str, password_hash: str, at: datetime) -> User:
    """A new account, not yet confirmed; the hash was made before the transaction began."""
    user = User(
        email=fold_email(email),
        name=name.strip(),
        language=language,
        password_hash=password_hash,
        created_at=at,
        memberships=[],
    )
    db.session.add(user)
    db.session.flush()
    record(Event.PERSON_REGISTERED, user, by=doer_of(user), at=at)
    return user


def register(
    email: str, *, name: str, language: str, password_hash: str, at: datetime
) -> User | None:
    """Register and send the link that confirms the address.

    An address that has an account gets a mail that says so, and None comes back: the page tells
    neither, so that nobody can ask who has an account here.
    """
    standing = get_user_by_email(email)
    if standing is not None:
        notify([standing.as_address()], "people/emails/already.txt", at=at, path="/sign-in")
        return None
    user = create_user(email, name=name, language=language, password_hash=password_hash, at=at)
    send_confirmation(user, at=at)
    return user


def send_confirmation(user: User, *, at: datetime) -> None:
    """Send the link that confirms the address; it lasts seven days."""
    token, _link = _make_link(Purpose.CONFIRM_EMAIL, email=user.email, user=user, at=at)
    notify([user.as_address()], "people/emails/confirm.txt", at=at, path=f"/confirm/{token}")


def confirm_email(token: str, *, at: datetime) -> User:
    """Confirm an address; raises NotNow when the link was used or is too old."""
    link = _use_link(token, Purpose.CONFIRM_EMAIL, at=at)
    user = _user_of(link)
    user.confirmed_at = user.confirmed_at or at
    record(Event.EMAIL_CONFIRMED, user, by=doer_of(user), at=at)
    return user


def ask_for_reset(email: str, *, at: datetime) -> None:
    """Send a link to choose a new password, if there is such an account; lasts two hours."""
    user = get_user_by_email(email)
    if user is None:
        return
    token, _link = _make_link(Purpose.RESET_PASSWORD, email=user.email, user=user, at=at)
    notify([user.as_address()], "people/emails/reset.txt", at=at, path=f"/reset/{token}")


def reset_password(token: str, *, password_hash: str, at: datetime) -> User:
    """Set the new password and end every session; raises NotNow for a link that is no good."""
    link = _use_link(token, Purpose.RESET_PASSWORD, at=at)
    user = _user_of(link)
    user.password_hash = password_hash
    user.epoch += 1
    user.confirmed_at = user.confirmed_at or at  # the link came to this address
    record(Event.PASSWORD_CHANGED, user, by=doer_of(user), at=at)
    return user


@dataclass(frozen=True)
class Invitation:
    """Whom to invite to what; `facts` name the thing in the mail (`place`, `title` …)."""

    email: str
    name: str
    language: str
    role: Role
    scope_id: int
    facts: Mapping[str, Any]


def invite(invitation: Invitation, *, by: Actor, at: datetime) -> MailLink:
    """Invite somebody to a role by a mail link that lasts fourteen days."""
    role = {"role": invitation.role.value, "scope_id": invitation.scope_id}
    token, link = _make_link(
        Purpose.INVITATION,
        email=fold_email(invitation.email),
        user=get_user_by_email(invitation.email),
        at=at,
        facts={**role, "name": invitation.name, **invitation.facts},
    )
    _send_invitation(link, token, language=invitation.language, by=by, at=at)
    return link


def invite_again(link: MailLink, *, language: str, by: Actor, at: datetime) -> None:
    """Send an open invitation anew, for another fourteen days; its old link leads nowhere.

    Raises NotNow `invitation_taken` when the role was taken up.
    """
    if link.used_at is not None:
        raise NotNow(Problem("invitation_taken"))
    token = secrets.token_urlsafe(32)
    link.token_hash, link.created_at = hash_token(token), at
    link.expires_at = at + INVITATION_LASTS
    _send_invitation(link, token, language=language, by=by, at=at)


def _send_invitation(link: MailLink, token: str, *, language: str, by: Actor, at: datetime) -> None:
    user, facts = get_user_by_email(link.email), link.facts
    stranger = Recipient(link.email, str(facts["name"]), language)
    notify(
        [user.as_address() if user else stranger],
        "people/emails/invitation.txt",
        at=at,
        path=f"/invitation/{token}",
        facts={"inviter": by.name, "place": facts["place"]},
    )
    role = {"role": facts["role"], "scope_id": facts["scope_id"]}
    record(Event.PERSON_INVITED, link, by=by, at=at, facts=role)


def revoke_invitation(link: MailLink, *, by: Actor, at: datetime) -> None:
    """The link of an invitation is good no more; a used one stays as it is."""
    if link.used_at is not None:
        return
    link.used_at = at
    link.facts = {**link.facts, "revoked": True}
    record(Event.INVITATION_REVOKED, link, by=by, at=at, facts={"email": link.email})


def accept_invitation(token: str, *, user: User | None, password_hash: str, at: datetime) -> User:
    """Take up a role by its link; without an account one is made, confirmed by the link itself."""
    link = _use_link(token, Purpose.INVITATION, at=at)
    if user is None:
        user = get_user_by_email(link.email) or create_user(
            link.email,
            name=str(link.facts["name"]),
            language="bs",
            password_hash=password_hash,
            at=at,
        )
    user.confirmed_at = user.confirmed_at or at
    give_role(
        user,
        role=Role(str(link.facts["role"])),
        scope_id=int(str(link.facts["scope_id"])),
        by=doer_of(user),
        at=at,
    )
    record(Event.INVITATION_ACCEPTED, user, by=doer_of(user), at=at)
    return user


def give_role(user: User, *, role: Role, scope_id: int, by: Doer, at: datetime) -> Membership:
    """Give a role on one thing; giving it twice changes nothing."""
    standing = get_membership(user.id, role, scope_id)
    if standing is not None:
        return standing
    membership = Membership(
        user_id=user.id,
        role=role,
        scope_kind=SCOPE_OF_ROLE[role],
        scope_id=scope_id,
        given_at=at,
    )
    db.session.add(membership)
    facts = {"role": role.value, "kind": SCOPE_OF_ROLE[role].value, "scope": scope_id}
    record(Event.ROLE_GIVEN, user, by=by, at=at, facts=facts)
    return membership


def take_role(user: User, *, role: Role, scope_id: int, by: Doer, at: datetime) -> None:
    """Take a role back; taking one that is not held changes nothing."""
    standing = get_membership(user.id, role, scope_id)
    if standing is None:
        return
    db.session.delete(standing)
    record(Event.ROLE_TAKEN, user, by=by, at=at, facts={"role": role.value, "scope": scope_id})


def ensure_may_try(email: str, address: str, *, at: datetime) -> None:
    """Raise Throttled, with the moment to come back, after too many failed tries."""
    of_account, of_address = list_failures(email, address, at=at)
    until = sign_in_waits_until(of_account, of_address, at)
    if until is not None:
        raise Throttled(Problem("sign_in_throttled", facts={"until": until}))


def note_failure(email: str, address: str, *, at: datetime) -> None:
    """Keep a failed try."""
    db.session.add(SignInFailure(email=fold_email(email), address=address, at=at))


def note_sign_in(user: User, *, at: datetime) -> None:
    """Keep that somebody signed in."""
    user.last_seen_at = at
    record(Event.SIGNED_IN, user, by=doer_of(user), at=at)


def doer_of(user: User) -> Actor:
    """The person as the one who did something."""
    return Actor(id=user.id, name=user.name, email=user.email, language=user.language)


def _make_link(
    purpose: Purpose,
    *,
    email: str,
    user: User | None,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> tuple[str, MailLink]:
    lasts = {
        Purpose.CONFIRM_EMAIL: CONFIRMATION_LASTS,
        Purpose.RESET_PASSWORD: RESET_LASTS,
        Purpose.INVITATION: INVITATION_LASTS,
    }[purpose]
    token = secrets.token_urlsafe(32)
    link = MailLink(
        token_hash=hash_token(token),
        purpose=purpose,
        email=email,
        user_id=user.id if user else None,
        facts=dict(facts or {}),
        created_at=at,
        expires_at=at + lasts,
    )
    db.session.add(link)
    db.session.flush()
    return token, link


def _use_link(token: str, purpose: Purpose, *, at: datetime) -> MailLink:
    link = get_mail_link(token, purpose, at=at)
    if link is None:
        raise NotNow(Problem("link_spent"))
    link.used_at = at
    return link


def _user_of(link: MailLink) -> User:
    user = get_user(link.user_id) if link.user_id else None
    if user is None:
        raise NotNow(Problem("link_spent"))
    return user
