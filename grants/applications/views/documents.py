"""The files of an application: into a slot, out of it, and down again."""

from typing import Any

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import may_use_own_document, may_write
from grants.applications.actions.documents import (
    UNDATED,
    Dates,
    attach_document,
    date_document,
    detach_document,
    section_of_slot,
)
from grants.applications.forms import DatesForm
from grants.applications.models import Application, ApplicationDocument
from grants.applications.queries import answered_form, get_own_document, get_own_draft
from grants.applications.views.asked_files import file_page, wanted_file
from grants.applications.views.blueprint import blueprint
from grants.applications.views.pages import section_page, section_place
from grants.applications.views.slots import list_kept
from grants.calls.queries import criteria_of
from grants.calls.rules.criteria import RequiredDocument
from grants.calls.rules.form import Section
from grants.documents.actions import add_document, receive_upload
from grants.documents.downloads import hand_out
from grants.documents.models import Document
from grants.errors import DomainError, Incomplete
from grants.i18n.languages import gettext as _
from grants.organisations.actions.vault import keep_document
from grants.web.commit import release
from grants.web.errors import sentences
from grants.web.gate import actor, allow


@blueprint.post("/my/applications/<slug>/documents")
@allow(may_write, on=get_own_draft, seen_by=may_write)
def upload(application: Application) -> ResponseReturnValue:
    """Put an uploaded file into the slot named by `?slot=`; the form holds only the file."""
    code, slug = _slot(application), application.slug
    file = request.files.get("file")
    if file is None or not file.filename:
        return _refused(application, code, [_("Odaberite datoteku.")])
    release()
    try:
        received = receive_upload(file.stream, name=file.filename)
    except DomainError as refusal:
        return _refused(_again(slug), code, sentences(refusal.problems))
    application = _again(slug)
    document = add_document(received, by_id=actor().id, at=clock.now())
    is_own = application.keyed_by_id is None
    if request.form.get("keep") and is_own and application.organisation is not None:
        kind = _wanted(application, code).kind
        keep_document(application.organisation, document, kind=kind, by=actor(), at=clock.now())
    return _attach(application, document, code)


@blueprint.post("/my/applications/<slug>/documents/kept")
@allow(may_write, on=get_own_draft, seen_by=may_write)
def take_kept(application: Application) -> ResponseReturnValue:
    """Put a document of the organisation into a slot."""
    chosen = request.form.get("document", "")
    kept = list_kept(application)
    found = next((each for each in kept if each.document.slug == chosen), None)
    if found is None:
        return _refused(application, _slot(application), [_("Odaberite dokument s popisa.")])
    dates = Dates(found.issued_on, found.expires_on)
    return _attach(application, found.document, _slot(application), dates)


@blueprint.post("/my/applications/<slug>/documents/<document>/dates")
@allow(may_use_own_document, on=get_own_document, seen_by=may_use_own_document)
def date_file(attached: ApplicationDocument) -> ResponseReturnValue:
    """Say when the document in a slot was issued and until when it holds."""
    application, form = attached.application, DatesForm()
    said = [text for field in form for text in field.errors] if not form.validate() else []
    if not said:
        try:
            dates = Dates(form.issued_on.data, form.expires_on.data)
            date_document(attached, dates, by=actor(), at=clock.now())
        except Incomplete as refusal:
            said = sentences(refusal.problems)
    if said:
        typed = (request.form.get("issued_on", ""), request.form.get("expires_on", ""))
        texts = [str(text) for text in said]
        slug = attached.document.slug if attached.document else ""
        return _refused(application, attached.code, texts, typed_dates={slug: typed})
    return redirect(_place(application, attached.code), 303)


@blueprint.post("/my/applications/<slug>/documents/<document>/remove")
@allow(may_use_own_document, on=get_own_document, seen_by=may_use_own_document)
def remove_document(attached: ApplicationDocument) -> ResponseReturnValue:
    """Take a file out of its slot."""
    detach_document(attached, by=actor(), at=clock.now())
    return redirect(_place(attached.application, attached.code), 303)


@blueprint.get("/my/applications/<slug>/documents/<document>")
@allow(may_use_own_document, on=get_own_document, seen_by=may_use_own_document)
def document(attached: ApplicationDocument) -> ResponseReturnValue:
    """Download a file of one's own application."""
    if attached.document is None:
        abort(404)
    file = attached.document
    return hand_out(file)


def _attach(
    application: Application, document: Document, code: str, dates: Dates = UNDATED
) -> ResponseReturnValue:
    attach_document(application, document, code=code, dates=dates, by=actor(), at=clock.now())
    return redirect(_place(application, code), 303)


def _refused(
    application: Application, code: str, said: list[str], **more: Any
) -> ResponseReturnValue:
    section, question = _section(application, code), answered_form(application).files().get(code)
    if question is not None:
        return file_page(application, section, question, said=said), 422
    page = section_page(
        application, section, with_missing=False, slot_problems={code: said}, **more
    )
    return page, 422


def _again(slug: str) -> Application:
    """The application once more: what was loaded before the file came is gone with release()."""
    application = get_own_draft(actor(), slug)
    if application is None:
        abort(404)
    return application


def _slot(application: Application) -> str:
    codes = {each.code for each in criteria_of(application.call).required_documents}
    codes |= answered_form(application).files().keys()
    code = request.args.get("slot", "")
    return code if code in codes else abort(404)


def _wanted(application: Application, code: str) -> RequiredDocument:
    question = answered_form(application).files().get(code)
    if question is not None:
        return wanted_file(question)
    wanted = criteria_of(application.call).required_documents
    return next(each for each in wanted if each.code == code)


def _section(application: Application, code: str) -> Section:
    key = section_of_slot(application, code)
    return answered_form(application).section(key) or abort(404)


def _place(application: Application, code: str) -> str:
    here = section_place(application, _section(application, code))
    question = answered_form(application).files().get(code)
    return f"{here}#{question.key}" if question else f"{here}#slot-{code}"
