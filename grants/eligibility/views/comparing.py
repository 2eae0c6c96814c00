"""Two officers' answers side by side, and taking over what one of them left unfinished."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.models import Application
from grants.calls.queries import criteria_of
from grants.eligibility.access import may_check, may_see_checks
from grants.eligibility.actions.checking import record_checks, take_over_reading
from grants.eligibility.eyes import Eyes
from grants.eligibility.forms import CheckForm, answers_of
from grants.eligibility.queries import get_case_to_check, get_submitted, list_checks
from grants.eligibility.rules.computed import computed
from grants.eligibility.rules.findings import Answered
from grants.eligibility.rules.readings import NUMBERS
from grants.eligibility.views.shared import OF_CASE, blueprint, named
from grants.eligibility.words import FINDINGS
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused
from grants.web.gate import actor, allow


@blueprint.get(f"{OF_CASE}/differences")
@allow(may_see_checks, on=get_case_to_check, seen_by=may_see_checks)
def differences(application: Application) -> ResponseReturnValue:
    """Where two officers differ, once both have finished."""
    return _page(application)


@blueprint.post(f"{OF_CASE}/differences")
@allow(may_check, on=get_case_to_check, seen_by=may_see_checks)
def settle(application: Application) -> ResponseReturnValue:
    """Change the own answers, with a word why."""
    answers, form = answers_of(request.form), CheckForm()
    if not form.validate_on_submit():
        return _page(application, typed=answers, form=form), 422
    try:
        reason = form.reason.data or ""
        record_checks(application, answers, by=actor(), at=clock.now(), reason=reason)
    except DomainError as refusal:
        refused = named(refusal.problems)
        return _page(application, typed=answers, refused=refused, form=form), 422
    flash(_("Vaši odgovori su sačuvani."), "success")
    return redirect(_address("eligibility.differences", application))


@blueprint.post(f"{OF_CASE}/reading")
@allow(may_check, on=get_case_to_check, seen_by=may_see_checks)
def take_over(application: Application) -> ResponseReturnValue:
    """Begin anew a reading that somebody left unfinished."""
    number = request.form.get("reading", 0, type=int)
    if number not in NUMBERS:
        abort(404)
    take_over_reading(application, number, by=actor(), at=clock.now())
    flash(_("Provjera je preuzeta. Odgovorite na sva pitanja."), "success")
    return redirect(_address("eligibility.check", application))


def _page(
    application: Application,
    *,
    typed: Mapping[str, Answered] | None = None,
    refused: Refused | None = None,
    form: CheckForm | None = None,
) -> str:
    eyes = Eyes.of(application, list_checks(application), actor().id)
    if not eyes.is_compared:
        abort(404)
    figures = computed(criteria_of(application.call), get_submitted(application))
    return render_template(
        "eligibility/differences.html",
        application=application,
        call=application.call,
        eyes=eyes,
        says={code: figure.says for code, figure in figures.items()},
        own=_own(eyes, typed or {}),
        findings=FINDINGS,
        form=form or CheckForm(formdata=None),
        refused=refused or [],
    )


def _own(eyes: Eyes, typed: Mapping[str, Answered]) -> dict[str, Any]:
    """What the reader's own fields show: as just typed, else as kept."""
    kept = {code: Answered(each.check.finding, each.check.note) for code, each in eyes.own.items()}
    return {**kept, **typed}


def _address(endpoint: str, application: Application) -> str:
    municipality = application.call.municipality.slug
    return url_for(endpoint, municipality=municipality, slug=application.slug)
