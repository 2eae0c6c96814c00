"""Possible conflicts that the system found: the chair decides, about the chair the office."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.errors import DomainError
from grants.evaluation.access import (
    may_know_desk,
    may_look_at_desk,
    may_run_chairs_desk,
    may_run_office_desk,
)
from grants.evaluation.actions.matching import Verdict, ask_for_search, decide_pair
from grants.evaluation.forms import VerdictForm
from grants.evaluation.queries.hits import (
    PER_PAGE,
    Desk,
    Pair,
    count_pairs,
    get_chairs_desk,
    get_chairs_pair,
    get_office_desk,
    get_office_pair,
    list_pairs,
)
from grants.evaluation.views.shared import blueprint
from grants.evaluation.words import APPLICANT_ROLES, HIT_KINDS, TRACE_ROLES
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow
from grants.web.paging import Page, page_number

OF_CHAIR = "/committee/<slug>/hits"
OF_OFFICE = "/m/<municipality>/calls/<slug>/committee/hits"
ONE = "/<member>/<application>"


@blueprint.get(OF_CHAIR)
@allow(may_run_chairs_desk, on=get_chairs_desk, seen_by=may_know_desk)
def hits(desk: Desk) -> ResponseReturnValue:
    """What ties members to applications, those that wait first."""
    return _list_page(desk)


@blueprint.get(OF_OFFICE)
@allow(may_look_at_desk, on=get_office_desk, seen_by=may_look_at_desk)
def office_hits(desk: Desk) -> ResponseReturnValue:
    """What ties the chair, or stands with an application the chair may not know of."""
    return _list_page(desk)


@blueprint.post(OF_CHAIR)
@allow(may_run_chairs_desk, on=get_chairs_desk, seen_by=may_know_desk)
def search_hits(desk: Desk) -> ResponseReturnValue:
    """Have everything compared anew."""
    return _search(desk)


@blueprint.post(OF_OFFICE)
@allow(may_run_office_desk, on=get_office_desk, seen_by=may_look_at_desk)
def search_office_hits(desk: Desk) -> ResponseReturnValue:
    """The same, asked for by the office."""
    return _search(desk)


@blueprint.get(OF_CHAIR + ONE)
@allow(may_run_chairs_desk, on=get_chairs_pair, seen_by=may_run_chairs_desk)
def hit(pair: Pair) -> ResponseReturnValue:
    """One member and one application with all that ties them."""
    return _pair_page(pair, VerdictForm())


@blueprint.get(OF_OFFICE + ONE)
@allow(may_look_at_desk, on=get_office_pair, seen_by=may_look_at_desk)
def office_hit(pair: Pair) -> ResponseReturnValue:
    """The same at the office's desk."""
    return _pair_page(pair, VerdictForm())


@blueprint.post(OF_CHAIR + ONE)
@allow(may_run_chairs_desk, on=get_chairs_pair, seen_by=may_run_chairs_desk)
def decide_hit(pair: Pair) -> ResponseReturnValue:
    """Whether it is a conflict, and why."""
    return _decide(pair)


@blueprint.post(OF_OFFICE + ONE)
@allow(may_run_office_desk, on=get_office_pair, seen_by=may_look_at_desk)
def decide_office_hit(pair: Pair) -> ResponseReturnValue:
    """The same at the office's desk."""
    return _decide(pair)


def _search(desk: Desk) -> ResponseReturnValue:
    ask_for_search(desk.committee, by=actor(), at=clock.now())
    flash(_("Poređenje je pokrenuto. Osvježite stranicu za koji trenutak."), "success")
    return redirect(_address(desk))


def _decide(pair: Pair) -> ResponseReturnValue:
    form = VerdictForm()
    if not form.validate_on_submit():
        return _pair_page(pair, form), 422
    verdict = Verdict(form.is_conflict.data == "yes", form.reason.data or "")
    try:
        decide_pair(pair, verdict, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _pair_page(pair, form, refused=refused_by(refusal)), 422
    said = _("Odluka je zabilježena: sukob interesa."), _("Odluka je zabilježena: nije sukob.")
    flash(said[0] if verdict.is_conflict else said[1], "success")
    return redirect(_address(pair.desk))


def _list_page(desk: Desk) -> str:
    number = page_number()
    pairs = list_pairs(desk, offset=(number - 1) * PER_PAGE)
    total, waiting = count_pairs(desk)
    return render_template(
        "evaluation/hits.html",
        desk=desk,
        call=desk.call,
        waiting=waiting,
        listed=Page([(pair, _address(desk, pair)) for pair in pairs], number, total, PER_PAGE),
        kinds=HIT_KINDS,
        address=_address(desk),
        may_decide=desk.chair is not None or may_run_office_desk(actor(), desk),
    )


def _pair_page(pair: Pair, form: VerdictForm, *, refused: Refused | None = None) -> str:
    desk = pair.desk
    return render_template(
        "evaluation/hit.html",
        pair=pair,
        desk=desk,
        call=desk.call,
        form=form,
        refused=refused or [],
        kinds=HIT_KINDS,
        roles=TRACE_ROLES,
        applicant_roles=APPLICANT_ROLES,
        back=_address(desk),
        may_decide=desk.chair is not None or may_run_office_desk(actor(), desk),
    )


def _address(desk: Desk, pair: Pair | None = None) -> str:
    asked: dict[str, Any] = {"slug": desk.committee.slug if desk.chair else desk.call.slug}
    if desk.chair is None:
        asked["municipality"] = desk.call.municipality.slug
    if pair is None:
        return url_for("evaluation.hits" if desk.chair else "evaluation.office_hits", **asked)
    asked |= {"member": pair.member.key, "application": pair.application.slug}
    return url_for("evaluation.hit" if desk.chair else "evaluation.office_hit", **asked)
