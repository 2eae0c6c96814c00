"""The office's page of a call's objections: the list, paper ones, the final list."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.life import read_counted
from grants.calls.models import Call
from grants.complaints.access import may_keep_objections, may_see_objections
from grants.complaints.actions.filing import enter_paper
from grants.complaints.actions.finalising import final_problems, make_final_list
from grants.complaints.actions.ruling import is_late_objection
from grants.complaints.forms import PaperForm
from grants.complaints.labels import AGAINST, RULINGS, state_of
from grants.complaints.models import Objection
from grants.complaints.queries.objections import (
    STATES,
    Wanted,
    count_objections,
    get_call_with_objections,
    get_final,
    get_listed_application,
    get_preliminary,
    list_objections,
)
from grants.complaints.rules.states import Against, Ruling
from grants.complaints.views.blueprint import blueprint
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.ranking.aside import weigh
from grants.ranking.pages import stations_of
from grants.ranking.queries import list_cases
from grants.web.commit import release
from grants.web.errors import Refused, refused_by, sentence
from grants.web.forms import StepForm, options
from grants.web.gate import actor, allow
from grants.web.paging import PER_PAGE, Page, page_number

OF_CALL = "/m/<municipality>/calls/<slug>/objections"


@blueprint.get(OF_CALL)
@allow(may_see_objections, on=get_call_with_objections, seen_by=may_see_objections)
def office(call: Call) -> ResponseReturnValue:
    """Every objection with its term and state, and what keeps the final list waiting."""
    return _page(call)


@blueprint.get(f"{OF_CALL}/new")
@allow(may_keep_objections, on=get_call_with_objections, seen_by=may_see_objections)
def paper(call: Call) -> ResponseReturnValue:
    """Key in an objection that came on paper."""
    form = PaperForm(formdata=None, reference=request.args.get("reference", ""))
    return _paper_page(call, form)


@blueprint.post(f"{OF_CALL}/new")
@allow(may_keep_objections, on=get_call_with_objections, seen_by=may_see_objections)
def enter(call: Call) -> ResponseReturnValue:
    """Keep it, late or not."""
    form = PaperForm()
    if not form.validate_on_submit():
        return _paper_page(call, form), 422
    try:
        entered = _enter(call, form)
    except DomainError as refusal:
        return _paper_page(call, form, refused=refused_by(refusal)), 422
    flash(_("Prigovor je upisan. Organizacija je dobila potvrdu."), "success")
    return redirect(_address(call, "complaints.objection", slug=entered.slug), 303)


def _enter(call: Call, form: PaperForm) -> Objection:
    application = get_listed_application(call, form.reference.data or "")
    if application is None:
        raise DomainError(Problem("objection_unknown_case", "reference"))
    filing, envelope = form.filing(), form.envelope()
    return enter_paper(application, filing, envelope, by=actor(), at=clock.now())


@blueprint.post(f"{OF_CALL}/final")
@allow(may_keep_objections, on=get_call_with_objections, seen_by=may_see_objections)
def close_final(call: Call) -> ResponseReturnValue:
    """The final list, computed before anything is written, then published."""
    if not StepForm().validate_on_submit():
        return _page(call), 422
    today = clock.local_day(clock.now())
    problems = final_problems(call, today=today)
    if problems:
        return _page(call, refused=refused_by(DomainError(*problems))), 422
    call_id, address = call.id, (call.municipality.slug, call.slug)
    release()
    weighed = weigh(call_id, is_whole=True)
    again = get_call_with_objections(actor(), *address)
    assert again is not None  # noqa: S101  it was there a moment ago and calls are never deleted
    try:
        make_final_list(again, by=actor(), at=clock.now(), weighed=weighed)
    except DomainError as refusal:
        return _page(again, refused=refused_by(refusal)), 422
    flash(_("Konačna rang-lista je objavljena. Podnosioci su obaviješteni."), "success")
    return redirect(_address(again, "complaints.office"), 303)


def _page(call: Call, *, refused: Refused | None = None) -> str:
    state, number, at = request.args.get("state", ""), page_number(), clock.now()
    wanted = Wanted(state if state in STATES else "")
    rows, total = list_objections(call, wanted, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    listed, today = get_preliminary(call), clock.local_day(at)
    until = listed.objections_until if listed else None
    counted = listed.objections_counted if listed else None
    return render_template(
        "complaints/office.html",
        call=call,
        stations=stations_of(call, listed, at=at),
        page=Page([_row(each) for each in rows], number, total),
        wanted=wanted,
        states=_states(),
        figures=count_objections(call),
        listed=listed,
        until=until,
        counted=read_counted(counted, ends_on=until) if counted and until else None,
        final=get_final(call),
        obstacles=[sentence(each) for each in final_problems(call, today=today)],
        today=today,
        form=StepForm(),
        refused=refused or [],
    )


def _row(objection: Objection) -> dict[str, object]:
    return {
        "objection": objection,
        "application": objection.application,
        "against": AGAINST[objection.against],
        "state": state_of(objection.status, objection.ruling),
        "is_late": is_late_objection(objection),
        "is_prepared": objection.act_id is not None,
    }


def _states() -> dict[str, str]:
    return {
        "open": _("čekaju rješenje"),
        "unsettled": _("čekaju izvršenje"),
        **{ruling.value: str(RULINGS[ruling]) for ruling in Ruling},
        "withdrawn": _("povučeni"),
    }


def _paper_page(call: Call, form: PaperForm, *, refused: Refused | None = None) -> str:
    cases = list_cases(call)
    form.reference.choices = options(
        {"": "", **{key: f"{key} · {case.organisation}" for key, case in sorted(cases.items())}}
    )
    # Which of them fits the outcome of the case the rules say.
    form.offer(tuple(Against))
    listed = get_preliminary(call)
    return render_template(
        "complaints/paper.html",
        call=call,
        form=form,
        until=listed.objections_until if listed else None,
        is_open=call.status.value == "objections" and listed is not None,
        refused=refused or [],
    )


def _address(call: Call, endpoint: str, *, slug: str = "") -> str:
    return url_for(endpoint, municipality=call.municipality.slug, slug=slug or call.slug)
