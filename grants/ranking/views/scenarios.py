"""Scenarios side by side: saved by whoever presides, none official unless it may be chosen."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from grants import clock, money
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.ranking.access import may_know_bench, may_preside
from grants.ranking.bench import Bench
from grants.ranking.briefs import Brief, briefs_of
from grants.ranking.exports import outcome_words
from grants.ranking.forms import (
    LEFTOVERS,
    MODES,
    SHORTFALLS,
    ChoiceForm,
    ScenarioForm,
)
from grants.ranking.models import Scenario
from grants.ranking.pages import is_weighable, official_briefs, official_lines
from grants.ranking.places import (
    OF_CALL,
    OF_COMMITTEE,
    address,
    refused_by,
    weighed_aside,
)
from grants.ranking.queries import get_bench, get_plain_bench, list_lots, list_own_conflicts
from grants.ranking.rules.outcomes import Outcome
from grants.ranking.scenarios import (
    choose_scenario,
    compare,
    differing,
    drop_choice,
    list_beside,
    list_scenarios,
    named_changes,
    remove_scenario,
    save_scenario,
    sums_without,
)
from grants.ranking.views.blueprint import blueprint
from grants.ranking.withheld import is_open, withheld_lines
from grants.web.gate import actor, allow
from grants.web.paging import page_of

ENVELOPE = "envelope-"


@blueprint.get(f"{OF_CALL}/scenarios")
@blueprint.get(f"{OF_COMMITTEE}/scenarios")
@allow(may_preside, on=get_plain_bench, seen_by=may_know_bench)
def scenarios(bench: Bench) -> ResponseReturnValue:
    """The saved scenarios beside the ranking as it is."""
    if not is_weighable(bench):
        abort(404)
    return _page(bench)


@blueprint.post(f"{OF_CALL}/scenarios")
@blueprint.post(f"{OF_COMMITTEE}/scenarios")
@allow(may_preside, on=get_bench, seen_by=may_know_bench)
def save_thought(bench: Bench) -> ResponseReturnValue:
    """Compute another envelope or rule from the same scores, and save it."""
    form, typed = ScenarioForm(), _typed(bench)
    if not is_weighable(bench):
        abort(404)
    wrong = [text for text in typed.values() if text and money.parse(text) is None]
    if not form.validate_on_submit() or wrong:
        said = [(_("„%(text)s“ nije iznos.", text=text[:40]), None) for text in wrong]
        return _page(bench, form=form, typed=typed, refused=said), 422
    parsed = {code: money.parse(text) for code, text in typed.items()}
    asked = form.changes({code: each for code, each in parsed.items() if each is not None})
    bench, weighed = weighed_aside(bench)
    try:
        name = form.name.data or ""
        save_scenario(bench, name, asked, weighed=weighed, by=actor(), at=clock.now())
    except DomainError as refusal:
        refused = refused_by(bench, refusal)
        return _page(bench, form=form, typed=typed, refused=refused), 422
    flash(_("Scenarij je sačuvan. Ne mijenja rang-listu."), "success")
    return redirect(f"{address(bench)}/scenarios")


@blueprint.post(f"{OF_CALL}/scenarios/settled")
@blueprint.post(f"{OF_COMMITTEE}/scenarios/settled")
@allow(may_preside, on=get_bench, seen_by=may_know_bench)
def settle_thought(bench: Bench) -> ResponseReturnValue:
    """Take a scenario over, go back from it, or forget it."""
    form, asked = ChoiceForm(), request.form.get("scenario", "")
    found = next((each for each in list_scenarios(bench.call) if each.slug == asked), None)
    if found is None or not form.validate_on_submit():
        abort(404)
    try:
        if "choose" in request.form:
            choose_scenario(bench, found, form.reason.data or "", by=actor(), at=clock.now())
        elif "drop" in request.form:
            drop_choice(bench, by=actor(), at=clock.now())
        else:
            remove_scenario(found)
    except DomainError as refusal:
        return _page(bench, choice=form, refused=refused_by(bench, refusal)), 422
    flash(_("Zapisano."), "success")
    return redirect(f"{address(bench)}/scenarios")


def _page(bench: Bench, **given: Any) -> str:
    saved, beside = list_beside(bench.call, request.args.getlist("with"))
    hidden = list_own_conflicts(bench.member)
    shown, told = _official(bench, hidden)
    # Of a scenario its sums are kept as well, but only whoever sees everything is told them.
    sums = sums_without(saved, shown or []) if hidden else {}
    compared = [compare(each, shown) for each in beside] if shown else []
    rows = differing(compared, told or [])
    words = {outcome.value: text for outcome, text in outcome_words().items()}
    return render_template(
        "ranking/scenarios.html",
        bench=bench,
        call=bench.call,
        address=address(bench),
        saved=[(each, _said(each), sums.get(each.id, each.summary)) for each in saved],
        compared=compared,
        rows=page_of(rows),
        official=(
            sum(each.outcome == Outcome.AWARDED for each in shown or []),
            sum(each.amount for each in shown or []),
        ),
        is_computing=shown is None,
        is_withheld=bool(hidden),
        is_deciding=not bench.is_closed,
        words=words,
        lots=[(ENVELOPE + lot.code, lot) for lot in list_lots(bench.call)],
        typed=given.get("typed", {}),
        form=given.get("form") or ScenarioForm(formdata=None),
        choice=given.get("choice") or ChoiceForm(formdata=None),
        refused=given.get("refused", []),
    )


def _official(
    bench: Bench, hidden: frozenset[int]
) -> tuple[Sequence[Brief] | None, Sequence[Brief] | None]:
    """The ranking as it is without what is hidden (ids), and of that what may be told by name.

    None while the worker computes it.
    """
    if not hidden:
        found = official_briefs(bench)
        return found, found
    lines = official_lines(bench)
    if lines is None:
        return None, None
    shown = withheld_lines(lines, hidden=hidden)
    return briefs_of(shown), briefs_of(each for each in shown if not is_open(each))


def _typed(bench: Bench) -> dict[str, str]:
    return {lot.code: request.form.get(ENVELOPE + lot.code, "").strip() for lot in bench.call.lots}


def _said(scenario: Scenario) -> list[str]:
    """What a scenario changes, in words."""
    changes = named_changes(scenario)
    said = [
        _("lot %(code)s: %(amount)s KM", code=code, amount=money.form(amount))
        for code, amount in changes.envelopes.items()
    ]
    if changes.mode:
        said.append(str(MODES[changes.mode]))
    if changes.on_shortfall:
        said.append(str(SHORTFALLS[changes.on_shortfall]))
    if changes.leftover:
        said.append(str(LEFTOVERS[changes.leftover]))
    if changes.partial_min_share is not None:
        share = f"{int(changes.partial_min_share * 100)} %"
        said.append(_("najmanji dio %(share)s", share=share))
    return said
