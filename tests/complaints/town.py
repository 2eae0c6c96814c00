"""A call whose preliminary list is published: one dismissed, the others scored by all."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask

from grants import clock, tenancy
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.audit.models import AuditEntry
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.eligibility.models import Check, EligibilityOutcome
from grants.eligibility.rules.findings import ITEM_CODES, Finding
from grants.evaluation.models import Committee
from grants.evaluation.queries import get_committee
from grants.municipalities.models import Municipality
from grants.people.models import User
from grants.people.passwords import hash_password
from grants.people.rules import Role
from grants.ranking.actions import close_ranking
from grants.ranking.publishing import publish_ranking
from grants.ranking.rules.closing import Session
from tests.factories import (
    keep,
    make_application,
    make_call,
    make_committee,
    make_municipality,
    make_organisation,
    make_sheet,
    make_user,
)

MEMBERS = ("Dina Softić", "Boris Marić", "Edina Begić", "Zamjenica Zukić")
# A sheet is signed with the password; hashing is slow on purpose.
PASSWORD = "lipa most 41 vedro"
_HASH = hash_password(PASSWORD)


@dataclass(frozen=True)
class Town:
    """The call, its people, and its applications: the first is dismissed, the rest scored."""

    municipality: Municipality
    call: Call
    committee: Committee
    applications: list[Application]
    officer: User
    other_officer: User
    signatory: User
    auditor: User
    members: list[User]
    representatives: list[User]
    clerk: User

    def own(self, number: int, part: str = "objections") -> str:
        """A page of an applicant."""
        return f"/my/applications/{self.applications[number].slug}/{part}"

    @property
    def office(self) -> str:
        """The office's page of objections."""
        return f"/m/{self.municipality.slug}/calls/{self.call.slug}/objections"


def make_town(at: datetime, *scores: int, **over: Any) -> Town:
    """Published at `at`; scores of the members are those given, the same for every question.

    The last member is a deputy. Committed; inside an application context.
    """
    town = make_municipality(legal_texts={"series": {"default": "02-36"}})
    settings: dict[str, Any] = {
        "status": CallStatus.SCORING,
        "allocation": {"mode": "ranked_cutoff", "on_shortfall": "stop"},
        "min_reviews": 2,
    }
    call = make_call(town, **(settings | over))
    officer = make_user("Službenica", (Role.OFFICER, town.id))
    members = [make_user(name, password_hash=_HASH) for name in MEMBERS]
    committee = make_committee(call, *members)
    committee.scoring_closed_at, committee.members[-1].is_deputy = at, True
    cases = [
        _apply(call, committee, number, score, officer=officer, at=at)
        for number, score in enumerate((0, *scores), start=1)
    ]
    clerk = make_user("Saradnica", (Role.MEMBER, cases[1][0].organisation_id or 0))
    made = Town(
        municipality=town,
        call=call,
        committee=committee,
        applications=[application for application, _person in cases],
        officer=officer,
        other_officer=make_user("Drugi službenik", (Role.OFFICER, town.id)),
        signatory=make_user("Načelnica", (Role.SIGNATORY, town.id)),
        auditor=make_user("Revizor", (Role.AUDITOR, town.id)),
        members=members,
        representatives=[person for _application, person in cases],
        clerk=clerk,
    )
    _publish(made, at)
    return made


def _apply(
    call: Call, committee: Committee, number: int, score: int, *, officer: User, at: datetime
) -> tuple[Application, User]:
    organisation = make_organisation(f"Udruženje {number}")
    person = make_user(f"Zastupnica {number}", (Role.REPRESENTATIVE, organisation.id))
    organisation.representative_user_id = person.id
    status = ApplicationStatus.ELIGIBLE if score else ApplicationStatus.DISMISSED
    application = make_application(
        call, organisation, ordinal=number, requested=2_000_000, title=f"Projekat {number}",
        status=status,
    )  # fmt: skip
    _check(application, officer, is_eligible=bool(score), at=at)
    for member in committee.members[:3] if score else ():
        make_sheet(application, member, score, signed_at=at - timedelta(hours=3))
    return application, person


def _publish(town: Town, at: datetime) -> None:
    with tenancy.within(town.municipality.id):
        db.session.flush()
        call, committee = town.call, get_committee(town.call)
        session = Session(held_on=clock.local_day(at), present=("e1", "e2", "e3"), votes_for=3)
        before = at - timedelta(hours=2)
        ranking = close_ranking(call, committee, session, by=_actor(town.members[0]), at=before)
        publish_ranking(call, ranking, by=_actor(town.officer), at=at)
        db.session.commit()


def _actor(user: User) -> Any:
    return user


def _check(application: Application, officer: User, *, is_eligible: bool, at: datetime) -> None:
    shared = {"municipality_id": application.municipality_id, "application_id": application.id}
    finding = Finding.YES if is_eligible else Finding.NO
    for code in sorted(ITEM_CODES):
        keep(
            Check(**shared, item=code, finding=finding, note="Nalaz.", checked_at=at,
                  checked_by_id=officer.id)
        )  # fmt: skip
    keep(
        EligibilityOutcome(
            **shared, is_eligible=is_eligible, reason="" if is_eligible else "late",
            text="" if is_eligible else "Stigla je dan poslije roka.", decided_at=at,
            decided_by_id=officer.id,
        )
    )  # fmt: skip


def rows(app: Flask, model: type[Any]) -> list[Any]:
    """Every row of a model, over all municipalities."""
    with app.app_context(), tenancy.across("tests look"):
        return list(db.session.execute(db.select(model).order_by(model.id)).scalars())


def events(app: Flask) -> list[str]:
    """What the record says happened, in order."""
    return [entry.event for entry in rows(app, AuditEntry)]


def on(day: str, hour: int = 10) -> datetime:
    """A moment of a day of 2026 in Sarajevo: `on("3-11")`."""
    month, _, number = day.partition("-")
    return clock.from_local(datetime(2026, int(month), int(number), hour, 0))  # noqa: DTZ001


LAST_DAY = date(2026, 3, 10)
