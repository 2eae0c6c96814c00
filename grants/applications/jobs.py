"""What is made of a frozen version later, and reminders of what is not submitted."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from grants import tenancy
from grants.applications.actions.reminding import remind_of_draft
from grants.applications.models import Application, PartnerStatement, Snapshot
from grants.applications.printing import (
    application_of,
    print_pdf,
    print_statement,
    receipt_of,
    statement_of,
)
from grants.applications.queries import get_snapshot
from grants.applications.queries.statements import get_statement
from grants.applications.queries.unsubmitted import (
    get_draft_to_remind_of,
    list_drafts_near_deadline,
)
from grants.applications.rules.reminders import reminder_due
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.db import db, unit_of_work
from grants.documents.actions import add_document, keep_made_file
from grants.jobs.schedule import daily
from grants.jobs.worker import job_handler
from grants.notifications.actions import notify
from grants.notifications.rules import Recipient

PDF = "application/pdf"

# Twice an hour: nobody is reminded much later than three hours before the deadline.
daily("remind_of_drafts", *(time(hour, minute) for hour in range(24) for minute in (0, 30)))


@job_handler("remind_of_drafts")
def remind_of_drafts(*, at: datetime) -> None:
    """Tell whose draft is not submitted, each in a transaction of its own; each reminder once."""
    with unit_of_work("read which drafts are not submitted", writing=False):
        near = [
            (each.id, each.municipality_id)
            for each in list_drafts_near_deadline(at)
            if each.call.deadline
            and reminder_due(
                each.call.deadline,
                at=at,
                started_at=each.started_at,
                reminded_for=each.reminded_for,
            )
        ]
    for application_id, municipality_id in near:
        with tenancy.within(municipality_id), unit_of_work("remind of a draft"):
            application = get_draft_to_remind_of(application_id)
            if application is not None:
                remind_of_draft(application, at=at)


@job_handler("render_receipt")
def render_receipt(
    *,
    application_id: int,
    municipality_id: int,
    version: int,
    recipients: Sequence[Sequence[Any]],
    at: datetime,
) -> None:
    """Render, store by hash, attach, tell; a second run finds the PDF there and does nothing.

    A submission that was meanwhile taken back or replaced gets none: its number waits for the next.
    """
    with tenancy.within(municipality_id):
        with unit_of_work("read a submission", writing=False):
            application = _get(application_id)
            snapshot = _get_version(application, version)
            if not _is_awaited(application, snapshot):
                return
            printable = receipt_of(application, snapshot)
        name = f"potvrda-{printable.reference}.pdf"
        received = keep_made_file(print_pdf(printable), name=name, media_type=PDF)
        with unit_of_work("attach the receipt of a submission"):
            application = _get(application_id)
            snapshot = _get_version(application, version)
            if not _is_awaited(application, snapshot):
                return
            application.receipt_id = add_document(received, by_id=None, at=at).id
            _tell(application, recipients, at=at)


@job_handler("render_application")
def render_application(
    *, application_id: int, municipality_id: int, version: int, at: datetime
) -> None:
    """Print a whole version once, also one that was replaced; a second run does nothing."""
    with tenancy.within(municipality_id):
        with unit_of_work("read a frozen version", writing=False):
            application = _get(application_id)
            snapshot = _get_version(application, version)
            if snapshot.pdf_id is not None:
                return
            printable = application_of(application, snapshot)
        name = f"prijava-{printable.reference}-v{version}.pdf"
        received = keep_made_file(print_pdf(printable), name=name, media_type=PDF)
        with unit_of_work("attach the print of an application"):
            snapshot = _get_version(_get(application_id), version)
            if snapshot.pdf_id is None:
                snapshot.pdf_id = add_document(received, by_id=None, at=at).id


def _is_awaited(application: Application, snapshot: Snapshot) -> bool:
    """Whether the receipt of this very submission is what the application still lacks."""
    if application.receipt_id is not None or application.status is ApplicationStatus.DRAFT:
        return False
    submitted_at = application.submitted_at
    return submitted_at is not None and snapshot.made_at >= submitted_at


@job_handler("render_statement")
def render_statement(
    *, statement_id: int, municipality_id: int, recipients: Sequence[Sequence[Any]], at: datetime
) -> None:
    """Print a signed statement of partnership once, attach it, tell the applicants."""
    with tenancy.within(municipality_id):
        with unit_of_work("read a signed statement", writing=False):
            signed = get_statement(statement_id)
            if signed.document_id is not None:
                return
            text, name = statement_of(signed), f"izjava-{signed.sha256[:8]}.pdf"
        received = keep_made_file(print_statement(text), name=name, media_type=PDF)
        with unit_of_work("attach the PDF of a statement"):
            signed = get_statement(statement_id)
            if signed.document_id is not None:
                return
            signed.document_id = add_document(received, by_id=None, at=at).id
            _tell_signed(signed, recipients, at=at)


def _tell_signed(
    signed: PartnerStatement, recipients: Sequence[Sequence[Any]], *, at: datetime
) -> None:
    facts = {
        "facts": signed.facts,
        "signatory": signed.signed_name,
        "title": signed.signed_title,
        "signed_at": signed.signed_at,
    }
    notify(
        [Recipient(*each) for each in recipients],
        "applications/emails/statement_signed.txt",
        at=at,
        path=f"/my/applications/{signed.application.slug}/check",
        facts=facts,
    )


def _tell(application: Application, recipients: Sequence[Sequence[Any]], *, at: datetime) -> None:
    notify(
        [Recipient(*each) for each in recipients],
        "applications/emails/submitted.txt",
        at=at,
        path=f"/my/applications/{application.slug}/receipt",
        facts={
            "reference": application.reference,
            "title": application.title,
            "call": application.call.title,
            "submitted_at": application.submitted_at,
        },
        is_urgent=True,
    )


def _get(application_id: int) -> Application:
    of_call = joinedload(Application.call)
    statement = (
        select(Application)
        .where(Application.id == application_id)
        .options(of_call.options(joinedload(Call.municipality), selectinload(Call.lots)))
    )
    return db.session.execute(statement).scalar_one()


def _get_version(application: Application, version: int) -> Snapshot:
    snapshot = get_snapshot(application, version=version)
    if snapshot is None:
        raise LookupError(f"application {application.id} has no version {version}")
    return snapshot
