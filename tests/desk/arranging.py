"""What the tests of the desk look at: a municipality, its staff, a call with applications."""

from dataclasses import dataclass

from grants import tenancy
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.municipalities.models import Municipality
from grants.organisations.models import Organisation
from grants.people.models import User
from grants.people.rules import Role
from tests.factories import (
    make_application,
    make_call,
    make_municipality,
    make_organisation,
    make_user,
)


@dataclass(frozen=True)
class Desk:
    """A town hall with one opened call, and the people around it."""

    town: Municipality
    call: Call
    organisation: Organisation
    officer: User
    signatory: User
    auditor: User
    applicant: User

    @property
    def url(self) -> str:
        """The start page of the staff."""
        return f"/m/{self.town.slug}"

    @property
    def call_url(self) -> str:
        """The inner page of the call."""
        return f"{self.url}/calls/{self.call.slug}"


def make_desk() -> Desk:
    """Committed; the call is past its deadline and opened."""
    town, organisation = make_municipality(), make_organisation()
    desk = Desk(
        town=town,
        call=make_call(town, status=CallStatus.OPENED),
        organisation=organisation,
        officer=make_user("Selma", (Role.OFFICER, town.id)),
        signatory=make_user("Jasna", (Role.SIGNATORY, town.id)),
        auditor=make_user("Mirela", (Role.AUDITOR, town.id)),
        applicant=make_user("Amra", (Role.REPRESENTATIVE, organisation.id)),
    )
    db.session.commit()
    return desk


def add_cases(desk: Desk, count: int, **over: object) -> list[Application]:
    """So many registered applications of the organisation."""
    with tenancy.within(desk.town.id):
        made = [
            make_application(
                desk.call, desk.organisation, **{"status": ApplicationStatus.REGISTERED, **over}
            )
            for _ in range(count)
        ]
    db.session.commit()
    return made
