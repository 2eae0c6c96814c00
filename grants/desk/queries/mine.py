"""What an applicant has: organisations, applications, acts, contracts, over all municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from grants import tenancy
from grants.acts.models import Act
from grants.applications.models import Application, Reopening
from grants.applications.queries import is_being_keyed_in
from grants.applications.queries.messages import count_unread
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.complaints.queries.objections import list_terms
from grants.contracts.models import Contract
from grants.db import db
from grants.desk.queries.cases import get_contract, get_open_request, get_outcome
from grants.desk.rules import APPLICANT
from grants.eligibility.models import EligibilityOutcome
from grants.municipalities import entering
from grants.organisations.models import JoinRequest, JoinStatus, Organisation
from grants.people.actors import Actor
from grants.people.rules import Role

_WITH_CALL = joinedload(Application.call).joinedload(Call.municipality)
MOST = 100


@dataclass(frozen=True)
class Mine:
    """Everything of one person's organisations, the latest first."""

    organisations: Sequence[Organisation]
    applications: Sequence[Application]
    requests: Sequence[Reopening]
    acts: Sequence[Act]
    contracts: Sequence[Contract]
    asking: Sequence[JoinRequest]
    # How many messages of the office wait, by application.
    unread: Mapping[int, int]


@dataclass(frozen=True)
class OwnCase:
    """One own application with what came of it."""

    application: Application
    request: Reopening | None
    outcome: EligibilityOutcome | None
    acts: Sequence[Act]
    contract: Contract | None
    unread: int
    # Until when one may object; None before the preliminary list is published.
    objections_until: date | None = None

    @property
    def has_list(self) -> bool:
        """Whether a list was published that names the application."""
        return self.objections_until is not None


def read_mine(who: Actor) -> Mine:
    """In one statement for each kind of thing, whatever their number."""
    ids = sorted(who.scopes_of(*APPLICANT))
    with tenancy.across("own applications"):
        applications = _list_applications(ids)
        case_ids = [application.id for application in applications]
        return Mine(
            organisations=_list_organisations(ids),
            applications=applications,
            requests=_list_requests(case_ids),
            acts=_list_acts(ids),
            contracts=_list_contracts(case_ids),
            asking=_list_asking(sorted(who.scopes_of(Role.OWNER))),
            unread=count_unread(case_ids, is_office=False),
        )


def get_own_case(who: Actor, slug: str) -> Application | None:
    """The application of an address with its call and lot; its municipality is entered then."""
    options = (_WITH_CALL, joinedload(Application.lot), joinedload(Application.organisation))
    with tenancy.across("own applications"):
        own = Application.organisation_id.in_(who.scopes_of(*APPLICANT))
        statement = select(Application).where(Application.slug == slug, own).options(*options)
        application = db.session.execute(statement).scalar()
    if application is not None:
        entering.enter(application.call.municipality)
    return application


def read_own_case(application: Application) -> OwnCase:
    """What the applicant may know of the own case: issued acts, never drafts or scores."""
    acts = select(Act).where(
        Act.subject_kind == "Application",
        Act.subject_id == application.id,
        Act.issued_at.is_not(None),
    )
    return OwnCase(
        application=application,
        request=get_open_request(application),
        outcome=get_outcome(application),
        acts=db.session.execute(acts.order_by(Act.id)).scalars().all(),
        contract=get_contract(application),
        unread=count_unread([application.id], is_office=False).get(application.id, 0),
        objections_until=_get_term(application),
    )


def _get_term(application: Application) -> date | None:
    if application.status in (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN):
        return None
    return list_terms([application.call_id]).get(application.call_id)


def _list_organisations(ids: Sequence[int]) -> Sequence[Organisation]:
    statement = select(Organisation).where(Organisation.id.in_(ids))
    return db.session.execute(statement.order_by(Organisation.name_key)).scalars().all()


def _list_applications(organisation_ids: Sequence[int]) -> Sequence[Application]:
    statement = (
        select(Application)
        .where(Application.organisation_id.in_(organisation_ids), ~is_being_keyed_in())
        .options(_WITH_CALL, joinedload(Application.organisation))
        .order_by(Application.id.desc())
        .limit(MOST)
    )
    return db.session.execute(statement).scalars().all()


def _list_requests(case_ids: Sequence[int]) -> Sequence[Reopening]:
    statement = (
        select(Reopening)
        .where(Reopening.application_id.in_(case_ids), Reopening.answered_at.is_(None))
        .order_by(Reopening.until)
    )
    return db.session.execute(statement).scalars().all()


def _list_acts(organisation_ids: Sequence[int]) -> Sequence[Act]:
    statement = (
        select(Act)
        .where(Act.organisation_id.in_(organisation_ids), Act.issued_at.is_not(None))
        .order_by(Act.issued_at.desc(), Act.id.desc())
        .limit(MOST)
    )
    return db.session.execute(statement).scalars().all()


def _list_contracts(case_ids: Sequence[int]) -> Sequence[Contract]:
    statement = select(Contract).where(Contract.application_id.in_(case_ids))
    return db.session.execute(statement.order_by(Contract.id.desc())).scalars().all()


def _list_asking(owned: Sequence[int]) -> Sequence[JoinRequest]:
    statement = (
        select(JoinRequest)
        .where(JoinRequest.organisation_id.in_(owned), JoinRequest.status == JoinStatus.OPEN)
        .options(joinedload(JoinRequest.organisation))
        .order_by(JoinRequest.id)
    )
    return db.session.execute(statement).scalars().all()
