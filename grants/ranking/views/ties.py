"""Ties: one at a time, each with the vote that put it in order."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.ranking import actions
from grants.ranking.access import may_know_bench, may_preside
from grants.ranking.bench import Bench
from grants.ranking.forms import TieForm
from grants.ranking.pages import DECIDING, Tie, ties_page_of
from grants.ranking.places import OF_CALL, OF_COMMITTEE, address, refused_by, weighed_aside
from grants.ranking.queries import get_bench, list_hidden_references, list_recused
from grants.ranking.rules.closing import order_of
from grants.ranking.views.blueprint import blueprint
from grants.web.errors import Refused
from grants.web.gate import actor, allow
from grants.web.paging import Page, page_number


@blueprint.get(f"{OF_CALL}/ties")
@blueprint.get(f"{OF_COMMITTEE}/ties")
@allow(may_preside, on=get_bench, seen_by=may_know_bench)
def ties(bench: Bench) -> ResponseReturnValue:
    """The ties of a ranking, one a page; the first without a vote comes first."""
    return _page(bench)


@blueprint.post(f"{OF_CALL}/votes")
@blueprint.post(f"{OF_COMMITTEE}/votes")
@allow(may_preside, on=get_bench, seen_by=may_know_bench)
def vote_on_tie(bench: Bench) -> ResponseReturnValue:
    """The order of a tie, as the committee voted."""
    form = TieForm()
    if not form.validate_on_submit():
        return _page(bench, form=form), 422
    typed = zip(request.form.getlist("reference"), request.form.getlist("place"), strict=False)
    bench, weighed = weighed_aside(bench)
    try:
        order = _known(bench, order_of(list(typed)))
        cast = form.cast(order, request.form.getlist("present"))
        actions.vote_on_tie(
            bench.call, bench.committee, cast, by=actor(), at=clock.now(), weighed=weighed
        )
    except DomainError as refusal:
        return _page(bench, form=form, refused=refused_by(bench, refusal)), 422
    flash(_("Glasanje je zapisano i ulazi u rang-listu."), "success")
    return redirect(f"{address(bench)}/ties")


def _known(bench: Bench, order: Sequence[str]) -> list[str]:
    """The order with what whoever asks may not know of made to be nothing at all."""
    hidden = list_hidden_references(bench.member)
    return ["" if key in hidden else key for key in order]


def _page(bench: Bench, *, form: TieForm | None = None, refused: Refused | None = None) -> str:
    page = ties_page_of(bench)
    if page.state != DECIDING:
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
