"""Corrections of a published call: the officer writes, the signatory publishes or returns."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.access import may_approve_call, may_edit_call, may_see_draft
from grants.calls.actions.correcting import (
    discard_correction,
    publish_correction,
    return_correction,
    send_correction,
    write_correction,
)
from grants.calls.building import form_sources
from grants.calls.change_words import tell_changes
from grants.calls.corrected import (
    changes_of,
    get_correction_to_work_on,
    get_open_correction,
    hashes_of,
    list_corrections,
    list_files,
)
from grants.calls.forms.correcting import CorrectionForm, FormCorrectionForm
from grants.calls.forms.opening import ReasonForm
from grants.calls.forms.rows import redraw
from grants.calls.labels import CORRECTION_STATES
from grants.calls.models import Call, Correction
from grants.calls.queries import get_call_to_work_on
from grants.calls.rules.corrections import FILE, FORM, ensure_correctable
from grants.calls.rules.form_writing import write_form
from grants.calls.rules.states import CorrectionStatus
from grants.calls.views.blueprint import CALL, blueprint
from grants.calls.views.builder import without_places
from grants.calls.views.exchange import form_of_source
from grants.errors import DomainError, Problem, WrongState
from grants.i18n.languages import gettext as _
from grants.web.gate import actor, allow

CORRECTIONS = f"{CALL}/corrections"
CORRECTION = f"{CORRECTIONS}/<correction>"


@blueprint.get(CORRECTIONS)
@allow(may_see_draft, on=get_call_to_work_on, seen_by=may_see_draft)
def corrections(call: Call) -> ResponseReturnValue:
    """Every correction of a call, the one in work first."""
    return list_page(call, FormCorrectionForm(formdata=None))


@blueprint.route(f"{CORRECTIONS}/new", methods=["GET", "POST"])
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def new_correction(call: Call) -> ResponseReturnValue:
    """Begin a correction; the one already in work comes first."""
    found = get_open_correction(call)
    if found is not None and request.method == "GET":
        return redirect(_address(call, found))
    return _write(call, None)


@blueprint.route(f"{CORRECTION}/edit", methods=["GET", "POST"])
@allow(may_edit_call, on=get_correction_to_work_on, seen_by=may_see_draft)
def edit_correction(correction: Correction) -> ResponseReturnValue:
    """Write on at a draft."""
    if correction.status is not CorrectionStatus.DRAFT and request.method == "GET":
        return redirect(_address(correction.call, correction))
    return _write(correction.call, correction)


@blueprint.get(CORRECTION)
@allow(may_see_draft, on=get_correction_to_work_on, seen_by=may_see_draft)
def correction(correction: Correction) -> ResponseReturnValue:
    """What would change, before and after, and who decides what next."""
    return _page(correction)


@blueprint.post(f"{CORRECTION}/send")
@allow(may_edit_call, on=get_correction_to_work_on, seen_by=may_see_draft)
def send_correction_on(correction: Correction) -> ResponseReturnValue:
    """Lay it before the signatory."""
    return _step(correction, send_correction, _("Ispravka je poslana potpisniku."))


@blueprint.post(f"{CORRECTION}/publish")
@allow(may_approve_call, on=get_correction_to_work_on, seen_by=may_see_draft)
def publish_correction_now(correction: Correction) -> ResponseReturnValue:
    """The signatory publishes it."""
    said = _("Ispravka je objavljena. Obaviješteni su svi koji prate poziv.")
    return _step(correction, publish_correction, said)


@blueprint.post(f"{CORRECTION}/return")
@allow(may_approve_call, on=get_correction_to_work_on, seen_by=may_see_draft)
def send_correction_back(correction: Correction) -> ResponseReturnValue:
    """The signatory sends it back with a reason."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _page(correction, reason=form), 422
    return_correction(correction, reason=form.reason.data, by=actor(), at=clock.now())
    flash(_("Ispravka je vraćena na doradu."), "success")
    return redirect(_address(correction.call, correction))


@blueprint.post(f"{CORRECTION}/discard")
@allow(may_edit_call, on=get_correction_to_work_on, seen_by=may_see_draft)
def discard_correction_draft(correction: Correction) -> ResponseReturnValue:
    """Throw a draft away."""
    call = correction.call
    discard_correction(correction, by=actor(), at=clock.now())
    flash(_("Nacrt ispravke je odbačen. Poziv ostaje kakav jeste."), "success")
    return redirect(_list_address(call))


@blueprint.post(f"{CORRECTIONS}/form")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def correct_form(call: Call) -> ResponseReturnValue:
    """Put a form prepared elsewhere into the correction in work, or begin one with it."""
    typed = FormCorrectionForm()
    wanted = form_of_source(actor(), typed.source.data or "") or abort(404)
    found = get_open_correction(call)
    try:
        kept = write_correction(
            call,
            (dict(found.after) if found else {}) | {FORM: write_form(wanted)},
            reason=typed.reason.data or (found.reason if found else ""),
            correction=found,
            by=actor(),
            at=clock.now(),
        )
    except DomainError as refusal:
        return list_page(call, typed, problems=without_places(refusal.problems)), 422
    flash(_("Ispravljen obrazac je u nacrtu ispravke. Pogledajte šta se mijenja."), "success")
    return redirect(_address(call, kept))


def list_page(call: Call, form: FormCorrectionForm, *, problems: Sequence[Problem] = ()) -> str:
    """Every correction, and the ways to correct the form and the files of the call."""
    rows = list_corrections(call)
    is_free = all(each.status is CorrectionStatus.PUBLISHED for each in rows)
    open_one = next((each for each in rows if each.status is not CorrectionStatus.PUBLISHED), None)
    has_sent = any(each.status is CorrectionStatus.SENT for each in rows)
    may_write = may_edit_call(actor(), call)
    form.source.choices = form_sources(call)
    return render_template(
        "calls/corrections.html",
        call=call,
        rows=rows,
        form=form,
        refused=problems,
        told={each.id: tell_changes(changes_of(each)) for each in rows},
        states=CORRECTION_STATES,
        closed=_closed(call),
        may_write=is_free and may_write,
        may_correct_form=may_write and not has_sent and bool(call.form),
        may_correct_files=may_write and not has_sent,
        files=list_files(call, open_one),
        open_one=open_one,
    )


def _write(call: Call, correction: Correction | None) -> ResponseReturnValue:
    form = _form(call, correction)
    if request.method == "GET":
        return _form_page(call, correction, form)
    if redraw(form, request.form):
        return _form_page(call, correction, form)
    if not form.validate():
        return _form_page(call, correction, form), 422
    # What is not written on this page stays in the correction.
    elsewhere = {
        part: wanted
        for part, wanted in (correction.after if correction else {}).items()
        if part == FORM or part.startswith(FILE)
    }
    try:
        kept = write_correction(
            call,
            form.wanted(call) | elsewhere,
            reason=form.reason.data,
            correction=correction,
            by=actor(),
            at=clock.now(),
        )
    except DomainError as refusal:
        status = 409 if isinstance(refusal, WrongState) else 422
        return _form_page(call, correction, form, problems=refusal.problems), status
    flash(_("Nacrt ispravke je sačuvan. Pogledajte šta se mijenja, pa ga pošaljite."), "success")
    return redirect(_address(call, kept))


def _form(call: Call, correction: Correction | None) -> CorrectionForm:
    wanted = dict(correction.after) if correction is not None else {}
    reason = correction.reason if correction is not None else ""
    return CorrectionForm(data=CorrectionForm.facts(call, wanted, reason=reason))


def _form_page(
    call: Call,
    correction: Correction | None,
    form: CorrectionForm,
    *,
    problems: Sequence[Problem] = (),
) -> str:
    return render_template(
        "calls/correction_form.html",
        call=call,
        correction=correction,
        form=form,
        refused=problems,
        closed=_closed(call),
    )


def _page(
    correction: Correction,
    *,
    problems: Sequence[Problem] = (),
    reason: ReasonForm | None = None,
) -> str:
    call, who = correction.call, actor()
    is_draft = correction.status is CorrectionStatus.DRAFT
    is_sent = correction.status is CorrectionStatus.SENT
    return render_template(
        "calls/correction.html",
        call=call,
        correction=correction,
        told=tell_changes(changes_of(correction)),
        hashes=hashes_of(correction),
        files=[each.after for each in changes_of(correction) if each.kind == "file" and each.after],
        states=CORRECTION_STATES,
        refused=problems,
        reason=reason or ReasonForm(formdata=None),
        may_write=is_draft and may_edit_call(who, correction),
        may_publish=is_sent and may_approve_call(who, correction),
    )


def _closed(call: Call) -> list[Problem]:
    try:
        ensure_correctable(call.status, deadline=call.deadline, at=clock.now())
    except WrongState as refusal:
        return list(refusal.problems)
    return []


def _step(correction: Correction, take: Callable[..., Any], said: str) -> ResponseReturnValue:
    try:
        take(correction, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(correction, problems=refusal.problems), 409
    flash(said, "success")
    return redirect(_address(correction.call, correction))


def _address(call: Call, correction: Correction) -> str:
    return url_for(
        "calls.correction",
        municipality=call.municipality.slug,
        slug=call.slug,
        correction=correction.slug,
    )


def _list_address(call: Call) -> str:
    return url_for("calls.corrections", municipality=call.municipality.slug, slug=call.slug)
