"""One case with everything that later stages added to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from grants.acts.models import Act
from grants.acts.queries import list_acts
from grants.applications.models import Application, ApplicationDocument, Reopening
from grants.applications.queries import read_snapshot
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.contracts.models import Contract
from grants.db import db
from grants.eligibility.models import Check, EligibilityOutcome
from grants.eligibility.rules.readings import FIRST
from grants.evaluation.models import Committee
from grants.evaluation.queries import list_documents
from grants.people.actors import Actor
from grants.people.queries import enter_as_staff
from grants.ranking.models import RankedRow, Ranking


@dataclass(frozen=True)
class CaseFile:
    """What the case file shows; what has not happened yet is empty."""

    application: Application
    snapshot: dict[str, Any]
    documents: Sequence[ApplicationDocument]
    checks: Sequence[Check]
    outcome: EligibilityOutcome | None
    row: RankedRow | None
    acts: Sequence[Act]
    contract: Contract | None


def get_case(who: Actor, municipality: str, slug: str) -> Application | None:
    """The case of an address with its call and lot, its municipality entered; never a draft."""
    if enter_as_staff(who, municipality) is None:
        return None
    of_call = joinedload(Application.call)
    options = (
        of_call.options(joinedload(Call.municipality), selectinload(Call.lots)),
        joinedload(Application.lot),
        joinedload(Application.organisation),
    )
    is_case = Application.status != ApplicationStatus.DRAFT
    statement = select(Application).where(Application.slug == slug, is_case).options(*options)
    return db.session.execute(statement).scalar()


def read_case(application: Application) -> CaseFile:
    """The whole file in one statement for each part."""
    return CaseFile(
        application=application,
        snapshot=read_snapshot(application),
        documents=list_documents(application),
        checks=_list_checks(application),
        outcome=get_outcome(application),
        row=get_ranked_row(application),
        acts=list_acts("Application", [application.id]),
        contract=get_contract(application),
    )


def _list_checks(application: Application) -> Sequence[Check]:
    """The first reading; where a second officer checks too, the page of the check says how far."""
    statement = (
        select(Check)
        .where(Check.application_id == application.id, Check.reading == FIRST)
        .order_by(Check.id)
    )
    return db.session.execute(statement).scalars().all()


def get_outcome(application: Application) -> EligibilityOutcome | None:
    """Eligible or dismissed, once somebody decided."""
    statement = select(EligibilityOutcome).where(
        EligibilityOutcome.application_id == application.id
    )
    return db.session.execute(statement).scalar()


def get_ranked_row(application: Application) -> RankedRow | None:
    """The result in the newest ranking; there is none before scoring was closed."""
    statement = (
        select(RankedRow)
        .join(Ranking, Ranking.id == RankedRow.ranking_id)
        .where(RankedRow.application_id == application.id)
        .options(joinedload(RankedRow.ranking))
        .order_by(Ranking.version.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def get_contract(application: Application) -> Contract | None:
    """The contract of the award, if there is one."""
    statement = select(Contract).where(Contract.application_id == application.id)
    return db.session.execute(statement).scalar()


def get_open_request(application: Application) -> Reopening | None:
    """What was asked to be completed and has not been answered."""
    statement = (
        select(Reopening)
        .where(Reopening.application_id == application.id, Reopening.answered_at.is_(None))
        .order_by(Reopening.id.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def read_milestones(call: Call) -> tuple[Committee | None, Ranking | None]:
    """The committee and the newest ranking of a call, in one statement."""
    statement = (
        select(Committee, Ranking)
        .select_from(Call)
        .outerjoin(Committee, Committee.call_id == Call.id)
        .outerjoin(Ranking, Ranking.call_id == Call.id)
        .where(Call.id == call.id)
        .order_by(Ranking.version.desc())
        .limit(1)
    )
    found = db.session.execute(statement).first()
    return (found[0], found[1]) if found else (None, None)
