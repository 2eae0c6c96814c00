"""The files of an application: into a slot, out of it, and down again."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import may_use_own_document, may_write
from grants.applications.actions.documents import attach_document, detach_document
from grants.applications.models import Application, ApplicationDocument
from grants.applications.queries import get_own_document, get_own_draft
from grants.applications.views.blueprint import blueprint
from grants.applications.views.pages import section_page
from grants.calls.queries import criteria_of, form_of
from grants.calls.rules.form import Fact, Section
from grants.documents.actions import add_document, receive_upload
from grants.documents.models import Document
from grants.documents.vault import storage
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.organisations.queries import list_documents
from grants.web.commit import release
from grants.web.downloads import attachment
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
    return _attach(application, document, code)


@blueprint.post("/my/applications/<slug>/documents/kept")
@allow(may_write, on=get_own_draft, seen_by=may_write)
def take_kept(application: Application) -> ResponseReturnValue:
    """Put a document of the organisation into a slot."""
    chosen = request.form.get("document", "")
    kept = list_documents(application.organisation) if application.organisation else []
    found = next((each.document for each in kept if each.document.slug == chosen), None)
    if found is None:
        return _refused(application, _slot(application), [_("Odaberite dokument s popisa.")])
    return _attach(application, found, _slot(application))


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
    stream = storage().open(file.sha256)
    return attachment(stream, name=file.name, media_type=file.media_type, size=file.size)


def _attach(application: Application, document: Document, code: str) -> ResponseReturnValue:
    attach_document(application, document, code=code, by=actor(), at=clock.now())
    return redirect(_place(application, code), 303)


def _refused(application: Application, code: str, said: list[str]) -> ResponseReturnValue:
    page = section_page(
        application, _section(application), with_missing=False, slot_problems={code: said}
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
    code = request.args.get("slot", "")
    return code if code in codes else abort(404)


def _section(application: Application) -> Section:
    form = form_of(application.call)
    question = form.by_fact(Fact.DOCUMENTS)
    return (form.section_of(question.key) if question else None) or abort(404)


def _place(application: Application, code: str) -> str:
    key = _section(application).key
    here = url_for("applications.section", slug=application.slug, section=key)
    return f"{here}#slot-{code}"
