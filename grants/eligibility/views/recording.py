"""The record of the check is issued from the list."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.eligibility.access import may_check, may_see_checks
from grants.eligibility.actions.recording import make_record_of_check
from grants.eligibility.forms import CheckRecordForm
from grants.eligibility.queries import get_call_with_lots
from grants.eligibility.views.listing import checks_page
from grants.eligibility.views.shared import OF_CALL, blueprint, of_call, signature
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.web.errors import refused_by
from grants.web.gate import actor, allow


@blueprint.post(f"{OF_CALL}/checks/record")
@allow(may_check, on=get_call_with_lots, seen_by=may_see_checks)
def make_check_record(call: Call) -> ResponseReturnValue:
    """Issue the record of the administrative check."""
    form = CheckRecordForm()
    if not form.validate_on_submit():
        return checks_page(call, record=form), 422
    signed = signature(call.municipality, ActKind.RECORD_OF_CHECK, form.typed_number.data or "")
    try:
        make_record_of_check(call, form.remarks.data or "", signed, by=actor(), at=clock.now())
    except DomainError as refusal:
        return checks_page(call, record=form, refused=refused_by(refusal)), 422
    flash(_("Zapisnik o provjeri je izdat. PDF se pravi i uskoro je na ovoj stranici."), "success")
    return redirect(of_call("eligibility.checks", call))
