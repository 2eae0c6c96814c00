"""What the committee gave an application, for its applicant; and the whole own file."""

from fractions import Fraction
from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.labels import KINDS
from grants.applications.models import Application
from grants.calls.queries import grid_of
from grants.complaints.access import may_follow_own
from grants.complaints.actions.inspecting import open_file
from grants.complaints.queries.objections import (
    get_own_application,
    get_own_row,
    get_preliminary,
    list_own_objections,
)
from grants.complaints.queries.scores import (
    ShownSheet,
    exact_sections,
    get_last_inspection,
    list_shown_sheets,
    read_own_file,
)
from grants.complaints.views.blueprint import blueprint
from grants.eligibility.words import FINDINGS, GROUNDS, QUESTIONS
from grants.errors import Problem
from grants.evaluation.drawing import Typed, draw_sections
from grants.evaluation.rules.sheets import standing
from grants.ranking.exports import outcome_words
from grants.ranking.models import RankedRow
from grants.ranking.rules.outcomes import Outcome
from grants.web.errors import sentence
from grants.web.forms import StepForm
from grants.web.gate import actor, allow

OWN = "/my/applications/<slug>"


@blueprint.get(f"{OWN}/scores")
@allow(may_follow_own, on=get_own_application, seen_by=may_follow_own)
def scores(application: Application) -> ResponseReturnValue:
    """The own sheets without names, and what came of them; once the list is published."""
    row = get_own_row(application)
    if row is None:
        abort(404)
    listed = get_preliminary(application.call)
    until = listed.objections_until if listed else None
    return render_template(
        "complaints/scores.html",
        application=application,
        call=application.call,
        row=row,
        until=until,
        is_running=until is not None and clock.local_day(clock.now()) <= until,
        **_result(application, row),
    )


@blueprint.get(f"{OWN}/file")
@allow(may_follow_own, on=get_own_application, seen_by=may_follow_own)
def own_file(application: Application) -> ResponseReturnValue:
    """Everything on the own case but deliberations and drafts, to whoever asked for it today."""
    last, at = get_last_inspection(application, actor().id), clock.now()
    is_opened = last is not None and clock.local_day(last) == clock.local_day(at)
    found: dict[str, Any] = {}
    if is_opened:
        row = get_own_row(application)
        found = {
            "file": read_own_file(application),
            "row": row,
            "objections": list_own_objections(application),
            "questions": QUESTIONS,
            "findings": FINDINGS,
            "grounds": GROUNDS,
            "kinds": KINDS,
            **(_result(application, row) if row else {"sheets": []}),
        }
    return render_template(
        "complaints/file.html",
        application=application,
        call=application.call,
        is_opened=is_opened,
        form=StepForm(),
        **found,
    )


@blueprint.post(f"{OWN}/file")
@allow(may_follow_own, on=get_own_application, seen_by=may_follow_own)
def inspect(application: Application) -> ResponseReturnValue:
    """Ask for the own file: the look is on the record."""
    open_file(application, by=actor(), at=clock.now())
    return redirect(url_for("complaints.own_file", slug=application.slug), 303)


def _result(application: Application, row: RankedRow) -> dict[str, Any]:
    grid = grid_of(application.call)
    points = exact_sections(row.sections)
    outcome = Outcome(row.outcome)
    sheets = list_shown_sheets(application, row.ranking)
    return {
        "grid": grid,
        "points": points,
        "total": Fraction(row.total) if row.total else None,
        "outcome": outcome_words()[outcome],
        "is_reserve": outcome is Outcome.RESERVE,
        "reasons": [sentence(Problem(note["code"], facts=note["facts"])) for note in row.notes],
        "sheets": [_drawn(grid, each) for each in sheets],
        "is_replaced": any(each.is_set_aside for each in sheets),
        "is_scored_anew": any(each.is_scored_anew(row.ranking) for each in sheets),
    }


def _drawn(grid: Any, sheet: ShownSheet) -> dict[str, Any]:
    where = standing(grid, sheet.scores)
    typed = Typed(sheet.scores, sheet.comments)
    return {"sheet": sheet, "total": where.total, "sections": draw_sections(grid, typed, where)}
