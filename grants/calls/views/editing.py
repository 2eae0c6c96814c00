"""An officer makes a call part by part; the signatory approves it; the officer publishes it."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.access import (
    may_approve_call,
    may_edit_call,
    may_make_call,
    may_see_draft,
    may_work_here,
)
from grants.calls.actions.deciding import approve_call, publish_call, return_call, send_call
from grants.calls.actions.files import add_file, remove_file, rename_file
from grants.calls.actions.making import NewCall, change_call, make_call
from grants.calls.forms.opening import FileForm, NewCallForm, ReasonForm, TitleForm
from grants.calls.forms.parts import PartForm
from grants.calls.forms.rows import redraw
from grants.calls.models import Call
from grants.calls.pages import check_page, form_for, next_part, part_page
from grants.calls.presets import presets
from grants.calls.queries import (
    CallFile,
    CallPart,
    get_call_to_work_on,
    get_file_to_work_on,
    get_municipality_to_work_in,
    get_part_to_work_on,
)
from grants.calls.rules.publication import PARTS
from grants.calls.views.blueprint import CALL, blueprint
from grants.documents.actions import add_document, receive_upload
from grants.documents.downloads import hand_out
from grants.errors import DomainError, Incomplete, Stale, WrongState
from grants.i18n.languages import gettext as _
from grants.municipalities.models import Municipality
from grants.web.commit import release
from grants.web.errors import sentences
from grants.web.forms import options
from grants.web.gate import actor, allow


@blueprint.route("/m/<municipality>/calls/new", methods=["GET", "POST"])
@allow(may_make_call, on=get_municipality_to_work_in, seen_by=may_work_here)
def new(municipality: Municipality) -> ResponseReturnValue:
    """Begin a call from a preset; its dates are proposed from the day it opens."""
    form = NewCallForm()
    form.preset.choices = options({key: preset.title for key, preset in presets().items()})
    if form.validate_on_submit() and form.opens_on.data is not None:
        wanted = NewCall(form.reference.data, form.title.data, form.opens_on.data)
        preset = presets()[form.preset.data]
        try:
            call = make_call(municipality, wanted, preset=preset, by=actor(), at=clock.now())
        except DomainError as refusal:
            form.reference.errors = sentences(refusal.problems)
        else:
            flash(_("Nacrt je napravljen. Prođite kroz dijelove poziva redom."), "success")
            return redirect(_address(call))
    elif request.method == "GET":
        first = next(iter(presets().values()))
        form.preset.data, form.title.data = first.key, str(first.call["title"])
    page = render_template("calls/new.html", form=form, presets=presets(), town=municipality)
    return page, 422 if form.errors else 200


@blueprint.get(f"{CALL}/edit")
@blueprint.get(f"{CALL}/edit/<part>")
@allow(may_see_draft, on=get_part_to_work_on, seen_by=may_see_draft)
def edit(subject: CallPart) -> ResponseReturnValue:
    """One part of a call, to be edited by the officer, to be read by the others."""
    return part_page(subject, form_for(subject))


@blueprint.post(f"{CALL}/edit/<part>")
@allow(may_edit_call, on=get_part_to_work_on, seen_by=may_see_draft)
def save(subject: CallPart) -> ResponseReturnValue:
    """Save a part, or add and remove rows of it; what cannot be saved comes back as typed."""
    form = form_for(subject)
    if form is None:
        abort(404)
    if redraw(form, request.form):
        return part_page(subject, form_for(subject, form=form))
    if not form.validate_on_submit():
        return part_page(subject, form), 422
    try:
        _save(subject.call, form)
    except (Stale, WrongState) as refusal:
        return part_page(subject, form, problems=refusal.problems), 409
    flash(_("Sačuvano."), "success")
    part = subject.part if "stay" in request.form else next_part(subject.part)
    return redirect(_address(subject.call, part))


@blueprint.post(f"{CALL}/send")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def send(call: Call) -> ResponseReturnValue:
    """Lay the draft before the signatory."""
    return _step(call, send_call, _("Poziv je poslan na odobrenje."))


@blueprint.post(f"{CALL}/approve")
@allow(may_approve_call, on=get_call_to_work_on, seen_by=may_see_draft)
def approve(call: Call) -> ResponseReturnValue:
    """The signatory approves what was sent."""
    return _step(call, approve_call, _("Poziv je odobren. Službenik ga sada može objaviti."))


@blueprint.post(f"{CALL}/return")
@allow(may_approve_call, on=get_call_to_work_on, seen_by=may_see_draft)
def send_back(call: Call) -> ResponseReturnValue:
    """The signatory sends it back, saying what is to be mended."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return check_page(call, reason=form), 422
    return_call(call, reason=form.reason.data, by=actor(), at=clock.now())
    flash(_("Poziv je vraćen na doradu."), "success")
    return redirect(_address(call, "check"))


@blueprint.post(f"{CALL}/publish")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def publish(call: Call) -> ResponseReturnValue:
    """Publish what was approved."""
    return _step(call, publish_call, _("Poziv je objavljen i zaključan."))


@blueprint.post(f"{CALL}/files")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def upload(call: Call) -> ResponseReturnValue:
    """Add a file; its bytes are taken in before the transaction that writes of it."""
    form, address = FileForm(), _address(call, "files")
    if not form.validate_on_submit():
        return part_page(CallPart(call, "files"), form), 422
    slug, municipality = call.slug, call.municipality.slug
    release()
    try:
        received = receive_upload(form.file.data.stream, name=form.file.data.filename)
    except DomainError as refusal:
        form.file.errors = sentences(refusal.problems)
        found = get_part_to_work_on(actor(), municipality, slug, "files")
        return part_page(found, form) if found else "", 422
    document = add_document(received, by_id=actor().id, at=clock.now())
    title = received.name.rpartition(".")[0] or received.name
    add_file(call, document, title=title, by=actor(), at=clock.now())
    flash(_("Datoteka je dodana. Po potrebi joj popravite naziv."), "success")
    return redirect(address)


@blueprint.post(f"{CALL}/files/<document>")
@allow(may_edit_call, on=get_file_to_work_on, seen_by=may_see_draft)
def rename(subject: CallFile) -> ResponseReturnValue:
    """Call a file otherwise, or take it away."""
    address = _address(subject.call, "files")
    if "remove" in request.form:
        remove_file(subject.call, subject.file, by=actor(), at=clock.now())
        flash(_("Datoteka je uklonjena."), "success")
        return redirect(address)
    form = TitleForm()
    if not form.validate_on_submit():
        return part_page(CallPart(subject.call, "files"), FileForm(), renamed=form), 422
    rename_file(subject.call, subject.file, title=form.title.data)
    flash(_("Naziv je sačuvan."), "success")
    return redirect(address)


@blueprint.get(f"{CALL}/files/<document>")
@allow(may_see_draft, on=get_file_to_work_on, seen_by=may_see_draft)
def file(subject: CallFile) -> ResponseReturnValue:
    """A file of a draft, for those who prepare and approve it."""
    found = subject.file.document
    return hand_out(found)


def _save(call: Call, form: PartForm) -> None:
    seen = request.form.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() else 0
    change_call(call, form.changes(), version=version, by=actor(), at=clock.now())


def _step(call: Call, take: Callable[..., Any], said: str) -> ResponseReturnValue:
    try:
        take(call, by=actor(), at=clock.now())
    except Incomplete as refusal:
        return check_page(call, problems=refusal.problems), 422
    flash(said, "success")
    return redirect(_address(call, "check"))


def _address(call: Call, part: str = PARTS[0]) -> str:
    return url_for("calls.edit", municipality=call.municipality.slug, slug=call.slug, part=part)
