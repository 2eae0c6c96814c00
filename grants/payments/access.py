"""Who may move an instalment on its way to the bank."""

from grants.contracts.access import OfMunicipality, may_see, may_see_own, may_work_here
from grants.people.access import may_keep_books, may_lead_calls, may_sign
from grants.people.actors import Actor

__all__ = ["may_see", "may_see_own", "may_work_here"]


def may_mark_met(who: Actor, subject: OfMunicipality) -> bool:
    """Officers say that an instalment's condition is met."""
    return may_lead_calls(who, subject.municipality_id)


def may_order(who: Actor, subject: OfMunicipality) -> bool:
    """Finance writes the payment order and notes the payment."""
    return may_keep_books(who, subject.municipality_id)


def may_approve(who: Actor, subject: OfMunicipality) -> bool:
    """The mayor or a deputy approves an order, if somebody else has written it."""
    return may_sign(who, subject.municipality_id)
