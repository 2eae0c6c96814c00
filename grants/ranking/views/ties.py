"""Ties: one at a time, each with the vote that put it in order."""

from collections.abc import Sequence
from dataclasses import replace

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.errors import DomainError
from grants.evaluation.models import MemberRole
from grants.i18n.languages import gettext as _
from grants.ranking import actions
from grants.ranking.access import may_know_bench, may_lead_ties
from grants.ranking.bench import Bench
from grants.ranking.forms import TieForm
from grants.ranking.pages import COMPUTING, DECIDING, Tie, leaders_of, ties_page_of
from grants.ranking.places import OF_CALL, OF_COMMITTEE, address, refused_by, weighed_aside
from grants.ranking.previews import ties_of
from grants.ranking.queries import get_bench, list_recused
from grants.ranking.rules.closing import order_of
from grants.ranking.rules.voting import CastVote
from grants.ranking.views.blueprint import blueprint
from grants.ranking.weighed import Weighed
from grants.web.errors import Refused
from grants.web.gate import actor, allow
from grants.web.paging import Page, page_number


@blueprint.get(f"{OF_CALL}/ties")
@blueprint.get(f"{OF_COMMITTEE}/ties")
@allow(may_lead_ties, on=get_bench, seen_by=may_know_bench)
def ties(bench: Bench) -> ResponseReturnValue:
    """The ties of a ranking, one a page; the first without a vote comes first."""
    return _page(bench)


@blueprint.post(f"{OF_CALL}/votes")
@blueprint.post(f"{OF_COMMITTEE}/votes")
@allow(may_lead_ties, on=get_bench, seen_by=may_know_bench)
def vote_on_tie(bench: Bench) -> ResponseReturnValue:
    """The order of a tie, as the committee voted."""
    form = TieForm()
    if not form.validate_on_submit():
        return _page(bench, form=form), 422
    typed = zip(request.form.getlist("reference"), request.form.getlist("place"), strict=False)
    bench, weighed = weighed_aside(bench)
    try:
        cast = form.cast(order_of(list(typed)), request.form.getlist("present"))
        cast = _known(bench, cast, weighed)
        actions.vote_on_tie(
            bench.call, bench.committee, cast, by=actor(), at=clock.now(), weighed=weighed
        )
    except DomainError as refusal:
        return _page(bench, form=form, refused=refused_by(bench, refusal)), 422
    flash(_("Glasanje je zapisano i ulazi u rang-listu."), "success")
    return redirect(f"{address(bench)}/ties")


def _known(bench: Bench, cast: CastVote, weighed: Weighed | None) -> CastVote:
    """The vote with everything in its order that whoever asks does not lead made to be nothing."""
    if bench.member is None:
        return cast
    groups = ties_of(weighed.shown) if weighed else []
    leaders = leaders_of(bench, groups)
    ties = zip(groups, leaders, strict=True)
    led = {key for group, each in ties if each and each.key == bench.member.key for key in group}
    order = [key if key in led else "" for key in cast.order]
    is_substitute = bench.member.role is not MemberRole.CHAIR
    return replace(cast, order=order, led_by=bench.member.key if is_substitute else "")


def _page(bench: Bench, *, form: TieForm | None = None, refused: Refused | None = None) -> str:
    page = ties_page_of(bench)
    if page.state not in (DECIDING, COMPUTING):
        abort(404)
    number = _number(page.ties)
    shown = page.ties[number - 1 : number]
    recused = list_recused(bench.call, [case.reference for tie in shown for case in tie.cases])
    return render_template(
        "ranking/ties.html",
        bench=bench,
        call=bench.call,
        address=address(bench),
        ties=Page(shown, number, len(page.ties), per_page=1),
        voting=[each for each in page.voting if each.key not in recused],
        recused=[each.name for each in page.voting if each.key in recused],
        is_computing=page.state == COMPUTING,
        chair=next((each.name for each in page.voting if each.role is MemberRole.CHAIR), ""),
        typed=_typed(shown),
        present=request.form.getlist("present") if form else _present(shown),
        form=form or _form(shown),
        refused=refused or [],
    )


def _number(found: Sequence[Tie]) -> int:
    """The page asked for, of the tie just sent, or of the first that has no vote."""
    sent = set(request.form.getlist("reference"))
    for number, tie in enumerate(found, start=1):
        if sent and sent == {case.reference for case in tie.cases}:
            return number
    if "page" in request.args:
        return min(page_number(), max(1, len(found)))
    open_ones = [number for number, tie in enumerate(found, start=1) if not tie.places]
    return open_ones[0] if open_ones else 1


def _typed(shown: Sequence[Tie]) -> dict[str, str]:
    """The place of each application, as sent or as voted."""
    references, places = request.form.getlist("reference"), request.form.getlist("place")
    if references:
        return dict(zip(references, places, strict=False))
    return {key: str(place) for tie in shown for key, place in tie.places.items()}


def _present(shown: Sequence[Tie]) -> list[str]:
    return [key for tie in shown if tie.vote for key in tie.vote["present"]]


def _form(shown: Sequence[Tie]) -> TieForm:
    vote = shown[0].vote if shown else None
    if vote is None:
        return TieForm(formdata=None, held_on=clock.local_day(clock.now()))
    return TieForm(
        formdata=None,
        held_on=clock.local_day(clock.now()),
        votes_for=vote["for"],
        votes_against=vote["against"],
        votes_abstained=vote["abstained"],
        reason=vote["reason"],
    )
