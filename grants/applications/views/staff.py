"""What the office opens of an application: its files, and who represents the applicant."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import (
    may_confirm_representative,
    may_read_case,
    may_read_case_document,
)
from grants.applications.models import Application, ApplicationDocument
from grants.applications.queries import get_case, get_case_document
from grants.applications.views.blueprint import blueprint
from grants.documents.downloads import hand_out
from grants.documents.models import Document
from grants.i18n.languages import gettext as _
from grants.municipalities.queries import get_municipality_by_id
from grants.organisations.actions.people import decide_claim
from grants.organisations.actions.representation import confirm_representative
from grants.organisations.models import Organisation
from grants.organisations.queries import get_term, list_held, list_open_requests, list_terms
from grants.people.models import User
from grants.people.queries import get_user
from grants.people.rules import Role
from grants.web.gate import actor, allow


@blueprint.get("/m/<municipality>/applications/<slug>/documents/<document>")
@allow(may_read_case_document, on=get_case_document, seen_by=may_read_case_document)
def case_document(attached: ApplicationDocument) -> ResponseReturnValue:
    """Download a file of a case."""
    return _send(attached.document)


@blueprint.get("/m/<municipality>/applications/<slug>/representative")
@allow(may_read_case, on=get_case, seen_by=may_read_case)
def case_representative(application: Application) -> ResponseReturnValue:
    """Who declared to represent the applicant, beside the registration they showed."""
    organisation = application.organisation
    if organisation is None:
        abort(404)
    declared = organisation.representative_user_id
    return render_template(
        "applications/representative.html",
        application=application,
        organisation=organisation,
        municipality_slug=get_municipality_by_id(application.municipality_id).slug,
        declared=get_user(declared) if declared else None,
        terms=list_terms(organisation),
        claims=_claims(organisation),
        may_confirm=may_confirm_representative(actor(), application),
    )


def _claims(organisation: Organisation) -> list[User]:
    """Who asks for an organisation that nobody owns, as one that came on paper."""
    if any(Role.OWNER in roles for roles in list_held(organisation).values()):
        return []
    return [user for _request, user in list_open_requests(organisation)]


@blueprint.get("/m/<municipality>/applications/<slug>/representative/evidence")
@allow(may_read_case, on=get_case, seen_by=may_read_case)
def case_evidence(application: Application) -> ResponseReturnValue:
    """Download the registration that the representative showed."""
    term = get_term(application.organisation) if application.organisation else None
    return _send(term.evidence if term else None)


@blueprint.post("/m/<municipality>/applications/<slug>/claim")
@allow(may_confirm_representative, on=get_case, seen_by=may_read_case)
def decide_case_claim(application: Application) -> ResponseReturnValue:
    """The officer hands an organisation that came on paper to who asks for it, or does not."""
    person = request.form.get("person", type=int)
    if application.organisation is None or person is None:
        abort(404)
    is_accepted = "accept" in request.form
    at = clock.now()
    decide_claim(
        application.organisation, user_id=person, is_accepted=is_accepted, by=actor(), at=at
    )
    said = _("Profil je predat.") if is_accepted else _("Zahtjev je odbijen.")
    flash(said, "success")
    slug = get_municipality_by_id(application.municipality_id).slug
    return redirect(
        url_for("applications.case_representative", municipality=slug, slug=application.slug), 303
    )


@blueprint.post("/m/<municipality>/applications/<slug>/representative")
@allow(may_confirm_representative, on=get_case, seen_by=may_read_case)
def confirm_case_representative(application: Application) -> ResponseReturnValue:
    """The officer has compared the two and confirms."""
    if application.organisation is None:
        abort(404)
    confirm_representative(application.organisation, by=actor(), at=clock.now())
    flash(_("Zakonski zastupnik je potvrđen."), "success")
    slug = get_municipality_by_id(application.municipality_id).slug
    return redirect(f"/m/{slug}/applications/{application.slug}", 303)


def _send(file: Document | None) -> ResponseReturnValue:
    if file is None:
        abort(404)
    return hand_out(file)
