"""A call at scoring with a committee of three and a secretary, for the tests of its pages."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.applications.rules.states import ApplicationStatus
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.evaluation.models import Member, MemberRole
from grants.people.models import User
from grants.people.passwords import hash_password
from grants.people.rules import Role
from tests.client import commit
from tests.factories import (
    make_application,
    make_call,
    make_committee,
    make_municipality,
    make_organisation,
    make_user,
)

GRID = {
    "declared_total": 35,
    "threshold_total": 12,
    "sections": [
        {
            "code": "1",
            "title": "Relevantnost",
            "threshold": 5,
            "questions": [
                {
                    "code": "1.1",
                    "text": "Usklađenost s potrebama",
                    "kind": "scale",
                    "min": 1,
                    "max": 5,
                    "weight": 2,
                },
                {
                    "code": "1.2",
                    "text": "Ciljne grupe",
                    "kind": "coefficient",
                    "values": ["1", "0.75", "0.5"],
                    "weight": 10,
                },
            ],
        },
        {
            "code": "2",
            "title": "Obuhvat",
            "questions": [
                {
                    "code": "2.1",
                    "text": "Broj korisnika",
                    "kind": "bands",
                    "bands": [
                        {"code": "a", "label": "do 50", "points": 5},
                        {"code": "b", "label": "više od 50", "points": 15},
                    ],
                }
            ],
        },
    ],
}
FORM = {
    "format": "poziv-form/1",
    "version": 1,
    "sections": [
        {
            "key": "summary",
            "title": "Sažetak projekta",
            "questions": [{"key": "summary", "label": "Sažetak", "kind": "long_text"}],
        }
    ],
}
TITLE = "Tajni naslov projekta"
PASSWORD = "trava kuća 17 oblak"
SIGNATURE = {"signing_password": PASSWORD}
# Hashing is slow on purpose: once for all worlds.
_HASH = hash_password(PASSWORD)
APPLICANT = "Udruženje „Skriveno ime“"


@dataclass(frozen=True)
class World:
    """Addresses and people, all rows detached."""

    municipality: str
    call: str
    committee: str
    applications: tuple[str, ...]
    chair: User
    member: User
    third: User
    secretary: User
    stranger: User
    officer: User
    applicant: User

    def sheet(self, number: int = 0) -> str:
        """The address of a score sheet."""
        return f"{self.committee}/{self.applications[number]}"


def make_world(app: Flask, *, applications: int = 2, is_declared: bool = True) -> World:
    with app.app_context():
        municipality = make_municipality()
        call = make_call(
            municipality,
            status=CallStatus.SCORING,
            grid=GRID,
            form=FORM,
            evidence={"1.1": ["summary"]},
            min_reviews=2,
        )
        names = ("Amra Hodžić", "Edin Kovač", "Lana Babić")
        people = [make_user(name, password_hash=_HASH) for name in names]
        committee = make_committee(call, *people, is_declared=is_declared)
        secretary = _add_secretary(committee, is_declared=is_declared)
        organisation = make_organisation(APPLICANT)
        made = [
            make_application(
                call,
                organisation,
                title=f"{TITLE} {number}",
                status=ApplicationStatus.ELIGIBLE,
                ordinal=number + 1,
            )
            for number in range(applications)
        ]
        other = make_committee(make_call(municipality, status=CallStatus.SCORING), stranger())
        world = World(
            municipality=municipality.slug,
            call=f"/m/{municipality.slug}/calls/{call.slug}",
            committee=f"/committee/{committee.slug}",
            applications=tuple(each.slug for each in made),
            chair=people[0],
            member=people[1],
            third=people[2],
            secretary=secretary,
            stranger=_user_of(other),
            officer=make_user("Lejla Hadžić", (Role.OFFICER, municipality.id)),
            applicant=make_user("Mirza Delić", (Role.REPRESENTATIVE, organisation.id)),
        )
        commit()
        return world


def stranger() -> User:
    return make_user("Zoran Perić")


def rows(app: Flask, model: type[Any], **by: Any) -> list[Any]:
    with app.app_context(), tenancy.across("tests look"):
        return list(db.session.execute(select(model).filter_by(**by).order_by(model.id)).scalars())


def _user_of(committee: Any) -> User:
    with tenancy.across("tests look"):
        user_id = committee.members[0].user_id
        return db.session.execute(select(User).where(User.id == user_id)).scalar_one()


def _add_secretary(committee: Any, *, is_declared: bool) -> User:
    user = make_user("Mia Jurić", (Role.SECRETARY, committee.id))
    with tenancy.within(committee.municipality_id):
        db.session.add(
            Member(
                committee_id=committee.id,
                position=9,
                key="e9",
                name=user.name,
                email=user.email,
                role=MemberRole.SECRETARY,
                user_id=user.id,
                declared_at=committee.appointed_at if is_declared else None,
                interests_at=committee.appointed_at if is_declared else None,
                conflicts=[],
            )
        )
        db.session.flush()
    return user
