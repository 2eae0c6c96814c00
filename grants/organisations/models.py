"""Organisations, who asks to join them, and the documents they keep for every call."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from grants.db import Base, related, status_column
from grants.documents.models import Document


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
    account: Mapped[str]
    bank: Mapped[str] = mapped_column(default="")
    registered_on: Mapped[date]
    register_name: Mapped[str] = mapped_column(default="")
    register_number: Mapped[str] = mapped_column(default="")
    founded_year: Mapped[int | None]
    address: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    web: Mapped[str] = mapped_column(default="")
    activity: Mapped[str] = mapped_column(default="")
    members_count: Mapped[int | None]
    employees_count: Mapped[int | None]
    volunteers_count: Mapped[int | None]
    representative_name: Mapped[str] = mapped_column(default="")
    representative_title: Mapped[str] = mapped_column(default="")
    representative_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    representative_confirmed_at: Mapped[datetime | None]
    representative_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    documents: Mapped[list["OrganisationDocument"]] = related(back_populates="organisation")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy's own way


class OrganisationDocument(Base):
    """A document the organisation keeps: registration, statute, certificates."""

    __tablename__ = "organisation_documents"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
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
