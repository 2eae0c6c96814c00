"""Applications: the draft as typed, the frozen versions, and what they say row by row."""

import json
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.acts.rules import Subject
from grants.applications.rules.budget import BudgetLine, Share
from grants.applications.rules.states import ApplicationStatus, Channel, Outcome
from grants.calls.models import Call, Lot
from grants.calls.rules.form import SourceKind
from grants.db import amount_column, related, status_column
from grants.documents.models import Document
from grants.organisations.models import Organisation
from grants.tenancy import Tenant


class Application(Tenant):
    """One organisation's application to one call.

    `title`, `lot_id`, `requested` and `duration_months` follow the draft while it is one and
    freeze with the submission.
    """

    __tablename__ = "applications"
    __table_args__ = (
        UniqueConstraint("call_id", "reference"),
        # The figures of a call, and its list in the order the applications came in.
        Index(
            "ix_applications_figures",
            "call_id",
            "status",
            "outcome",
            "requested",
            "municipality_id",
        ),
        Index("ix_applications_list", "call_id", "ordinal", "id"),
        Index("ix_applications_organisation", "organisation_id"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    status: Mapped[ApplicationStatus] = status_column(
        ApplicationStatus, default=ApplicationStatus.DRAFT
    )
    outcome: Mapped[Outcome | None] = status_column(Outcome)
    title: Mapped[str] = mapped_column(default="")
    title_folded: Mapped[str] = mapped_column(default="")
    # The organisation's name as it was at submission; pages and acts use this one.
    organisation_name: Mapped[str] = mapped_column(default="")
    requested: Mapped[int] = amount_column(default=0)
    duration_months: Mapped[int] = mapped_column(default=0)
    channel: Mapped[Channel] = status_column(Channel, default=Channel.ONLINE)
    reference: Mapped[str | None]
    ordinal: Mapped[int | None]
    started_at: Mapped[datetime]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # On paper: when the town hall received it, when it was posted, why it is taken when late.
    received_at: Mapped[datetime | None]
    posted_at: Mapped[datetime | None]
    late_reason: Mapped[str] = mapped_column(default="")
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    protocol_number: Mapped[str | None]
    registered_at: Mapped[datetime | None]
    snapshot_version: Mapped[int] = mapped_column(default=0)
    # The version of the call's form the draft answers; raised when its people were shown a newer.
    form_version: Mapped[int] = mapped_column(default=1)
    # The reminder sent last that this is not submitted: which, and of which deadline.
    reminded_for: Mapped[str | None]
    # Who keyed in a paper application.
    keyed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # Imported history: the organisation and the application as the dossier gave them.
    imported: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)
    call: Mapped[Call] = related()
    lot: Mapped[Lot | None] = related()
    organisation: Mapped[Organisation | None] = related()
    receipt: Mapped[Document | None] = related(foreign_keys=[receipt_id])
    sections: Mapped[list["DraftSection"]] = related(back_populates="application")
    documents: Mapped[list["ApplicationDocument"]] = related(
        back_populates="application", order_by="ApplicationDocument.id"
    )

    def as_subject(self, call: Call) -> Subject:
        """The application to this call as what an act to its organisation is about."""
        return Subject(
            "Application",
            self.id,
            self.municipality_id,
            call.reference,
            call.language,
            recipient_name=self.organisation_name,
            organisation_id=self.organisation_id,
        )


class DraftSection(Tenant):
    """One section of a draft: the strings as typed, and a version against silent overwrites."""

    __tablename__ = "draft_sections"
    __table_args__ = (UniqueConstraint("application_id", "key"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    key: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    application: Mapped[Application] = related(back_populates="sections")


class Snapshot(Tenant):
    """One frozen version of an application as canonical JSON; its hash is on the receipt."""

    __tablename__ = "snapshots"
    __table_args__ = (UniqueConstraint("application_id", "version"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    version: Mapped[int]
    facts: Mapped[str]
    sha256: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # The whole application as PDF, made by the worker from these facts.
    pdf_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    pdf: Mapped[Document | None] = related()

    def read(self) -> dict[str, Any]:
        """What it says, see rules.freezing."""
        facts: dict[str, Any] = json.loads(self.facts)
        return facts


class Activity(Tenant):
    """One activity of a frozen version."""

    __tablename__ = "activities"
    __table_args__ = (UniqueConstraint("application_id", "version", "code"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    version: Mapped[int]
    position: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    responsible: Mapped[str] = mapped_column(default="")
    months: Mapped[list[Any]] = mapped_column(JSON, default=list)


class BudgetRow(Tenant):
    """One budget line of a frozen version; the quantity keeps its exact decimal writing."""

    __tablename__ = "budget_rows"
    __table_args__ = (UniqueConstraint("application_id", "version", "position"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    version: Mapped[int]
    position: Mapped[int]
    code: Mapped[str]
    heading: Mapped[str]
    description: Mapped[str]
    unit: Mapped[str]
    quantity: Mapped[str]
    unit_cost: Mapped[int] = amount_column()
    grant: Mapped[int] = amount_column()
    own: Mapped[int] = amount_column()
    tags: Mapped[list[Any]] = mapped_column(JSON, default=list)
    activity: Mapped[str | None]
    justification: Mapped[str] = mapped_column(default="")
    # Who pays the part that is not asked for: [{code, kind, amount}], amounts in fening.
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)
    partner: Mapped[str] = mapped_column(default="")

    def as_line(self) -> BudgetLine:
        """The line as the rules of a budget read it, its quantity exact."""
        return BudgetLine(
            code=self.code,
            heading=self.heading,
            description=self.description,
            unit=self.unit,
            quantity=Fraction(self.quantity),
            unit_cost=self.unit_cost,
            grant=self.grant,
            own=self.own,
            tags=frozenset(self.tags),
            activity=self.activity,
            sources=tuple(
                Share(each["code"], SourceKind(each["kind"]), each["amount"])
                for each in self.sources
            ),
        )


class Partner(Tenant):
    """One partner of a frozen version."""

    __tablename__ = "partners"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    version: Mapped[int]
    position: Mapped[int]
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    contribution: Mapped[str] = mapped_column(default="")
    # local, public or diaspora; the last has no JIB but a country.
    kind: Mapped[str] = mapped_column(default="")
    jib: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    representative: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    # In what the partner brings: money, knowledge, equipment, contacts.
    brings: Mapped[list[Any]] = mapped_column(JSON, default=list)


class PartnerStatement(Tenant):
    """A statement of partnership: asked for by link or uploaded; signed once, with frozen facts.

    `row` is the partner's lasting id in the draft. The link is kept as a hash.
    """

    __tablename__ = "partner_statements"
    __table_args__ = (Index("ix_partner_statements_application", "application_id", "row"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    row: Mapped[str]
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="bs")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # What is signed: project, partner, role, contribution, as they were when the link was made.
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sha256: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime | None]
    signed_name: Mapped[str] = mapped_column(default="")
    signed_title: Mapped[str] = mapped_column(default="")
    declined_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    application: Mapped[Application] = related()
    document: Mapped[Document | None] = related()


class Message(Tenant):
    """One message between the organisation and the office, on the record of the case."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_application", "application_id", "id"),)

    slug: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    is_from_office: Mapped[bool]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    author_name: Mapped[str]
    text: Mapped[str]
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    application: Mapped[Application] = related()
    document: Mapped[Document | None] = related()


class ApplicationDocument(Tenant):
    """A file in one of the call's document slots; a replaced one stays on the record."""

    __tablename__ = "application_documents"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    code: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    # As they were said when the file was put here; the vault's own may change later.
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]
    application: Mapped[Application] = related(back_populates="documents")
    document: Mapped[Document | None] = related()


class Reopening(Tenant):
    """Parts opened once more after submission, until a moment: a request to complete."""

    __tablename__ = "reopenings"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    parts: Mapped[list[Any]] = mapped_column(JSON)
    until: Mapped[datetime]
    opened_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    snapshot_version: Mapped[int | None]
