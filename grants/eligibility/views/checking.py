"""The officer's page of one application: the check, the request to complete, the outcome."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.rules import ActKind
from grants.applications.models import Application
from grants.applications.queries import answered_form
from grants.calls.queries import criteria_of
from grants.eligibility.access import may_check, may_see_checks
from grants.eligibility.actions.checking import dismiss, mark_eligible, record_checks
from grants.eligibility.actions.completing import CompletionAsk, ask_completion
from grants.eligibility.drawing import draw_groups
from grants.eligibility.eyes import Eyes
from grants.eligibility.forms import CheckForm, CompletionForm, DismissalForm, answers_of
from grants.eligibility.queries import (
    get_case_to_check,
    get_completion,
    get_outcome,
    get_submitted,
    list_checks,
)
from grants.eligibility.rules.computed import computed
from grants.eligibility.rules.findings import ITEMS, Answered, Finding, count_answered, to_complete
from grants.eligibility.rules.terms import term_of
from grants.eligibility.views.shared import OF_CASE, blueprint, named, of_call, signature
from grants.eligibility.words import FINDINGS, GROUNDS, QUESTIONS, UNITS
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.web.forms import options
from grants.web.gate import actor, allow
from grants.workdays import Unit, counted_term


@blueprint.get(OF_CASE)
@allow(may_see_checks, on=get_case_to_check, seen_by=may_see_checks)
def check(application: Application) -> ResponseReturnValue:
    """The administrative check of one application."""
    return _check_page(application)


@blueprint.post(OF_CASE)
@allow(may_check, on=get_case_to_check, seen_by=may_see_checks)
def save_check(application: Application) -> ResponseReturnValue:
    """Keep the answers; what the system proposed counts as confirmed by saving."""
    answers, form = answers_of(request.form), CheckForm()
    if not form.validate_on_submit():
        return _check_page(application, typed=answers, form=form), 422
    try:
        reason = form.reason.data or ""
        record_checks(application, answers, by=actor(), at=clock.now(), reason=reason)
    except DomainError as refusal:
        return _check_page(application, typed=answers, problems=refusal.problems, form=form), 422
    flash(_("Provjera je sačuvana."), "success")
    return redirect(_of_case(application))


@blueprint.post(f"{OF_CASE}/completion")
@allow(may_check, on=get_case_to_check, seen_by=may_see_checks)
def request_completion(application: Application) -> ResponseReturnValue:
    """Ask the applicant to complete."""
    form = _completion_form(application)
    if not form.validate_on_submit():
        return _check_page(application, completion=form), 422
    try:
        term = term_of(form.length.data, Unit(form.unit.data))
        ask = CompletionAsk(form.parts.data or [], form.text.data or "", term)
        signed = signature(
            application.call.municipality,
            ActKind.COMPLETION_REQUEST,
            form.typed_number.data or "",
        )
        ask_completion(application, ask, signed, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _check_page(application, completion=form, problems=refusal.problems), 422
    flash(_("Podnosilac je pozvan da dopuni prijavu."), "success")
    return redirect(_of_case(application))


@blueprint.post(f"{OF_CASE}/eligible")
@allow(may_check, on=get_case_to_check, seen_by=may_see_checks)
def accept(application: Application) -> ResponseReturnValue:
    """The application goes to the committee."""
    try:
        mark_eligible(application, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _check_page(application, problems=refusal.problems), 422
    flash(_("Prijava je prihvatljiva i ide komisiji."), "success")
    return redirect(of_call("eligibility.checks", application.call))


@blueprint.post(f"{OF_CASE}/dismissal")
@allow(may_check, on=get_case_to_check, seen_by=may_see_checks)
def reject_formally(application: Application) -> ResponseReturnValue:
    """The application is dismissed on a formal ground."""
    form = DismissalForm()
    if not form.validate_on_submit():
        return _check_page(application, dismissal=form), 422
    try:
        dismiss(application, form.chosen_ground(), form.reason.data, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _check_page(application, dismissal=form, problems=refusal.problems), 422
    flash(_("Prijava je odbačena."), "success")
    return redirect(of_call("eligibility.checks", application.call))


def _check_page(
    application: Application,
    *,
    typed: Mapping[str, Answered] | None = None,
    problems: Any = (),
    form: CheckForm | None = None,
    completion: CompletionForm | None = None,
    dismissal: DismissalForm | None = None,
) -> str:
    checks, asked = list_checks(application), get_completion(application)
    eyes = Eyes.of(application, checks, actor().id)
    kept = eyes.own
    findings = {code: each.check.finding for code, each in kept.items()}
    figures = computed(criteria_of(application.call), get_submitted(application))
    return render_template(
        "eligibility/check.html",
        application=application,
        call=application.call,
        groups=draw_groups(figures, kept, typed=typed, problems=_by_item(problems)),
        refused=named(problems),
        answered=count_answered(kept),
        questions=len(ITEMS),
        eyes=eyes,
        findings=FINDINGS,
        asked=asked,
        counted=counted_term(asked.counted) if asked else None,
        outcome=get_outcome(application),
        form=form or CheckForm(formdata=None),
        completion=completion or _completion_form(application, proposed=_proposal(kept, findings)),
        dismissal=dismissal or DismissalForm(),
        grounds=GROUNDS,
        units=UNITS,
    )


def _completion_form(application: Application, *, proposed: str = "") -> CompletionForm:
    form = CompletionForm(text=proposed, length=3)
    form.parts.choices = options(
        {section.key: section.title for section in answered_form(application).sections}
    )
    return form


def _proposal(kept: Mapping[str, Any], findings: Mapping[str, Finding]) -> str:
    """The notes of everything that is to be completed, as the first draft of the request."""
    return "\n".join(
        f"{QUESTIONS[code]}: {kept[code].check.note}" for code in to_complete(findings)
    )


def _by_item(problems: Any) -> dict[str, list[Problem]]:
    by_item: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.place in QUESTIONS:
            by_item.setdefault(problem.place, []).append(problem)
    return by_item


def _of_case(application: Application) -> str:
    municipality = application.call.municipality.slug
    return url_for("eligibility.check", municipality=municipality, slug=application.slug)
