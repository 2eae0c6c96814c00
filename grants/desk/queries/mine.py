"""What an applicant has: organisations, applications, acts, contracts, over all municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from grants import tenancy
from grants.acts.models import Act
from grants.applications.models import Application, Reopening
from grants.applications.queries import is_being_keyed_in
from grants.applications.queries.messages import count_unread, unread_messages
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.complaints.queries.objections import has_objected, list_terms
from grants.contracts.models import Contract
from grants.db import db
from grants.desk.queries.cases import get_contract, get_open_request, get_outcome
from grants.desk.rules import APPLICANT
from grants.eligibility.models import EligibilityOutcome
from grants.municipalities import entering
from grants.organisations.models import JoinRequest, JoinStatus, Organisation, Standing
from grants.people.actors import Actor
from grants.people.rules import Role

_WITH_CALL = joinedload(Application.call).joinedload(Call.municipality)
MOST = 100


@dataclass(frozen=True)
class Mine:
    """Everything of one person's organisations, the latest first."""

    organisations: Sequence[Organisation]
    standings: Sequence[Standing]
    applications: Sequence[Application]
    requests: Sequence[Reopening]
    acts: Sequence[Act]
    contracts: Sequence[Contract]
    asking: Sequence[JoinRequest]
    # How many messages of the office wait, by application.
    unread: Mapping[int, int]
    # The applications that have an objection of their own.
    objected: frozenset[int]


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
        organisations = _list_organisations(ids)
        cases = _list_cases(ids)
        requests = {each.Reopening.id: each.Reopening for each in cases if each.Reopening}
        contracts = {each.Contract.id: each.Contract for each in cases if each.Contract}
        return Mine(
            organisations=list({each.id: each for each, _owed in organisations}.values()),
            standings=sorted((owed for _each, owed in organisations if owed), key=_by_term),
            applications=list({each.Application.id: each.Application for each in cases}.values()),
            requests=sorted(requests.values(), key=lambda request: request.until),
            acts=_list_acts(ids),
            contracts=sorted(contracts.values(), key=lambda contract: -contract.id),
            asking=_list_asking(sorted(who.scopes_of(Role.OWNER))),
            unread={each.Application.id: each.unread for each in cases if each.unread},
            objected=frozenset(each.Application.id for each in cases if each.has_objected),
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
        unread=count_unread(application.id),
        objections_until=_get_term(application),
    )


def _get_term(application: Application) -> date | None:
    if application.status in (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN):
        return None
    return list_terms([application.call_id]).get(application.call_id)


def _list_organisations(ids: Sequence[int]) -> Sequence[tuple[Organisation, Standing | None]]:
    """Each with what it owes; one that owes several things comes several times."""
    is_open = and_(Standing.organisation_id == Organisation.id, Standing.cleared_at.is_(None))
    statement = (
        select(Organisation, Standing)
        .outerjoin(Standing, is_open)
        .where(Organisation.id.in_(ids))
        .order_by(Organisation.name_key, Organisation.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _by_term(owed: Standing) -> tuple[date, int]:
    return (owed.due_on or date.max, owed.id)


def _list_cases(organisation_ids: Sequence[int]) -> Sequence[Any]:
    """Each with its open request, its contract, `unread` and `has_objected`."""
    is_open = and_(Reopening.application_id == Application.id, Reopening.answered_at.is_(None))
    statement = (
        select(
            Application,
            Reopening,
            Contract,
            unread_messages(is_office=False).label("unread"),
            has_objected().label("has_objected"),
        )
        .outerjoin(Reopening, is_open)
        .outerjoin(Contract, Contract.application_id == Application.id)
        .where(Application.organisation_id.in_(organisation_ids), ~is_being_keyed_in())
        .options(_WITH_CALL, joinedload(Application.organisation))
        .order_by(Application.id.desc())
        .limit(MOST)
    )
    return db.session.execute(statement).all()


def _list_acts(organisation_ids: Sequence[int]) -> Sequence[Act]:
    statement = (
        select(Act)
        .where(Act.organisation_id.in_(organisation_ids), Act.issued_at.is_not(None))
        .order_by(Act.issued_at.desc(), Act.id.desc())
        .limit(MOST)
    )
    return db.session.execute(statement).scalars().all()


def _list_asking(owned: Sequence[int]) -> Sequence[JoinRequest]:
    statement = (
        select(JoinRequest)
        .where(JoinRequest.organisation_id.in_(owned), JoinRequest.status == JoinStatus.OPEN)
        .options(joinedload(JoinRequest.organisation))
        .order_by(JoinRequest.id)
    )
    return db.session.execute(statement).scalars().all()
