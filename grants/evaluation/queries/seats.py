"""The call for the members' seat of civil society: who stands, who may vote, how it went."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from grants.applications.models import Application, Partner
from grants.applications.rules.states import ApplicationStatus
from grants.audit.events import Event
from grants.audit.models import AuditEntry
from grants.calls.models import Call
from grants.calls.queries import get_public_call
from grants.db import db
from grants.evaluation.models import Candidate, SeatCall, SeatVote
from grants.evaluation.queries import get_call_to_staff
from grants.evaluation.rules.seats import CandidateStatus, SeatStatus
from grants.i18n.script import fold
from grants.municipalities.models import Municipality
from grants.organisations.models import Organisation
from grants.people.actors import Actor
from grants.people.rules import Role

_ROLES = (Role.OWNER, Role.MEMBER, Role.REPRESENTATIVE)
_GONE = (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)


@dataclass(frozen=True)
class Standing:
    """One candidate, for the office."""

    call: Call
    seat_call: SeatCall
    candidate: Candidate

    @property
    def municipality_id(self) -> int:
        """Whose call it is."""
        return self.call.municipality_id


@dataclass(frozen=True)
class Stand:
    """One organisation of whoever asks, at a public seat call."""

    call: Call
    seat_call: SeatCall
    organisation: Organisation


def get_seat_call(call: Call) -> SeatCall | None:
    """The newest short call of a call, with its candidates, their organisations, its act."""
    statement = (
        select(SeatCall)
        .where(SeatCall.call_id == call.id)
        .options(
            joinedload(SeatCall.act),
            selectinload(SeatCall.candidates).options(
                joinedload(Candidate.organisation), joinedload(Candidate.cv)
            ),
        )
        .order_by(SeatCall.id.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def is_seat_call_public(call: Call) -> Any:
    """Whether a call has a short call that everybody may see, as a column of a statement."""
    return (
        select(SeatCall.id)
        .where(SeatCall.call_id == call.id, SeatCall.status != SeatStatus.DRAFT)
        .exists()
    )


def get_standing(who: Actor, municipality: str, slug: str, candidate: str) -> Standing | None:
    """A candidate of `/m/<municipality>/calls/<slug>/committee-seat/<candidate>/…`."""
    call = get_call_to_staff(who, municipality, slug)
    seat_call = get_seat_call(call) if call else None
    if call is None or seat_call is None:
        return None
    found = next((each for each in seat_call.candidates if each.slug == candidate), None)
    return Standing(call, seat_call, found) if found else None


def get_stand(who: Actor, slug: str, organisation: str) -> Stand | None:
    """An own organisation at `/calls/<slug>/committee-seat/<organisation>`."""
    call = get_public_call(who, slug)
    seat_call = get_seat_call(call) if call else None
    if call is None or seat_call is None or seat_call.status is SeatStatus.DRAFT:
        return None
    own = next((each for each in list_own_organisations(who) if each.slug == organisation), None)
    return Stand(call, seat_call, own) if own else None


def list_own_organisations(who: Actor) -> Sequence[Organisation]:
    """The organisations of whoever asks, by name."""
    held = who.scopes_of(*_ROLES)
    if not held:
        return []
    statement = select(Organisation).where(Organisation.id.in_(held))
    return db.session.execute(statement.order_by(Organisation.name_key)).scalars().all()


def is_local(organisation: Organisation, municipality: Municipality) -> bool:
    """Whether an organisation has its seat here, as its profile says."""
    return fold(municipality.name) in fold(organisation.seat_municipality)


def list_local_organisations(municipality: Municipality) -> list[Organisation]:
    """Every organisation with its seat here: each has one vote."""
    statement = select(Organisation).where(Organisation.seat_municipality != "")
    found = db.session.execute(statement).scalars().all()
    return [each for each in found if is_local(each, municipality)]


def tied_to_call(call: Call, organisations: Collection[Organisation]) -> dict[int, str]:
    """Which of these applied to a call (`applied`) or are partners in it (`partner`), by id.

    Two statements; a partner is known by its JIB, one without by its name.
    """
    by_id = {each.id: each for each in organisations}
    if not by_id:
        return {}
    is_in = (Application.call_id == call.id, Application.status.not_in(_GONE))
    applied = select(Application.organisation_id).where(
        *is_in, Application.organisation_id.in_(list(by_id))
    )
    partners = (
        select(Partner.jib, Partner.name)
        .join(Application, Application.id == Partner.application_id)
        .where(*is_in, Partner.version == Application.snapshot_version)
    )
    rows = db.session.execute(partners).all()
    jibs = {row[0].strip() for row in rows if row[0].strip()}
    names = {fold(row[1]) for row in rows if not row[0].strip()}
    tied = {
        each.id: "partner" for each in organisations if each.jib in jibs or fold(each.name) in names
    }
    for found in db.session.execute(applied).scalars():
        if found is not None:
            tied[found] = "applied"
    return tied


def count_votes(seat_call: SeatCall) -> dict[int, int]:
    """How many votes each candidate has, by id."""
    statement = (
        select(SeatVote.candidate_id, func.count())
        .where(SeatVote.seat_call_id == seat_call.id)
        .group_by(SeatVote.candidate_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def list_rounds(seat_call: SeatCall) -> list[dict[str, Any]]:
    """The votes that were held again, as the record of events keeps them, the first one first."""
    statement = (
        select(AuditEntry.facts)
        .where(
            AuditEntry.subject_kind == "SeatCall",
            AuditEntry.subject_id == seat_call.id,
            AuditEntry.event == Event.SEAT_VOTE_ENDED.value,
        )
        .order_by(AuditEntry.id)
    )
    return list(db.session.execute(statement).scalars())


def list_votes(seat_call: SeatCall, organisations: Iterable[int]) -> dict[int, SeatVote]:
    """The votes these organisations cast, by organisation."""
    statement = select(SeatVote).where(
        SeatVote.seat_call_id == seat_call.id, SeatVote.organisation_id.in_(list(organisations))
    )
    return {each.organisation_id: each for each in db.session.execute(statement).scalars()}


def standing_of(seat_call: SeatCall) -> list[Candidate]:
    """The candidates who still stand."""
    return [each for each in seat_call.candidates if each.status is CandidateStatus.STANDING]


def chosen_of(seat_call: SeatCall) -> Candidate | None:
    """The candidate who was chosen, if any."""
    chosen = CandidateStatus.CHOSEN
    return next((each for each in seat_call.candidates if each.status is chosen), None)
