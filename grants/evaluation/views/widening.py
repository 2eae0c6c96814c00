"""Deputies named later: the officer prepares the act, the signatory signs it."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.actions import Signature, signature_of
from grants.acts.queries import get_act_by_key
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.errors import DomainError, Problem
from grants.evaluation.access import may_appoint, may_propose, may_see_committee
from grants.evaluation.actions.widening import (
    is_widenable,
    name_deputies,
    propose_deputies,
    widening_key,
)
from grants.evaluation.forms import WideningForm, members_of, rows_of
from grants.evaluation.models import Committee
from grants.evaluation.queries import get_call_to_staff, get_committee
from grants.evaluation.rules.committee import Proposed
from grants.evaluation.rules.widening import MOST_AT_ONCE, Widening
from grants.evaluation.views.shared import blueprint
from grants.evaluation.words import KINDS
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow

OF_DEPUTIES = "/m/<municipality>/calls/<slug>/committee/deputies"


@blueprint.get(OF_DEPUTIES)
@allow(may_see_committee, on=get_call_to_staff, seen_by=may_see_committee)
def deputies(call: Call) -> ResponseReturnValue:
    """Who waits as a deputy, and naming more of them."""
    return _page(call)


@blueprint.post(OF_DEPUTIES)
@allow(may_propose, on=get_call_to_staff, seen_by=may_see_committee)
def name_more(call: Call) -> ResponseReturnValue:
    """Prepare the act; whoever may sign it does so at once."""
    form, at = WideningForm(), clock.now()
    typed = members_of(request.form, rows=MOST_AT_ONCE)
    if not form.validate_on_submit():
        return _page(call, form=form, typed=typed), 422
    found, wanted = _committee(call), Widening(form.reason.data or "", typed)
    try:
        if may_appoint(actor(), call):
            signature = _signature(call, form.typed_number.data or "")
            name_deputies(found, wanted, signature, by=actor(), at=at)
        else:
            propose_deputies(found, wanted, by=actor(), at=at)
    except DomainError as refusal:
        return _page(call, form=form, typed=typed, refused=refused_by(refusal)), 422
    return _done(call, is_signed=may_appoint(actor(), call))


@blueprint.post(f"{OF_DEPUTIES}/signature")
@allow(may_appoint, on=get_call_to_staff, seen_by=may_see_committee)
def sign_deputies(call: Call) -> ResponseReturnValue:
    """Sign what the officer prepared."""
    found = _committee(call)
    prepared = get_act_by_key(widening_key(found))
    try:
        if prepared is None or prepared.issued_at is not None:
            _nothing_prepared()
        else:
            wanted = Widening.of(prepared.facts["widening"])
            name_deputies(found, wanted, _signature(call, ""), by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(call, refused=refused_by(refusal)), 422
    return _done(call, is_signed=True)


def _nothing_prepared() -> None:
    raise DomainError(Problem("widening_changed"))


def _done(call: Call, *, is_signed: bool) -> ResponseReturnValue:
    if is_signed:
        flash(_("Zamjenici su imenovani. Rješenje je izdato."), "success")
        endpoint = "evaluation.committee"
    else:
        flash(_("Dopuna komisije je pripremljena. Potpisuje je potpisnik."), "success")
        endpoint = "evaluation.deputies"
    return redirect(url_for(endpoint, municipality=call.municipality.slug, slug=call.slug))


def _page(
    call: Call,
    *,
    form: WideningForm | None = None,
    typed: Sequence[Proposed] = (),
    refused: Refused | None = None,
) -> str:
    found = _committee(call)
    prepared = get_act_by_key(widening_key(found))
    if form is None and prepared is not None:
        kept = Widening.of(prepared.facts["widening"])
        form, typed = WideningForm(formdata=None, reason=kept.reason), kept.deputies
    return render_template(
        "evaluation/deputies.html",
        call=call,
        waiting=[each for each in found.members if each.is_deputy and each.left_at is None],
        is_open=is_widenable(found),
        act=prepared,
        form=form or WideningForm(formdata=None),
        rows=rows_of(typed, blank=MOST_AT_ONCE - len(typed)),
        may_sign=may_appoint(actor(), call),
        kinds=KINDS,
        refused=refused or [],
    )


def page_of_widening(call: Call) -> str:
    """Where an act that names deputies is signed."""
    return url_for("evaluation.deputies", municipality=call.municipality.slug, slug=call.slug)


def _committee(call: Call) -> Committee:
    found = get_committee(call)
    if found is None or found.appointed_at is None:
        abort(404)
    return found


def _signature(call: Call, typed_number: str) -> Signature:
    kind = ActKind.COMMITTEE_CHANGE
    return signature_of(call.municipality, kind, by=actor(), typed_number=typed_number)
