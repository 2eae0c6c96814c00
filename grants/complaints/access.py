"""Who objects, who looks into the own file, who prepares and who signs a ruling."""

from typing import Any, Protocol

from grants.applications.access import may_follow
from grants.applications.models import Application
from grants.complaints.models import Objection
from grants.people.access import may_lead_calls, may_sign, may_work_in
from grants.people.actors import Actor
from grants.people.rules import Role


class OfMunicipality(Protocol):
    """A call, an application or an objection."""

    @property
    def municipality_id(self) -> int:
        """Whose it is."""


def may_follow_own(who: Actor, application: Application) -> bool:
    """The people of the organisation read its objections, its sheets and its file."""
    return may_follow(who, application)


def may_object(who: Actor, application: Application) -> bool:
    """Only the legal representative objects and withdraws."""
    return application.organisation_id is not None and who.holds(
        Role.REPRESENTATIVE, application.organisation_id
    )


def may_follow_objection(who: Actor, objection: Objection) -> bool:
    """The people of the organisation that objected."""
    return may_follow(who, objection.application)


def may_lead_objection(who: Actor, objection: Objection) -> bool:
    """The representative adds documents and withdraws."""
    return may_object(who, objection.application)


def may_use_own_paper(who: Actor, subject: tuple[Objection, Any]) -> bool:
    """The files of an own objection."""
    return may_follow(who, subject[0].application)


def may_see_objections(who: Actor, subject: OfMunicipality) -> bool:
    """The staff of the municipality, its auditor included; never an evaluator as such."""
    return may_work_in(who, subject.municipality_id)


def may_keep_objections(who: Actor, subject: OfMunicipality) -> bool:
    """Officers key in what came on paper, see to what a ruling sets going, make the final list."""
    return may_lead_calls(who, subject.municipality_id)


def may_prepare_ruling(who: Actor, objection: Objection) -> bool:
    """An officer, or the signatory; whether they may in this case the rules say (own work)."""
    place = objection.municipality_id
    return may_lead_calls(who, place) or may_sign(who, place)


def may_sign_ruling(who: Actor, objection: Objection) -> bool:
    """The signatory decides."""
    return may_sign(who, objection.municipality_id)


def may_see_paper(who: Actor, subject: tuple[Objection, Any]) -> bool:
    """The files of an objection, for the staff."""
    return may_work_in(who, subject[0].municipality_id)
