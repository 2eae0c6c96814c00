"""Organisations, who asks to join them, and the documents they keep for every call."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.db import Base, related, status_column
from grants.documents.models import Document
from grants.organisations.rules.standing import StandingKind
from grants.tenancy import Tenant


class LegalForm(StrEnum):
    """How an organisation is founded."""

    ASSOCIATION = "udruženje"
    FOUNDATION = "fondacija"
    OTHER = "drugo"


class JoinStatus(StrEnum):
    """What became of a request to join."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Organisation(Base):
    """A civil society organisation; found by its JIB, known to all municipalities."""

    __tablename__ = "organisations"
    __table_args__ = (Index("ix_organisations_sort", "name_key"),)

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_key: Mapped[str]
    name_folded: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    legal_form: Mapped[LegalForm] = status_column(LegalForm)
    jib: Mapped[str] = mapped_column(unique=True)
    vat_number: Mapped[str] = mapped_column(default="")
    is_vat_payer: Mapped[bool] = mapped_column(default=False)
    account: Mapped[str]
    bank: Mapped[str] = mapped_column(default="")
    bank_address: Mapped[str] = mapped_column(default="")
    swift: Mapped[str] = mapped_column(default="")
    # The first registration; the newest entry in the register, where it changed since.
    registered_on: Mapped[date]
    last_registered_on: Mapped[date | None]
    register_name: Mapped[str] = mapped_column(default="")
    register_number: Mapped[str] = mapped_column(default="")
    founded_year: Mapped[int | None]
    address: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    seat_municipality: Mapped[str] = mapped_column(default="")
    seat_region: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    web: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    activity: Mapped[str] = mapped_column(default="")
    activity_code: Mapped[str] = mapped_column(default="")
    members_count: Mapped[int | None]
    members_women: Mapped[int | None]
    members_youth: Mapped[int | None]
    employees_count: Mapped[int | None]
    contractors_count: Mapped[int | None]
    volunteers_count: Mapped[int | None]
    volunteers_women: Mapped[int | None]
    # Who leads it beside the representative: [{name, function, email}].
    board: Mapped[list[Any]] = mapped_column(JSON, default=list)
    representative_name: Mapped[str] = mapped_column(default="")
    representative_title: Mapped[str] = mapped_column(default="")
    representative_until: Mapped[date | None]
    representative_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    representative_confirmed_at: Mapped[datetime | None]
    representative_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    documents: Mapped[list["OrganisationDocument"]] = related(back_populates="organisation")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy's own way


class OrganisationDocument(Base):
    """A document the organisation keeps: registration, statute, certificates.

    A newer version names the one it takes the place of, which stays on the record.
    """

    __tablename__ = "organisation_documents"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("organisation_documents.id"))
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    # The reminder sent last, by its day: 30 or 7 days before the expiry.
    reminded_for: Mapped[date | None]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = related(back_populates="documents")
    document: Mapped[Document] = related()


class JoinRequest(Base):
    """Somebody who knows the JIB asks to join; the owner decides."""

    __tablename__ = "join_requests"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    message: Mapped[str] = mapped_column(default="")
    status: Mapped[JoinStatus] = status_column(JoinStatus, default=JoinStatus.OPEN)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    organisation: Mapped[Organisation] = related()


class RepresentativeTerm(Base):
    """Who represented the organisation from when until when, and on what evidence."""

    __tablename__ = "representative_terms"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    evidence_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    declared_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]
    evidence: Mapped[Document] = related()


class Standing(Tenant):
    """What stands open between an organisation and one municipality; written by later stages."""

    __tablename__ = "standings"
    __table_args__ = (
        UniqueConstraint("municipality_id", "organisation_id", "kind", "reference"),
        Index("ix_standings_organisation", "organisation_id"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[StandingKind] = status_column(StandingKind)
    # What it is about, as one would cite it: the number of the contract.
    reference: Mapped[str]
    path: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    noted_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
