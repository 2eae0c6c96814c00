"""The final list before it is published: what it changes, and for whom."""

from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.models import Call
from grants.complaints.access import may_see_objections
from grants.complaints.actions.finalising import final_problems
from grants.complaints.changes import Change, list_changes
from grants.complaints.queries.objections import (
    get_call_with_objections,
    get_final,
    get_preliminary,
    list_settled_since,
)
from grants.complaints.views.blueprint import blueprint
from grants.errors import Problem
from grants.ranking.pages import shown_now
from grants.ranking.queries import list_lines
from grants.web.errors import sentence
from grants.web.forms import StepForm
from grants.web.gate import allow


@blueprint.get("/m/<municipality>/calls/<slug>/objections/final")
@allow(may_see_objections, on=get_call_with_objections, seen_by=may_see_objections)
def final(call: Call) -> ResponseReturnValue:
    """How the final list would be now against the published one, and what keeps it waiting."""
    listed = get_final(call) or get_preliminary(call)
    if listed is None:
        abort(404)
    problems: list[Problem] = final_problems(call, today=clock.local_day(clock.now()))
    shown = shown_now(call)
    changes: list[Change] = []
    if shown is not None:
        problems += shown.blocking
        upheld = list_settled_since(listed)
        changes = list_changes(list_lines(listed), shown.lines, upheld=upheld)
    facts: dict[str, Any] = {
        "changes": changes,
        "unchanged": len(shown.lines) - len(changes) if shown else 0,
        "is_computing": shown is None,
        "obstacles": [sentence(each) for each in problems],
    }
    return render_template(
        "complaints/final.html", call=call, listed=listed, form=StepForm(), **facts
    )
