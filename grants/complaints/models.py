"""Objections with their documents, their rulings, and who looked into an own file."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from grants.acts.models import Act
from grants.applications.models import Application
from grants.complaints.rules.states import Against, Channel, Effect, ObjectionStatus, Ruling
from grants.db import related, status_column
from grants.documents.models import Document
from grants.tenancy import Tenant


class Objection(Tenant):
    """What an applicant objects to, within which term, and how it was ruled."""

    __tablename__ = "objections"
    __table_args__ = (Index("ix_objections_call", "call_id", "status"),)

    slug: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    against: Mapped[Against] = status_column(Against)
    status: Mapped[ObjectionStatus] = status_column(ObjectionStatus, default=ObjectionStatus.FILED)
    channel: Mapped[Channel] = status_column(Channel, default=Channel.ONLINE)
    text: Mapped[str]
    # What is asked for, in the words of whoever objects.
    asks_for: Mapped[str] = mapped_column(default="")
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # Of a paper: the number of the registry, and the day it was posted, which counts.
    protocol_number: Mapped[str] = mapped_column(default="")
    posted_on: Mapped[date | None]
    received_on: Mapped[date]
    # The terms as they were counted then: {start, days, raw_end, skipped}.
    filed_until: Mapped[date]
    ruling_due_on: Mapped[date]
    ruling_counted: Mapped[dict[str, Any]] = mapped_column(JSON)
    withdrawn_at: Mapped[datetime | None]
    ruling: Mapped[Ruling | None] = status_column(Ruling)
    effect: Mapped[Effect | None] = status_column(Effect)
    reasoning: Mapped[str] = mapped_column(default="")
    ruled_at: Mapped[datetime | None]
    ruled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    # When what the ruling set going was done.
    settled_at: Mapped[datetime | None]
    application: Mapped[Application] = related()
    act: Mapped[Act | None] = related()
    documents: Mapped[list["ObjectionDocument"]] = related(
        back_populates="objection", order_by="ObjectionDocument.id"
    )


class ObjectionDocument(Tenant):
    """A document that came with an objection."""

    __tablename__ = "objection_documents"

    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"), index=True)
    title: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    added_at: Mapped[datetime]
    objection: Mapped[Objection] = related(back_populates="documents")
    document: Mapped[Document] = related()


class Inspection(Tenant):
    """An applicant looked into the own file: when, and who."""

    __tablename__ = "inspections"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    inspected_at: Mapped[datetime]
    inspected_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
