"""What the municipality and the organisation see alike: the revised budget, the files."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from grants import clock
from grants.contracts.actions import revise_budget
from grants.contracts.forms import RevisionForm, revision_form
from grants.contracts.queries import get_revised_budget, list_budget
from grants.contracts.rules.revising import proposed_grants
from grants.decisions.models import Decision
from grants.documents.downloads import hand_out
from grants.documents.models import Document
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.web.errors import sentences
from grants.web.gate import actor

blueprint = Blueprint("contracts", __name__)


def revision_page(decision: Decision, *, template: str, to: str) -> ResponseReturnValue:
    """The table of the revised budget, for both audiences; `to` is where one goes on."""
    lines = list_budget(decision.case)
    revised = get_revised_budget(decision)
    grants = revised.grants if revised else proposed_grants(lines, awarded=decision.amount)
    form, problems = revision_form(lines, grants), []
    if form.validate_on_submit():
        try:
            return _keep_revision(decision, form, to=to)
        except DomainError as refusal:
            problems = list(refusal.problems)
    page = render_template(
        template, award=decision, lines=lines, form=form, problems=problems, revised=revised
    )
    return page, 422 if form.errors or problems else 200


def _keep_revision(decision: Decision, form: RevisionForm, *, to: str) -> ResponseReturnValue:
    revision = revise_budget(decision, form.grants(), by=actor(), at=clock.now())
    flash(_("Umanjeni budžet je sačuvan."), "success")
    for warning in sentences(revision.warnings):
        flash(warning, "warning")
    return redirect(to)


def send(document: Document | None) -> ResponseReturnValue:
    """A file of a contract; a sentence while there is none yet."""
    if document is None:
        raise DomainError(Problem("contract_file_missing"))
    return hand_out(document)
