"""What happens to organisations: registering, changing, joining, the representative, the vault."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.documents.models import Document
from grants.errors import DomainError, Incomplete, Problem, Stale, WrongState
from grants.i18n.script import fold, sort_key
from grants.notifications.actions import notify
from grants.organisations.models import (
    JoinRequest,
    JoinStatus,
    Organisation,
    OrganisationDocument,
)
from grants.organisations.queries import (
    get_open_request,
    get_organisation_by_jib,
    list_people_to_tell,
)
from grants.organisations.rules.identifiers import normalised
from grants.organisations.rules.profile import identity_problems
from grants.people.actions import Invitation, give_role, invite, take_role
from grants.people.actors import Actor
from grants.people.models import User
from grants.people.queries import get_user
from grants.people.rules import Role


def register_organisation(
    profile: Mapping[str, Any], *, is_jib_confirmed: bool, by: Actor, at: datetime
) -> Organisation:
    """A new organisation of the person who registers it, who becomes its owner.

    Raises Incomplete for a wrong JIB or account, DomainError `jib_known` for a known JIB.
    """
    jib, account = str(profile["jib"]), str(profile["account"])
    problems = identity_problems(jib=jib, account=account, is_jib_confirmed=is_jib_confirmed)
    if problems:
        raise Incomplete(*problems)
    standing = get_organisation_by_jib(normalised(jib))
    if standing is not None:
        raise DomainError(Problem("jib_known", "jib", {"name": standing.name}))
    organisation = Organisation(slug=secrets.token_urlsafe(9), created_at=at)
    _write(organisation, {**profile, "jib": normalised(jib)})
    db.session.add(organisation)
    db.session.flush()
    give_role(_user(by), role=Role.OWNER, scope_id=organisation.id, by=by, at=at)
    facts = {"jib": organisation.jib, "name": organisation.name}
    record(Event.ORGANISATION_REGISTERED, organisation, by=by, at=at, facts=facts)
    return organisation


def change_organisation(
    organisation: Organisation, changes: Mapping[str, Any], *, version: int, by: Actor, at: datetime
) -> None:
    """Change a part of the profile; Stale when somebody saved it since `version`.

    Raises Incomplete for a wrong account.
    """
    if organisation.version != version:
        raise Stale(Problem("profile_stale"))
    account = str(changes.get("account", organisation.account))
    problems = identity_problems(jib=organisation.jib, account=account, is_jib_confirmed=True)
    if problems:
        raise Incomplete(*problems)
    before = {key: getattr(organisation, key) for key in changes}
    _write(organisation, changes)
    changed = sorted(key for key in changes if getattr(organisation, key) != before[key])
    if changed:
        facts = {"parts": changed}
        record(Event.ORGANISATION_CHANGED, organisation, by=by, at=at, facts=facts)


def declare_representative(
    organisation: Organisation, evidence: Document, *, by: Actor, at: datetime
) -> None:
    """The person says to be the legal representative and shows the registration.

    Whoever was it before is it no longer; the new one stays unconfirmed until an officer has
    looked at the registration.
    """
    before = organisation.representative_user_id
    if before is not None and before != by.id:
        earlier = get_user(before)
        if earlier is not None:
            take_role(earlier, role=Role.REPRESENTATIVE, scope_id=organisation.id, by=by, at=at)
            _tell([earlier], organisation, "representative_changed", at=at, facts={"who": by.name})
    give_role(_user(by), role=Role.REPRESENTATIVE, scope_id=organisation.id, by=by, at=at)
    organisation.representative_user_id = by.id
    organisation.representative_confirmed_at = None
    organisation.representative_confirmed_by_id = None
    keep_document(organisation, evidence, kind="registration", by=by, at=at)
    facts = {"representative": by.id, "sha256": evidence.sha256}
    record(Event.REPRESENTATIVE_DECLARED, organisation, by=by, at=at, facts=facts)


def confirm_representative(organisation: Organisation, *, by: Actor, at: datetime) -> None:
    """An officer has seen the registration: the representative is who they say.

    Raises WrongState where nobody has declared it; a second confirmation changes nothing.
    """
    if organisation.representative_user_id is None:
        raise WrongState(Problem("no_representative"))
    if organisation.representative_confirmed_at is not None:
        return
    organisation.representative_confirmed_at = at
    organisation.representative_confirmed_by_id = by.id
    facts = {"representative": organisation.representative_user_id}
    record(Event.REPRESENTATIVE_CONFIRMED, organisation, by=by, at=at, facts=facts)
    representative = get_user(organisation.representative_user_id)
    if representative is not None:
        _tell([representative], organisation, "representative_confirmed", at=at)


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
    _tell(owners, organisation, "join_asked", at=at, facts={"who": by.name, "message": message})
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
    _tell([user], organisation, "join_accepted" if is_accepted else "join_declined", at=at)


def invite_member(
    organisation: Organisation, *, email: str, name: str, by: Actor, at: datetime
) -> None:
    """Invite somebody by mail to be a member."""
    facts = {"place": organisation.name}
    invitation = Invitation(email, name, by.language or "bs", Role.MEMBER, organisation.id, facts)
    invite(invitation, by=by, at=at)


def remove_member(organisation: Organisation, *, user_id: int, by: Actor, at: datetime) -> None:
    """Take membership and representation from somebody; the owner cannot remove themselves.

    Raises DomainError `owner_stays`.
    """
    user = get_user(user_id)
    if user is None:
        return
    if user_id == by.id:
        raise DomainError(Problem("owner_stays"))
    for role in (Role.MEMBER, Role.REPRESENTATIVE, Role.OWNER):
        take_role(user, role=role, scope_id=organisation.id, by=by, at=at)
    if organisation.representative_user_id == user_id:
        organisation.representative_user_id = None
        organisation.representative_confirmed_at = None
        organisation.representative_confirmed_by_id = None


def keep_document(
    organisation: Organisation, document: Document, *, kind: str, by: Actor, at: datetime
) -> OrganisationDocument:
    """Put a file among the documents of the organisation."""
    kept = OrganisationDocument(
        organisation_id=organisation.id,
        kind=kind,
        document=document,
        added_at=at,
        added_by_id=by.id,
    )
    db.session.add(kept)
    facts = {"name": document.name, "sha256": document.sha256}
    record(Event.DOCUMENT_ADDED, organisation, by=by, at=at, facts=facts)
    return kept


def describe_document(
    kept: OrganisationDocument, *, kind: str, issued_on: date | None, expires_on: date | None
) -> None:
    """Say what a document is, when it was issued and until when it holds.

    Raises Incomplete `expires_before_issue`.
    """
    if issued_on and expires_on and expires_on < issued_on:
        raise Incomplete(Problem("expires_before_issue", "expires_on", {"issued_on": issued_on}))
    kept.kind, kept.issued_on, kept.expires_on = kind, issued_on, expires_on


def remove_document(kept: OrganisationDocument, *, by: Actor, at: datetime) -> None:
    """Take a document out of the vault; applications that use it keep it."""
    kept.removed_at = at
    facts = {"sha256": kept.document.sha256}
    record(Event.DOCUMENT_REMOVED, kept.organisation, by=by, at=at, facts=facts)


def _write(organisation: Organisation, changes: Mapping[str, Any]) -> None:
    for key, value in changes.items():
        setattr(organisation, key, normalised(value) if key == "account" else value)
    if "name" in changes:
        organisation.name_key = sort_key(organisation.name)
        organisation.name_folded = fold(organisation.name)


def _user(by: Actor) -> User:
    user = get_user(int(by.id or 0))
    if user is None:
        raise DomainError(Problem("no_such_person"))
    return user


def _tell(
    users: Any, organisation: Organisation, mail: str, *, at: datetime, facts: Any = None
) -> None:
    notify(
        [user.as_recipient() for user in users],
        f"organisations/emails/{mail}.txt",
        at=at,
        path=f"/my/organisations/{organisation.slug}",
        facts={"organisation": organisation.name, **(facts or {})},
    )
