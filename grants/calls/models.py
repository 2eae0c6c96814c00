"""Calls with their lots, funding and documents, frozen at publication."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.acts.rules import Subject
from grants.calls.rules.states import CallStatus, CorrectionStatus, Origin, QuestionStatus
from grants.db import amount_column, related, status_column
from grants.documents.models import Document
from grants.municipalities.models import Municipality
from grants.programmes.models import Programme
from grants.tenancy import Tenant


class Call(Tenant):
    """One public call; what applicants and the committee rely on freezes when it is published.

    `grid`, `allocation`, `budget_rules`, `required_documents` and `cofinancing` are kept in the
    dossier's own form (dossier.md), `form` as calls.rules.form reads it.
    """

    __tablename__ = "calls"

    slug: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    origin: Mapped[Origin] = status_column(Origin, default=Origin.OWN)
    status: Mapped[CallStatus] = status_column(CallStatus, default=CallStatus.DRAFT)
    language: Mapped[str] = mapped_column(default="bs")
    title: Mapped[str]
    title_folded: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    # Longer texts by key: who_may_apply, what_is_not_funded, how_to_apply, legal_basis …
    texts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id"))
    programme_name: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(default="BAM")
    economic_code: Mapped[str] = mapped_column(default="")
    grant_min: Mapped[int] = amount_column(default=0)
    grant_max: Mapped[int] = amount_column(default=0)
    duration_min: Mapped[int] = mapped_column(default=1)
    duration_max: Mapped[int] = mapped_column(default=12)
    opens_at: Mapped[datetime | None]
    deadline: Mapped[datetime | None]
    # Until when one may ask in public; answers may come later.
    questions_until: Mapped[datetime | None]
    # Planned dates of the later stages by key: check_from, check_to, scoring_from … (ISO days).
    planned: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # When each status was really reached, by its value (ISO moments), see actions.advance_call.
    reached: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    applications_per_organisation: Mapped[int | None]
    awards_per_organisation: Mapped[int | None]
    organisation_cap: Mapped[int | None] = amount_column(default=None)
    cofinancing: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    vat_mode: Mapped[str] = mapped_column(default="gross")
    grid: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Where the answer to a question of the grid stands: question code → keys of the form.
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # What a good and a poor answer look like, beside the question: question code → text.
    guides: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Two officers check every application on their own; where they differ, nothing is decided.
    is_checked_twice: Mapped[bool] = mapped_column(default=False)
    # Evaluators never learn who applied, see evaluation.rules.blinding.
    is_blind: Mapped[bool] = mapped_column(default=False)
    min_reviews: Mapped[int] = mapped_column(default=2)
    aggregation: Mapped[str] = mapped_column(default="mean")
    divergence_limit: Mapped[str | None]
    tie_breaks: Mapped[list[Any]] = mapped_column(JSON, default=list)
    allocation: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    budget_rules: Mapped[list[Any]] = mapped_column(JSON, default=list)
    required_documents: Mapped[list[Any]] = mapped_column(JSON, default=list)
    form: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # What one asks oneself before starting, beside what the criteria say: [{code, text, …}].
    conditions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    objection_days: Mapped[int] = mapped_column(default=8)
    # Within how many days an objection is ruled upon.
    ruling_days: Mapped[int] = mapped_column(default=15)
    instalments: Mapped[list[Any]] = mapped_column(JSON, default=list)
    # The canonical text of an imported call; exported from there, never from live rows.
    # Read where it is asked for only: it is as long as the whole call.
    imported_text: Mapped[str | None] = mapped_column(deferred=True)
    # From which preset, with its version: `lod-reload/2`.
    preset: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # While this is set, a draft lies with the signatory and nobody edits it.
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # Why the signatory sent it back; empty again once it was sent anew.
    return_reason: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None]
    frozen_sha256: Mapped[str | None]
    municipality: Mapped[Municipality] = related(foreign_keys="Call.municipality_id")
    programme: Mapped[Programme | None] = related()
    lots: Mapped[list["Lot"]] = related(back_populates="call", order_by="Lot.position")
    funding: Mapped[list["Funding"]] = related(back_populates="call", order_by="Funding.position")
    documents: Mapped[list["CallDocument"]] = related(
        back_populates="call", order_by="CallDocument.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy's own way

    def as_subject(self) -> Subject:
        """The call as what an act is about."""
        return Subject("Call", self.id, self.municipality_id, self.reference, self.language)


class Lot(Tenant):
    """An area of a call with an envelope of its own."""

    __tablename__ = "lots"
    __table_args__ = (UniqueConstraint("call_id", "code"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    position: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    provenance: Mapped[str] = mapped_column(default="")
    economic_code: Mapped[str] = mapped_column(default="")
    envelope: Mapped[int] = amount_column()
    call: Mapped[Call] = related(back_populates="lots")


class Funding(Tenant):
    """Who pays how much of the call."""

    __tablename__ = "call_funding"

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), index=True)
    position: Mapped[int]
    source: Mapped[str]
    amount: Mapped[int] = amount_column()
    call: Mapped[Call] = related(back_populates="funding")


class CallDocument(Tenant):
    """A file that belongs to the call: guidelines, forms."""

    __tablename__ = "call_documents"

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), index=True)
    title: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    added_at: Mapped[datetime]
    call: Mapped[Call] = related(back_populates="documents")
    document: Mapped[Document] = related()


class Follower(Tenant):
    """Who must hear of a correction: written when an application is started."""

    __tablename__ = "call_followers"
    __table_args__ = (UniqueConstraint("call_id", "user_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    since: Mapped[date]


class FormVersion(Tenant):
    """One published version of a call's form; drafts and frozen versions name the one they answer.

    `note` says in words what changed, `changed` which sections the drafts must look at again.
    """

    __tablename__ = "form_versions"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    number: Mapped[int]
    form: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(default="")
    changed: Mapped[list[Any]] = mapped_column(JSON, default=list)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Correction(Tenant):
    """A numbered correction of a published call: what was, what is, why; sent to all who started.

    `changes` holds [{part, before, after}] as read by people; `after` what publication writes.
    """

    __tablename__ = "call_corrections"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    slug: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    # Given at publication, so that there are no gaps.
    number: Mapped[int | None]
    status: Mapped[CorrectionStatus] = status_column(
        CorrectionStatus, default=CorrectionStatus.DRAFT
    )
    reason: Mapped[str] = mapped_column(default="")
    changes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    return_reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    sent_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    call: Mapped[Call] = related()


class AskedQuestion(Tenant):
    """A question about a call as it came in; who asked is never published."""

    __tablename__ = "asked_questions"
    __table_args__ = (Index("ix_asked_questions_call", "call_id", "status"),)

    slug: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    text: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date]
    # How that day was counted, as workdays.counting writes it: the calendar may change later.
    counted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    status: Mapped[QuestionStatus] = status_column(QuestionStatus, default=QuestionStatus.OPEN)
    # Why it is not answered in public; the person who asked is told.
    set_aside_reason: Mapped[str] = mapped_column(default="")
    call: Mapped[Call] = related()
    answers: Mapped[list["AnswerVersion"]] = related(
        back_populates="question", order_by="AnswerVersion.version"
    )


class AnswerVersion(Tenant):
    """One published version of an answer, with the question as published; earlier ones stay."""

    __tablename__ = "answer_versions"
    __table_args__ = (UniqueConstraint("question_id", "version"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("asked_questions.id"))
    version: Mapped[int]
    question_text: Mapped[str]
    answer: Mapped[str]
    # What changed against the version before, in the office's words; empty in the first one.
    note: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    question: Mapped[AskedQuestion] = related(back_populates="answers")
