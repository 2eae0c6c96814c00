"""A call in its administrative check with two officers, for the tests of its pages."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from grants import tenancy
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.eligibility.rules.findings import ITEMS
from grants.people.models import User
from grants.people.rules import Role
from tests.client import commit
from tests.eligibility.test_walk import FORM
from tests.factories import (
    make_application,
    make_call,
    make_municipality,
    make_organisation,
    make_user,
)


@dataclass(frozen=True)
class CheckWorld:
    """Addresses and people."""

    call: str
    cases: list[str]
    slugs: list[str]
    lejla: User
    emir: User
    third: User
    auditor: User


def check_world(
    app: Flask,
    *,
    applications: int = 1,
    status: ApplicationStatus = ApplicationStatus.REGISTERED,
    **over: Any,
) -> CheckWorld:
    """An opened call with registered applications; `is_checked_twice` and the rest by keyword."""
    with app.app_context():
        municipality = make_municipality()
        facts = {"status": CallStatus.OPENED, "form": FORM} | over
        call = make_call(municipality, **facts)
        names = ("Lejla Hadžić", "Emir Begić", "Dina Ćosić")
        officers = [make_user(name, (Role.OFFICER, municipality.id)) for name in names]
        auditor = make_user("Nada Kovač", (Role.AUDITOR, municipality.id))
        slugs = []
        for number in range(applications):
            organisation = make_organisation(f"Udruženje {number}")
            protocol = None if status is ApplicationStatus.SUBMITTED else f"02-36-{number}/26"
            made = make_application(
                call,
                organisation,
                status=status,
                protocol_number=protocol,
                ordinal=number + 1,
                lot=str(number % 3 + 1),
            )
            slugs.append(made.slug)
        commit()
        place = f"/m/{municipality.slug}"
        return CheckWorld(
            f"{place}/calls/{call.slug}",
            [f"{place}/applications/{slug}/check" for slug in slugs],
            slugs,
            *officers,
            auditor=auditor,
        )


def all_yes(**over: str) -> dict[str, str]:
    """Yes to every question; `finding-…` and `note-…` by keyword with underscores for the dash."""
    answers = {f"finding-{item.code}": "yes" for item in ITEMS}
    return answers | {name.replace("__", "-"): text for name, text in over.items()}


def statuses(app: Flask) -> list[ApplicationStatus]:
    """Where every application stands, by reference."""
    with app.app_context(), tenancy.across("tests look"):
        found = select(Application.status).order_by(Application.reference)
        return list(db.session.execute(found).scalars())
