"""The messages of a case: read, written, their files; from both sides."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import (
    may_follow,
    may_read_case,
    may_read_case_message,
    may_use_own_message,
    may_write_case_message,
    may_write_to_applicant,
)
from grants.applications.actions.messaging import (
    attach_to_message,
    mark_messages_read,
    send_message,
)
from grants.applications.models import Application, Message
from grants.applications.queries import get_case, get_own_draft
from grants.applications.queries.messages import (
    get_case_message,
    get_own_message,
    list_messages,
)
from grants.applications.rules.messages import LONGEST, closed_problems
from grants.applications.views.blueprint import blueprint
from grants.documents.actions import add_document, receive_upload
from grants.documents.downloads import hand_out
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.web.commit import release
from grants.web.errors import sentences
from grants.web.gate import actor, allow

OWN = "/my/applications/<slug>/messages"
CASE = "/m/<municipality>/applications/<slug>/messages"


@blueprint.get(OWN)
@allow(may_follow, on=get_own_draft, seen_by=may_follow)
def own_messages(application: Application) -> ResponseReturnValue:
    """What the organisation and the office wrote to each other."""
    return _page(application, is_office=False)


@blueprint.post(OWN)
@allow(may_follow, on=get_own_draft, seen_by=may_follow)
def write_to_office(application: Application) -> ResponseReturnValue:
    """Write to the office."""
    return _send(application, is_office=False)


@blueprint.post(f"{OWN}/read")
@allow(may_follow, on=get_own_draft, seen_by=may_follow)
def read_own_messages(application: Application) -> ResponseReturnValue:
    """The organisation has read what the office wrote."""
    mark_messages_read(application, is_office=False, by=actor(), at=clock.now())
    return redirect(_address(application, is_office=False), 303)


@blueprint.post(f"{OWN}/<message>/document")
@allow(may_use_own_message, on=get_own_message, seen_by=may_use_own_message)
def attach_to_own_message(message: Message) -> ResponseReturnValue:
    """Put a file to a message one has just sent."""
    address = {"slug": message.application.slug, "message": message.slug}
    return _attach(message, is_office=False, again=lambda: get_own_message(actor(), **address))


@blueprint.get(f"{OWN}/<message>/document")
@allow(may_use_own_message, on=get_own_message, seen_by=may_use_own_message)
def own_message_document(message: Message) -> ResponseReturnValue:
    """Download the file of a message."""
    return _download(message)


@blueprint.get(CASE)
@allow(may_read_case, on=get_case, seen_by=may_read_case)
def case_messages(application: Application) -> ResponseReturnValue:
    """The same for the staff of the municipality."""
    return _page(application, is_office=True)


@blueprint.post(CASE)
@allow(may_write_to_applicant, on=get_case, seen_by=may_read_case)
def write_to_applicant(application: Application) -> ResponseReturnValue:
    """Write to the organisation."""
    return _send(application, is_office=True)


@blueprint.post(f"{CASE}/read")
@allow(may_write_to_applicant, on=get_case, seen_by=may_read_case)
def read_case_messages(application: Application) -> ResponseReturnValue:
    """The office has read what the organisation wrote."""
    mark_messages_read(application, is_office=True, by=actor(), at=clock.now())
    return redirect(_address(application, is_office=True), 303)


@blueprint.post(f"{CASE}/<message>/document")
@allow(may_write_case_message, on=get_case_message, seen_by=may_read_case_message)
def attach_to_case_message(message: Message) -> ResponseReturnValue:
    """Put a file to a message one has just sent."""
    application = message.application
    address = {
        "municipality": application.call.municipality.slug,
        "slug": application.slug,
        "message": message.slug,
    }
    return _attach(message, is_office=True, again=lambda: get_case_message(actor(), **address))


@blueprint.get(f"{CASE}/<message>/document")
@allow(may_read_case_message, on=get_case_message, seen_by=may_read_case_message)
def case_message_document(message: Message) -> ResponseReturnValue:
    """Download the file of a message."""
    return _download(message)


def _send(application: Application, *, is_office: bool) -> ResponseReturnValue:
    text = request.form.get("text", "")
    try:
        sent = send_message(application, text, is_from_office=is_office, by=actor(), at=clock.now())
    except DomainError as refusal:
        said = sentences(refusal.problems)
        return _page(application, is_office=is_office, text=text, said=said), 422
    return redirect(f"{_address(application, is_office=is_office)}#poruka-{sent.slug}", 303)


def _attach(message: Message, *, is_office: bool, again: Any) -> ResponseReturnValue:
    file = request.files.get("file")
    of = message.slug
    if file is None or not file.filename:
        said = [_("Odaberite datoteku.")]
        return _page(message.application, is_office=is_office, of=of, said=said), 422
    release()
    try:
        received = receive_upload(file.stream, name=file.filename)
        message = again() or abort(404)
        document = add_document(received, by_id=actor().id, at=clock.now())
        attach_to_message(message, document, by=actor(), at=clock.now())
    except DomainError as refusal:
        release()
        message = again() or abort(404)
        said = sentences(refusal.problems)
        return _page(message.application, is_office=is_office, of=of, said=said), 422
    place = _address(message.application, is_office=is_office)
    return redirect(f"{place}#poruka-{message.slug}", 303)


def _download(message: Message) -> ResponseReturnValue:
    file = message.document
    if file is None:
        abort(404)
    return hand_out(file)


def _page(application: Application, *, is_office: bool, **typed: Any) -> str:
    """`said` are the sentences of a refusal: of the text, or of the file of the message `of`."""
    said, of = typed.get("said", []), typed.get("of", "")
    closed = closed_problems(application.status, application.call.status)
    may = may_write_to_applicant if is_office else may_follow
    messages = list_messages(application)
    return render_template(
        "applications/messages.html",
        layout="layouts/staff.html" if is_office else "layouts/applicant.html",
        is_office=is_office,
        application=application,
        call=application.call,
        messages=messages,
        unread=sum(each.is_from_office != is_office and each.read_at is None for each in messages),
        closed=closed,
        may_write=may(actor(), application) and not closed,
        longest=LONGEST,
        person=actor().id,
        text=typed.get("text", ""),
        said=said,
        of=of,
        problems=[(sentence, f"file-{of}" if of else "text") for sentence in said],
        **_endpoints(application, is_office=is_office),
    )


def _endpoints(application: Application, *, is_office: bool) -> dict[str, Any]:
    """Where the forms of the page lead, and what their addresses take."""
    if is_office:
        municipality = application.call.municipality.slug
        return {
            "own": {"municipality": municipality, "slug": application.slug},
            "read_endpoint": "applications.read_case_messages",
            "attach_endpoint": "applications.attach_to_case_message",
            "document_endpoint": "applications.case_message_document",
        }
    return {
        "own": {"slug": application.slug},
        "read_endpoint": "applications.read_own_messages",
        "attach_endpoint": "applications.attach_to_own_message",
        "document_endpoint": "applications.own_message_document",
    }


def _address(application: Application, *, is_office: bool) -> str:
    if not is_office:
        return url_for("applications.own_messages", slug=application.slug)
    municipality = application.call.municipality.slug
    return url_for("applications.case_messages", municipality=municipality, slug=application.slug)
