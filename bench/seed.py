"""One municipality, one call being scored, 2,000 applications, 4,000 signed sheets."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from sqlalchemy import insert, select

from grants import clock, tenancy
from grants.applications.models import Application, BudgetRow, Snapshot
from grants.applications.rules.states import ApplicationStatus
from grants.audit.rules import canonical
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.evaluation.models import Committee, Sheet, SheetStatus
from grants.i18n.script import fold
from grants.people.models import User
from grants.people.rules import Role
from grants.ranking.jobs import preview_ranking
from tests.factories import (
    DEADLINE,
    OPENS,
    make_call,
    make_committee,
    make_municipality,
    make_organisation,
    make_user,
)

APPLICATIONS = 2_000
ORGANISATIONS = 400
Row = dict[str, object]


@dataclass(frozen=True)
class Seeded:
    """What the measured pages are about."""

    municipality: str
    call: str
    committee: str
    application: str
    in_work: str
    officer: int
    chair: int
    evaluator: int


def seed() -> Seeded:
    """Fill the database of the application context; a few seconds."""
    chance = Random(1)  # noqa: S311  the same rows in every run
    municipality = make_municipality(slug="opcina", code="BA-BENCH")
    officer = make_user("Službenica", (Role.OFFICER, municipality.id))
    call = make_call(municipality, status=CallStatus.SCORING, min_reviews=2, divergence_limit=None)
    chair, evaluator = (make_user(f"Član {number}") for number in range(2))
    committee = make_committee(call, chair, evaluator)
    applications = _applications(call, chance)
    _sheets(call, applications, [member.id for member in committee.members], chance)
    with tenancy.across("bench seeds"):
        db.session.commit()
    return Seeded(
        municipality=municipality.slug,
        call=call.slug,
        committee=committee.slug,
        application=str(applications[0]["slug"]),
        in_work=str(applications[-1]["slug"]),
        officer=officer.id,
        chair=chair.id,
        evaluator=evaluator.id,
    )


def _applications(call: Call, chance: Random) -> list[Row]:
    organisations = [make_organisation(f"Udruženje {n}") for n in range(ORGANISATIONS)]
    lots = [lot.id for lot in call.lots]
    rows: list[Row] = []
    for number in range(1, APPLICATIONS + 1):
        organisation = organisations[number % ORGANISATIONS]
        title = f"Projekat broj {number} za mlade i starije"
        rows.append(
            {
                "id": number,
                "municipality_id": call.municipality_id,
                "slug": f"projekat-{number}",
                "call_id": call.id,
                "organisation_id": organisation.id,
                "lot_id": chance.choice(lots),
                "status": ApplicationStatus.ELIGIBLE,
                "title": title,
                "title_folded": fold(title),
                "organisation_name": organisation.name,
                "requested": chance.randrange(1_000_000, 3_500_000, 10_000),
                "duration_months": 6,
                "reference": f"{call.reference}-{number:04d}",
                "ordinal": number,
                "started_at": OPENS,
                "submitted_at": DEADLINE - timedelta(minutes=number),
                "snapshot_version": 1,
            }
        )
    with tenancy.across("bench seeds"):
        db.session.execute(insert(Application), rows)
        db.session.execute(insert(Snapshot), [_snapshot(row) for row in rows])
        db.session.execute(insert(BudgetRow), [line for row in rows for line in _budget(row)])
    return rows


def _snapshot(row: Row) -> Row:
    facts = {
        "title": row["title"],
        "lot": "1",
        "requested": row["requested"],
        "duration_months": 6,
        "organisation": {"name": row["organisation_name"]},
        "answers": {"problem": {"analysis": "Na području općine živi 4.120 osoba. " * 20}},
        "activities": [],
        "budget": [],
        "partners": [],
        "documents": [],
    }
    return {
        "municipality_id": row["municipality_id"],
        "application_id": row["id"],
        "version": 1,
        "facts": canonical(facts),
        "sha256": "0" * 64,
        "made_at": OPENS,
    }


def _budget(row: Row) -> list[Row]:
    fifth = int(str(row["requested"])) // 5
    return [
        {
            "municipality_id": row["municipality_id"],
            "application_id": row["id"],
            "version": 1,
            "position": at,
            "code": f"{at + 1}.1",
            "heading": str(at + 1),
            "description": "Stavka",
            "unit": "mjesec",
            "quantity": "1",
            "unit_cost": fifth,
            "grant": fifth,
            "own": 0,
            "tags": [],
        }
        for at in range(5)
    ]


def _sheets(call: Call, applications: list[Row], members: list[int], chance: Random) -> None:
    codes = [q["code"] for section in call.grid["sections"] for q in section["questions"]]
    comments = {section["code"]: "Obrazloženje." for section in call.grid["sections"]}
    rows: list[Row] = [
        {
            "municipality_id": call.municipality_id,
            "application_id": application["id"],
            "member_id": member,
            "status": SheetStatus.SIGNED,
            "scores": {code: str(chance.randint(2, 5)) for code in codes},
            "comments": comments,
            "saved_at": DEADLINE,
            "signed_at": DEADLINE,
        }
        for application in applications
        for member in members
    ]
    # The evaluator's last sheet is in work, so that saving a score can be measured.
    rows[-1] |= {"status": SheetStatus.IN_WORK, "signed_at": None}
    with tenancy.across("bench seeds"):
        db.session.execute(insert(Sheet), rows)


def end_scoring(seeded: Seeded) -> None:
    """The committee decides about amounts; the worker has computed the ranking."""
    with tenancy.across("bench seeds"):
        committee = db.session.execute(
            select(Committee).where(Committee.slug == seeded.committee)
        ).scalar_one()
        committee.scoring_closed_at = clock.now()
        municipality_id, call_id = committee.municipality_id, committee.call_id
        db.session.commit()
    preview_ranking(call_id=call_id, municipality_id=municipality_id, at=clock.now())


def user_of(user_id: int) -> User:
    """A seeded person."""
    return db.session.execute(db.select(User).where(User.id == user_id)).scalar_one()
