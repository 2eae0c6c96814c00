"""Finding the consensus meetings of a committee, and what of them a member may know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from grants.acts.models import Act
from grants.applications.models import Application
from grants.calls.models import Call
from grants.db import db
from grants.evaluation.divergence import Known, list_known, list_members
from grants.evaluation.models import Committee, Conflict, Meeting, MeetingItem, Member, Sheet
from grants.evaluation.queries import get_member
from grants.evaluation.rules.committee import MemberRole
from grants.evaluation.rules.consensus import Attendance, leader
from grants.people.actors import Actor


@dataclass(frozen=True)
class Sitting:
    """A meeting with the seats of its committee, as the member who asks may know of it."""

    member: Member
    members: Sequence[Member]
    meeting: Meeting
    known: Mapping[int, Known]

    @property
    def call(self) -> Call:
        """The call of the committee."""
        return self.member.committee.call

    @property
    def items(self) -> list[MeetingItem]:
        """The part of the agenda that the member may see, in its order."""
        return [each for each in self.meeting.items if each.application_id in self.known]

    @property
    def voting(self) -> list[Member]:
        """Who has a vote now."""
        return [each for each in self.members if each.is_voting]

    @property
    def attendance(self) -> Attendance:
        """Who was there."""
        return attendance_of(self.meeting, self.members, self.member.committee)

    @property
    def chair(self) -> str:
        """The key of who presides."""
        return next((each.key for each in self.voting if each.role is MemberRole.CHAIR), "")

    def names(self, keys: Sequence[str]) -> list[str]:
        """The names of these members, in the order of their seats."""
        return [each.name for each in self.members if each.key in keys]


@dataclass(frozen=True)
class Talk:
    """One application of a meeting: the sheets as signed, and what is agreed so far."""

    sitting: Sitting
    item: MeetingItem
    originals: Sequence[Sheet]
    recused: tuple[str, ...]

    @property
    def member(self) -> Member:
        """Who asks."""
        return self.sitting.member

    @property
    def out(self) -> frozenset[str]:
        """Who is not in the room: the recused, and whoever has not scored this application."""
        scored = {sheet.member.key for sheet in self.originals}
        silent = {each.key for each in self.sitting.voting if each.key not in scored}
        return frozenset(self.recused) | silent

    @cached_property
    def leader(self) -> str | None:
        """The key of who enters this item."""
        sitting = self.sitting
        return leader(sitting.attendance, chair=sitting.chair, out=self.out)

    @property
    def is_led(self) -> bool:
        """Whether whoever asks enters it."""
        return self.leader == self.member.key


def attendance_of(meeting: Meeting, members: Sequence[Member], committee: Committee) -> Attendance:
    """Who was at a meeting, in the order of the seats."""
    present = [each.key for each in members if each.key in meeting.present]
    voting = [each.key for each in members if each.is_voting]
    return Attendance(present, voting, committee.quorum)


def get_voting_member(who: Actor, slug: str) -> Member | None:
    """The seat of a member with a vote who has declared everything; None for anybody else."""
    member = get_member(who, slug)
    if member is None or member.interests_at is None or not member.is_voting:
        return None
    return member


def list_meetings(member: Member, *, offset: int, limit: int) -> Sequence[Meeting]:
    """The meetings of a committee, the newest first."""
    statement = _meetings(member.committee).order_by(Meeting.number.desc())
    return db.session.execute(statement.offset(offset).limit(limit)).scalars().all()


def count_meetings(committee: Committee) -> int:
    """How many there are."""
    statement = select(func.count(Meeting.id)).where(Meeting.committee_id == committee.id)
    return db.session.execute(statement).scalar_one()


def get_sitting(who: Actor, slug: str, meeting: str) -> Sitting | None:
    """The meeting of `/committee/<slug>/meetings/<meeting>`."""
    member = get_voting_member(who, slug)
    if member is None:
        return None
    statement = _meetings(member.committee).where(Meeting.slug == meeting)
    found = db.session.execute(statement.options(*_WITH_ITEMS)).scalar()
    if found is None:
        return None
    return Sitting(member, list_members(member.committee), found, list_known(member))


def get_talk(who: Actor, slug: str, meeting: str, application: str) -> Talk | None:
    """One item of a meeting; None for one the member may not see, as for one that is not there."""
    sitting = get_sitting(who, slug, meeting)
    if sitting is None:
        return None
    slugs = {each.slug: each.id for each in sitting.known.values()}
    items = [each for each in sitting.items if each.application_id == slugs.get(application)]
    if not items:
        return None
    recused = list_recused(items)[items[0].application_id]
    return Talk(sitting, items[0], _originals(items[0], recused), recused)


def list_recused(items: Sequence[MeetingItem]) -> dict[int, tuple[str, ...]]:
    """Keys of the members with a conflict, by application id, in the order of their seats."""
    ids = [each.application_id for each in items]
    statement = (
        select(Conflict.application_id, Member.key)
        .join(Member, Member.id == Conflict.member_id)
        .where(Conflict.application_id.in_(ids))
        .order_by(Member.position)
    )
    found: dict[int, tuple[str, ...]] = dict.fromkeys(ids, ())
    for application_id, key in db.session.execute(statement):
        found[application_id] += (key,)
    return found


def list_talks(sitting: Sitting) -> list[Talk]:
    """Every item of a meeting with its sheets, seen or not: for its minutes."""
    items = sitting.meeting.items
    recused = list_recused(items)
    by_application: dict[int, list[Sheet]] = {each.application_id: [] for each in items}
    for sheet in db.session.execute(_signed([*by_application])).scalars():
        if sheet.member.key not in recused[sheet.application_id]:
            by_application[sheet.application_id].append(sheet)
    return [
        Talk(sitting, each, by_application[each.application_id], recused[each.application_id])
        for each in items
    ]


def list_on_agenda(committee: Committee) -> set[int]:
    """The applications (ids) that an open meeting has before it."""
    statement = (
        select(MeetingItem.application_id)
        .join(Meeting, Meeting.id == MeetingItem.meeting_id)
        .where(Meeting.committee_id == committee.id, Meeting.closed_at.is_(None))
        .where(MeetingItem.agreed_at.is_(None))
    )
    return set(db.session.execute(statement).scalars())


_WITH_ITEMS = (
    selectinload(Meeting.items).options(
        joinedload(MeetingItem.application).joinedload(Application.lot),
        joinedload(MeetingItem.sheet).joinedload(Sheet.member),
    ),
)


def _meetings(committee: Committee) -> Select[Meeting]:
    statement = select(Meeting).where(Meeting.committee_id == committee.id)
    return statement.options(joinedload(Meeting.act).joinedload(Act.document))


def _originals(item: MeetingItem, recused: Sequence[str]) -> list[Sheet]:
    found = db.session.execute(_signed([item.application_id])).scalars()
    return [sheet for sheet in found if sheet.member.key not in recused]


def _signed(ids: Sequence[int]) -> Select[Sheet]:
    return (
        select(Sheet)
        .join(Sheet.member)
        .where(
            Sheet.application_id.in_(ids),
            Sheet.signed_at.is_not(None),
            Sheet.is_recused.is_(False),
            Sheet.is_consensus.is_(False),
            Sheet.set_aside_at.is_(None),
        )
        .options(contains_eager(Sheet.member))
        .order_by(Sheet.application_id, Member.position)
    )
