"""The documents an organisation keeps: added, described, replaced by newer ones, downloaded."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.documents.actions import add_document
from grants.documents.downloads import hand_out
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.organisations.access import may_belong, may_use_document
from grants.organisations.actions.vault import (
    Described,
    describe_document,
    keep_document,
    remove_document,
    replace_document,
)
from grants.organisations.forms import DocumentForm
from grants.organisations.models import Organisation, OrganisationDocument
from grants.organisations.problems import DOCUMENT_KINDS
from grants.organisations.queries import (
    get_own_document,
    get_own_organisation,
    list_documents,
    list_versions,
)
from grants.organisations.rules.profile import KINDS_OF_DOCUMENT
from grants.organisations.rules.vault import Validity, days_between, validity
from grants.organisations.views.shared import blueprint, show, tabs, take_upload
from grants.web.errors import sentences
from grants.web.gate import actor, allow

PLACE = "/my/organisations/<slug>/documents"


@dataclass(frozen=True)
class Kept:
    """A document as the lists show it: its state, its days to go, its days of age."""

    document: OrganisationDocument
    validity: Validity
    days_left: int | None
    age: int | None


@blueprint.route(PLACE, methods=["GET", "POST"])
@allow(may_belong, on=get_own_organisation, seen_by=may_belong)
def documents(organisation: Organisation) -> ResponseReturnValue:
    """The vault; a file put into it is described on the next page."""
    kind, problems = request.args.get("kind", ""), []
    if request.method == "POST":
        upload = take_upload(organisation.slug, missing=_("Odaberite datoteku."))
        organisation, problems = upload.organisation, upload.problems
        if upload.received is not None:
            at = clock.now()
            file = add_document(upload.received, by_id=actor().id, at=at)
            keep_document(organisation, file, kind=kind, by=actor(), at=at)
            place = url_for("organisations.document", slug=organisation.slug, document=file.slug)
            return redirect(place, 303)
    kept = [kept_on_page(each) for each in list_documents(organisation)]
    there = {each.document.kind for each in kept}
    page = render_template(
        "organisations/documents.html",
        organisation=organisation, tabs=tabs(), kept=kept, kinds=DOCUMENT_KINDS,
        kind=kind if kind in KINDS_OF_DOCUMENT else "", problems=problems,
        absent=[each for each in KINDS_OF_DOCUMENT if each not in there and each != "other"],
    )  # fmt: skip
    return page, 422 if problems else 200


def kept_on_page(document: OrganisationDocument) -> Kept:
    """A document with where it stands today."""
    today = clock.local_day(clock.now())
    return Kept(
        document,
        validity(document.expires_on, on=today),
        days_between(today, document.expires_on),
        days_between(document.issued_on, today),
    )


@blueprint.route(f"{PLACE}/<document>", methods=["GET", "POST"])
@allow(may_use_document, on=get_own_document, seen_by=may_use_document)
def document(kept: OrganisationDocument) -> ResponseReturnValue:
    """What a kept document is, from when to when it holds, and its versions."""
    form, status = DocumentForm(obj=kept), 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        said = Described(
            form.kind.data, form.title.data or "", form.issued_on.data, form.expires_on.data
        )
        try:
            describe_document(kept, said, by=actor(), at=clock.now())
        except DomainError as refusal:
            status = show(refusal, form)
        else:
            flash(_("Sačuvano."), "success")
            return _back(kept)
    return _document_page(kept, form), status


def _document_page(
    kept: OrganisationDocument, form: DocumentForm, problems: tuple[str, ...] = ()
) -> str:
    versions = list_versions(kept)
    return render_template(
        "organisations/document.html",
        form=form,
        shown=kept_on_page(kept),
        kept=kept,
        versions=versions,
        is_newest=not versions or versions[0].id == kept.id,
        kinds=DOCUMENT_KINDS,
        problems=problems,
    )


@blueprint.post(f"{PLACE}/<document>/replace")
@allow(may_use_document, on=get_own_document, seen_by=may_use_document)
def replace(kept: OrganisationDocument) -> ResponseReturnValue:
    """Put a newer version in a document's place; the old one stays to be read."""
    slug, address = kept.organisation.slug, kept.document.slug
    upload = take_upload(slug, missing=_("Odaberite datoteku."))
    again = get_own_document(actor(), slug, address)
    if again is None or upload.received is None:
        return _document_page(again or kept, DocumentForm(obj=again), tuple(upload.problems)), 422
    at = clock.now()
    file = add_document(upload.received, by_id=actor().id, at=at)
    try:
        newer = replace_document(again, file, by=actor(), at=at)
    except DomainError as refusal:
        said = tuple(sentences(refusal.problems))
        return _document_page(again, DocumentForm(formdata=None, obj=again), said), 409
    flash(_("Nova verzija je dodana. Upišite njene datume."), "success")
    return redirect(url_for("organisations.document", slug=slug, document=newer.document.slug), 303)


@blueprint.get(f"{PLACE}/<document>/file")
@allow(may_use_document, on=get_own_document, seen_by=may_use_document)
def document_file(kept: OrganisationDocument) -> ResponseReturnValue:
    """Download a kept document, an older version too."""
    file = kept.document
    return hand_out(file)


@blueprint.post(f"{PLACE}/<document>/remove")
@allow(may_use_document, on=get_own_document, seen_by=may_use_document)
def remove(kept: OrganisationDocument) -> ResponseReturnValue:
    """Take a document out of the vault."""
    remove_document(kept, by=actor(), at=clock.now())
    flash(_("Dokument je uklonjen."), "success")
    return _back(kept)


def _back(kept: OrganisationDocument) -> ResponseReturnValue:
    return redirect(url_for("organisations.documents", slug=kept.organisation.slug), 303)
