"""The staff's page of a committee: proposed by the officer, appointed by the signatory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from grants import clock
from grants.acts.actions import signature_of, unsaved_act
from grants.acts.legal import legal_texts
from grants.acts.models import Act
from grants.acts.pages import issued_on
from grants.acts.printing import preview_of
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.calls.presets import preset_of
from grants.calls.queries import get_call_by_id
from grants.documents.vault import settings
from grants.errors import DomainError, Problem
from grants.evaluation.access import may_appoint, may_propose, may_see_committee
from grants.evaluation.actions import Appointment, appoint_committee, propose_committee
from grants.evaluation.actions.appointing import appointment_draft
from grants.evaluation.actions.incompatible import office_problems
from grants.evaluation.actions.widening import is_widenable
from grants.evaluation.forms import AppointmentForm, CommitteeForm, members_of, rows_of
from grants.evaluation.models import Candidate, Committee, Member
from grants.evaluation.queries import (
    count_progress,
    count_signed_by_application,
    get_call_to_staff,
    get_committee,
    list_invited,
)
from grants.evaluation.queries.members import list_changes
from grants.evaluation.queries.seats import chosen_of, get_seat_call, tied_to_call
from grants.evaluation.rules.committee import (
    VOTING,
    MemberKind,
    MemberRole,
    Proposed,
    composition_of,
    is_composed,
    quorum_of,
)
from grants.evaluation.views.shared import blueprint
from grants.evaluation.words import KINDS, ROLES
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.people.actions import invite_again
from grants.people.queries import get_open_invitation, get_user
from grants.people.rules import ScopeKind
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow

OF_CALL = "/m/<municipality>/calls/<slug>/committee"
FIRST_ROWS = 6


@dataclass(frozen=True)
class Composition:
    """For each kind of member how many there are and how many there should be."""

    rows: list[tuple[Any, int, int]]
    is_kept: bool


@blueprint.get(OF_CALL)
@allow(may_see_committee, on=get_call_to_staff, seen_by=may_see_committee)
def committee(call: Call) -> ResponseReturnValue:
    """Who sits on the committee of a call, and how far each member is."""
    return _page(call)


@blueprint.post(OF_CALL)
@allow(may_propose, on=get_call_to_staff, seen_by=may_see_committee)
def propose(call: Call) -> ResponseReturnValue:
    """Keep the list of proposed members, or draw it with more rows."""
    form, members = CommitteeForm(), members_of(request.form, rows=len(request.form))
    if "add" in request.form:
        return _page(call, typed=members, blank=3, form=form)
    if not form.validate_on_submit():
        return _page(call, typed=members, form=form), 422
    try:
        propose_committee(call, members, quorum=form.quorum.data, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(call, typed=members, form=form, refused=refused_by(refusal)), 422
    flash(_("Prijedlog komisije je sačuvan. Imenuje je potpisnik."), "success")
    return redirect(_address(call))


@blueprint.post(f"{OF_CALL}/appointment")
@allow(may_appoint, on=get_call_to_staff, seen_by=may_see_committee)
def appoint(call: Call) -> ResponseReturnValue:
    """Appoint the proposed committee by an act; its members are let in."""
    form, proposed = AppointmentForm(), get_committee(call)
    signature = signature_of(
        call.municipality,
        ActKind.COMMITTEE_APPOINTMENT,
        by=actor(),
        typed_number=form.typed_number.data or "",
    )
    basis = legal_texts(call.municipality, ActKind.COMMITTEE_APPOINTMENT, call.language).basis
    try:
        if proposed is None:
            _nobody_proposed()
        else:
            terms = Appointment(signature, basis)
            appoint_committee(proposed, terms, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(call, appointment=form, refused=refused_by(refusal)), 422
    flash(_("Komisija je imenovana. Članovi su dobili poruku."), "success")
    return redirect(_address(call))


@blueprint.post(f"{OF_CALL}/invitation")
@allow(may_propose, on=get_call_to_staff, seen_by=may_see_committee)
def invite_member(call: Call) -> ResponseReturnValue:
    """Send the invitation of a member once more; the link of the first mail no longer works."""
    found, asked = get_committee(call), request.form.get("invitation", 0, type=int)
    link = get_open_invitation(asked, ScopeKind.COMMITTEE, found.id) if found else None
    if link is None:
        abort(404)
    invite_again(link, language=call.language, by=actor(), at=clock.now())
    flash(_("Pozivnica je ponovo poslana na %(email)s.", email=link.email), "success")
    return redirect(_address(call))


def _nobody_proposed() -> None:
    raise DomainError(Problem("committee_missing", "members"))


def _page(
    call: Call,
    *,
    typed: Sequence[Proposed] | None = None,
    form: CommitteeForm | None = None,
    appointment: AppointmentForm | None = None,
    blank: int = 0,
    refused: Refused | None = None,
) -> str:
    found = get_committee(call)
    is_appointed = found is not None and found.appointed_at is not None
    members = typed if typed is not None else (found.members if found else [])
    seat_call = get_seat_call(call)
    chosen = chosen_of(seat_call) if seat_call else None
    offered = _offered(chosen, members) if not is_appointed and typed is None else []
    members = [*members, *offered]
    return render_template(
        "evaluation/committee.html",
        call=call,
        committee=found,
        is_appointed=is_appointed,
        rows=rows_of(members, blank=blank or max(0, FIRST_ROWS - len(members))),
        **(appointed_facts(call, found) if found and is_appointed else {}),
        composition=_composition(call, members),
        of_office=[] if is_appointed or refused else _of_office(call, members),
        preview=_preview(call, found, at=clock.now()),
        chosen=chosen,
        chosen_is_tied=chosen is not None and bool(tied_to_call(call, [chosen.organisation])),
        offered=bool(offered),
        roles=ROLES,
        kinds=KINDS,
        form=form or CommitteeForm(quorum=found.quorum if found else None),
        appointment=appointment or AppointmentForm(),
        refused=refused or [],
    )


def appointed_facts(call: Call, committee: Committee) -> dict[str, Any]:
    """What is known of a committee at work: who sits, waits and left, and how far each is."""
    members = committee.members
    voting = [each for each in members if each.is_voting]
    changes = list_changes(call)
    names = {each.id: each.name for each in members}
    return {
        "seated": [each for each in members if each.is_seated],
        "deputies": [each for each in members if each.is_deputy and each.left_at is None],
        "gone": [each for each in members if each.left_at is not None],
        "successors": {
            each.stands_in_for_id: each for each in members if each.seated_at and not each.is_deputy
        },
        "names": names,
        "quorum": quorum_of(len(voting), committee.quorum),
        "voting": len(voting),
        "progress": count_progress(committee),
        "invited": {link.email: link for link in list_invited(committee)},
        "signed": count_signed_by_application(call),
        "changes": [each for each in changes if "widening" not in each.facts],
        "widenings": [each for each in changes if "widening" in each.facts],
        "may_widen": is_widenable(committee),
    }


@issued_on(ActKind.COMMITTEE_APPOINTMENT)
def _page_of_appointment(act: Act) -> str:
    call = get_call_by_id(act.subject_id)
    return _address(call) if call else ""


def _offered(chosen: Candidate | None, members: Sequence[Member | Proposed]) -> list[Proposed]:
    """Whom the organisations chose, unless already on the list."""
    user = get_user(chosen.user_id) if chosen else None
    if chosen is None or user is None or user.email in {each.email for each in members}:
        return []
    return [
        Proposed(
            chosen.name,
            user.email,
            MemberRole.MEMBER,
            chosen.organisation.name,
            kind=MemberKind.CSO,
        )
    ]


def _of_office(call: Call, members: Sequence[Member | Proposed]) -> list[str]:
    """Who of a proposal made earlier works for the office by now; a secretary does not score."""
    voting = [("members", each.name, each.email) for each in members if each.role in VOTING]
    return [str(each.facts["name"]) for each in office_problems(call, voting)]


def _preview(call: Call, found: Committee | None, *, at: datetime) -> Markup | None:
    """The text of the act, for whoever would sign it."""
    if found is None or found.appointed_at is not None or not may_appoint(actor(), call):
        return None
    kind, office = ActKind.COMMITTEE_APPOINTMENT, call.municipality
    terms = Appointment(
        signature_of(office, kind, by=actor()), legal_texts(office, kind, call.language).basis
    )
    with speaking(call.language):
        act = unsaved_act(appointment_draft(found, terms), at=at)
    shown = preview_of(act, office, public_url=settings().public_url)
    return Markup(shown)  # noqa: S704  our own template, its facts escaped


def _composition(call: Call, members: Sequence[Member | Proposed]) -> Composition | None:
    """Of whom the committee is made and should be, where the call's preset says so."""
    preset = preset_of(call.preset)
    rule = {MemberKind(kind): count for kind, count in (preset.committee if preset else {}).items()}
    if not rule:
        return None
    present = [each for each in members if isinstance(each, Proposed) or each.left_at is None]
    counted = composition_of(present)
    return Composition(
        rows=[(KINDS[kind], counted[kind], rule.get(kind, 0)) for kind in MemberKind],
        is_kept=not present or is_composed(present, rule),
    )


def _address(call: Call) -> str:
    return url_for("evaluation.committee", municipality=call.municipality.slug, slug=call.slug)
