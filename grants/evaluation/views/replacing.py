"""A member leaves: the officer prepares the change, the signatory signs it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.actions import Signature, signature_of
from grants.acts.models import Act
from grants.acts.pages import issued_on
from grants.acts.queries import get_act_by_key
from grants.acts.rules import ActKind
from grants.calls.queries import get_call_by_id
from grants.errors import DomainError, Problem
from grants.evaluation.access import may_propose_change, may_see_seat, may_sign_change
from grants.evaluation.actions.replacing import (
    change_key,
    places_of,
    propose_replacement,
    replace_member,
)
from grants.evaluation.forms import ReplacementForm
from grants.evaluation.queries.members import Seat, get_seat_to_staff
from grants.evaluation.rules.committee import VOTING, MemberRole
from grants.evaluation.rules.replacing import Replacement, offered_deputies
from grants.evaluation.views.shared import blueprint
from grants.evaluation.views.widening import page_of_widening
from grants.evaluation.words import KINDS, ROLES
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow

OF_MEMBER = "/m/<municipality>/calls/<slug>/committee/members/<member>"


@blueprint.get(OF_MEMBER)
@allow(may_see_seat, on=get_seat_to_staff, seen_by=may_see_seat)
def seat(seat: Seat) -> ResponseReturnValue:
    """One member of the committee: since when, until when, and who may take the seat."""
    return _page(seat)


@blueprint.post(OF_MEMBER)
@allow(may_propose_change, on=get_seat_to_staff, seen_by=may_see_seat)
def replace(seat: Seat) -> ResponseReturnValue:
    """Prepare the change; whoever may sign it does so at once."""
    form = _form(seat, None)
    if not form.validate_on_submit():
        return _page(seat, form=form), 422
    wanted, at = form.wanted(), clock.now()
    try:
        if may_sign_change(actor(), seat):
            signed = _signature(seat, form.typed_number.data or "")
            replace_member(seat.committee, seat.member, wanted, signed, by=actor(), at=at)
        else:
            propose_replacement(seat.committee, seat.member, wanted, by=actor(), at=at)
    except DomainError as refusal:
        return _page(seat, form=form, refused=refused_by(refusal)), 422
    if seat.member.left_at is None:
        flash(_("Zamjena je pripremljena. Potpisuje je potpisnik."), "success")
        return redirect(_address("evaluation.seat", seat, member=seat.member.key))
    return _done(seat)


@blueprint.post(f"{OF_MEMBER}/signature")
@allow(may_sign_change, on=get_seat_to_staff, seen_by=may_see_seat)
def sign_replacement(seat: Seat) -> ResponseReturnValue:
    """Sign what the officer prepared."""
    prepared = get_act_by_key(change_key(seat.committee, seat.member))
    try:
        if prepared is None or prepared.issued_at is not None:
            _nothing_prepared()
        else:
            wanted, signed = Replacement.of(_kept(prepared)), _signature(seat, "")
            replace_member(seat.committee, seat.member, wanted, signed, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(seat, refused=refused_by(refusal)), 422
    return _done(seat)


def _nothing_prepared() -> None:
    raise DomainError(Problem("replacement_changed"))


def _done(seat: Seat) -> ResponseReturnValue:
    flash(_("Sastav komisije je izmijenjen. Rješenje je izdato."), "success")
    return redirect(_address("evaluation.committee", seat))


def _page(
    seat: Seat, *, form: ReplacementForm | None = None, refused: Refused | None = None
) -> str:
    act = get_act_by_key(change_key(seat.committee, seat.member))
    return render_template(
        "evaluation/seat.html",
        seat=seat,
        call=seat.call,
        member=seat.member,
        act=act,
        form=form or _form(seat, act),
        successor=next((each for each in seat.committee.members if _took_over(each, seat)), None),
        may_sign=may_sign_change(actor(), seat),
        roles=ROLES,
        kinds=KINDS,
        refused=refused or [],
    )


@issued_on(ActKind.COMMITTEE_CHANGE)
def _page_of_change(act: Act) -> str:
    call, member = get_call_by_id(act.subject_id), act.facts.get("change", {}).get("member")
    if call is not None and "widening" in act.facts:
        return page_of_widening(call)
    if call is None or not member:
        return ""
    town = call.municipality.slug
    return url_for("evaluation.seat", municipality=town, slug=call.slug, member=member)


def _took_over(member: Any, seat: Seat) -> bool:
    return member.stands_in_for_id == seat.member.id and member.seated_at is not None


def _form(seat: Seat, act: Act | None) -> ReplacementForm:
    """The form as it was prepared, or empty with today."""
    kept: dict[str, Any] = {"from_on": clock.local_day(clock.now())}
    if act is not None and act.issued_at is None:
        kept = {**vars(Replacement.of(_kept(act)))}
    form = ReplacementForm(data=kept)
    names = {each.key: each.name for each in seat.committee.members}
    deputies = offered_deputies(places_of(seat.committee.members), seat.member.key)
    others = {
        each.key: each.name
        for each in seat.committee.members
        if each.is_seated and each.role is MemberRole.MEMBER and each.key != seat.member.key
    }
    form.offer(
        {key: names[key] for key in deputies},
        others if seat.member.role is MemberRole.CHAIR else {},
        empty=seat.member.role not in VOTING,
    )
    return form


def _kept(act: Act) -> dict[str, Any]:
    change = dict(act.facts["change"])
    change.pop("member")
    return change


def _signature(seat: Seat, typed: str) -> Signature:
    return signature_of(
        seat.call.municipality, ActKind.COMMITTEE_CHANGE, by=actor(), typed_number=typed
    )


def _address(endpoint: str, seat: Seat, **more: Any) -> str:
    return url_for(endpoint, municipality=seat.call.municipality.slug, slug=seat.call.slug, **more)
