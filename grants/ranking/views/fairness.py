"""The fairness of a ranking, for whoever presides: figures to ask questions by."""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from grants import clock
from grants.i18n.languages import gettext as _
from grants.ranking.access import may_know_bench, may_preside
from grants.ranking.bench import Bench
from grants.ranking.exports import outcome_words
from grants.ranking.keeping import ask_for_fairness, ask_for_preview
from grants.ranking.marks import mark_of
from grants.ranking.pages import is_weighable
from grants.ranking.panels import find_panel
from grants.ranking.places import OF_CALL, OF_COMMITTEE, address
from grants.ranking.queries import get_bench, get_plain_bench, list_own_conflicts
from grants.ranking.rules.fairness import FEWEST
from grants.ranking.views.blueprint import blueprint
from grants.web.forms import StepForm
from grants.web.gate import allow
from grants.web.paging import page_of


@blueprint.get(f"{OF_CALL}/fairness")
@blueprint.get(f"{OF_COMMITTEE}/fairness")
@allow(may_preside, on=get_plain_bench, seen_by=may_know_bench)
def fairness(bench: Bench) -> ResponseReturnValue:
    """Members against each other, the order without their habits, and what the cut hangs on."""
    if not is_weighable(bench):
        abort(404)
    found = find_panel(bench.call, hidden=list_own_conflicts(bench.member))
    panel = found.panel
    names = {each.key: each.name for each in bench.committee.members} if bench.committee else {}
    few = [(names.get(key, key), count) for key, count in panel.too_few.items()] if panel else []
    return render_template(
        "ranking/fairness.html",
        bench=bench,
        call=bench.call,
        address=address(bench),
        panel=panel,
        names=names,
        words=outcome_words(),
        few=few,
        fewest=FEWEST,
        places=page_of(panel.places if panel else []),
        tips=page_of(panel.tips if panel else [], name="sheets"),
        stale_since=None if bench.is_closed else found.stale_since,
    )


@blueprint.post(f"{OF_CALL}/fairness")
@blueprint.post(f"{OF_COMMITTEE}/fairness")
@allow(may_preside, on=get_bench, seen_by=may_know_bench)
def weigh_again(bench: Bench) -> ResponseReturnValue:
    """Let the worker compute it, where nobody has asked it to."""
    if not is_weighable(bench) or not StepForm().validate_on_submit():
        abort(404)
    if bench.is_closed:
        ask_for_fairness(bench.call, mark_of(bench.call), at=clock.now())
    else:
        ask_for_preview(bench.call, at=clock.now())
    flash(_("Računa se. Osvježite stranicu za koji trenutak."), "success")
    return redirect(f"{address(bench)}/fairness")
