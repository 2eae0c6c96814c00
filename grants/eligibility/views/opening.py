"""The officer's pages of a call: opening, registry, record, progress."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.eligibility.access import may_check, may_see_checks
from grants.eligibility.actions.opening import (
    OpeningFacts,
    make_record_of_opening,
    open_call,
    register_application,
    register_from_series,
)
from grants.eligibility.forms import OpeningForm, RecordForm, RegistryForm, protocols_of
from grants.eligibility.queries import (
    count_cases,
    default_series,
    get_call_to_check,
    get_opening,
    list_received,
    list_unregistered,
)
from grants.eligibility.views.shared import OF_CALL, blueprint, of_call, signature
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow
from grants.web.paging import PER_PAGE, Page, page_number


@blueprint.get(f"{OF_CALL}/opening")
@allow(may_see_checks, on=get_call_to_check, seen_by=may_see_checks)
def opening(call: Call) -> ResponseReturnValue:
    """The opening of a call: who is there, the registry, the record."""
    return _opening_page(call)


@blueprint.post(f"{OF_CALL}/opening")
@allow(may_check, on=get_call_to_check, seen_by=may_see_checks)
def open_applications(call: Call) -> ResponseReturnValue:
    """Open the applications of a call."""
    form = OpeningForm()
    if not form.validate_on_submit():
        return _opening_page(call, form=form), 422
    facts = OpeningFacts(form.names(), form.remarks.data or "")
    try:
        open_call(call, facts, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _opening_page(call, form=form, refused=refused_by(refusal)), 422
    flash(_("Prijave su otvorene. Upišite im brojeve protokola."), "success")
    return redirect(of_call("eligibility.opening", call))


@blueprint.post(f"{OF_CALL}/opening/registry")
@allow(may_check, on=get_call_to_check, seen_by=may_see_checks)
def register(call: Call) -> ResponseReturnValue:
    """Give protocol numbers: those typed, or the next ones of a series for all without."""
    form, at = RegistryForm(), clock.now()
    typed = protocols_of(request.form)
    try:
        if "from_series" in request.form:
            waiting = list_unregistered(call)
            register_from_series(waiting, form.series.data or "", by=actor(), at=at)
        else:
            for application in list_unregistered(call, slugs=typed):
                register_application(application, typed[application.slug], by=actor(), at=at)
    except DomainError as refusal:
        return _opening_page(call, registry=form, refused=refused_by(refusal)), 422
    flash(_("Brojevi protokola su sačuvani."), "success")
    return redirect(of_call("eligibility.opening", call, page=page_number()))


@blueprint.post(f"{OF_CALL}/opening/record")
@allow(may_check, on=get_call_to_check, seen_by=may_see_checks)
def make_record(call: Call) -> ResponseReturnValue:
    """Issue the record of opening."""
    form = RecordForm()
    typed = form.typed_number.data or ""
    signed = signature(call.municipality, ActKind.RECORD_OF_OPENING, typed)
    try:
        make_record_of_opening(call, signed, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _opening_page(call, record=form, refused=refused_by(refusal)), 422
    flash(_("Zapisnik je izdat. PDF se pravi i uskoro je na ovoj stranici."), "success")
    return redirect(of_call("eligibility.opening", call))


def _opening_page(call: Call, *, refused: Refused | None = None, **forms: Any) -> str:
    page = page_number()
    made, progress = get_opening(call), count_cases(call)
    cases = list_received(call, offset=(page - 1) * PER_PAGE, limit=PER_PAGE) if made else []
    return render_template(
        "eligibility/opening.html",
        call=call,
        opening=made,
        progress=progress,
        cases=Page(cases, page, progress.received),
        form=forms.get("form") or OpeningForm(present=f"{actor().name}, {_('službenik')}"),
        registry=forms.get("registry") or RegistryForm(series=default_series(call)),
        record=forms.get("record") or RecordForm(),
        typed=protocols_of(request.form),
        refused=refused or [],
    )
