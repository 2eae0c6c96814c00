"""Who may: the people of an organisation, and its owner."""

from grants.organisations.models import Organisation, OrganisationDocument, RepresentativeTerm
from grants.people.actors import Actor
from grants.people.rules import Role

MEMBERS = (Role.OWNER, Role.REPRESENTATIVE, Role.MEMBER)


def may_belong(who: Actor, organisation: Organisation) -> bool:
    """Owner, representative and members see and keep the profile."""
    return who.holds_any(MEMBERS, organisation.id)


def may_lead(who: Actor, organisation: Organisation) -> bool:
    """The owner decides who belongs."""
    return who.holds(Role.OWNER, organisation.id)


def may_use_document(who: Actor, document: OrganisationDocument) -> bool:
    """What the organisation keeps, its own people open and change."""
    return may_belong(who, document.organisation)


def may_see_evidence(who: Actor, subject: tuple[Organisation, RepresentativeTerm]) -> bool:
    """Everybody of the organisation sees on what somebody represents it."""
    return may_belong(who, subject[0])
