"""What was handed in, as the applicant holds it: receipts, and whether they still stand."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import may_anyone_verify, may_follow, may_submit
from grants.applications.labels import RECEIPTS
from grants.applications.models import Application, Snapshot
from grants.applications.queries import get_own_draft, get_receipt, list_versions
from grants.applications.rules.receipts import FrozenAt, ReceiptStanding, receipt_standings
from grants.applications.rules.states import ApplicationStatus
from grants.applications.views.blueprint import blueprint
from grants.calls.queries import criteria_of
from grants.documents.downloads import hand_out
from grants.i18n.languages import gettext as _
from grants.web.gate import actor, allow


@blueprint.get("/my/applications/<slug>/receipt")
@allow(may_follow, on=get_own_draft, seen_by=may_follow)
def receipt(application: Application) -> ResponseReturnValue:
    """That it was submitted: number, time, hash; after taking it back, that it is not."""
    versions = list_versions(application)
    if not versions:
        return redirect(url_for("applications.check", slug=application.slug))
    standings = _standings(application, versions)
    valid = [each for each in versions if standings[each.version].is_valid]
    is_early = clock.now() <= criteria_of(application.call).deadline
    is_submitted = application.status is ApplicationStatus.SUBMITTED
    return render_template(
        "applications/receipt.html",
        application=application,
        call=application.call,
        first=valid[0] if valid else None,
        versions=valid,
        earlier=[each for each in versions if each not in valid],
        standings=standings,
        labels=RECEIPTS,
        may_withdraw=is_early
        and is_submitted
        and application.keyed_by_id is None
        and may_submit(actor(), application),
    )


@blueprint.get("/my/applications/<slug>/receipt.pdf")
@allow(may_follow, on=get_own_draft, seen_by=may_follow)
def receipt_pdf(application: Application) -> ResponseReturnValue:
    """The receipt as PDF; while the worker makes it, the page says so."""
    file = application.receipt
    if file is None or application.status is ApplicationStatus.DRAFT:
        flash(_("Potvrda se upravo priprema. Pokušajte ponovo za nekoliko trenutaka."))
        return redirect(url_for("applications.receipt", slug=application.slug))
    return hand_out(file)


@blueprint.get("/receipts/<sha256>")
@allow(may_anyone_verify, on=get_receipt, is_public=True)
def verify_receipt(found: tuple[Snapshot, Application]) -> ResponseReturnValue:
    """Whether a receipt is genuine and still stands; nothing about what was proposed."""
    snapshot, application = found
    return render_template(
        "applications/verify.html",
        snapshot=snapshot,
        application=application,
        standing=_standings(application, list_versions(application))[snapshot.version],
    )


def _standings(
    application: Application, versions: Sequence[Snapshot]
) -> Mapping[int, ReceiptStanding]:
    return receipt_standings(
        [FrozenAt(each.version, each.made_at) for each in versions],
        status=application.status,
        submitted_at=application.submitted_at,
    )
