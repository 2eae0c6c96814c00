"""The list of the administrative check of a call, and steps for many applications at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.actions import Signature
from grants.acts.rules import ActKind
from grants.applications.models import Application
from grants.applications.queries import answered_form
from grants.calls.models import Call
from grants.eligibility.access import may_check, may_see_checks
from grants.eligibility.actions.checking import send_to_scoring
from grants.eligibility.actions.completing import CompletionAsk
from grants.eligibility.actions.many import (
    Happened,
    accept_many,
    ask_many,
    confirm_many,
    register_many,
)
from grants.eligibility.actions.opening import LONGEST_NUMBER
from grants.eligibility.forms import (
    CheckRecordForm,
    EligibleForm,
    ManyCompletionForm,
    ManyForm,
    ticked_of,
    wanted_of,
)
from grants.eligibility.listing import CheckFilter, list_cases
from grants.eligibility.queries import (
    count_cases,
    default_series,
    get_call_to_check,
    get_call_with_lots,
    get_check_record,
    list_checks_of,
    list_ticked,
    readings_of,
)
from grants.eligibility.rules.findings import ITEMS, to_complete
from grants.eligibility.rules.parts import parts_of
from grants.eligibility.rules.readings import seen_readings
from grants.eligibility.rules.terms import term_of
from grants.eligibility.views.shared import OF_CALL, blueprint, of_call, saying, signature
from grants.eligibility.words import DONE, FOUND, GROUNDS, QUESTIONS, STATES
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow
from grants.web.paging import PER_PAGE, Page, page_number
from grants.workdays import Unit

STEPS: Mapping[str, Callable[..., list[Happened]]] = {
    "register": register_many,
    "confirm": confirm_many,
    "eligible": accept_many,
}


@blueprint.get(f"{OF_CALL}/checks")
@allow(may_see_checks, on=get_call_with_lots, seen_by=may_see_checks)
def checks(call: Call) -> ResponseReturnValue:
    """How far the check of every application of a call is."""
    return checks_page(call)


@blueprint.post(f"{OF_CALL}/checks")
@allow(may_check, on=get_call_with_lots, seen_by=may_see_checks)
def check_many(call: Call) -> ResponseReturnValue:
    """Take one step for every ticked application; what happened to each is told."""
    form, step, slugs = ManyForm(), request.form.get("step", ""), ticked_of(request.form)
    if not slugs:
        refused = refused_by(DomainError(Problem("nothing_ticked", "checks")))
        return checks_page(call, many=form, refused=refused), 422
    if step == "completion":
        return redirect(of_call("eligibility.completions", call, tick=slugs, **_back()))
    take = STEPS.get(step, confirm_many)
    named = {"series": form.series.data or ""} if take is register_many else {}
    try:
        happened = take(list_ticked(call, slugs), **named, by=actor(), at=clock.now())
    except DomainError as refusal:
        return checks_page(call, many=form, refused=refused_by(refusal)), 422
    return _told(call, step, happened)


@blueprint.get(f"{OF_CALL}/checks/completion")
@allow(may_check, on=get_call_to_check, seen_by=may_see_checks)
def completions(call: Call) -> ResponseReturnValue:
    """What each of the ticked applications is to complete, and one term for all."""
    return _completions_page(call, request.args.getlist("tick"), ManyCompletionForm(length=3))


@blueprint.post(f"{OF_CALL}/checks/completion")
@allow(may_check, on=get_call_to_check, seen_by=may_see_checks)
def ask_for_completions(call: Call) -> ResponseReturnValue:
    """Ask every one of them with the same term."""
    form, slugs = ManyCompletionForm(), request.form.getlist("tick")
    if not form.validate_on_submit():
        return _completions_page(call, slugs, form), 422
    try:
        term = term_of(form.length.data, Unit(form.unit.data))
    except DomainError as refusal:
        return _completions_page(call, slugs, form, refused=refused_by(refusal)), 422
    asks = [
        (each, CompletionAsk(*wanted_of(request.form, each.slug), term), _signed(call, each))
        for each in list_ticked(call, slugs)
    ]
    happened = ask_many(asks, by=actor(), at=clock.now())
    return _told(call, "completion", happened)


@blueprint.post(f"{OF_CALL}/scoring")
@allow(may_check, on=get_call_with_lots, seen_by=may_see_checks)
def to_scoring(call: Call) -> ResponseReturnValue:
    """Hand the call to its committee."""
    try:
        send_to_scoring(call, by=actor(), at=clock.now())
    except DomainError as refusal:
        return checks_page(call, refused=refused_by(refusal)), 422
    flash(_("Poziv je predat komisiji na ocjenjivanje."), "success")
    return redirect(of_call("eligibility.checks", call))


def checks_page(
    call: Call,
    *,
    many: ManyForm | None = None,
    record: CheckRecordForm | None = None,
    refused: Refused | None = None,
) -> str:
    """The list with its filters; the ticks of a refused step stay."""
    page, progress, wanted = page_number(), count_cases(call), _wanted()
    cases, total = list_cases(
        call, wanted, who_id=actor().id, offset=(page - 1) * PER_PAGE, limit=PER_PAGE
    )
    return render_template(
        "eligibility/checks.html",
        call=call,
        progress=progress,
        cases=Page(cases, page, total),
        wanted=wanted,
        ticked=set(ticked_of(request.form)),
        questions=len(ITEMS),
        grounds=GROUNDS,
        states=STATES,
        found=FOUND,
        refused=refused or [],
        form=EligibleForm(),
        many=many or ManyForm(series=default_series(call)),
        made=get_check_record(call),
        record=record or CheckRecordForm(),
    )


def _told(call: Call, step: str, happened: Sequence[Happened]) -> str:
    rows = [
        (each, [_done(each, step)] if each.is_done else saying(each.problems)) for each in happened
    ]
    return render_template(
        "eligibility/happened.html",
        call=call,
        rows=rows,
        done=sum(each.is_done for each in happened),
        back=of_call("eligibility.checks", call, **_back()),
    )


def _done(happened: Happened, step: str) -> str:
    facts = {"number": happened.application.protocol_number, "count": happened.count}
    return str(DONE.get(step, DONE["confirm"])) % facts


def _signed(call: Call, application: Application) -> Signature:
    """With the number that was typed in from the registry for this one, if any."""
    return signature(call.municipality, ActKind.COMPLETION_REQUEST, _number_of(application))


def _number_of(application: Application) -> str:
    return request.form.get(f"number-{application.slug}", "").strip()[:LONGEST_NUMBER]


def _completions_page(
    call: Call,
    slugs: Sequence[str],
    form: ManyCompletionForm,
    *,
    refused: Refused | None = None,
) -> str:
    cases = list_ticked(call, slugs)
    checks = list_checks_of(cases)
    return render_template(
        "eligibility/completions.html",
        call=call,
        asks=[_ask(each, checks.get(each.id, {})) for each in cases],
        form=form,
        address=url_for(
            "eligibility.ask_for_completions",
            municipality=call.municipality.slug,
            slug=call.slug,
            **_back(),
        ),
        back=of_call("eligibility.checks", call, **_back()),
        refused=refused or [],
    )


def _ask(application: Application, checks: Any) -> dict[str, Any]:
    """One application with what its check found to complete, or with what was typed."""
    readings = readings_of(checks)
    is_twice = application.call.is_checked_twice
    notes: dict[str, str] = {}
    for number in sorted(seen_readings(readings, actor().id, is_twice=is_twice)):
        answers = readings[number].answers
        for code in to_complete({code: each.finding for code, each in answers.items()}):
            notes.setdefault(code, answers[code].note)
    form = answered_form(application)
    parts, text = parts_of(form, notes), _proposal(notes)
    if request.form:
        parts, text = wanted_of(request.form, application.slug)
    return {
        "application": application,
        "sections": form.sections,
        "parts": parts,
        "text": text,
        "number": _number_of(application),
    }


def _proposal(notes: Mapping[str, str]) -> str:
    return "\n".join(f"{QUESTIONS[code]}: {note}" for code, note in notes.items())


def _wanted() -> CheckFilter:
    asked = request.args
    return CheckFilter(
        words=asked.get("q", "").strip()[:100],
        status=asked.get("state", ""),
        found=asked.get("found", ""),
        lot=asked.get("lot", ""),
    )


def _back() -> dict[str, Any]:
    """The filter and the page one came from."""
    page = {"page": page_number()} if page_number() > 1 else {}
    return {**_wanted().address(), **page}
