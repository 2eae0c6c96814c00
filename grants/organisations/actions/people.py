"""Who belongs to an organisation: asked in, invited, made an owner, gone."""

from datetime import datetime

from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.errors import DomainError, Problem, WrongState
from grants.organisations.actions.representation import end_representation
from grants.organisations.actions.telling import tell
from grants.organisations.models import JoinRequest, JoinStatus, Organisation
from grants.organisations.queries import (
    get_open_request,
    list_held,
    list_people_to_tell,
    lock_organisation,
)
from grants.organisations.rules.people import ensure_belongs, ensure_owner_stays
from grants.people.actions import Invitation, give_role, invite, revoke_invitation, take_role
from grants.people.actors import Actor
from grants.people.models import MailLink
from grants.people.queries import fold_email, get_user, list_open_invitations
from grants.people.rules import Role, ScopeKind

EVERY = (Role.MEMBER, Role.REPRESENTATIVE, Role.OWNER)


def ask_to_join(
    organisation: Organisation, *, message: str, by: Actor, at: datetime
) -> JoinRequest:
    """Ask the owner to be let in; asking twice changes nothing."""
    standing = get_open_request(organisation, int(by.id or 0))
    if standing is not None:
        return standing
    request = JoinRequest(
        organisation_id=organisation.id, user_id=by.id, message=message, asked_at=at
    )
    db.session.add(request)
    record(Event.ORGANISATION_JOIN_REQUESTED, organisation, by=by, at=at)
    owners = list_people_to_tell(organisation.id, Role.OWNER)
    facts = {"who": by.name, "message": message}
    tell(owners, organisation, "join_asked", at=at, part="/people", facts=facts)
    return request


def decide_join(
    organisation: Organisation, *, user_id: int, is_accepted: bool, by: Actor, at: datetime
) -> None:
    """The owner lets somebody in, or not; raises WrongState when it is decided already."""
    request, user = get_open_request(organisation, user_id), get_user(user_id)
    if request is None or user is None:
        raise WrongState(Problem("join_decided"))
    request.status = JoinStatus.ACCEPTED if is_accepted else JoinStatus.DECLINED
    request.decided_at, request.decided_by_id = at, by.id
    if is_accepted:
        give_role(user, role=Role.MEMBER, scope_id=organisation.id, by=by, at=at)
    facts = {"person": user_id, "accepted": is_accepted}
    record(Event.ORGANISATION_JOIN_DECIDED, organisation, by=by, at=at, facts=facts)
    tell([user], organisation, "join_accepted" if is_accepted else "join_declined", at=at)


def decide_claim(
    organisation: Organisation, *, user_id: int, is_accepted: bool, by: Actor, at: datetime
) -> None:
    """An officer hands an organisation that came on paper to its people: the first owns it.

    Raises WrongState `join_decided` when it is decided already, `claimed_already` once somebody
    owns it: from then on its owner decides.
    """
    lock_organisation(organisation)
    if any(Role.OWNER in roles for roles in list_held(organisation).values()):
        raise WrongState(Problem("claimed_already"))
    request, user = get_open_request(organisation, user_id), get_user(user_id)
    if request is None or user is None:
        raise WrongState(Problem("join_decided"))
    request.status = JoinStatus.ACCEPTED if is_accepted else JoinStatus.DECLINED
    request.decided_at, request.decided_by_id = at, by.id
    if is_accepted:
        give_role(user, role=Role.OWNER, scope_id=organisation.id, by=by, at=at)
    facts = {"person": user_id, "accepted": is_accepted, "claimed": True}
    record(Event.ORGANISATION_JOIN_DECIDED, organisation, by=by, at=at, facts=facts)
    tell([user], organisation, "join_accepted" if is_accepted else "join_declined", at=at)


def invite_member(
    organisation: Organisation, *, email: str, name: str, by: Actor, at: datetime
) -> MailLink:
    """Invite somebody by mail to be a member; an earlier link to the same address ends.

    Raises DomainError `belongs_already`.
    """
    address = fold_email(email)
    if any(user.email == address for user in list_people_to_tell(organisation.id)):
        raise DomainError(Problem("belongs_already", "email", {"email": address}))
    for earlier in list_open_invitations(ScopeKind.ORGANISATION, organisation.id):
        if earlier.email == address:
            revoke_invitation(earlier, by=by, at=at)
    facts = {"place": organisation.name}
    language = by.language or "bs"
    return invite(
        Invitation(email, name, language, Role.MEMBER, organisation.id, facts), by=by, at=at
    )


def make_owner(organisation: Organisation, *, user_id: int, by: Actor, at: datetime) -> None:
    """Make somebody who belongs an owner beside the others; DomainError `not_a_member`."""
    held = list_held(organisation)
    user = get_user(user_id)
    ensure_belongs(held, user_id)
    if user is None or Role.OWNER in held[user_id]:
        return
    give_role(user, role=Role.OWNER, scope_id=organisation.id, by=by, at=at)
    tell([user], organisation, "made_owner", at=at, part="/people", facts={"who": by.name})


def hand_over(organisation: Organisation, *, user_id: int, by: Actor, at: datetime) -> None:
    """Hand the ownership to somebody who belongs; the one who hands it over stays a member.

    Raises DomainError `not_a_member`, `already_yours`.
    """
    if user_id == by.id:
        raise DomainError(Problem("already_yours"))
    lock_organisation(organisation)
    make_owner(organisation, user_id=user_id, by=by, at=at)
    before = get_user(int(by.id or 0))
    if before is not None:
        give_role(before, role=Role.MEMBER, scope_id=organisation.id, by=by, at=at)
        take_role(before, role=Role.OWNER, scope_id=organisation.id, by=by, at=at)


def remove_member(organisation: Organisation, *, user_id: int, by: Actor, at: datetime) -> None:
    """Take every role from somebody, or leave oneself; an owner always stays.

    Raises DomainError `last_owner`.
    """
    lock_organisation(organisation)
    held, user = list_held(organisation), get_user(user_id)
    if user is None or user_id not in held:
        return
    owners = [person for person, roles in held.items() if Role.OWNER in roles]
    ensure_owner_stays(owners, leaving=user_id)
    if organisation.representative_user_id == user_id:
        end_representation(organisation, at=at)
    for role in EVERY:
        take_role(user, role=role, scope_id=organisation.id, by=by, at=at)
    if user_id != by.id:
        tell([user], organisation, "removed", at=at, facts={"who": by.name})
