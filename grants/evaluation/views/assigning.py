"""Handing out sheets: shown as a plan with its reasons, then confirmed; or ticked by hand."""

from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.errors import DomainError, Problem, Stale
from grants.evaluation.access import may_run_desk, may_see_desk
from grants.evaluation.actions.assigning import (
    Wanted,
    assign,
    assign_by_hand,
    assign_to_everybody,
    hand_out,
    keep_expertise,
    mark_of,
    plan_for,
)
from grants.evaluation.forms import AssignmentForm, SheetForm, expertise_of, ticked_of
from grants.evaluation.models import Member
from grants.evaluation.queries.assigning import (
    Table,
    list_assignments,
    list_lots,
    list_members,
    list_shown,
    read_table,
)
from grants.evaluation.queries.hits import Desk, get_desk
from grants.evaluation.rules.assigning import AssignmentMode, Given, Plan
from grants.evaluation.views.shared import blueprint
from grants.evaluation.words import MODES, WHYS
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow
from grants.web.paging import PER_PAGE, Page, page_number

OF_CHAIR = "/committee/<slug>/assignment"
OF_OFFICE = "/m/<municipality>/calls/<slug>/committee/assignment"
PLANNED = (AssignmentMode.BY_LOT, AssignmentMode.AUTOMATIC)
HAND_PAGE = 25


@dataclass(frozen=True)
class Shown:
    """A plan as one desk may see it: its lines, loads and problems without what is hidden."""

    mark: str
    lines: list[tuple[str, list[Given]]]
    loads: dict[str, int]
    problems: list[Problem] = field(default_factory=list)


@blueprint.get(OF_CHAIR)
@blueprint.get(OF_OFFICE)
@allow(may_run_desk, on=get_desk, seen_by=may_see_desk)
def assignment(desk: Desk) -> ResponseReturnValue:
    """How sheets are handed out now, and the plan asked for with its reasons."""
    form = AssignmentForm(formdata=request.args if "mode" in request.args else None)
    if "mode" not in request.args:
        form.mode.data = desk.committee.assignment.value
        form.sheets_each.data = desk.committee.sheets_each or desk.call.min_reviews
    return _page(desk, form)


@blueprint.post(OF_CHAIR)
@blueprint.post(OF_OFFICE)
@allow(may_run_desk, on=get_desk, seen_by=may_see_desk)
def confirm_assignment(desk: Desk) -> ResponseReturnValue:
    """Hand out the sheets as the plan says."""
    form = AssignmentForm()
    if not form.validate_on_submit():
        return _page(desk, form), 422
    try:
        _assign(desk, form)
    except Stale as refusal:
        return _page(desk, form, refused=refused_by(refusal)), 409
    except DomainError as refusal:
        return _page(desk, form, refused=refused_by(refusal)), 422
    flash(_("Dodjela je potvrđena: %(mode)s.", mode=MODES[_mode(form)]), "success")
    by_hand = _mode(form) is AssignmentMode.BY_HAND
    return redirect(_address(desk, "evaluation.hand" if by_hand else "evaluation.assignment"))


@blueprint.post(f"{OF_CHAIR}/expertise")
@blueprint.post(f"{OF_OFFICE}/expertise")
@allow(may_run_desk, on=get_desk, seen_by=may_see_desk)
def expertise(desk: Desk) -> ResponseReturnValue:
    """Keep which areas and words each member knows."""
    members = list_members(desk)
    keep_expertise(members, expertise_of(request.form, [each.key for each in members]))
    flash(_("Oblasti i stručnost su sačuvane. Važe za sljedeću dodjelu."), "success")
    return redirect(_address(desk, "evaluation.assignment"))


@blueprint.get(f"{OF_CHAIR}/hand")
@blueprint.get(f"{OF_OFFICE}/hand")
@allow(may_run_desk, on=get_desk, seen_by=may_see_desk)
def hand(desk: Desk) -> ResponseReturnValue:
    """Every application with its members, to tick."""
    if desk.committee.assignment is not AssignmentMode.BY_HAND:
        return redirect(_address(desk, "evaluation.assignment"))
    return _hand_page(desk)


@blueprint.post(f"{OF_CHAIR}/hand")
@blueprint.post(f"{OF_OFFICE}/hand")
@allow(may_run_desk, on=get_desk, seen_by=may_see_desk)
def keep_hand(desk: Desk) -> ResponseReturnValue:
    """Keep the ticks of one page."""
    try:
        hand_out(desk, ticked_of(request.form), by=actor(), at=clock.now())
    except DomainError as refusal:
        return _hand_page(desk, refused=refused_by(refusal)), 409
    flash(_("Dodjela na ovoj stranici je sačuvana."), "success")
    return redirect(_address(desk, "evaluation.hand", page=page_number()))


def _assign(desk: Desk, form: AssignmentForm) -> None:
    told: dict[str, Any] = {"by": actor(), "at": clock.now()}
    mode = _mode(form)
    if mode is AssignmentMode.EVERYBODY:
        assign_to_everybody(desk, **told)
    elif mode is AssignmentMode.BY_HAND:
        assign_by_hand(desk, **told)
    else:
        assign(desk, _wanted(form), mark=request.form.get("mark", ""), **told)


def _page(desk: Desk, form: AssignmentForm, *, refused: Refused | None = None) -> str:
    table, number, said = read_table(desk), page_number(), list(refused or [])
    shown = None
    if form.mode.data in PLANNED and _is_asked():
        try:
            shown = _shown(desk, plan_for(desk, _wanted(form), table), table)
        except DomainError as refusal:
            said += [each for each in refused_by(refusal) if each not in said]
    lines = shown.lines[(number - 1) * PER_PAGE : number * PER_PAGE] if shown else []
    return render_template(
        "evaluation/assignment.html",
        desk=desk,
        call=desk.call,
        form=form,
        is_asked=_is_asked(),
        shown=shown,
        listed=Page(lines, number, len(shown.lines) if shown else 0),
        refused=said,
        standing=_standing(desk, table),
        members=table.members,
        lots=list_lots(desk.call),
        waiting=[each.name for each in table.members if each.interests_at is None],
        planned=PLANNED,
        modes=MODES,
        whys=WHYS,
        address=_address(desk, "evaluation.assignment"),
        expertise_address=_address(desk, "evaluation.expertise"),
        hand_address=_address(desk, "evaluation.hand"),
    )


def _hand_page(desk: Desk, *, refused: Refused | None = None) -> str:
    table, number = read_table(desk), page_number()
    shown = list_shown(desk, offset=(number - 1) * HAND_PAGE, limit=HAND_PAGE)
    cases = {table.ids[case.reference]: case for case in table.cases}
    total = sum(case.reference not in table.hidden for case in table.cases)
    keys = {each.id: each.key for each in table.members}
    return render_template(
        "evaluation/hand.html",
        desk=desk,
        call=desk.call,
        members=table.members,
        listed=Page([(each, cases[each.id]) for each in shown], number, total, HAND_PAGE),
        ticked={(each.application_id, keys.get(each.member_id)) for each in list_assignments(desk)},
        refused=refused or [],
        form=SheetForm(),
        address=_address(desk, "evaluation.hand", page=number),
        back=_address(desk, "evaluation.assignment"),
    )


def _shown(desk: Desk, plan: Plan, table: Table) -> Shown:
    lines: dict[str, list[Given]] = {
        case.reference: [] for case in table.cases if case.reference not in table.hidden
    }
    for each in plan.given:
        if each.reference in lines:
            lines[each.reference].append(each)
    loads = dict.fromkeys((member.key for member in table.members), 0)
    for given in lines.values():
        for each in given:
            loads[each.member] = loads.get(each.member, 0) + 1
    problems = [each for each in plan.problems if each.place in lines]
    return Shown(mark_of(plan), list(lines.items()), loads, problems)


def _standing(desk: Desk, table: Table) -> list[tuple[Member, int, int]]:
    """Each member with what is handed out and what of it is begun, as this desk may know it."""
    seen = [case for case in table.cases if case.reference not in table.hidden]
    ids = {table.ids[case.reference] for case in seen}
    given: dict[int, int] = {}
    for each in list_assignments(desk):
        if each.application_id in ids:
            given[each.member_id] = given.get(each.member_id, 0) + 1
    is_everybody = desk.committee.assignment is AssignmentMode.EVERYBODY
    return [
        (
            member,
            sum(member.key not in case.kept_out for case in seen)
            if is_everybody
            else given.get(member.id, 0),
            sum(member.key in case.begun for case in seen),
        )
        for member in table.members
    ]


def _is_asked() -> bool:
    return "mode" in request.values


def _mode(form: AssignmentForm) -> AssignmentMode:
    return AssignmentMode(form.mode.data)


def _wanted(form: AssignmentForm) -> Wanted:
    return Wanted(_mode(form), form.sheets_each.data or 0)


def _address(desk: Desk, endpoint: str, **more: Any) -> str:
    if desk.chair is not None:
        return url_for(endpoint, slug=desk.committee.slug, **more)
    place = desk.call.municipality.slug
    return url_for(endpoint, slug=desk.call.slug, municipality=place, **more)
