"""What was found when applications were opened and checked."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.acts.models import Act
from grants.applications.models import Application, Reopening
from grants.calls.models import Call
from grants.db import related, status_column
from grants.eligibility.rules.findings import Finding
from grants.tenancy import Tenant


class Opening(Tenant):
    """The opening of the applications of one call, with its record."""

    __tablename__ = "openings"

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), unique=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    present: Mapped[list[Any]] = mapped_column(JSON, default=list)
    remarks: Mapped[str] = mapped_column(default="")
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    call: Mapped[Call] = related()
    act: Mapped[Act | None] = related()


class Check(Tenant):
    """One answered question of the administrative check of one application."""

    __tablename__ = "checks"
    __table_args__ = (
        UniqueConstraint("application_id", "item", "reading"),
        # The whole list of checks is counted and filtered out of this index alone: without
        # statistics SQLite would walk all answers of a municipality for each application.
        Index(
            "ix_checks_answers",
            *("municipality_id", "application_id", "reading"),
            *("item", "finding", "checked_by_id"),
        ),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    item: Mapped[str]
    # 1, or 2 for the second pair of eyes where the call wants two.
    reading: Mapped[int] = mapped_column(default=1)
    finding: Mapped[Finding] = status_column(Finding)
    note: Mapped[str] = mapped_column(default="")
    checked_at: Mapped[datetime]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    application: Mapped[Application] = related()


class CheckRecord(Tenant):
    """The record of the administrative check of a whole call."""

    __tablename__ = "check_records"

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), unique=True)
    remarks: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id"))
    act: Mapped[Act] = related()


class CompletionRequest(Tenant):
    """What was asked to be completed, until when, and the act that asked."""

    __tablename__ = "completion_requests"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    reopening_id: Mapped[int] = mapped_column(ForeignKey("reopenings.id"))
    text: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    counted: Mapped[dict[str, Any]] = mapped_column(JSON)
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    reopening: Mapped[Reopening] = related()
    act: Mapped[Act | None] = related()


class EligibilityOutcome(Tenant):
    """Eligible, or dismissed on formal grounds with the reason."""

    __tablename__ = "eligibility_outcomes"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    is_eligible: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    application: Mapped[Application] = related()
