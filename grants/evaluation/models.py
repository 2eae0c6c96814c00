"""The committee, what its members declared, and their score sheets."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.acts.models import Act
from grants.applications.models import Application
from grants.calls.models import Call
from grants.db import related, status_column
from grants.documents.models import Document
from grants.evaluation.rules.assigning import AssignmentMode
from grants.evaluation.rules.committee import VOTING, MemberKind, MemberRole
from grants.evaluation.rules.matching import HitKind
from grants.evaluation.rules.seats import CandidateStatus, SeatStatus
from grants.evaluation.rules.sheets import SheetStatus
from grants.organisations.models import Organisation
from grants.people.models import User
from grants.tenancy import Tenant

__all__ = ["Committee", "Conflict", "Member", "MemberRole", "Sheet", "SheetStatus"]


class Committee(Tenant):
    """The committee of one call; roles on it are memberships of people with this row's id."""

    __tablename__ = "committees"

    slug: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), unique=True)
    appointed_at: Mapped[datetime | None]
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    scoring_closed_at: Mapped[datetime | None]
    # How many members with a vote must be there; None: more than half.
    quorum: Mapped[int | None]
    assignment: Mapped[AssignmentMode] = status_column(
        AssignmentMode, default=AssignmentMode.EVERYBODY
    )
    # How many sheets an application gets where they are handed out.
    sheets_each: Mapped[int | None]
    assigned_at: Mapped[datetime | None]
    # When ties between members and applicants were last looked for.
    matched_at: Mapped[datetime | None]
    call: Mapped[Call] = related()
    act: Mapped[Act | None] = related()
    members: Mapped[list["Member"]] = related(
        back_populates="committee", order_by="Member.position"
    )


class Member(Tenant):
    """One member; an imported one needs no account."""

    __tablename__ = "committee_members"
    __table_args__ = (UniqueConstraint("committee_id", "key"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"))
    position: Mapped[int]
    key: Mapped[str]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    stands_for: Mapped[str] = mapped_column(default="")
    role: Mapped[MemberRole] = status_column(MemberRole)
    kind: Mapped[MemberKind] = status_column(MemberKind, default=MemberKind.MUNICIPAL)
    # A deputy waits without a vote until stepping in for somebody who left.
    is_deputy: Mapped[bool] = mapped_column(default=False)
    stands_in_for_id: Mapped[int | None] = mapped_column(ForeignKey("committee_members.id"))
    seated_at: Mapped[datetime | None]
    # Who left keeps the seat's row: what was signed stays signed.
    left_at: Mapped[datetime | None]
    left_reason: Mapped[str] = mapped_column(default="")
    # Areas the member knows, as lot codes or words, for the automatic assignment.
    expertise: Mapped[list[Any]] = mapped_column(JSON, default=list)
    # What the member declared of itself to be matched: organisations, employers, address, phone,
    # account; lists and texts by key.
    ties: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    declared_at: Mapped[datetime | None]
    declaration: Mapped[str] = mapped_column(default="")
    # When the conflicts were declared, the list of applicants known: only then may one score.
    interests_at: Mapped[datetime | None]
    committee: Mapped[Committee] = related(back_populates="members")
    user: Mapped[User | None] = related()
    conflicts: Mapped[list["Conflict"]] = related(back_populates="member")

    @property
    def is_seated(self) -> bool:
        """Whether the member works on this committee now: neither waiting as deputy nor gone."""
        return not self.is_deputy and self.left_at is None

    @property
    def is_voting(self) -> bool:
        """Whether the member has a vote and scores now."""
        return self.is_seated and self.role in VOTING


class Conflict(Tenant):
    """A member has nothing to do with this application: sees and scores nothing of it."""

    __tablename__ = "conflicts"
    __table_args__ = (UniqueConstraint("member_id", "application_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("committee_members.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    ground: Mapped[str]
    # Declared by the member, or decided by the chair upon a hit or on request.
    declared_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(default="")
    member: Mapped[Member] = related(back_populates="conflicts")


class Hit(Tenant):
    """Something that ties a member to an application; a person decides what it means."""

    __tablename__ = "conflict_hits"
    __table_args__ = (UniqueConstraint("member_id", "application_id", "kind", "mark"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("committee_members.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    kind: Mapped[HitKind] = status_column(HitKind)
    # What matched, folded, so that the same hit is found once.
    mark: Mapped[str]
    # Both sides in words: {member, applicant, role}.
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
    found_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    is_conflict: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(default="")
    member: Mapped[Member] = related()
    application: Mapped[Application] = related()


class Assignment(Tenant):
    """One sheet handed out to one member, where not everybody scores everything."""

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("application_id", "member_id"),
        Index("ix_assignments_member", "member_id", "application_id"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("committee_members.id"))
    assigned_at: Mapped[datetime]
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # Why this member: codes with facts, as rules.assigning says them.
    explanation: Mapped[list[Any]] = mapped_column(JSON, default=list)
    # After an upheld objection others score anew, see complaints.
    is_anew: Mapped[bool] = mapped_column(default=False)


class Note(Tenant):
    """What a member notes for oneself; nobody else ever reads it."""

    __tablename__ = "private_notes"
    __table_args__ = (UniqueConstraint("member_id", "application_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("committee_members.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy's own way


class Sheet(Tenant):
    """One member's scores and comments for one application, as given."""

    __tablename__ = "sheets"
    __table_args__ = (Index("ix_sheets_member", "member_id", "application_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("committee_members.id"))
    is_consensus: Mapped[bool] = mapped_column(default=False)
    is_recused: Mapped[bool] = mapped_column(default=False)
    status: Mapped[SheetStatus] = status_column(SheetStatus, default=SheetStatus.IN_WORK)
    # Answers by question code and comments by question or section code, as strings.
    scores: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    comments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    signed_sha256: Mapped[str | None]
    # Set aside after an upheld objection: it stays to be read and counts no more.
    set_aside_at: Mapped[datetime | None]
    set_aside_reason: Mapped[str] = mapped_column(default="")
    application: Mapped[Application] = related()
    member: Mapped[Member] = related()

    # The second of two tabs that save at once is refused, never silently first or last.
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy's own way


# What was set aside leaves its place to what is scored anew.
_stands = Sheet.set_aside_at.is_(None)
Index(
    "uq_sheets_standing",
    Sheet.application_id,
    Sheet.member_id,
    Sheet.is_consensus,
    unique=True,
    sqlite_where=_stands,
    postgresql_where=_stands,
)


class SignedSheet(Tenant):
    """A sheet as it was once signed, kept when the chair opens it again."""

    __tablename__ = "signed_sheets"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.id"), index=True)
    scores: Mapped[dict[str, Any]] = mapped_column(JSON)
    comments: Mapped[dict[str, Any]] = mapped_column(JSON)
    signed_at: Mapped[datetime]
    signed_sha256: Mapped[str]
    reopened_at: Mapped[datetime]
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str]
    sheet: Mapped[Sheet] = related()


class Meeting(Tenant):
    """A consensus meeting: who was there, what was talked over, its minutes."""

    __tablename__ = "meetings"

    slug: Mapped[str] = mapped_column(unique=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True)
    number: Mapped[int]
    place: Mapped[str] = mapped_column(default="")
    begins_at: Mapped[datetime]
    # Keys of the members who were there; a recused one goes out item by item.
    present: Mapped[list[Any]] = mapped_column(JSON, default=list)
    remarks: Mapped[str] = mapped_column(default="")
    called_at: Mapped[datetime]
    called_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    committee: Mapped[Committee] = related()
    act: Mapped[Act | None] = related()
    items: Mapped[list["MeetingItem"]] = related(
        back_populates="meeting", order_by="MeetingItem.position"
    )


class MeetingItem(Tenant):
    """One application on the agenda, in order of divergence, and what was agreed."""

    __tablename__ = "meeting_items"
    __table_args__ = (UniqueConstraint("meeting_id", "application_id"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    position: Mapped[int]
    # Highest less lowest total as it stood when the meeting was called, an exact fraction.
    spread: Mapped[str]
    # The consensus sheet agreed upon; the originals stay beside it.
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("sheets.id"))
    # Keys of the members who went out for this one.
    recused: Mapped[list[Any]] = mapped_column(JSON, default=list)
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstained: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    agreed_at: Mapped[datetime | None]
    meeting: Mapped[Meeting] = related(back_populates="items")
    application: Mapped[Application] = related()
    sheet: Mapped[Sheet | None] = related()

    @property
    def apart(self) -> Fraction:
        """The spread in exact points."""
        return Fraction(self.spread)


class SeatCall(Tenant):
    """The short call for the member whom the civil society organisations choose."""

    __tablename__ = "seat_calls"

    slug: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), index=True)
    status: Mapped[SeatStatus] = status_column(SeatStatus, default=SeatStatus.DRAFT)
    text: Mapped[str] = mapped_column(default="")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    # Until when the local organisations vote, where several candidates stand.
    votes_until: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    call: Mapped[Call] = related()
    act: Mapped[Act | None] = related()
    candidates: Mapped[list["Candidate"]] = related(
        back_populates="seat_call", order_by="Candidate.id"
    )


class Candidate(Tenant):
    """One who stands for the seat, put up by an organisation that did not apply."""

    __tablename__ = "candidates"
    __table_args__ = (UniqueConstraint("seat_call_id", "user_id"),)

    slug: Mapped[str] = mapped_column(unique=True)
    seat_call_id: Mapped[int] = mapped_column(ForeignKey("seat_calls.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str]
    statement: Mapped[str] = mapped_column(default="")
    cv_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    status: Mapped[CandidateStatus] = status_column(
        CandidateStatus, default=CandidateStatus.STANDING
    )
    # Why the candidate was set aside.
    reason: Mapped[str] = mapped_column(default="")
    stood_at: Mapped[datetime]
    seat_call: Mapped[SeatCall] = related(back_populates="candidates")
    organisation: Mapped[Organisation] = related()
    cv: Mapped[Document] = related()


class SeatVote(Tenant):
    """The vote of one organisation, cast by its representative; for whom stays in the count."""

    __tablename__ = "seat_votes"
    __table_args__ = (UniqueConstraint("seat_call_id", "organisation_id"),)

    seat_call_id: Mapped[int] = mapped_column(ForeignKey("seat_calls.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"))
    cast_at: Mapped[datetime]
    cast_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
