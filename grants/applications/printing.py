"""The receipt of a submission and the whole application as PDF, made from a frozen version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grants.acts.printing import letterhead_of
from grants.applications.actions.freezing import frozen_of
from grants.applications.labels import CHANNELS
from grants.applications.models import Application, PartnerStatement, Snapshot
from grants.applications.queries import list_versions, typed_of
from grants.applications.reader import read
from grants.applications.rules.receipts import FrozenAt, receipt_standings
from grants.applications.rules.states import Channel
from grants.applications.words import shown_partner
from grants.audit.rules import canonical
from grants.documents.pdf import Attached, qr_data_uri, render_pdf
from grants.documents.vault import settings
from grants.i18n.languages import BY_CODE, SOURCE
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import render, speaking
from grants.people.actors import Actor

ATTACHED = "prijava.json"


@dataclass(frozen=True)
class Printable:
    """Everything one PDF is made from, read once."""

    template: str
    context: dict[str, Any]
    language: str
    title: str
    reference: str
    made_at: datetime
    frozen: str


def receipt_of(application: Application, snapshot: Snapshot) -> Printable:
    """What the receipt of a submission says; a later one names the version it replaces."""
    with speaking(application.call.language):
        title = _("Potvrda o predaji prijave %(number)s", number=application.reference)
        context = _shared(application, snapshot)
    context |= {
        "title": application.title,
        "call_reference": application.call.reference,
        "requested": application.requested,
        "submitted_at": application.submitted_at or snapshot.made_at,
        "deadline": application.call.deadline,
        "version": snapshot.version,
        "replaced": _replaced(application, snapshot),
        "protocol": application.protocol_number,
    }
    return _printable("applications/receipt.pdf.html", application, snapshot, context, title=title)


def application_of(application: Application, snapshot: Snapshot) -> Printable:
    """The whole application as a version says it."""
    facts = snapshot.read()
    with speaking(application.call.language):
        title = _(
            "Prijava %(number)s: %(title)s", number=application.reference, title=facts["title"]
        )
        context = {**_shared(application, snapshot), **read(application, facts)}
    context |= {"facts": facts, "title": title}
    return _printable(
        "applications/application.pdf.html", application, snapshot, context, title=title
    )


@dataclass(frozen=True)
class DraftText:
    """A draft as it stands at a moment, ready to be printed."""

    html: str
    title: str
    language: str
    at: datetime


def draft_of(application: Application, *, by: Actor, at: datetime) -> DraftText:
    """A draft in the shape of a submitted application, marked on every page as not submitted."""
    language, call = BY_CODE.get(application.call.language, SOURCE), application.call
    facts = dict(frozen_of(application, typed_of(application), by=by, at=at).facts)
    with speaking(language.code):
        title = _("Nacrt prijave: %(title)s", title=facts["title"] or _("bez naziva"))
        context = read(application, facts)
        letterhead = letterhead_of(call.municipality, call.language)
    context |= {"facts": facts, "title": title, "at": at, "letterhead": letterhead}
    context |= {"call": call.title, "organisation": application.organisation_name}
    context |= {"place": call.municipality.place, "deadline": call.deadline}
    html = render("applications/draft.pdf.html", language.code, **context)
    return DraftText(html, title, language.tag, at)


def print_draft(text: DraftText) -> bytes:
    """The bytes of the PDF; nothing is attached, since a draft proves nothing."""
    return render_pdf(text.html, title=text.title, language=text.language, created=text.at)


@dataclass(frozen=True)
class StatementText:
    """A signed statement of partnership, read and ready to be printed."""

    html: str
    title: str
    language: str
    signed_at: datetime
    frozen: str


def statement_of(signed: PartnerStatement) -> StatementText:
    """What a signed statement says, in the language in which it was sent."""
    language, facts = BY_CODE.get(signed.language, SOURCE), signed.facts
    with speaking(language.code):
        title = _("Izjava o partnerstvu: %(name)s", name=facts["partner"]["name"])
        partner = shown_partner(facts["partner"])
    context = {"title": title, "facts": facts, "partner": partner, "signed": signed}
    return StatementText(
        html=render("applications/statement.pdf.html", language.code, **context),
        title=title,
        language=language.tag,
        signed_at=signed.signed_at or signed.asked_at,
        frozen=canonical(facts),
    )


def print_statement(text: StatementText) -> bytes:
    """The bytes of the PDF with the signed facts inside."""
    return render_pdf(
        text.html,
        title=text.title,
        language=text.language,
        created=text.signed_at,
        attachments=[Attached(name="izjava.json", content=text.frozen.encode())],
    )


def print_pdf(printable: Printable) -> bytes:
    """The bytes of a PDF/A-3a and PDF/UA-1 with the frozen version inside; the same every time."""
    context = {**printable.context, "qr": qr_data_uri(printable.context["url"])}
    return render_pdf(
        render(printable.template, printable.language, **context),
        title=printable.title,
        language=BY_CODE.get(printable.language, SOURCE).tag,
        created=printable.made_at,
        attachments=[Attached(name=ATTACHED, content=printable.frozen.encode())],
    )


def _shared(application: Application, snapshot: Snapshot) -> dict[str, Any]:
    call = application.call
    paper = snapshot.read().get("paper")
    channel = Channel(paper["channel"]) if paper else Channel.ONLINE
    return {
        "letterhead": letterhead_of(call.municipality, call.language),
        "reference": application.reference or "",
        "call": call.title,
        "organisation": application.organisation_name,
        "place": call.municipality.place,
        "sha256": snapshot.sha256,
        "url": f"{settings().public_url}/receipts/{snapshot.sha256}",
        "made_at": snapshot.made_at,
        "paper": paper,
        "channel": str(CHANNELS[channel]),
    }


def _printable(
    template: str,
    application: Application,
    snapshot: Snapshot,
    context: dict[str, Any],
    *,
    title: str,
) -> Printable:
    return Printable(
        template=template,
        context=context,
        language=application.call.language,
        title=title,
        reference=application.reference or "",
        made_at=snapshot.made_at,
        frozen=snapshot.facts,
    )


def _replaced(application: Application, snapshot: Snapshot) -> FrozenAt | None:
    """The last version that this submission took the place of."""
    versions = [FrozenAt(each.version, each.made_at) for each in list_versions(application)]
    standings = receipt_standings(
        versions, status=application.status, submitted_at=application.submitted_at
    )
    replaced = [
        each
        for each in versions
        if each.version < snapshot.version and not standings[each.version].is_valid
    ]
    return replaced[-1] if replaced else None
