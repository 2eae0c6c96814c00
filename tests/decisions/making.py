"""A call with a published ranking in which every kind of outcome occurs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.eligibility.models import EligibilityOutcome
from grants.municipalities.models import Municipality
from grants.people.models import User
from grants.people.rules import Role
from grants.programmes.models import Programme
from grants.ranking.models import RankedRow, Ranking, Reduction
from grants.ranking.rules.kinds import RankingKind
from tests.factories import (
    keep,
    make_application,
    make_call,
    make_municipality,
    make_organisation,
    make_user,
)

PUBLISHED = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
UNTIL = date(2026, 3, 30)
# A Tuesday, the first day after the term.
DECIDING = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
HIGH = {"1": "17", "2": "22", "3": "64/3", "4": "13", "5": "12"}
LOW = {"1": "13", "2": "15", "3": "12", "4": "29991/3000", "5": "10"}
WEAK = {"1": "35/3", "2": "20", "3": "20", "4": "12", "5": "12"}
ROWS: tuple[dict[str, Any], ...] = (
    {"name": "Zeleni krug", "lot": "1", "outcome": "awarded", "amount": 2_800_000, "rank": 1},
    {"name": "Žubor", "lot": "1", "outcome": "awarded", "amount": 1_800_000, "rank": 2},
    {"name": "Đerdan", "lot": "1", "outcome": "reserve", "rank": 3, "reserve": 1},
    {"name": "Šetnja", "lot": "1", "outcome": "reserve", "rank": 4, "reserve": 2},
    {
        "name": "Ćilim",
        "lot": "2",
        "outcome": "refused_threshold",
        "reason": "section:1",
        "sections": WEAK,
    },
    {"name": "Noć", "lot": "2", "outcome": "refused_threshold", "reason": "total", "sections": LOW},
    {
        "name": "Zeleni krug dva",
        "lot": "2",
        "outcome": "refused_limit",
        "reason": "awards_per_organisation",
        "rank": 1,
    },
    {
        "name": "Veliki",
        "lot": "2",
        "outcome": "refused_limit",
        "reason": "organisation_cap",
        "rank": 2,
    },
    {"name": "Kasno", "lot": "3", "outcome": "dismissed", "reason": "late"},
)


@dataclass
class Decided:
    """A municipality, its people, a call and the applications by the name of their organisation."""

    municipality: Municipality
    officer: User
    signatory: User
    auditor: User
    call: Call
    ranking: Ranking
    applications: dict[str, Application]


def make_ranked_call(*, rows: tuple[dict[str, Any], ...] = ROWS, **over: Any) -> Decided:
    """Everything that stands before the decisions; the rest of the call by keyword."""
    municipality = make_municipality(legal_texts={"series": {"default": "02-36"}})
    programme = keep(Programme(name=f"ReLOaD2 {municipality.id}"))
    given = {
        "status": CallStatus.OBJECTIONS,
        "programme_id": programme.id,
        "allocation": {"mode": "ranked_cutoff", "on_shortfall": "stop", "leftover": "none"},
    }
    call = make_call(municipality, **(given | over))
    keep(
        Ranking(
            municipality_id=municipality.id,
            slug=f"preliminarna-{call.id}",
            call=call,
            version=1,
            inputs="{}",
            inputs_sha256="cd" * 32,
            result={},
            closed_at=PUBLISHED,
            published_at=PUBLISHED,
            objections_until=UNTIL,
        )
    )
    ranking = keep(
        Ranking(
            municipality_id=municipality.id,
            slug=f"rang-{call.id}",
            call=call,
            kind=RankingKind.FINAL,
            version=2,
            inputs="{}",
            inputs_sha256="ab" * 32,
            result={},
            closed_at=PUBLISHED,
            published_at=PUBLISHED,
            objections_until=UNTIL,
        )
    )
    applications = {
        str(row["name"]): _rank(call, ranking, position, row)
        for position, row in enumerate(rows, start=1)
    }
    place = municipality.id
    return Decided(
        municipality=municipality,
        officer=make_user("Lejla Službenica", (Role.OFFICER, place)),
        signatory=make_user("Amela Mayer", (Role.SIGNATORY, place)),
        auditor=make_user("Senad Revizor", (Role.AUDITOR, place)),
        call=call,
        ranking=ranking,
        applications=applications,
    )


def _rank(call: Call, ranking: Ranking, position: int, row: dict[str, Any]) -> Application:
    is_dismissed = row["outcome"] == "dismissed"
    status = ApplicationStatus.DISMISSED if is_dismissed else ApplicationStatus.RANKED
    application = make_application(
        call,
        make_organisation(f"Udruženje „{row['name']}“"),
        lot=row["lot"],
        status=status,
        ordinal=position,
        title=f"Projekat {row['name']}",
        requested=row.get("requested", 2_800_000),
    )
    shared = {"municipality_id": call.municipality_id, "application_id": application.id}
    sections = {} if is_dismissed else row.get("sections", HIGH)
    total = None if is_dismissed else _total(sections)
    keep(
        RankedRow(
            **shared,
            ranking=ranking,
            position=position,
            lot_code=row["lot"],
            outcome=row["outcome"],
            reason=row.get("reason"),
            rank=row.get("rank"),
            reserve=row.get("reserve"),
            notes=row.get("notes", []),
            sections=sections,
            total=total,
            amount=row.get("amount", 0),
        )
    )
    if is_dismissed:
        keep(
            EligibilityOutcome(
                **shared,
                is_eligible=False,
                reason=row["reason"],
                text="Prijava je zaprimljena 10. 3. 2026. u 9:12.",
                decided_at=PUBLISHED,
            )
        )
    elif row["outcome"] == "awarded" and row["amount"] < 2_800_000:
        reason = "Troškovi opreme nisu obrazloženi."
        keep(Reduction(**shared, amount=row["amount"], reason=reason, entered_at=PUBLISHED))
    return application


def _total(sections: dict[str, str]) -> str:
    total = sum(map(Fraction, sections.values()), Fraction(0))
    return f"{total.numerator}/{total.denominator}"
