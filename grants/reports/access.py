"""Who enters bills and who controls them."""

from grants.contracts.access import OfMunicipality, is_of_organisation, may_see, may_see_own
from grants.people.access import may_keep_books, may_lead_calls
from grants.people.actors import Actor
from grants.reports.models import Expenditure, Receipt

__all__ = ["may_see", "may_see_own"]


def may_control(who: Actor, subject: OfMunicipality) -> bool:
    """Officers and finance control bills."""
    return may_lead_calls(who, subject.municipality_id) or may_keep_books(
        who, subject.municipality_id
    )


def may_touch_own(who: Actor, subject: Expenditure | Receipt) -> bool:
    """Everybody of the organisation handles its bills and the receipts that wait for figures."""
    return is_of_organisation(who, subject.contract.application.organisation_id)
