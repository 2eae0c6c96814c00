"""The municipality's pages of expenditure: the sums of a contract, the control of one bill."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.contracts.models import Contract
from grants.contracts.queries import get_contract_to_work_on
from grants.contracts.views.shared import send
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.reports.access import may_control, may_see
from grants.reports.actions import control_expenditure
from grants.reports.forms import STATUS_LABELS, ControlForm
from grants.reports.models import Expenditure
from grants.reports.queries import get_expenditure_to_control, list_same_bills
from grants.reports.views.shared import blueprint, expenditure_of
from grants.web.gate import actor, allow


@blueprint.get("/m/<municipality>/contracts/<slug>/expenditure")
@allow(may_see, on=get_contract_to_work_on, seen_by=may_see)
def control(contract: Contract) -> ResponseReturnValue:
    """What was spent of the grant, line by line, and what of it was accepted."""
    return render_template("reports/control.html", **expenditure_of(contract))


@blueprint.get("/m/<municipality>/expenditure/<slug>")
@allow(may_see, on=get_expenditure_to_control, seen_by=may_see)
def bill(expenditure: Expenditure) -> ResponseReturnValue:
    """One bill with its receipt."""
    return _page(expenditure, ControlForm(), [])


@blueprint.post("/m/<municipality>/expenditure/<slug>")
@allow(may_control, on=get_expenditure_to_control, seen_by=may_see)
def judge_bill(expenditure: Expenditure) -> ResponseReturnValue:
    """Accept in full or part, or refuse."""
    form = ControlForm()
    if not form.validate_on_submit():
        return _page(expenditure, form, []), 422
    try:
        control_expenditure(expenditure, form.control(), by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(expenditure, form, list(refusal.problems)), 422
    flash(_("Račun br. %(number)s je pregledan.", number=expenditure.bill_number), "success")
    contract = expenditure.contract
    place = contract.application.call.municipality.slug
    return redirect(url_for("reports.control", municipality=place, slug=contract.slug))


@blueprint.get("/m/<municipality>/expenditure/<slug>/file")
@allow(may_see, on=get_expenditure_to_control, seen_by=may_see)
def bill_file(expenditure: Expenditure) -> ResponseReturnValue:
    """The file of a bill."""
    return send(expenditure.document)


def _page(expenditure: Expenditure, form: ControlForm, problems: list[object]) -> str:
    same = list_same_bills(expenditure.contract, expenditure.bill_key)
    return render_template(
        "reports/bill.html",
        expenditure=expenditure,
        contract=expenditure.contract,
        place=expenditure.contract.application.call.municipality,
        form=form,
        problems=problems,
        others=[other for other in same if other.id != expenditure.id],
        labels=STATUS_LABELS,
    )
