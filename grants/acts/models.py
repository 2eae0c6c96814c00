"""Acts and records of a municipality, their number series, and how each was served."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.acts.rules import ActKind, ActStatus, ServiceWay
from grants.db import related, status_column
from grants.documents.models import Document
from grants.tenancy import Tenant


class NumberSeries(Tenant):
    """The last number given out in one series and year; its row is the lock."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("municipality_id", "series", "year"),)

    series: Mapped[str]
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)


class Act(Tenant):
    """One act or record; once issued, nothing of what it says changes."""

    __tablename__ = "acts"
    __table_args__ = (
        UniqueConstraint("municipality_id", "year", "number"),
        UniqueConstraint("municipality_id", "key"),
        Index("ix_acts_subject", "subject_kind", "subject_id"),
        Index("ix_acts_list", "municipality_id", "status", "id"),
        Index("ix_acts_organisation", "organisation_id"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    # One act however often it is asked for, e.g. `award:<application id>`.
    key: Mapped[str]
    kind: Mapped[ActKind] = status_column(ActKind)
    status: Mapped[ActStatus] = status_column(ActStatus, default=ActStatus.DRAFT)
    language: Mapped[str] = mapped_column(default="bs")
    title: Mapped[str]
    template: Mapped[str]
    # Everything the PDF says; frozen at issue, attached to the PDF as JSON.
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    facts_sha256: Mapped[str | None]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    recipient_name: Mapped[str] = mapped_column(default="")
    # Number, title and recipient as search compares them.
    folded: Mapped[str] = mapped_column(default="")
    # Whose people may open it; names change, this row does not.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    # The reference of the call it belongs to, as text: calls stand on a higher floor.
    call_reference: Mapped[str] = mapped_column(default="")
    remedy_days: Mapped[int | None]
    series: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    ordinal: Mapped[int | None]
    number: Mapped[str | None]
    acted_on: Mapped[date | None]
    prepared_at: Mapped[datetime]
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # What the signatory wants changed, while it is back with the officer.
    return_reason: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    issued_at: Mapped[datetime | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signatory_name: Mapped[str] = mapped_column(default="")
    signatory_title: Mapped[str] = mapped_column(default="")
    verification_code: Mapped[str] = mapped_column(unique=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    served_on: Mapped[date | None]
    service_way: Mapped[ServiceWay | None] = status_column(ServiceWay)
    service_note: Mapped[str] = mapped_column(default="")
    remedy_until: Mapped[date | None]
    remedy_counted: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    document: Mapped[Document | None] = related(foreign_keys=[document_id])
    scan: Mapped[Document | None] = related(foreign_keys=[scan_id])
