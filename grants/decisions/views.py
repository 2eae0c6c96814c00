"""The decisions of a call: prepared, approved, issued; awards given up; the reserve list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts import labels
from grants.acts.forms import IssueForm
from grants.acts.life import standing_of
from grants.acts.queries import get_act_in
from grants.acts.views import show_act
from grants.calls.models import Call
from grants.decisions.access import (
    may_note_decline,
    may_prepare_decisions,
    may_see_decision,
    may_see_decisions,
    may_sign_decision,
    may_sign_decisions,
)
from grants.decisions.actions import (
    approve_all,
    issue_all,
    issue_decision,
    prepare_decisions,
    read_ground,
)
from grants.decisions.forms import DeclineForm
from grants.decisions.models import Decision
from grants.decisions.queries import get_call_to_decide, get_decision_of_act, list_decisions
from grants.decisions.reserve import activate_reserve, freed_amounts, record_decline
from grants.decisions.rules import DecisionKind
from grants.errors import DomainError, NotNow
from grants.i18n.languages import gettext as _
from grants.i18n.languages import ngettext
from grants.ranking.pages import stations_of
from grants.web.commit import release
from grants.web.errors import sentences
from grants.web.gate import actor, allow

blueprint = Blueprint("decisions", __name__)


@dataclass(frozen=True)
class Figures:
    """How many acts stand where, PDFs in the making among them, and the awards in fening."""

    prepared: int
    drafts: int
    waiting: int
    in_making: int
    awarded: int


@blueprint.get("/m/<municipality>/calls/<slug>/decisions")
@allow(may_see_decisions, on=get_call_to_decide, seen_by=may_see_decisions)
def overview(call: Call) -> ResponseReturnValue:
    """What the call was or will be decided, act by act."""
    decisions, at = list_decisions(call), clock.now()
    outlook, today = _outlook(call, decisions), clock.local_day(at)
    return render_template(
        "decisions/overview.html",
        call=call,
        stations=stations_of(call, outlook["ranking"], at=at),
        office=call.municipality,
        decisions=decisions,
        kinds=labels.KINDS,
        standings={each.id: standing_of(each.act, today=today) for each in decisions},
        figures=_figures(decisions),
        **outlook,
    )


@blueprint.post("/m/<municipality>/calls/<slug>/decisions/prepare")
@allow(may_prepare_decisions, on=get_call_to_decide, seen_by=may_see_decisions)
def prepare(call: Call) -> ResponseReturnValue:
    """Prepare the award decision and an act for each applicant."""
    made = prepare_decisions(call, by=actor(), at=clock.now())
    flash(
        ngettext("Pripremljen je %(num)d akt.", "Pripremljeno je akata: %(num)d.", len(made)),
        "success",
    )
    return _back_to(call)


@blueprint.post("/m/<municipality>/calls/<slug>/decisions/approve")
@allow(may_sign_decisions, on=get_call_to_decide, seen_by=may_see_decisions)
def approve(call: Call) -> ResponseReturnValue:
    """Approve everything that is prepared."""
    count = approve_all(call, by=actor(), at=clock.now())
    flash(_("Odobreno je akata: %(count)s.", count=count), "success")
    return _back_to(call)


@blueprint.post("/m/<municipality>/calls/<slug>/decisions/issue")
@allow(may_sign_decisions, on=get_call_to_decide, seen_by=may_see_decisions)
def issue_everything(call: Call) -> ResponseReturnValue:
    """Issue everything in one go, each with the next number."""
    count = issue_all(call, by=actor(), at=clock.now())
    flash(_("Izdato je akata: %(count)s. PDF-ovi se prave.", count=count), "success")
    return _back_to(call)


@blueprint.post("/m/<municipality>/calls/<slug>/decisions/reserve")
@allow(may_prepare_decisions, on=get_call_to_decide, seen_by=may_see_decisions)
def activate(call: Call) -> ResponseReturnValue:
    """Prepare the act for the next on the reserve list."""
    decision = activate_reserve(call, by=actor(), at=clock.now())
    flash(_("Pripremljen je akt za sljedeću prijavu s rezervne liste."), "success")
    return redirect(
        url_for("acts.act", municipality=call.municipality.slug, slug=_act_slug(decision))
    )


@blueprint.post("/m/<municipality>/decisions/<slug>/issue")
@allow(may_sign_decision, on=get_decision_of_act, seen_by=may_see_decision)
def issue(decision: Decision) -> ResponseReturnValue:
    """Issue one act, with the next number or one from the registry."""
    form, call = IssueForm(), decision.call
    place, slug = call.municipality.slug, decision.act.slug
    if not form.validate_on_submit():
        return show_act(decision.act, issue=form), 422
    typed = form.typed_number.data or ""
    try:
        issue_decision(decision, call, by=actor(), at=clock.now(), typed_number=typed)
    except DomainError as refusal:
        release()
        form.typed_number.errors = sentences(refusal.problems)
        return show_act(get_act_in(actor(), place, slug), issue=form), 422
    flash(_("Akt je izdat pod brojem %(number)s.", number=decision.act.number), "success")
    return redirect(url_for("acts.act", municipality=place, slug=slug))


@blueprint.route("/m/<municipality>/decisions/<slug>/decline", methods=["GET", "POST"])
@allow(may_note_decline, on=get_decision_of_act, seen_by=may_see_decision)
def decline(decision: Decision) -> ResponseReturnValue:
    """Note that an applicant gave the award up, or refused a reduced amount."""
    form = DeclineForm()
    if form.validate_on_submit():
        record_decline(decision, reason=form.reason.data, by=actor(), at=clock.now())
        flash(_("Odustanak je zapisan. Sredstva su slobodna za rezervnu listu."), "success")
        return _back_to(decision.call)
    page = render_template("decisions/decline.html", decision=decision, form=form)
    return page, 422 if form.errors else 200


def _outlook(call: Call, decisions: Sequence[Decision]) -> dict[str, Any]:
    """Whether it may be decided, and if not, why; what is free for the reserve list."""
    try:
        ground = read_ground(call, at=clock.now())
    except NotNow as refusal:
        return {"obstacles": sentences(refusal.problems), "ranking": None, "freed": []}
    return {
        "obstacles": [],
        "ranking": ground.ranking,
        "freed": [each for each in freed_amounts(ground, decisions) if each.amount > 0],
        "is_activating": any(
            each.kind is DecisionKind.RESERVE_ACTIVATION and each.act.issued_at is None
            for each in decisions
        ),
    }


def _figures(decisions: Sequence[Decision]) -> Figures:
    states = [each.act.status.value for each in decisions]
    standing = [each for each in decisions if each.declined_at is None]
    return Figures(
        prepared=len(decisions),
        drafts=states.count("draft"),
        waiting=states.count("draft") + states.count("approved"),
        in_making=sum(bool(each.act.issued_at and not each.act.document) for each in decisions),
        awarded=sum(each.amount for each in standing),
    )


def _act_slug(decision: Decision) -> str:
    return decision.act.slug


def _back_to(call: Call) -> ResponseReturnValue:
    slug = call.municipality.slug
    return redirect(url_for("decisions.overview", municipality=slug, slug=call.slug))
