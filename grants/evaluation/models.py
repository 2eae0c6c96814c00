"""The committee, what its members declared, and their score sheets."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.acts.models import Act
from grants.applications.models import Application
from grants.calls.models import Call
from grants.db import related, status_column
from grants.evaluation.rules.committee import MemberRole
from grants.evaluation.rules.sheets import SheetStatus
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
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    declared_at: Mapped[datetime | None]
    declaration: Mapped[str] = mapped_column(default="")
    # When the conflicts were declared, the list of applicants known: only then may one score.
    interests_at: Mapped[datetime | None]
    committee: Mapped[Committee] = related(back_populates="members")
    user: Mapped[User | None] = related()
    conflicts: Mapped[list["Conflict"]] = related(back_populates="member")


class Conflict(Tenant):
    """A member has nothing to do with this application: sees and scores nothing of it."""

    __tablename__ = "conflicts"
    __table_args__ = (UniqueConstraint("member_id", "application_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("committee_members.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    ground: Mapped[str]
    declared_at: Mapped[datetime]
    member: Mapped[Member] = related(back_populates="conflicts")


class Sheet(Tenant):
    """One member's scores and comments for one application, as given."""

    __tablename__ = "sheets"
    __table_args__ = (
        UniqueConstraint("application_id", "member_id", "is_consensus"),
        Index("ix_sheets_member", "member_id", "application_id"),
    )

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
    application: Mapped[Application] = related()
    member: Mapped[Member] = related()

    # The second of two tabs that save at once is refused, never silently first or last.
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy's own way
