"""Who represents the organisation: declared with evidence, confirmed by an officer, ended."""

from datetime import datetime

from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.documents.models import Document
from grants.errors import Problem, WrongState
from grants.organisations.actions.telling import account_of, tell
from grants.organisations.actions.vault import keep_document
from grants.organisations.models import Organisation, RepresentativeTerm
from grants.organisations.queries import get_term, list_people_to_tell
from grants.people.actions import give_role, take_role
from grants.people.actors import Actor
from grants.people.queries import get_user
from grants.people.rules import Role


def declare_representative(
    organisation: Organisation, evidence: Document, *, by: Actor, at: datetime
) -> RepresentativeTerm:
    """The person says to be the legal representative and shows the registration.

    Whoever was it before is it no longer and is told, and so are the owners; the new one stays
    unconfirmed until an officer has looked at the registration.
    """
    told = {user.id: user for user in list_people_to_tell(organisation.id, Role.OWNER)}
    told.pop(int(by.id or 0), None)
    earlier = organisation.representative_user_id
    end_representation(organisation, at=at)
    if earlier is not None and earlier != by.id:
        told.pop(earlier, None)
        organisation.representative_until = None
        _retire(organisation, earlier, by=by, at=at)
    tell(told.values(), organisation, "representative_new", at=at, facts={"who": by.name})
    give_role(account_of(by), role=Role.REPRESENTATIVE, scope_id=organisation.id, by=by, at=at)
    organisation.representative_user_id = by.id
    organisation.representative_name = by.name
    keep_document(organisation, evidence, kind="registration", by=by, at=at)
    facts = {"representative": by.id, "sha256": evidence.sha256}
    record(Event.REPRESENTATIVE_DECLARED, organisation, by=by, at=at, facts=facts)
    return _begin_term(organisation, evidence, by=by, at=at)


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
    term = get_term(organisation)
    if term is not None:
        term.confirmed_at, term.confirmed_by_id = at, by.id
    facts = {"representative": organisation.representative_user_id}
    record(Event.REPRESENTATIVE_CONFIRMED, organisation, by=by, at=at, facts=facts)
    representative = get_user(organisation.representative_user_id)
    if representative is not None:
        tell([representative], organisation, "representative_confirmed", at=at)


def end_representation(organisation: Organisation, *, at: datetime) -> None:
    """Nobody represents the organisation any more; the term stays on the record, ended."""
    term = get_term(organisation)
    if term is not None:
        term.ended_at = at
    organisation.representative_user_id = None
    organisation.representative_confirmed_at = None
    organisation.representative_confirmed_by_id = None


def _retire(organisation: Organisation, user_id: int, *, by: Actor, at: datetime) -> None:
    """Whoever represented it before stays a member."""
    before = get_user(user_id)
    if before is None:
        return
    take_role(before, role=Role.REPRESENTATIVE, scope_id=organisation.id, by=by, at=at)
    give_role(before, role=Role.MEMBER, scope_id=organisation.id, by=by, at=at)
    tell([before], organisation, "representative_changed", at=at, facts={"who": by.name})


def _begin_term(
    organisation: Organisation, evidence: Document, *, by: Actor, at: datetime
) -> RepresentativeTerm:
    term = RepresentativeTerm(
        organisation_id=organisation.id,
        user_id=by.id,
        name=by.name,
        title=organisation.representative_title,
        evidence=evidence,
        declared_at=at,
    )
    db.session.add(term)
    db.session.flush()
    return term
