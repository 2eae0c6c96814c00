"""A call at scoring with its committee and signed sheets, own or imported."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import undefer

from grants import tenancy
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.dossier.actions.importing import import_dossier
from grants.dossier.rules.reading import parse
from grants.evaluation.models import Committee
from grants.municipalities.models import Municipality
from grants.people.actors import SYSTEM
from grants.people.models import User
from grants.people.rules import Role
from tests.factories import (
    CASES,
    make_application,
    make_call,
    make_committee,
    make_municipality,
    make_organisation,
    make_sheet,
    make_user,
)


@dataclass(frozen=True)
class Scored:
    """An own call whose three members have signed everything."""

    municipality: Municipality
    call: Call
    committee: Committee
    applications: list[Application]
    officer: User
    chair: User
    evaluator: User


def scored(app: Flask, *scores: int, is_signed: bool = True, **over: Any) -> Scored:
    """One application for each score, all in lot 3 (45,000 KM), 20,000 KM each."""
    with app.app_context():
        return _scored(scores, is_signed=is_signed, **over)


def _scored(scores: tuple[int, ...], *, is_signed: bool, **over: Any) -> Scored:
    municipality = make_municipality()
    title = over.pop("title", "")
    settings: dict[str, Any] = {
        "min_reviews": 3,
        "status": CallStatus.SCORING,
        "allocation": {"mode": "ranked_cutoff", "on_shortfall": "stop"},
    }
    settings |= over
    call = make_call(municipality, **settings)
    officer = make_user("Službenica", (Role.OFFICER, municipality.id))
    people = [make_user("Predsjednica"), make_user("Članica"), make_user("Član")]
    committee = make_committee(call, *people)
    for member in committee.members:
        member.interests_at = member.declared_at
    applications = []
    for number, score in enumerate(scores, start=1):
        application = make_application(
            call,
            make_organisation(f"Udruženje {number}"),
            ordinal=number,
            status=ApplicationStatus.ELIGIBLE,
            requested=2_000_000,
            title=title or f"Projekat {number}",
        )
        applications.append(application)
        for member in committee.members:
            if is_signed:
                make_sheet(application, member, score)
    with tenancy.across("tests arrange"):
        db.session.commit()
    return Scored(municipality, call, committee, applications, officer, people[0], people[1])


def imported(app: Flask, at: datetime, name: str = "novo-sarajevo-reload2") -> tuple[Call, User]:
    """An imported case, and an officer of its municipality."""
    with app.app_context():
        call = import_dossier(parse((CASES / f"{name}.json").read_bytes()), by=SYSTEM, at=at)
        officer = make_user("Službenica", (Role.OFFICER, call.municipality_id))
        db.session.commit()
        return call, officer


def person(app: Flask, name: str, *roles: tuple[Role, int]) -> User:
    """Somebody with roles."""
    with app.app_context():
        user = make_user(name, *roles)
        db.session.commit()
        return user


def rows(app: Flask, model: type[Any]) -> list[Any]:
    """Every row of a model, over all municipalities."""
    with app.app_context(), tenancy.across("tests look"):
        statement = select(model).order_by(model.id).options(undefer("*"))
        return list(db.session.execute(statement).scalars())
