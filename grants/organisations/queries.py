"""Finding organisations, who belongs to them and what they keep."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from grants.db import db
from grants.documents.models import Document
from grants.organisations.models import (
    JoinRequest,
    JoinStatus,
    Organisation,
    OrganisationDocument,
    RepresentativeTerm,
    Standing,
)
from grants.organisations.rules.standing import StandingKind
from grants.organisations.rules.vault import REMINDERS
from grants.people.actors import Actor
from grants.people.models import Membership, User
from grants.people.queries import list_memberships
from grants.people.rules import Role, ScopeKind

MEMBERS = (Role.OWNER, Role.REPRESENTATIVE, Role.MEMBER)


def get_organisation(slug: str) -> Organisation | None:
    """The organisation of an address."""
    return db.session.execute(select(Organisation).where(Organisation.slug == slug)).scalar()


def get_own_organisation(_who: Actor, slug: str) -> Organisation | None:
    """The organisation of `/my/organisations/<slug>`; the gate asks whether it is one's own."""
    return get_organisation(slug)


def get_organisation_by_jib(jib: str) -> Organisation | None:
    """The organisation of a number, digits only."""
    return db.session.execute(select(Organisation).where(Organisation.jib == jib)).scalar()


def list_own_organisations(who: Actor) -> Sequence[Organisation]:
    """The organisations of a person, by name."""
    ids = who.scopes_of(*MEMBERS)
    if not ids:
        return []
    statement = (
        select(Organisation)
        .where(Organisation.id.in_(ids))
        .order_by(Organisation.name_key, Organisation.id)
    )
    return db.session.execute(statement).scalars().all()


def list_documents(organisation: Organisation) -> Sequence[OrganisationDocument]:
    """What the organisation keeps now, the newest first, the files loaded.

    Of a document with several versions the newest stands for all.
    """
    statement = (
        select(OrganisationDocument)
        .where(
            OrganisationDocument.organisation_id == organisation.id,
            OrganisationDocument.removed_at.is_(None),
            ~_has_newer(),
        )
        .options(joinedload(OrganisationDocument.document))
        .order_by(OrganisationDocument.id.desc())
    )
    return db.session.execute(statement).scalars().all()


def list_versions(kept: OrganisationDocument) -> list[OrganisationDocument]:
    """Every version of a document, the newest first, itself among them, the files loaded."""
    statement = (
        select(OrganisationDocument)
        .where(
            OrganisationDocument.organisation_id == kept.organisation_id,
            OrganisationDocument.removed_at.is_(None),
        )
        .options(joinedload(OrganisationDocument.document))
        .order_by(OrganisationDocument.id)
    )
    family = {kept.id}
    every = db.session.execute(statement).scalars().all()
    for each in reversed(every):
        if each.id in family and each.replaces_id is not None:
            family.add(each.replaces_id)
    for each in every:
        if each.replaces_id in family:
            family.add(each.id)
    return [each for each in reversed(every) if each.id in family]


def is_replaced(kept: OrganisationDocument) -> bool:
    """Whether a newer version stands in a document's place; asked while nobody else adds one."""
    lock_organisation(kept.organisation)
    statement = select(OrganisationDocument.id).where(
        OrganisationDocument.replaces_id == kept.id, OrganisationDocument.removed_at.is_(None)
    )
    return db.session.execute(statement).first() is not None


def list_documents_to_remind_of(today: date) -> Sequence[OrganisationDocument]:
    """The newest versions that expire within the longest term of a reminder, with all they say."""
    statement = (
        select(OrganisationDocument)
        .where(
            OrganisationDocument.removed_at.is_(None),
            OrganisationDocument.expires_on.between(today, today + timedelta(days=max(REMINDERS))),
            ~_has_newer(),
        )
        .options(
            joinedload(OrganisationDocument.document),
            joinedload(OrganisationDocument.organisation),
        )
        .order_by(OrganisationDocument.organisation_id, OrganisationDocument.expires_on)
    )
    return db.session.execute(statement).scalars().all()


def lock_organisation(organisation: Organisation) -> None:
    """Hold an organisation until the transaction ends: nobody else changes who belongs to it."""
    statement = select(Organisation.id).where(Organisation.id == organisation.id)
    db.session.execute(statement.with_for_update())


def get_own_document(_who: Actor, slug: str, document: str) -> OrganisationDocument | None:
    """A kept document by the organisation's and the file's address, both loaded."""
    statement = (
        select(OrganisationDocument)
        .join(OrganisationDocument.organisation)
        .join(OrganisationDocument.document)
        .where(Organisation.slug == slug, OrganisationDocument.removed_at.is_(None))
        .where(Document.slug == document)
        .options(
            contains_eager(OrganisationDocument.organisation),
            contains_eager(OrganisationDocument.document),
        )
    )
    return db.session.execute(statement).scalar()


def get_term(organisation: Organisation) -> RepresentativeTerm | None:
    """How the present representative came to be it: the evidence is loaded."""
    statement = (
        select(RepresentativeTerm)
        .where(
            RepresentativeTerm.organisation_id == organisation.id,
            RepresentativeTerm.ended_at.is_(None),
        )
        .options(joinedload(RepresentativeTerm.evidence))
        .order_by(RepresentativeTerm.id.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def list_terms(organisation: Organisation) -> Sequence[RepresentativeTerm]:
    """Who represented the organisation, the latest first, the evidence loaded."""
    statement = (
        select(RepresentativeTerm)
        .where(RepresentativeTerm.organisation_id == organisation.id)
        .options(joinedload(RepresentativeTerm.evidence))
        .order_by(RepresentativeTerm.id.desc())
    )
    return db.session.execute(statement).scalars().all()


def get_own_evidence(
    _who: Actor, slug: str, document: str
) -> tuple[Organisation, RepresentativeTerm] | None:
    """What somebody showed to represent an organisation, by both addresses."""
    statement = (
        select(Organisation, RepresentativeTerm)
        .join(RepresentativeTerm, RepresentativeTerm.organisation_id == Organisation.id)
        .join(RepresentativeTerm.evidence)
        .where(Organisation.slug == slug, Document.slug == document)
        .options(contains_eager(RepresentativeTerm.evidence))
        .limit(1)
    )
    found = db.session.execute(statement).first()
    return (found[0], found[1]) if found else None


def list_held(organisation: Organisation) -> dict[int, set[Role]]:
    """Who holds what in an organisation, by person."""
    held: dict[int, set[Role]] = {}
    for membership in list_memberships(ScopeKind.ORGANISATION, [organisation.id]):
        held.setdefault(membership.user_id, set()).add(membership.role)
    return held


def list_open_standings(organisation_id: int) -> Sequence[Standing]:
    """What an organisation owes the scope's municipality now, by its term."""
    statement = (
        select(Standing)
        .where(Standing.organisation_id == organisation_id, Standing.cleared_at.is_(None))
        .order_by(Standing.due_on, Standing.id)
    )
    return db.session.execute(statement).scalars().all()


def get_standing(organisation_id: int, kind: StandingKind, reference: str) -> Standing | None:
    """What stands about a reference in the scope's municipality, cleared or not."""
    statement = select(Standing).where(
        Standing.organisation_id == organisation_id,
        Standing.kind == kind,
        Standing.reference == reference,
    )
    return db.session.execute(statement).scalar()


def list_members(organisation: Organisation) -> list[tuple[User, list[Role]]]:
    """The people of an organisation with their roles, in the order in which they came."""
    held = list_memberships(ScopeKind.ORGANISATION, [organisation.id])
    people: dict[int, tuple[User, list[Role]]] = {}
    for membership in held:
        people.setdefault(membership.user_id, (membership.user, []))[1].append(membership.role)
    return list(people.values())


def list_people_to_tell(organisation_id: int, *roles: Role) -> Sequence[User]:
    """Everybody who holds one of the roles in an organisation (any, where none is named)."""
    held = select(Membership.user_id).where(
        Membership.scope_kind == ScopeKind.ORGANISATION,
        Membership.scope_id == organisation_id,
        Membership.role.in_(roles or MEMBERS),
    )
    statement = select(User).where(User.id.in_(held)).order_by(User.id)
    return db.session.execute(statement).scalars().all()


def list_open_requests(organisation: Organisation) -> list[tuple[JoinRequest, User]]:
    """Who waits to be let in, with the person."""
    statement = (
        select(JoinRequest, User)
        .join(User, User.id == JoinRequest.user_id)
        .where(
            JoinRequest.organisation_id == organisation.id, JoinRequest.status == JoinStatus.OPEN
        )
        .order_by(JoinRequest.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def get_open_request(organisation: Organisation, user_id: int) -> JoinRequest | None:
    """The request of a person that waits to be decided, if any."""
    statement = select(JoinRequest).where(
        JoinRequest.organisation_id == organisation.id,
        JoinRequest.user_id == user_id,
        JoinRequest.status == JoinStatus.OPEN,
    )
    return db.session.execute(statement).scalar()


def _has_newer() -> Any:
    newer = aliased(OrganisationDocument)
    return exists().where(newer.replaces_id == OrganisationDocument.id, newer.removed_at.is_(None))
