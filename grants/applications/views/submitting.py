"""The check before submitting, submitting itself, taking it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import may_submit, may_write
from grants.applications.actions.confirming import confirm_form
from grants.applications.actions.submitting import (
    note_late_attempt,
    submit_application,
    withdraw_to_draft,
)
from grants.applications.forms import SubmitForm
from grants.applications.models import Application
from grants.applications.problems import worded
from grants.applications.queries import (
    count_submitted,
    get_draft_to_submit,
    get_own_draft,
    grounds_of,
    typed_of,
)
from grants.applications.rules.checking import Finding, blocking, find_all
from grants.applications.rules.states import ApplicationStatus
from grants.applications.views.blueprint import blueprint
from grants.applications.views.pages import CHECK, draft_page
from grants.calls.queries import criteria_of
from grants.errors import Incomplete, NotNow, WrongState
from grants.i18n.languages import gettext as _
from grants.organisations.queries import list_people_to_tell
from grants.people.rules import Role
from grants.web.commit import release, unit_of_work
from grants.web.gate import actor, allow


@blueprint.get("/my/applications/<slug>/check")
@allow(may_write, on=get_own_draft, seen_by=may_write)
def check(application: Application) -> ResponseReturnValue:
    """What is missing or contradicts, section by section, and the way to submit."""
    if application.status is not ApplicationStatus.DRAFT:
        return redirect(url_for("applications.receipt", slug=application.slug))
    return _check_page(application, SubmitForm(formdata=None))


def _check_page(application: Application, form: SubmitForm) -> str:
    typed = typed_of(application)
    _last, others = count_submitted(application)
    at = application.received_at or clock.now()
    found = find_all(typed, grounds_of(application, submitted_before=others, at=at))
    deadline = criteria_of(application.call).deadline
    return draft_page(
        "applications/check.html",
        application,
        here=CHECK,
        typed=typed,
        form=form,
        sections=[
            (section, [_shown(each, application) for each in found if each.section == section.key])
            for section in typed.form.sections
        ],
        found=found,
        blocks=len(blocking(found)),
        warnings=len(found) - len(blocking(found)),
        representatives=list_people_to_tell(
            int(application.organisation_id or 0), Role.REPRESENTATIVE
        ),
        may_submit=may_submit(actor(), application),
        is_late=clock.now() > deadline,
    )


def _shown(finding: Finding, application: Application) -> tuple[Finding, str]:
    """A finding with the address where it is mended."""
    if finding.problem.code in ("jib", "account_length", "account_control", "registered_late"):
        return _worded(finding), _profile(application, "account")
    if finding.problem.code == "profile_missing":
        part = str(finding.problem.facts["part"])
        return _worded(finding), _profile(application, part)
    here = url_for(
        "applications.section", slug=application.slug, section=finding.section, missing=1
    )
    place = finding.problem.place
    anchor = f"slot-{place}" if finding.problem.code in DOCUMENT_CODES else place
    return _worded(finding), f"{here}#{anchor}"


# What is mended in the slot of a document.
DOCUMENT_CODES = frozenset(
    {
        *("missing_document", "document_undated", "document_too_old", "document_issued_later"),
        *("document_without_expiry", "document_expired"),
    }
)


def _worded(finding: Finding) -> Finding:
    return Finding(worded(finding.problem), finding.section, finding.is_blocking)


_PARTS = {
    "account": "account",
    "address": "address",
    "place": "address",
    "representative_name": "representative",
}


def _profile(application: Application, part: str) -> str:
    """The profile is its people's; an officer who keys in a paper does not change it."""
    if application.keyed_by_id is not None:
        return ""
    slug = application.organisation.slug if application.organisation else ""
    return url_for("organisations.edit", slug=slug, part=_PARTS.get(part, "identity"))


@blueprint.post("/my/applications/<slug>/form")
@allow(may_write, on=get_own_draft, seen_by=may_write)
def confirm_correction(application: Application) -> ResponseReturnValue:
    """Somebody of the organisation has looked at what a correction of the form changed."""
    confirm_form(application, by=actor(), at=clock.now())
    flash(_("Zabilježeno: pregledali ste ispravke obrasca."), "success")
    return redirect(url_for("applications.check", slug=application.slug), 303)


@blueprint.post("/my/applications/<slug>/submit")
@allow(may_submit, on=get_draft_to_submit, seen_by=may_write)
def submit(application: Application) -> ResponseReturnValue:
    """Submit; a double click meets the receipt, a late one the two times."""
    form, slug = SubmitForm(), application.slug
    receipt_url = url_for("applications.receipt", slug=slug)
    if application.status is not ApplicationStatus.DRAFT:
        return redirect(receipt_url, 303)
    if not form.validate():
        return _check_page(application, form), 422
    try:
        submit_application(application, by=actor(), at=clock.now())
    except WrongState:
        release()
        return redirect(receipt_url, 303)
    except NotNow:
        return _late(slug)
    except Incomplete:
        release()
        return redirect(url_for("applications.check", slug=slug), 303)
    return redirect(receipt_url, 303)


def _late(slug: str) -> ResponseReturnValue:
    """The attempt is kept on the record, the draft stays as it is."""
    at = clock.now()
    release()
    with unit_of_work("keep a late attempt"):
        application = get_own_draft(actor(), slug)
        if application is not None:
            note_late_attempt(application, by=actor(), at=at)
    application = get_own_draft(actor(), slug)
    call = application.call if application else None
    page = render_template("applications/late.html", application=application, call=call, at=at)
    return page, 409


@blueprint.post("/my/applications/<slug>/withdraw")
@allow(may_submit, on=get_draft_to_submit, seen_by=may_write)
def withdraw(application: Application) -> ResponseReturnValue:
    """Take the submission back before the deadline, to change it and submit again."""
    withdraw_to_draft(application, by=actor(), at=clock.now())
    flash(_("Prijava je vraćena u nacrt i više NIJE predata. Predajte je prije roka."), "warning")
    return redirect(url_for("applications.check", slug=application.slug), 303)
