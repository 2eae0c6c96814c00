"""The organisation's pages of its expenditure: receipts first, then their figures."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.contracts.models import Contract
from grants.contracts.queries import get_own_contract
from grants.contracts.views.shared import send
from grants.documents.actions import add_document, receive_upload
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.reports.access import may_see_own, may_touch_own
from grants.reports.actions import (
    add_receipt,
    enter_expenditure,
    remove_expenditure,
    remove_receipt,
)
from grants.reports.forms import BillForm, ReceiptForm
from grants.reports.models import Expenditure, Receipt
from grants.reports.queries import (
    get_own_expenditure,
    get_own_receipt,
    list_waiting_receipts,
)
from grants.reports.views.shared import blueprint, expenditure_of
from grants.web.commit import release
from grants.web.errors import sentences
from grants.web.gate import actor, allow


@blueprint.get("/my/contracts/<slug>/expenditure")
@allow(may_see_own, on=get_own_contract, seen_by=may_see_own)
def mine(contract: Contract) -> ResponseReturnValue:
    """What was spent of the grant, line by line; bills are entered from here."""
    return _page(contract, ReceiptForm())


@blueprint.post("/my/contracts/<slug>/expenditure/receipts")
@allow(may_see_own, on=get_own_contract, seen_by=may_see_own)
def upload(contract: Contract) -> ResponseReturnValue:
    """Take a scanned bill in; its figures follow on the next page."""
    form, file, slug = ReceiptForm(), request.files.get("file"), contract.slug
    if file is None or not file.filename:
        form.file.errors = [_("Odaberite datoteku sa skeniranim računom.")]
        return _page(contract, form), 422
    release()
    refusal, received = None, None
    try:
        received = receive_upload(file.stream, name=file.filename)
    except DomainError as refused:
        refusal = refused
    again = get_own_contract(actor(), slug)
    if again is None or received is None:
        form.file.errors = sentences(refusal.problems) if refusal else []
        return _page(again or contract, form), 422
    at = clock.now()
    document = add_document(received, by_id=actor().id, at=at)
    receipt = add_receipt(again, document, by=actor(), at=at)
    return redirect(url_for("reports.enter", slug=slug, receipt=receipt.slug))


def _page(contract: Contract, form: ReceiptForm) -> str:
    return render_template(
        "reports/mine.html",
        form=form,
        receipts=list_waiting_receipts(contract),
        **expenditure_of(contract),
    )


@blueprint.route("/my/contracts/<slug>/expenditure/receipts/<receipt>", methods=["GET", "POST"])
@allow(may_touch_own, on=get_own_receipt, seen_by=may_touch_own)
def enter(receipt: Receipt) -> ResponseReturnValue:
    """Enter the figures of an uploaded bill."""
    contract, problems = receipt.contract, []
    form = BillForm().offer(contract.lines)
    if form.validate_on_submit():
        try:
            enter_expenditure(
                receipt,
                form.bill(),
                is_another=form.is_another.data,
                by=actor(),
                at=clock.now(),
            )
        except DomainError as refusal:
            problems = list(refusal.problems)
        else:
            flash(_("Račun je upisan i čeka pregled."), "success")
            return redirect(url_for("reports.mine", slug=contract.slug))
    page = render_template(
        "reports/enter.html",
        contract=contract,
        receipt=receipt,
        form=form,
        problems=problems,
        is_repeated=any(problem.code == "bill_repeated" for problem in problems),
    )
    return page, 422 if form.errors or problems else 200


@blueprint.get("/my/contracts/<slug>/expenditure/receipts/<receipt>/file")
@allow(may_touch_own, on=get_own_receipt, seen_by=may_touch_own)
def receipt_file(receipt: Receipt) -> ResponseReturnValue:
    """The file of a receipt that waits for its figures."""
    return send(receipt.document)


@blueprint.post("/my/contracts/<slug>/expenditure/receipts/<receipt>/remove")
@allow(may_touch_own, on=get_own_receipt, seen_by=may_touch_own)
def drop_receipt(receipt: Receipt) -> ResponseReturnValue:
    """Take back a receipt whose figures nobody has entered."""
    slug = receipt.contract.slug
    remove_receipt(receipt, by=actor(), at=clock.now())
    flash(_("Skeniran račun je uklonjen."), "success")
    return redirect(url_for("reports.mine", slug=slug))


@blueprint.get("/my/expenditure/<slug>/file")
@allow(may_touch_own, on=get_own_expenditure, seen_by=may_touch_own)
def my_file(expenditure: Expenditure) -> ResponseReturnValue:
    """The file of an entered bill."""
    return send(expenditure.document)


@blueprint.post("/my/expenditure/<slug>/remove")
@allow(may_touch_own, on=get_own_expenditure, seen_by=may_touch_own)
def remove(expenditure: Expenditure) -> ResponseReturnValue:
    """Take out a bill that nobody has controlled; its receipt waits for new figures."""
    slug = expenditure.contract.slug
    receipt = remove_expenditure(expenditure, by=actor(), at=clock.now())
    flash(
        _("Račun je uklonjen iz utroška. Sken je ostao: upišite ga ponovo ili uklonite."), "success"
    )
    return redirect(url_for("reports.enter", slug=slug, receipt=receipt.slug))
