"""What one organisation applied for, was awarded and owes: everywhere, or in one town hall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from grants import tenancy
from grants.acts.models import Act
from grants.applications.models import Application
from grants.applications.queries import is_being_keyed_in
from grants.applications.rules.states import ApplicationStatus
from grants.db import db
from grants.decisions.models import Decision, DecisionKind
from grants.desk.queries.seats import get_office
from grants.municipalities.models import Municipality
from grants.organisations.models import Organisation, Standing
from grants.organisations.queries import get_organisation
from grants.people.actors import Actor
from grants.programmes.models import AwardEntry, Programme

MOST = 200


@dataclass(frozen=True)
class Award:
    """So much (fening) awarded: by a decision on an application, or keyed in by hand."""

    amount: int
    at: datetime
    municipality_id: int
    programme: str
    source: str
    application: Application | None
    is_withdrawn: bool


@dataclass(frozen=True)
class OrganisationHistory:
    """Everything, the latest first; the municipalities by id."""

    applications: Sequence[Application]
    awards: Sequence[Award]
    standings: Sequence[Standing]
    municipalities: dict[int, Municipality]


def get_applicant(
    who: Actor, municipality: str, slug: str
) -> tuple[Municipality, Organisation] | None:
    """An organisation that has something to do with a municipality, the municipality entered."""
    office, organisation = get_office(who, municipality), get_organisation(slug)
    if office is None or organisation is None:
        return None
    applied = exists().where(
        Application.organisation_id == organisation.id,
        Application.status != ApplicationStatus.DRAFT,
    )
    awarded = exists().where(AwardEntry.organisation_id == organisation.id)
    owes = exists().where(Standing.organisation_id == organisation.id)
    known = select(Organisation.id).where(
        Organisation.id == organisation.id,
        applied.where(Application.municipality_id == office.id)
        | awarded.where(AwardEntry.municipality_id == office.id)
        | owes.where(Standing.municipality_id == office.id),
    )
    return (office, organisation) if db.session.execute(known).first() else None


def read_own_history(organisation: Organisation) -> OrganisationHistory:
    """For its own people: over all municipalities, drafts too."""
    with tenancy.across("own history"):
        return _read(organisation, _applications(organisation))


def read_history_here(organisation: Organisation) -> OrganisationHistory:
    """For the staff of the municipality entered: what was submitted to it, awarded and owed."""
    submitted = _applications(organisation).where(Application.status != ApplicationStatus.DRAFT)
    return _read(organisation, submitted)


def _read(organisation: Organisation, applications: Select[Application]) -> OrganisationHistory:
    places = db.session.execute(select(Municipality)).scalars()
    return OrganisationHistory(
        applications=db.session.execute(applications).scalars().all(),
        awards=_awards(organisation),
        standings=_standings(organisation),
        municipalities={each.id: each for each in places},
    )


def _applications(organisation: Organisation) -> Select[Application]:
    return (
        select(Application)
        .where(Application.organisation_id == organisation.id, ~is_being_keyed_in())
        .options(joinedload(Application.call))
        .order_by(Application.id.desc())
        .limit(MOST)
    )


def _standings(organisation: Organisation) -> Sequence[Standing]:
    statement = (
        select(Standing)
        .where(Standing.organisation_id == organisation.id)
        .order_by(Standing.cleared_at.is_not(None), Standing.due_on.desc(), Standing.id.desc())
        .limit(MOST)
    )
    return db.session.execute(statement).scalars().all()


def _awards(organisation: Organisation) -> list[Award]:
    """The entries under programmes, and the issued awards of calls that belong to none."""
    decided = {f"decision:{decision.id}": decision for decision in _decisions(organisation)}
    found = []
    for entry, programme in _entries(organisation):
        decision = decided.pop(entry.source, None)
        application = decision.application if decision else None
        is_gone = entry.withdrawn_at is not None
        found.append(_award(entry, programme, application=application, is_withdrawn=is_gone))
    found += [_decided(decision) for decision in decided.values()]
    return sorted(found, key=lambda award: award.at, reverse=True)


def _award(
    entry: AwardEntry, programme: str, *, application: Application | None, is_withdrawn: bool
) -> Award:
    return Award(
        amount=entry.amount,
        at=entry.entered_at,
        municipality_id=entry.municipality_id,
        programme=programme,
        source="" if application else entry.source,
        application=application,
        is_withdrawn=is_withdrawn,
    )


def _decided(decision: Decision) -> Award:
    return Award(
        amount=decision.amount,
        at=decision.act.issued_at or decision.prepared_at,
        municipality_id=decision.municipality_id,
        programme="",
        source="",
        application=decision.application,
        is_withdrawn=decision.declined_at is not None,
    )


def _entries(organisation: Organisation) -> list[tuple[AwardEntry, str]]:
    statement = (
        select(AwardEntry, Programme.name)
        .join(Programme, Programme.id == AwardEntry.programme_id)
        .where(AwardEntry.organisation_id == organisation.id)
        .order_by(AwardEntry.id.desc())
        .limit(MOST)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _decisions(organisation: Organisation) -> Sequence[Decision]:
    statement = (
        select(Decision)
        .join(Decision.application)
        .join(Decision.act)
        .where(
            Application.organisation_id == organisation.id,
            Decision.kind == DecisionKind.AWARD,
            Act.issued_at.is_not(None),
        )
        .options(joinedload(Decision.act), joinedload(Decision.application))
        .order_by(Decision.id.desc())
        .limit(MOST)
    )
    return db.session.execute(statement).scalars().all()
