"""Rendering an issued act from its frozen facts, once; the same facts give the same bytes."""

from datetime import datetime

from sqlalchemy import select

from grants import tenancy
from grants.acts.actions import attach_pdf, tell_of_act
from grants.acts.models import Act
from grants.acts.printing import Printable, printable_of
from grants.db import db, unit_of_work
from grants.documents.actions import add_document, keep_made_file
from grants.documents.pdf import Attached, Manuscript, qr_data_uri, render_manuscript
from grants.documents.vault import settings
from grants.i18n.languages import BY_CODE, SOURCE
from grants.i18n.rendering import render
from grants.jobs.worker import job_handler
from grants.municipalities.queries import get_municipality_by_id


@job_handler("render_act")
def render_act(*, act_id: int, municipality_id: int, at: datetime) -> None:
    """Render, store by hash, attach, tell; a second run finds the PDF there and does nothing."""
    with tenancy.within(municipality_id):
        with unit_of_work("read an act to render", writing=False):
            act = _get(act_id)
            if act.document_id is not None:
                return
            municipality = get_municipality_by_id(municipality_id)
            printable = printable_of(act, municipality, public_url=settings().public_url)
        pdf = print_act(printable)
        name = f"akt-{printable.number.replace('/', '-')}.pdf"
        received = keep_made_file(pdf, name=name, media_type="application/pdf")
        with unit_of_work("attach the PDF of an act"):
            act = _get(act_id)
            if attach_pdf(act, add_document(received, by_id=None, at=at)):
                tell_of_act(act, get_municipality_by_id(municipality_id), at=at)


def print_act(printable: Printable) -> bytes:
    """The bytes of the PDF, with the act's facts as JSON inside."""
    return render_manuscript(manuscript_of(printable))


def manuscript_of(printable: Printable) -> Manuscript:
    """The act as it goes to print, in this process or in another."""
    verification = printable.context["verification"]
    drawn = {**verification, "qr": qr_data_uri(verification["url"])}
    context = {**printable.context, "verification": drawn}
    html = render(printable.template, printable.language, **context)
    return Manuscript(
        html=html,
        title=printable.title,
        language=BY_CODE.get(printable.language, SOURCE).tag,
        created=printable.issued_at,
        attachments=(Attached(name="act.json", content=printable.attached.encode()),),
    )


def _get(act_id: int) -> Act:
    return db.session.execute(select(Act).where(Act.id == act_id)).scalar_one()
