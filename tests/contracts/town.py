"""A municipality with its people and one organisation that was awarded something."""

from dataclasses import dataclass
from typing import Any

from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus, Outcome
from grants.decisions.models import Decision
from grants.municipalities.models import Municipality
from grants.organisations.models import Organisation
from grants.people.models import User
from grants.people.rules import Role
from tests.factories import (
    make_application,
    make_call,
    make_decision,
    make_municipality,
    make_organisation,
    make_user,
)


@dataclass(frozen=True)
class Town:
    """Everybody who has a hand in a contract, and some who must not."""

    municipality: Municipality
    organisation: Organisation
    application: Application
    officer: User
    finance: User
    signatory: User
    auditor: User
    elsewhere: User
    member: User
    other: User

    @property
    def base(self) -> str:
        """The front of the municipality's addresses."""
        return f"/m/{self.municipality.slug}"


def make_town(*, language: str = "bs", **over: Any) -> Town:
    """A decided, awarded application in a town with one person in each role."""
    here, there = make_municipality(jib="4200123450006"), make_municipality(name="Centar")
    organisation, other = make_organisation(), make_organisation("Udruženje „Drugi“")
    facts = {"status": ApplicationStatus.DECIDED, "outcome": Outcome.AWARDED, "lot": "2"}
    return Town(
        municipality=here,
        organisation=organisation,
        application=make_application(
            make_call(here, language=language), organisation, **(facts | over)
        ),
        officer=make_user("Azra Službenica", (Role.OFFICER, here.id)),
        finance=make_user("Senad Finansije", (Role.FINANCE, here.id)),
        signatory=make_user("Amela Mayer", (Role.SIGNATORY, here.id)),
        auditor=make_user("Jasmin Revizor", (Role.AUDITOR, here.id)),
        elsewhere=make_user("Ivana Druga", (Role.OFFICER, there.id), (Role.SIGNATORY, there.id)),
        member=make_user("Lejla Hodžić", (Role.MEMBER, organisation.id)),
        other=make_user("Neko Drugi", (Role.OWNER, other.id)),
    )


def award_another(town: Town, **over: Any) -> Decision:
    """One more awarded application of the same call, of an organisation of its own."""
    facts = {"status": ApplicationStatus.DECIDED, "outcome": Outcome.AWARDED}
    return make_decision(make_application(town.application.call, **(facts | over)))
