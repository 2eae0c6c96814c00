"""The legal representative: who it is, who was it, and declaring it with evidence."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.documents.actions import add_document
from grants.documents.downloads import hand_out
from grants.i18n.languages import gettext as _
from grants.organisations.access import may_belong, may_see_evidence
from grants.organisations.actions.representation import declare_representative
from grants.organisations.models import Organisation, RepresentativeTerm
from grants.organisations.queries import get_own_evidence, get_own_organisation, list_terms
from grants.organisations.views.shared import blueprint, take_upload
from grants.web.gate import actor, allow

PLACE = "/my/organisations/<slug>/representative"


@blueprint.route(PLACE, methods=["GET", "POST"])
@allow(may_belong, on=get_own_organisation, seen_by=may_belong)
def representative(organisation: Organisation) -> ResponseReturnValue:
    """Declare to be the legal representative and show the registration."""
    problems: list[str] = []
    if request.method == "POST":
        if not request.form.get("is_declared"):
            problems = [_("Označite izjavu da ste zakonski zastupnik.")]
        else:
            missing = _("Odaberite datoteku s rješenjem o registraciji.")
            upload = take_upload(organisation.slug, missing=missing)
            organisation, problems = upload.organisation, upload.problems
            if upload.received is not None:
                at = clock.now()
                evidence = add_document(upload.received, by_id=actor().id, at=at)
                declare_representative(organisation, evidence, by=actor(), at=at)
                flash(_("Upisani ste kao zakonski zastupnik. Službenik će potvrditi."), "success")
                place = url_for("organisations.profile", slug=organisation.slug)
                return redirect(f"{place}#representative", 303)
    page = render_template(
        "organisations/representative.html",
        organisation=organisation,
        terms=list_terms(organisation),
        problems=problems,
    )
    return page, 422 if problems else 200


@blueprint.get(f"{PLACE}/<document>")
@allow(may_see_evidence, on=get_own_evidence, seen_by=may_see_evidence)
def evidence(subject: tuple[Organisation, RepresentativeTerm]) -> ResponseReturnValue:
    """Download what somebody showed to represent the organisation."""
    file = subject[1].evidence
    return hand_out(file)
