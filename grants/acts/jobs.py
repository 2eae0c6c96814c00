"""Rendering an issued act from its frozen facts, once; the same facts give the same bytes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from grants import tenancy
from grants.acts.actions import attach_pdf
from grants.acts.models import Act
from grants.acts.rules import RECORDS
from grants.audit.rules import canonical
from grants.db import db, unit_of_work
from grants.documents.actions import add_document, keep_made_file
from grants.documents.pdf import Attached, qr_data_uri, render_pdf
from grants.documents.vault import settings
from grants.i18n.languages import BY_CODE, SOURCE
from grants.i18n.rendering import render
from grants.jobs.worker import job_handler
from grants.municipalities.models import Municipality
from grants.municipalities.queries import get_municipality_by_id


@dataclass(frozen=True)
class Printable:
    """Everything the PDF of an act is made from, read once."""

    template: str
    language: str
    title: str
    number: str
    issued_at: datetime
    kind: str
    is_record: bool
    attached: str
    context: dict[str, Any]


@job_handler("render_act")
def render_act(*, act_id: int, municipality_id: int, at: datetime) -> None:
    """Render, store by hash, attach; a second run finds the PDF there and does nothing."""
    with tenancy.within(municipality_id):
        with unit_of_work("read an act to render", writing=False):
            act = _get(act_id)
            if act.document_id is not None:
                return
            printable = printable_of(act, get_municipality_by_id(municipality_id))
        pdf = print_act(printable)
        safe = printable.number.replace("/", "-")
        received = keep_made_file(
            pdf, name=f"{printable.kind}-{safe}.pdf", media_type="application/pdf"
        )
        with unit_of_work("attach the PDF of an act"):
            attach_pdf(_get(act_id), add_document(received, by_id=None, at=at))


def print_act(printable: Printable) -> bytes:
    """The bytes of the PDF, with the act's facts as JSON inside."""
    html = render(printable.template, printable.language, **printable.context)
    return render_pdf(
        html,
        title=printable.title,
        language=BY_CODE.get(printable.language, SOURCE).tag,
        created=printable.issued_at,
        attachments=[Attached(name="act.json", content=printable.attached.encode())],
    )


def printable_of(act: Act, municipality: Municipality) -> Printable:
    """An act as its template gets it: `act` or `record`, `letterhead`, `verification`, `facts`."""
    verify_at = f"{settings().public_url}/verify/{act.verification_code}"
    head = {
        "number": act.number,
        "date": _written(act.acted_on),
        "place": municipality.place,
        "function": act.signatory_title,
        "signatory": act.signatory_name,
    }
    context = {
        "act": {**head, **act.facts.get("act", {})},
        "record": {**head, **act.facts.get("record", {})},
        "facts": act.facts,
        "municipality": municipality,
        "letterhead": _letterhead(municipality),
        "verification": {
            "url": verify_at,
            "code": act.verification_code,
            "sha256": act.facts_sha256,
            "qr": qr_data_uri(verify_at),
        },
    }
    return Printable(
        template=act.template,
        language=act.language,
        title=act.title,
        number=act.number or "",
        issued_at=act.issued_at or act.prepared_at,
        kind=act.kind.value,
        is_record=act.kind in RECORDS,
        attached=canonical(act.facts),
        context=context,
    )


def _letterhead(municipality: Municipality) -> dict[str, Any]:
    lines = (municipality.address, municipality.phone, municipality.email, municipality.web)
    levels = ["Bosna i Hercegovina", _ENTITIES[municipality.entity.value]]
    return {
        "levels": [level for level in levels if level],
        "authority": municipality.full_name,
        "body": municipality.mayor_title,
        "address": [line for line in lines if line],
    }


_ENTITIES = {
    "FBiH": "Federacija Bosne i Hercegovine",
    "RS": "Republika Srpska",
    "BD": "Brčko distrikt Bosne i Hercegovine",
}


def _written(on: date | None) -> str:
    return f"{on.day}. {on.month}. {on.year}. godine" if on else ""


def _get(act_id: int) -> Act:
    return db.session.execute(select(Act).where(Act.id == act_id)).scalar_one()
