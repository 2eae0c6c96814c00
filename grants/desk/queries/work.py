"""All that the start page of an applicant weighs, in one statement for each kind of thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from grants import clock, tenancy
from grants.acts.models import Act
from grants.applications.models import (
    Application,
    ApplicationDocument,
    PartnerStatement,
)
from grants.applications.queries.unsubmitted import findings_of
from grants.applications.rules.checking import Finding
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call, Correction, FormVersion
from grants.calls.queries import form_of
from grants.calls.rules.states import CallStatus, CorrectionStatus
from grants.complaints.queries.objections import list_terms
from grants.contracts.models import Contract, RevisedBudget
from grants.contracts.queries import AWARDING
from grants.db import db
from grants.decisions.models import Decision
from grants.desk.queries.mine import Mine, read_mine
from grants.evaluation.models import SeatCall, SeatVote
from grants.evaluation.queries.seats import is_local
from grants.evaluation.rules.seats import SeatStatus
from grants.organisations.models import Organisation, OrganisationDocument, Standing
from grants.people.actors import Actor
from grants.people.rules import Role

# A document that expired is brought up for so long; then its organisation does without it.
EXPIRED_LASTS = timedelta(days=60)


@dataclass(frozen=True)
class Work:
    """Everything of one person's organisations that may ask for something.

    `drafts` are those to open calls; `findings` by the draft's id what each of them lacks.
    """

    mine: Mine
    drafts: Sequence[Application]
    findings: Mapping[int, Sequence[Finding]]
    corrections: Sequence[Correction]
    statements: Sequence[PartnerStatement]
    reduced: Sequence[Decision]
    standings: Sequence[Standing]
    documents: Sequence[OrganisationDocument]
    # Until when one may object, by the id of the call.
    terms: Mapping[int, date]
    # Where an organisation has yet to vote for the seat of civil society.
    votes: Sequence[tuple[SeatCall, Organisation]]


def read_work(who: Actor, *, at: datetime) -> Work:
    """Whatever the number of organisations and applications, the same number of statements."""
    mine = read_mine(who)
    case_ids = [application.id for application in mine.applications]
    organisation_ids = [organisation.id for organisation in mine.organisations]
    with tenancy.across("own applications"):
        drafts = _list_drafts(mine, at=at)
        draft_ids = [draft.id for draft in drafts]
        return Work(
            mine=mine,
            drafts=drafts,
            findings=_find(drafts, mine, at=at),
            corrections=_list_corrections([draft.call_id for draft in drafts]),
            statements=_list_statements(draft_ids),
            reduced=_list_reduced(case_ids),
            standings=mine.standings,
            documents=_list_documents(organisation_ids, at=at),
            terms=_list_terms(mine),
            votes=_list_votes(who, at=at),
        )


def _list_votes(who: Actor, *, at: datetime) -> list[tuple[SeatCall, Organisation]]:
    """Open votes of towns in which an organisation that one represents has its seat."""
    represented = who.scopes_of(Role.REPRESENTATIVE)
    if not represented:
        return []
    voted = exists().where(
        SeatVote.seat_call_id == SeatCall.id, SeatVote.organisation_id == Organisation.id
    )
    statement = (
        select(SeatCall, Organisation)
        .join(Organisation, Organisation.id.in_(represented))
        .where(SeatCall.status == SeatStatus.VOTING, SeatCall.votes_until >= at, ~voted)
        .options(joinedload(SeatCall.call).joinedload(Call.municipality))
        .order_by(SeatCall.id, Organisation.id)
    )
    found = db.session.execute(statement).all()
    return [(seat, own) for seat, own in found if is_local(own, seat.call.municipality)]


def _list_terms(mine: Mine) -> Mapping[int, date]:
    calls = {
        application.call_id
        for application in mine.applications
        if application.call.status is CallStatus.OBJECTIONS
    }
    return list_terms(calls) if calls else {}


def _list_drafts(mine: Mine, *, at: datetime) -> Sequence[Application]:
    """The drafts to open calls with all they say."""
    ids = [
        application.id
        for application in mine.applications
        if application.status is ApplicationStatus.DRAFT
        and application.call.status is CallStatus.PUBLISHED
        and (application.call.deadline is None or at <= application.call.deadline)
    ]
    if not ids:
        return []
    statement = (
        select(Application)
        .where(Application.id.in_(ids))
        .options(
            joinedload(Application.call).selectinload(Call.lots),
            joinedload(Application.organisation),
            selectinload(Application.sections),
            selectinload(Application.documents).joinedload(ApplicationDocument.document),
        )
        .order_by(Application.id)
    )
    return db.session.execute(statement).scalars().all()


def _find(
    drafts: Sequence[Application], mine: Mine, *, at: datetime
) -> dict[int, Sequence[Finding]]:
    corrected = [draft for draft in drafts if form_of(draft.call).version > draft.form_version]
    versions = _list_versions({draft.call_id for draft in corrected})
    return {
        draft.id: findings_of(
            draft,
            at=at,
            submitted_before=_submitted_before(draft, mine),
            unseen=[
                each
                for each in versions
                if each.call_id == draft.call_id and each.number > draft.form_version
            ],
        )
        for draft in drafts
    }


def _submitted_before(draft: Application, mine: Mine) -> int:
    """How many others the organisation has submitted to the same call."""
    return sum(
        1
        for other in mine.applications
        if other.id != draft.id
        and other.call_id == draft.call_id
        and other.organisation_id == draft.organisation_id
        and other.submitted_at is not None
        and other.status is not ApplicationStatus.DRAFT
    )


def _list_versions(call_ids: set[int]) -> Sequence[FormVersion]:
    if not call_ids:
        return []
    statement = select(FormVersion).where(FormVersion.call_id.in_(sorted(call_ids)))
    return db.session.execute(statement.order_by(FormVersion.number)).scalars().all()


def _list_corrections(call_ids: Sequence[int]) -> Sequence[Correction]:
    if not call_ids:
        return []
    statement = select(Correction).where(
        Correction.call_id.in_(call_ids), Correction.status == CorrectionStatus.PUBLISHED
    )
    return db.session.execute(statement.order_by(Correction.id)).scalars().all()


def _list_statements(draft_ids: Sequence[int]) -> Sequence[PartnerStatement]:
    if not draft_ids:
        return []
    statement = select(PartnerStatement).where(
        PartnerStatement.application_id.in_(draft_ids), PartnerStatement.revoked_at.is_(None)
    )
    return db.session.execute(statement.order_by(PartnerStatement.id)).scalars().all()


def _list_reduced(case_ids: Sequence[int]) -> Sequence[Decision]:
    """Awards below what was asked for whose budget nobody has adjusted, before the contract."""
    if not case_ids:
        return []
    statement = (
        select(Decision)
        .join(Decision.application)
        .join(Act, Act.id == Decision.act_id)
        .where(
            Decision.application_id.in_(case_ids),
            Decision.kind.in_(AWARDING),
            Decision.declined_at.is_(None),
            Decision.amount > 0,
            Decision.amount < Application.requested,
            Act.issued_at.is_not(None),
            ~exists().where(RevisedBudget.decision_id == Decision.id),
            ~exists().where(Contract.application_id == Decision.application_id),
        )
        .options(contains_eager(Decision.application).joinedload(Application.call))
        .order_by(Decision.id)
    )
    return db.session.execute(statement).scalars().all()


def _list_documents(
    organisation_ids: Sequence[int], *, at: datetime
) -> Sequence[OrganisationDocument]:
    """The newest versions that expire some day, or did so lately."""
    if not organisation_ids:
        return []
    statement = (
        select(OrganisationDocument)
        .where(
            OrganisationDocument.organisation_id.in_(organisation_ids),
            OrganisationDocument.removed_at.is_(None),
            OrganisationDocument.expires_on >= clock.local_day(at) - EXPIRED_LASTS,
            ~_has_newer(),
        )
        .options(joinedload(OrganisationDocument.document))
        .order_by(OrganisationDocument.expires_on, OrganisationDocument.id)
    )
    return db.session.execute(statement).scalars().all()


def _has_newer() -> Any:
    newer = aliased(OrganisationDocument)
    return exists().where(newer.replaces_id == OrganisationDocument.id, newer.removed_at.is_(None))
