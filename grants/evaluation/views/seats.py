"""The office's page of the short call for the seat of civil society."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.actions import Signature
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.documents.downloads import hand_out
from grants.errors import DomainError, Problem
from grants.evaluation.access import (
    may_lead_seat_call,
    may_lead_standing,
    may_see_committee,
    may_see_standing,
)
from grants.evaluation.actions.seats import (
    begin_vote,
    close_seat_call,
    publish_seat_call,
    set_aside,
    step_of,
    write_seat_call,
)
from grants.evaluation.models import SeatCall
from grants.evaluation.queries import get_call_to_staff
from grants.evaluation.queries.seats import (
    Standing,
    chosen_of,
    count_votes,
    get_seat_call,
    get_standing,
    list_local_organisations,
    standing_of,
    tied_to_call,
)
from grants.evaluation.rules.seats import SeatStatus
from grants.evaluation.seat_forms import (
    SeatCallForm,
    SeatReasonForm,
    SeatRecordForm,
    SeatVoteForm,
)
from grants.evaluation.views.shared import blueprint
from grants.evaluation.words import CANDIDATES
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow

OF_SEAT = "/m/<municipality>/calls/<slug>/committee-seat"


@blueprint.get(OF_SEAT)
@allow(may_see_committee, on=get_call_to_staff, seen_by=may_see_committee)
def seat_call(call: Call) -> ResponseReturnValue:
    """The short call: its text, who stands, the vote, the result."""
    return _page(call)


@blueprint.post(OF_SEAT)
@allow(may_lead_seat_call, on=get_call_to_staff, seen_by=may_see_committee)
def save_seat_call(call: Call) -> ResponseReturnValue:
    """Write it."""
    form = SeatCallForm()
    if not form.validate_on_submit():
        return _page(call, form=form), 422
    text, length = form.text.data or "", form.length.data
    try:
        write_seat_call(call, text, length, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(call, form=form, refused=refused_by(refusal)), 422
    flash(_("Tekst je sačuvan. Objavite ga kad je spreman."), "success")
    return redirect(_address(call))


@blueprint.post(f"{OF_SEAT}/publication")
@allow(may_lead_seat_call, on=get_call_to_staff, seen_by=may_see_committee)
def publish_seat(call: Call) -> ResponseReturnValue:
    """Publish it on the page of the call."""
    try:
        publish_seat_call(_running(call), by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(call, refused=refused_by(refusal)), 422
    flash(_("Poziv za predstavnika organizacija je objavljen."), "success")
    return redirect(_address(call))


@blueprint.post(f"{OF_SEAT}/vote")
@allow(may_lead_seat_call, on=get_call_to_staff, seen_by=may_see_committee)
def open_vote(call: Call) -> ResponseReturnValue:
    """Let the organisations vote."""
    form = SeatVoteForm()
    if not form.validate_on_submit():
        return _page(call, vote=form), 422
    try:
        begin_vote(call, _running(call), form.length.data, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(call, vote=form, refused=refused_by(refusal)), 422
    flash(_("Kandidati su provjereni. Ispod piše šta je sljedeće."), "success")
    return redirect(_address(call))


@blueprint.post(f"{OF_SEAT}/closing")
@allow(may_lead_seat_call, on=get_call_to_staff, seen_by=may_see_committee)
def close_seat(call: Call) -> ResponseReturnValue:
    """Close it with its record."""
    form = SeatRecordForm()
    signed = Signature(
        name=actor().name,
        title=_("Službenik/ca"),
        series=legal_texts(call.municipality, ActKind.RECORD_OF_SELECTION).series,
        typed_number=(form.typed_number.data or "").strip(),
    )
    try:
        act = close_seat_call(call, _running(call), signed, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(call, record=form, refused=refused_by(refusal)), 422
    if act is None:
        flash(_("Više je kandidata: o njima glasaju organizacije."), "warning")
    else:
        flash(_("Izbor je zaključen i zapisnik je izdat."), "success")
    return redirect(_address(call))


@blueprint.post(f"{OF_SEAT}/<candidate>/set-aside")
@allow(may_lead_standing, on=get_standing, seen_by=may_see_standing)
def set_candidate_aside(standing: Standing) -> ResponseReturnValue:
    """Take a candidate out, with a reason the candidate is told."""
    form = SeatReasonForm()
    if not form.validate_on_submit():
        return _page(standing.call, reason=(standing.candidate.slug, form)), 422
    try:
        set_aside(standing, form.reason.data or "", by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(standing.call, refused=refused_by(refusal)), 422
    flash(_("Kandidatura nije prihvaćena. Kandidat je obaviješten."), "success")
    return redirect(_address(standing.call))


@blueprint.get(f"{OF_SEAT}/<candidate>/cv")
@allow(may_see_standing, on=get_standing, seen_by=may_see_standing)
def candidate_cv(standing: Standing) -> ResponseReturnValue:
    """The CV of a candidate."""
    return hand_out(standing.candidate.cv)


def _running(call: Call) -> SeatCall:
    found = get_seat_call(call)
    if found is None:
        raise DomainError(Problem("seat_missing"))
    return found


def _page(
    call: Call,
    *,
    form: SeatCallForm | None = None,
    vote: SeatVoteForm | None = None,
    record: SeatRecordForm | None = None,
    reason: tuple[str, SeatReasonForm] | None = None,
    refused: Refused | None = None,
) -> str:
    found = get_seat_call(call)
    facts: dict[str, Any] = {"step": "write"}
    if found is not None:
        facts = _facts(call, found)
    is_draft = found is not None and found.status is SeatStatus.DRAFT
    length = (
        (clock.local_day(found.closes_at) - clock.local_day(found.opens_at)).days if found else 3
    )
    typed = {"text": found.text, "length": length} if found and is_draft else {"length": 3}
    return render_template(
        "evaluation/seat_call.html",
        call=call,
        found=found,
        **facts,
        statuses=CANDIDATES,
        form=form or SeatCallForm(data=typed),
        vote=vote or SeatVoteForm(length=3),
        record=record or SeatRecordForm(),
        reason=reason[1] if reason else SeatReasonForm(formdata=None),
        reason_of=reason[0] if reason else "",
        refused=refused or [],
    )


def _facts(call: Call, found: SeatCall) -> dict[str, Any]:
    """What the page tells of a short call that was written."""
    return {
        "step": step_of(found, at=clock.now()).value,
        "standing": standing_of(found),
        "chosen": chosen_of(found),
        "votes": count_votes(found) if found.votes_until else {},
        "voters": len(list_local_organisations(call.municipality)) if found.votes_until else 0,
        "tied": tied_to_call(call, [each.organisation for each in found.candidates]),
    }


def _address(call: Call) -> str:
    return url_for("evaluation.seat_call", municipality=call.municipality.slug, slug=call.slug)
