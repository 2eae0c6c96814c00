"""Pages of instalments: of the municipality, of a contract, of one; and the organisation's own."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.contracts.access import may_prepare
from grants.contracts.forms import STATUS_LABELS as CONTRACT_LABELS
from grants.contracts.forms import SignedForm
from grants.contracts.life import life_of
from grants.contracts.models import Contract
from grants.contracts.queries import (
    enter_municipality,
    get_contract_to_work_on,
    get_own_contract,
)
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.municipalities.models import Municipality
from grants.payments.access import (
    may_approve,
    may_mark_met,
    may_order,
    may_see,
    may_see_own,
    may_work_here,
)
from grants.payments.actions import (
    Payment,
    approve_payment,
    mark_met,
    note_payment,
    order_payment,
    return_order,
    start_contract,
)
from grants.payments.forms import (
    STATUS_LABELS,
    FilterForm,
    MetForm,
    OrderForm,
    PaidForm,
    ReturnForm,
)
from grants.payments.models import Instalment
from grants.payments.queries import (
    InstalmentFilter,
    count_instalments,
    get_instalment_to_work_on,
    list_instalments,
    list_instalments_of,
    sum_by_status,
)
from grants.payments.rules import InstalmentStatus, Order
from grants.web.gate import actor, allow
from grants.web.paging import PER_PAGE, Page, page_number

blueprint = Blueprint("payments", __name__)


@blueprint.get("/m/<municipality>/payments")
@allow(may_work_here, on=enter_municipality, seen_by=may_work_here)
def index(municipality: Municipality) -> ResponseReturnValue:
    """All instalments of the municipality."""
    form, number = FilterForm(request.args), page_number()
    wanted = InstalmentFilter(form.chosen_status(), request.args.get("q", "")[:100])
    rows = list_instalments(wanted, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return render_template(
        "payments/index.html",
        place=municipality,
        form=form,
        words=wanted.words,
        sums=sum_by_status(),
        labels=STATUS_LABELS,
        statuses=InstalmentStatus,
        page=Page(rows, number, count_instalments(wanted)),
    )


@blueprint.get("/m/<municipality>/contracts/<slug>/payments")
@allow(may_see, on=get_contract_to_work_on, seen_by=may_see)
def contract(found: Contract) -> ResponseReturnValue:
    """The instalments of one contract."""
    return render_template("payments/contract.html", **_of_contract(found))


@blueprint.get("/my/contracts/<slug>/payments")
@allow(may_see_own, on=get_own_contract, seen_by=may_see_own)
def mine(found: Contract) -> ResponseReturnValue:
    """The organisation follows its instalments."""
    return render_template("payments/mine.html", **_of_contract(found))


def _of_contract(found: Contract) -> dict[str, Any]:
    return {
        "contract": found,
        "place": found.application.call.municipality,
        "instalments": list_instalments_of(found),
        "stages": life_of(found),
        "labels": STATUS_LABELS,
        "contract_labels": CONTRACT_LABELS,
    }


@blueprint.route("/m/<municipality>/contracts/<slug>/start", methods=["GET", "POST"])
@allow(may_prepare, on=get_contract_to_work_on, seen_by=may_see)
def start(found: Contract) -> ResponseReturnValue:
    """The officer notes that both have signed: the contract is in force."""
    form, problems, place = SignedForm(), [], found.application.call.municipality
    if form.validate_on_submit() and form.signed_on.data:
        try:
            start_contract(found, signed_on=form.signed_on.data, by=actor(), at=clock.now())
        except DomainError as refusal:
            problems = list(refusal.problems)
        else:
            flash(_("Ugovor je na snazi. Označite ratu čiji je uslov ispunjen."), "success")
            to = url_for("payments.contract", municipality=place.slug, slug=found.slug)
            return redirect(to)
    page = render_template(
        "payments/start.html", contract=found, place=place, form=form, problems=problems
    )
    return page, 422 if form.errors or problems else 200


@blueprint.get("/m/<municipality>/payments/<slug>")
@allow(may_see, on=get_instalment_to_work_on, seen_by=may_see)
def instalment(found: Instalment) -> ResponseReturnValue:
    """One instalment: where it stands and its next step."""
    return _page(found)


@blueprint.post("/m/<municipality>/payments/<slug>/met")
@allow(may_mark_met, on=get_instalment_to_work_on, seen_by=may_see)
def met(found: Instalment) -> ResponseReturnValue:
    """The officer says that the condition is met."""
    form = MetForm()
    if not form.validate_on_submit():
        return _page(found, met_form=form), 422
    mark_met(found, note=form.note.data, by=actor(), at=clock.now())
    return _done(found, _("Uslov je ispunjen. Finansije sada pripremaju nalog za plaćanje."))


@blueprint.post("/m/<municipality>/payments/<slug>/order")
@allow(may_order, on=get_instalment_to_work_on, seen_by=may_see)
def order(found: Instalment) -> ResponseReturnValue:
    """Finance writes the payment order."""
    form = OrderForm()
    if not form.validate_on_submit():
        return _page(found, order_form=form), 422
    written = Order(form.account.data, form.purpose.data, form.reference.data)
    try:
        order_payment(found, written, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(found, refusal=refusal, order_form=form), 422
    return _done(found, _("Nalog je pripremljen i čeka odobrenje."))


@blueprint.post("/m/<municipality>/payments/<slug>/approve")
@allow(may_approve, on=get_instalment_to_work_on, seen_by=may_see)
def approve(found: Instalment) -> ResponseReturnValue:
    """The signatory approves the order of somebody else."""
    approve_payment(found, by=actor(), at=clock.now())
    return _done(found, _("Nalog je odobren. Finansije ga mogu provesti u banci."))


@blueprint.post("/m/<municipality>/payments/<slug>/return")
@allow(may_approve, on=get_instalment_to_work_on, seen_by=may_see)
def send_back(found: Instalment) -> ResponseReturnValue:
    """The signatory sends the order back to finance."""
    form = ReturnForm()
    if not form.validate_on_submit():
        return _page(found, return_form=form), 422
    return_order(found, reason=form.reason.data, by=actor(), at=clock.now())
    return _done(found, _("Nalog je vraćen finansijama."))


@blueprint.post("/m/<municipality>/payments/<slug>/paid")
@allow(may_order, on=get_instalment_to_work_on, seen_by=may_see)
def paid(found: Instalment) -> ResponseReturnValue:
    """Finance notes what the bank says."""
    form = PaidForm()
    if not form.validate_on_submit() or form.paid_on.data is None:
        return _page(found, paid_form=form), 422
    payment = Payment(form.paid_on.data, form.reference.data)
    try:
        note_payment(found, payment, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(found, refusal=refusal, paid_form=form), 422
    return _done(found, _("Isplata je upisana, a organizacija obaviještena."))


def _page(found: Instalment, *, refusal: DomainError | None = None, **forms: Any) -> str:
    contract = found.contract
    given = next(iter(forms.values()), None)
    return render_template(
        "payments/instalment.html",
        instalment=found,
        contract=contract,
        place=contract.application.call.municipality,
        stages=life_of(contract),
        labels=STATUS_LABELS,
        given=given,
        problems=refusal.problems if refusal else [],
        is_own_order=found.ordered_by_id is not None and found.ordered_by_id == actor().id,
        met_form=forms.get("met_form") or MetForm(),
        order_form=forms.get("order_form") or _order_form(found),
        return_form=forms.get("return_form") or ReturnForm(),
        paid_form=forms.get("paid_form") or PaidForm(),
    )


def _order_form(found: Instalment) -> OrderForm:
    contract = found.contract
    purpose = _(
        "%(n)s. rata po ugovoru %(number)s – %(t)s",
        n=found.position,
        number=contract.act.number,
        t=contract.application.title,
    )
    return OrderForm(
        data={
            "account": found.order_account or contract.account,
            "purpose": found.order_purpose or purpose[:300],
            "reference": found.order_reference,
        }
    )


def _done(found: Instalment, text: str) -> ResponseReturnValue:
    flash(text, "success")
    place = found.contract.application.call.municipality.slug
    return redirect(url_for("payments.instalment", municipality=place, slug=found.slug))
