"""Who may see, prepare and sign a contract; whose it is."""

from typing import Protocol

from grants.contracts.models import Contract
from grants.decisions.models import Decision
from grants.municipalities.models import Municipality
from grants.people.access import may_lead_calls, may_sign, may_work_in
from grants.people.actors import Actor
from grants.people.rules import Role

OF_ORGANISATION = (Role.OWNER, Role.MEMBER, Role.REPRESENTATIVE)


class OfMunicipality(Protocol):
    """An award, a contract, an instalment, a bill."""

    @property
    def municipality_id(self) -> int:
        """Whose it is."""


def may_work_here(who: Actor, municipality: Municipality) -> bool:
    """Whoever works in the municipality reads its lists."""
    return may_work_in(who, municipality.id)


def may_see(who: Actor, subject: OfMunicipality) -> bool:
    """The staff of the municipality, its auditor included."""
    return may_work_in(who, subject.municipality_id)


def may_prepare(who: Actor, subject: OfMunicipality) -> bool:
    """Officers prepare contracts, keep the signed copy and note when both have signed."""
    return may_lead_calls(who, subject.municipality_id)


def may_sign_contract(who: Actor, subject: OfMunicipality) -> bool:
    """The mayor or a deputy signs for the municipality."""
    return may_sign(who, subject.municipality_id)


def may_see_own(who: Actor, contract: Contract) -> bool:
    """Everybody of the organisation reads its contract."""
    return is_of_organisation(who, contract.application.organisation_id)


def may_revise_own(who: Actor, decision: Decision) -> bool:
    """Everybody of the organisation may enter the revised budget of its award."""
    application = decision.application
    return application is not None and is_of_organisation(who, application.organisation_id)


def is_of_organisation(who: Actor, organisation_id: int | None) -> bool:
    """Whether the person is owner, member or representative there."""
    return organisation_id is not None and who.holds_any(OF_ORGANISATION, organisation_id)
