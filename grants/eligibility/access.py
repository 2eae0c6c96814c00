"""Who opens, checks and decides; who completes."""

from typing import Protocol

from grants.applications.access import may_write
from grants.applications.models import Application
from grants.people.access import may_lead_calls, may_work_in
from grants.people.actors import Actor


class OfMunicipality(Protocol):
    """A call or an application."""

    @property
    def municipality_id(self) -> int:
        """Whose it is."""


def may_see_checks(who: Actor, subject: OfMunicipality) -> bool:
    """The staff of the municipality, its auditor included."""
    return may_work_in(who, subject.municipality_id)


def may_check(who: Actor, subject: OfMunicipality) -> bool:
    """Officers open, register, check and decide on formal grounds."""
    return may_lead_calls(who, subject.municipality_id)


def may_see_completion(who: Actor, application: Application) -> bool:
    """The people of the applicant; of a paper also the officers, who key in its completion."""
    return may_write(who, application)
