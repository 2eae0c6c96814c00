"""Possible conflicts that were found: what is compared, who decides, what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from grants import tenancy
from grants.applications.models import Application, Snapshot
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.db import db
from grants.evaluation.models import Committee, Hit, Member
from grants.evaluation.queries import get_call_to_staff, get_committee, get_member
from grants.evaluation.queries.blinding import is_hidden
from grants.evaluation.queries.seeing import conflicts, is_evaluated
from grants.evaluation.rules.committee import MemberRole
from grants.evaluation.rules.matching import Trace, traces_of_applicant, traces_of_member
from grants.people.actors import Actor

_S = ApplicationStatus
# What was never handed in, or is before nobody any more, is compared with nobody.
NOT_COMPARED = (_S.DRAFT, _S.WITHDRAWN, _S.DISMISSED)
PER_PAGE = 25


@dataclass(frozen=True)
class Desk:
    """Where possible conflicts are decided: the chair's desk (`chair` set) or the office's."""

    call: Call
    committee: Committee
    chair: Member | None = None


@dataclass(frozen=True)
class Pair:
    """A member and an application with everything that ties them, as one desk decides it."""

    desk: Desk
    member: Member
    application: Application
    hits: Sequence[Hit]

    @property
    def is_open(self) -> bool:
        """Whether something of it waits for a decision."""
        return any(hit.decided_at is None for hit in self.hits)


def get_chairs_desk(who: Actor, slug: str) -> Desk | None:
    """The desk of the own seat on `/committee/<slug>`; its gate tells the chair from others."""
    member = get_member(who, slug)
    return Desk(member.committee.call, member.committee, member) if member else None


def get_office_desk(who: Actor, municipality: str, slug: str) -> Desk | None:
    """The desk of the office for a call with a committee."""
    call = get_call_to_staff(who, municipality, slug)
    committee = get_committee(call) if call else None
    return Desk(call, committee) if call and committee else None


def get_desk(who: Actor, slug: str, municipality: str = "") -> Desk | None:
    """Either desk: of `/m/<municipality>/calls/<slug>/committee` or of `/committee/<slug>`."""
    return get_office_desk(who, municipality, slug) if municipality else get_chairs_desk(who, slug)


def get_chairs_pair(who: Actor, slug: str, member: str, application: str) -> Pair | None:
    """A pair of `/committee/<slug>/hits/…`; the chair's own and those hidden from it are none."""
    desk = get_chairs_desk(who, slug)
    return _pair(desk, member, application) if desk else None


def get_office_pair(
    who: Actor, municipality: str, slug: str, member: str, application: str
) -> Pair | None:
    """A pair that the office decides."""
    desk = get_office_desk(who, municipality, slug)
    return _pair(desk, member, application) if desk else None


def list_pairs(desk: Desk, *, offset: int, limit: int = PER_PAGE) -> list[Pair]:
    """The pairs of a desk, those that wait first; three statements whatever their number."""
    waits = func.count() > func.count(Hit.decided_at)
    keys = _pairs(desk).add_columns(waits).group_by(Hit.member_id, Hit.application_id)
    ordered = keys.order_by(waits.desc(), Hit.application_id, Hit.member_id)
    found = db.session.execute(ordered.offset(offset).limit(limit)).all()
    if not found:
        return []
    hits = _list_hits({row[0] for row in found}, {row[1] for row in found})
    by_pair: dict[tuple[int, int], list[Hit]] = {}
    for hit in hits:
        by_pair.setdefault((hit.member_id, hit.application_id), []).append(hit)
    return [
        Pair(desk, each[0].member, each[0].application, each)
        for row in found
        if (each := by_pair.get((row[0], row[1])))
    ]


def count_pairs(desk: Desk) -> tuple[int, int]:
    """How many pairs a desk has, and how many of them wait for a decision."""
    waits = (func.count() > func.count(Hit.decided_at)).label("waits")
    keys = _pairs(desk).add_columns(waits).group_by(Hit.member_id, Hit.application_id)
    pairs = keys.subquery()
    counted = select(func.count(), func.count().filter(pairs.c.waits)).select_from(pairs)
    found = db.session.execute(counted).one()
    return int(found[0]), int(found[1])


def count_open_hits(seats: Sequence[Member]) -> dict[int, int]:
    """How many pairs wait for each of these chairs, by the seat's id; one statement for all.

    Nothing where applicants are hidden: then the office decides.
    """
    ids = [each.id for each in seats if not is_hidden(each.committee)]
    if not ids:
        return {}
    chair = aliased(Member)
    pairs = (
        select(chair.id.label("chair"), Hit.member_id, Hit.application_id)
        .join(Member, Member.id == Hit.member_id)
        .join(chair, chair.committee_id == Member.committee_id)
        .join(Application, Application.id == Hit.application_id)
        .join(Call, Call.id == Application.call_id)
        .where(chair.id.in_(ids), Hit.decided_at.is_(None), Hit.member_id != chair.id)
        .where(~conflicts(Hit.member_id, Hit.application_id), *is_evaluated())
        .where(~conflicts(chair.id, Hit.application_id))
        .distinct()
        .subquery()
    )
    with tenancy.across("own committees"):
        counted = select(pairs.c.chair, func.count()).group_by(pairs.c.chair)
        return {row[0]: row[1] for row in db.session.execute(counted)}


def chair_of(committee: Committee) -> Member | None:
    """Who presides now; the members must be loaded."""
    seated = (each for each in committee.members if each.is_seated)
    return next((each for each in seated if each.role is MemberRole.CHAIR), None)


def list_compared(call_id: int, application_id: int | None = None) -> list[int]:
    """The applications of a call that are compared with its committee, or the one named."""
    statement = select(Application.id).where(
        Application.call_id == call_id,
        Application.submitted_at.is_not(None),
        Application.status.not_in(NOT_COMPARED),
    )
    if application_id is not None:
        statement = statement.where(Application.id == application_id)
    return list(db.session.execute(statement.order_by(Application.id)).scalars())


def read_member_traces(
    committee: Committee, member_id: int | None = None
) -> dict[int, list[Trace]]:
    """What is known of each member who has not left, or of the one named; loaded members."""
    return {
        each.id: traces_of_member(each.name, each.email, each.ties)
        for each in committee.members
        if each.left_at is None and member_id in (None, each.id)
    }


def read_applicant_traces(application_ids: Sequence[int]) -> dict[int, list[Trace]]:
    """What the newest frozen version of each application says of the applicant and partners."""
    statement = (
        select(Application.id, Application.organisation_name, Snapshot)
        .outerjoin(
            Snapshot,
            and_(
                Snapshot.application_id == Application.id,
                Snapshot.version == Application.snapshot_version,
            ),
        )
        .where(Application.id.in_(application_ids))
    )
    found = {}
    for application_id, name, snapshot in db.session.execute(statement):
        facts: Mapping[str, Any] = snapshot.read() if snapshot else {}
        organisation = facts.get("organisation") or {"name": name}
        found[application_id] = traces_of_applicant(organisation, facts.get("partners") or ())
    return found


def list_kept_hits(
    member_ids: Sequence[int], application_ids: Sequence[int]
) -> set[tuple[int, int, str, str]]:
    """The hits there are already between these, by what makes each the same hit."""
    statement = select(Hit.member_id, Hit.application_id, Hit.kind, Hit.mark).where(
        Hit.member_id.in_(member_ids), Hit.application_id.in_(application_ids)
    )
    return {(row[0], row[1], row[2].value, row[3]) for row in db.session.execute(statement)}


def _pair(desk: Desk, member: str, application: str) -> Pair | None:
    """One statement whether there is such a pair or not, and the same for one that is hidden."""
    wanted = _pairs(desk).where(Member.key == member, Application.slug == application)
    pair = wanted.limit(1).subquery()
    is_of_pair = and_(
        Hit.member_id == pair.c.member_id, Hit.application_id == pair.c.application_id
    )
    hits = db.session.execute(_hits().join(pair, is_of_pair)).scalars().all()
    return Pair(desk, hits[0].member, hits[0].application, hits) if hits else None


def _pairs(desk: Desk) -> Select[Any]:
    statement: Select[Any] = (
        select(Hit.member_id, Hit.application_id)  # type: ignore[assignment]  # of any rows
        .join(Member, Member.id == Hit.member_id)
        .join(Application, Application.id == Hit.application_id)
        .join(Call, Call.id == Application.call_id)
        .where(Member.committee_id == desk.committee.id)
    )
    # What the member declared without being asked needs no decision any more.
    decided_here = Hit.decided_at.is_not(None)
    statement = statement.where(decided_here | ~conflicts(Hit.member_id, Hit.application_id))
    if is_hidden(desk.committee):
        # What ties a member to an application tells whose it is: the office decides all.
        return statement if desk.chair is None else statement.where(false())
    if desk.chair is not None:
        return statement.where(
            *is_evaluated(),
            Hit.member_id != desk.chair.id,
            ~conflicts(desk.chair.id, Application.id),
        )
    chair = chair_of(desk.committee)
    if chair is None:
        return statement
    return statement.where(or_(Hit.member_id == chair.id, conflicts(chair.id, Application.id)))


def _list_hits(member_ids: set[int], application_ids: set[int]) -> Sequence[Hit]:
    statement = _hits().where(
        Hit.member_id.in_(member_ids), Hit.application_id.in_(application_ids)
    )
    return db.session.execute(statement).scalars().all()


def _hits() -> Select[Hit]:
    whose = (joinedload(Hit.member), joinedload(Hit.application))
    return select(Hit).options(*whose).order_by(Hit.kind, Hit.id)
