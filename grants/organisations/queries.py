"""Finding organisations, who belongs to them and what they keep."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from grants.db import db
from grants.documents.models import Document
from grants.organisations.models import (
    JoinRequest,
    JoinStatus,
    Organisation,
    OrganisationDocument,
)
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
    """What the organisation keeps now, the newest first, the files loaded."""
    statement = (
        select(OrganisationDocument)
        .where(
            OrganisationDocument.organisation_id == organisation.id,
            OrganisationDocument.removed_at.is_(None),
        )
        .options(joinedload(OrganisationDocument.document))
        .order_by(OrganisationDocument.id.desc())
    )
    return db.session.execute(statement).scalars().all()


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


def get_evidence(organisation: Organisation) -> OrganisationDocument | None:
    """The registration that the present representative showed, if any."""
    statement = (
        select(OrganisationDocument)
        .where(
            OrganisationDocument.organisation_id == organisation.id,
            OrganisationDocument.kind == "registration",
            OrganisationDocument.added_by_id == organisation.representative_user_id,
        )
        .options(joinedload(OrganisationDocument.document))
        .order_by(OrganisationDocument.id.desc())
        .limit(1)
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
