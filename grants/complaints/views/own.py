"""The applicant's objections: filed, read, with their documents, taken back."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.life import read_counted
from grants.applications.models import Application
from grants.complaints.access import (
    may_follow_objection,
    may_follow_own,
    may_lead_objection,
    may_object,
    may_use_own_paper,
)
from grants.complaints.actions.filing import add_paper, file_objection, withdraw_objection
from grants.complaints.forms import FilingForm
from grants.complaints.labels import AGAINST, state_of
from grants.complaints.models import Objection, ObjectionDocument
from grants.complaints.queries.objections import (
    get_own_application,
    get_own_objection,
    get_own_paper,
    get_preliminary,
    get_preliminary_outcome,
    list_own_objections,
)
from grants.complaints.rules.filing import grounds_for
from grants.complaints.rules.states import ObjectionStatus
from grants.complaints.views.blueprint import blueprint, shown
from grants.documents.actions import add_document, receive_upload
from grants.documents.downloads import hand_out
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.web.commit import release
from grants.web.errors import Refused, refused_by, sentences
from grants.web.forms import StepForm
from grants.web.gate import actor, allow

OWN = "/my/applications/<slug>/objections"


@blueprint.get(OWN)
@allow(may_follow_own, on=get_own_application, seen_by=may_follow_own)
def mine(application: Application) -> ResponseReturnValue:
    """The objections of an application, until when one may object, and the form."""
    return _page(application)


@blueprint.post(OWN)
@allow(may_object, on=get_own_application, seen_by=may_follow_own)
def file(application: Application) -> ResponseReturnValue:
    """File an objection; documents are added on its own page."""
    form = _form(application)
    if not form.validate_on_submit():
        return _page(application, form=form), 422
    try:
        filed = file_objection(application, form.filing(), by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(application, form=form, refused=refused_by(refusal)), 422
    flash(_("Prigovor je primljen. Potvrda stiže i e-poštom."), "success")
    return redirect(url_for("complaints.own", slug=application.slug, objection=filed.slug), 303)


@blueprint.get(f"{OWN}/<objection>")
@allow(may_follow_objection, on=get_own_objection, seen_by=may_follow_objection)
def own(objection: Objection) -> ResponseReturnValue:
    """One objection: what it says, until when it is ruled upon, how it was ruled."""
    return _objection_page(objection)


@blueprint.post(f"{OWN}/<objection>/withdraw")
@allow(may_lead_objection, on=get_own_objection, seen_by=may_follow_objection)
def withdraw(objection: Objection) -> ResponseReturnValue:
    """Take it back."""
    form = StepForm()
    if not form.validate_on_submit():
        abort(400)
    try:
        withdraw_objection(objection, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _objection_page(objection, said=sentences(refusal.problems)), 422
    flash(_("Prigovor je povučen."), "success")
    return redirect(url_for("complaints.mine", slug=objection.application.slug), 303)


@blueprint.post(f"{OWN}/<objection>/documents")
@allow(may_lead_objection, on=get_own_objection, seen_by=may_follow_objection)
def add_own_paper(objection: Objection) -> ResponseReturnValue:
    """Put a file to an objection."""
    found = request.files.get("file")
    if found is None or not found.filename:
        return _objection_page(objection, said=[_("Odaberite datoteku.")]), 422
    address: dict[str, Any] = {
        "slug": objection.application.slug,
        "objection": objection.slug,
    }
    release()
    try:
        received = receive_upload(found.stream, name=found.filename)
        objection = get_own_objection(actor(), **address) or abort(404)
        document = add_document(received, by_id=actor().id, at=clock.now())
        add_paper(objection, document, title="", by=actor(), at=clock.now())
    except DomainError as refusal:
        release()
        objection = get_own_objection(actor(), **address) or abort(404)
        return _objection_page(objection, said=sentences(refusal.problems)), 422
    flash(_("Datoteka je priložena."), "success")
    return redirect(url_for("complaints.own", **address), 303)


@blueprint.get(f"{OWN}/<objection>/documents/<document>")
@allow(may_use_own_paper, on=get_own_paper, seen_by=may_use_own_paper)
def own_paper(subject: tuple[Objection, ObjectionDocument]) -> ResponseReturnValue:
    """A file of an own objection."""
    return hand_out(subject[1].document)


def _form(application: Application) -> FilingForm:
    return FilingForm().offer(grounds_for(get_preliminary_outcome(application)))


def _page(
    application: Application, *, form: FilingForm | None = None, refused: Refused | None = None
) -> str:
    listed, at = get_preliminary(application.call), clock.now()
    until = listed.objections_until if listed else None
    counted = listed.objections_counted if listed else None
    found = list_own_objections(application)
    is_running = until is not None and clock.local_day(at) <= until
    return render_template(
        "complaints/mine.html",
        application=application,
        call=application.call,
        listed=listed,
        until=until,
        counted=read_counted(counted, ends_on=until) if counted and until else None,
        is_running=is_running and application.call.status.value == "objections",
        at=at,
        rows=[(each, state_of(each.status, each.ruling), AGAINST[each.against]) for each in found],
        form=form or _form(application),
        refused=refused or [],
        may_file=may_object(actor(), application),
    )


def _objection_page(objection: Objection, **typed: Any) -> str:
    is_open = objection.status is ObjectionStatus.FILED
    return render_template(
        "complaints/own.html",
        **shown(objection),
        said=typed.get("said", []),
        form=StepForm(),
        may_lead=is_open and may_object(actor(), objection.application),
    )
