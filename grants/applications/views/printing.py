"""The whole application as PDF, for the organisation and for the office; a draft, too."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import may_follow, may_read_case, may_write
from grants.applications.models import Application
from grants.applications.printing import draft_of, print_draft
from grants.applications.queries import get_case, get_own_draft, get_snapshot
from grants.applications.rules.states import ApplicationStatus
from grants.applications.views.blueprint import blueprint
from grants.documents.downloads import hand_out
from grants.web.commit import release
from grants.web.downloads import made_file
from grants.web.gate import actor, allow

PDF = "application/pdf"


@blueprint.get("/my/applications/<slug>/pdf")
@allow(may_follow, on=get_own_draft, seen_by=may_follow)
def own_pdf(application: Application) -> ResponseReturnValue:
    """What one handed in, the newest version or that of `?version=`; a draft has none."""
    return _pdf(application, layout="layouts/applicant.html")


@blueprint.get("/m/<municipality>/applications/<slug>/pdf")
@allow(may_read_case, on=get_case, seen_by=may_read_case)
def case_pdf(application: Application) -> ResponseReturnValue:
    """The same for the staff of the municipality."""
    return _pdf(application, layout="layouts/staff.html")


@blueprint.get("/my/applications/<slug>/draft.pdf")
@allow(may_write, on=get_own_draft, seen_by=may_write)
def draft_pdf(application: Application) -> ResponseReturnValue:
    """A draft to be read together or shown to a partner, marked as not submitted."""
    if application.status is not ApplicationStatus.DRAFT or application.organisation is None:
        abort(404)
    text = draft_of(application, by=actor(), at=clock.now())
    # Rendered with no transaction open.
    release()
    return made_file(print_draft(text), name="nacrt-prijave.pdf", media_type=PDF)


def _pdf(application: Application, *, layout: str) -> ResponseReturnValue:
    version = request.args.get("version", type=int)
    snapshot = get_snapshot(application, version=version)
    if snapshot is None:
        abort(404)
    file = snapshot.pdf
    if file is None:
        return render_template(
            "applications/being_made.html",
            application=application,
            snapshot=snapshot,
            layout=layout,
            again=request.full_path.rstrip("?"),
        )
    return hand_out(file)
