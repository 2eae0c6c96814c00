"""The receipt of a submission: rendered once from the frozen version, then told to the members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from grants import tenancy
from grants.acts.printing import letterhead_of
from grants.applications.models import Application
from grants.applications.queries import get_snapshot
from grants.calls.models import Call
from grants.db import db, unit_of_work
from grants.documents.actions import add_document, keep_made_file
from grants.documents.pdf import Attached, qr_data_uri, render_pdf
from grants.documents.vault import settings
from grants.i18n.languages import BY_CODE, SOURCE
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import render, speaking
from grants.jobs.worker import job_handler
from grants.notifications.actions import notify
from grants.notifications.rules import Recipient


@dataclass(frozen=True)
class Receipt:
    """Everything the receipt says, read once."""

    context: dict[str, Any]
    language: str
    title: str
    reference: str
    submitted_at: datetime
    frozen: str
    url: str


@job_handler("render_receipt")
def render_receipt(
    *,
    application_id: int,
    municipality_id: int,
    version: int,
    recipients: Sequence[Sequence[Any]],
    at: datetime,
) -> None:
    """Render, store by hash, attach, tell; a second run finds the PDF there and does nothing."""
    with tenancy.within(municipality_id):
        with unit_of_work("read a submission", writing=False):
            application = _get(application_id)
            if application.receipt_id is not None or application.snapshot_version < version:
                return
            receipt = _read(application, version)
        received = keep_made_file(
            _print(receipt), name=f"potvrda-{receipt.reference}.pdf", media_type="application/pdf"
        )
        with unit_of_work("attach the receipt of a submission"):
            application = _get(application_id)
            if application.receipt_id is not None:
                return
            application.receipt_id = add_document(received, by_id=None, at=at).id
            _tell(application, receipt, recipients, at=at)


def _tell(
    application: Application, receipt: Receipt, recipients: Sequence[Sequence[Any]], *, at: datetime
) -> None:
    notify(
        [Recipient(*each) for each in recipients],
        "applications/emails/submitted.txt",
        at=at,
        path=f"/my/applications/{application.slug}/receipt",
        facts={
            "reference": receipt.reference,
            "title": application.title,
            "call": application.call.title,
            "submitted_at": receipt.submitted_at,
        },
    )


def _print(receipt: Receipt) -> bytes:
    context = {**receipt.context, "qr": qr_data_uri(receipt.url)}
    html = render("applications/receipt.pdf.html", receipt.language, **context)
    return render_pdf(
        html,
        title=receipt.title,
        language=BY_CODE.get(receipt.language, SOURCE).tag,
        created=receipt.submitted_at,
        attachments=[Attached(name="prijava.json", content=receipt.frozen.encode())],
    )


def _read(application: Application, version: int) -> Receipt:
    snapshot = get_snapshot(application, version=version)
    if snapshot is None:
        raise LookupError(f"application {application.id} has no version {version}")
    call = application.call
    reference = application.reference or ""
    with speaking(call.language):
        letterhead = letterhead_of(call.municipality, call.language)
        title = _("Potvrda o predaji prijave %(number)s", number=reference)
    url = f"{settings().public_url}/receipts/{snapshot.sha256}"
    context = {
        "letterhead": letterhead,
        "reference": reference,
        "title": application.title,
        "call": call.title,
        "call_reference": call.reference,
        "organisation": application.organisation_name,
        "requested": application.requested,
        "submitted_at": snapshot.made_at,
        "deadline": call.deadline,
        "sha256": snapshot.sha256,
        "url": url,
        "place": call.municipality.place,
    }
    return Receipt(context, call.language, title, reference, snapshot.made_at, snapshot.facts, url)


def _get(application_id: int) -> Application:
    statement = (
        select(Application)
        .where(Application.id == application_id)
        .options(joinedload(Application.call).joinedload(Call.municipality))
    )
    return db.session.execute(statement).scalar_one()
