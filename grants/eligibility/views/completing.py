"""The applicant's page of a completion: the parts asked for, the term, and handing it in."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import may_submit
from grants.applications.actions.completing import answer_completion
from grants.applications.models import Application
from grants.applications.problems import worded
from grants.applications.queries import get_draft_to_submit, get_own_draft, typed_of
from grants.applications.views.pages import drawn_section
from grants.eligibility.access import may_see_completion
from grants.eligibility.forms import EligibleForm
from grants.eligibility.queries import get_completion
from grants.eligibility.views.shared import blueprint
from grants.eligibility.words import UNITS
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow
from grants.workdays import counted_term

OF_OWN = "/my/applications/<slug>/completion"


@blueprint.get(OF_OWN)
@allow(may_see_completion, on=get_own_draft, seen_by=may_see_completion)
def completion(application: Application) -> ResponseReturnValue:
    """The parts that were asked for, each with its form, and the term that runs."""
    return _page(application)


@blueprint.post(OF_OWN)
@allow(may_submit, on=get_draft_to_submit, seen_by=may_see_completion)
def hand_in(application: Application) -> ResponseReturnValue:
    """Hand the completion in: the next frozen version."""
    try:
        answer_completion(application, by=actor(), at=clock.now())
    except DomainError as refusal:
        said = DomainError(*(worded(problem) for problem in refusal.problems))
        return _page(application, refused=refused_by(said)), 422
    flash(_("Dopuna je predata. Prvobitna potvrda o prijemu i dalje vrijedi."), "success")
    return redirect(url_for("eligibility.completion", slug=application.slug))


def _page(application: Application, *, refused: Refused | None = None) -> str:
    asked, at = get_completion(application), clock.now()
    is_open = (
        asked is not None and asked.reopening.answered_at is None and at <= asked.reopening.until
    )
    return render_template(
        "eligibility/completion.html",
        application=application,
        call=application.call,
        asked=asked,
        is_open=is_open,
        counted=counted_term(asked.counted) if asked else None,
        units=UNITS,
        parts=_parts(application, asked.reopening.parts) if asked and is_open else [],
        may_hand_in=may_submit(actor(), application),
        form=EligibleForm(),
        refused=refused or [],
    )


def _parts(application: Application, keys: list[str]) -> list[dict[str, Any]]:
    """Every section asked for as the applications' own renderer draws it, with its version."""
    typed = typed_of(application)
    rows = {row.key: row for row in application.sections}
    return [
        {
            **drawn_section(application, section, typed=typed, with_missing=True),
            "version": rows[section.key].version if section.key in rows else 0,
            "saved_at": rows[section.key].saved_at if section.key in rows else None,
        }
        for section in typed.form.sections
        if section.key in keys
    ]
