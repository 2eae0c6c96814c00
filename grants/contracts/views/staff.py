"""The municipality's pages of contracts: list, revised budget, preparing, signing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from grants import clock
from grants.acts.models import Act
from grants.acts.pages import issued_on
from grants.acts.printing import preview_of
from grants.acts.rules import ActKind
from grants.contracts.access import may_prepare, may_see, may_sign_contract, may_work_here
from grants.contracts.actions import (
    attach_signed_copy,
    planned_instalments,
    prepare_contract,
    sign_contract,
)
from grants.contracts.forms import (
    STATUS_LABELS,
    WAITING,
    FilterForm,
    ScanForm,
    SignedForm,
    SignForm,
    TermsForm,
)
from grants.contracts.life import life_of
from grants.contracts.models import Contract
from grants.contracts.queries import (
    ContractFilter,
    count_contracts,
    count_waiting_awards,
    enter_municipality,
    get_award_to_work_on,
    get_contract_of,
    get_contract_to_work_on,
    get_revised_budget,
    list_budget,
    list_contracts,
    list_waiting_awards,
    total_by_status,
)
from grants.contracts.rules.revising import needs_revision
from grants.contracts.rules.states import RUNNING
from grants.contracts.rules.terms import end_of
from grants.contracts.views.shared import blueprint, revision_page, send
from grants.decisions.models import Decision
from grants.documents.actions import add_document, receive_upload
from grants.documents.vault import settings
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.municipalities.models import Municipality
from grants.web.commit import release
from grants.web.errors import sentences
from grants.web.gate import actor, allow
from grants.web.paging import PER_PAGE, Page, page_number


@blueprint.get("/m/<municipality>/contracts")
@allow(may_work_here, on=enter_municipality, seen_by=may_work_here)
def index(municipality: Municipality) -> ResponseReturnValue:
    """All contracts of the municipality, or the awards that wait for one."""
    form, number = FilterForm(request.args), page_number()
    words = request.args.get("q", "")[:100]
    totals = total_by_status()
    found = {
        "waiting": count_waiting_awards(),
        "running": sum(total.count for status, total in totals.items() if status in RUNNING),
        "amount": sum(total.amount for total in totals.values()),
    }
    is_waiting = form.status.data == WAITING
    return render_template(
        "contracts/index.html",
        place=municipality,
        form=form,
        words=words,
        found=found,
        is_waiting=is_waiting,
        labels=STATUS_LABELS,
        page=_waiting(words, number) if is_waiting else _contracts(form, words, number),
    )


def _contracts(form: FilterForm, words: str, number: int) -> Page[Contract]:
    wanted = ContractFilter(form.chosen_status(), words)
    rows = list_contracts(wanted, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return Page(rows, number, count_contracts(wanted))


def _waiting(words: str, number: int) -> Page[Decision]:
    rows = list_waiting_awards(words, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return Page(rows, number, count_waiting_awards(words))


@blueprint.route("/m/<municipality>/awards/<slug>/budget", methods=["GET", "POST"])
@allow(may_prepare, on=get_award_to_work_on, seen_by=may_see)
def revise(decision: Decision) -> ResponseReturnValue:
    """The officer enters the budget of an award below what was asked for."""
    place = decision.case.call.municipality
    to = url_for("contracts.prepare", municipality=place.slug, slug=decision.slug)
    return revision_page(decision, template="contracts/revise.html", to=to)


@blueprint.route("/m/<municipality>/awards/<slug>/contract", methods=["GET", "POST"])
@allow(may_prepare, on=get_award_to_work_on, seen_by=may_see)
def prepare(decision: Decision) -> ResponseReturnValue:
    """Prepare the contract of an award, or write it anew while nobody has signed."""
    application = decision.case
    form, problems = _terms_form(decision), []
    if form.validate_on_submit():
        try:
            return _prepared(decision, form)
        except DomainError as refusal:
            problems = list(refusal.problems)
    lines = list_budget(application)
    revised = get_revised_budget(decision)
    page = render_template(
        "contracts/prepare.html",
        award=decision,
        form=form,
        problems=problems,
        plan_of_award=planned_instalments(application, decision.amount),
        is_short=needs_revision(lines, awarded=decision.amount),
        revised=revised,
    )
    return page, 422 if form.errors or problems else 200


def _terms_form(decision: Decision) -> TermsForm:
    """Filled from the contract where there is one, else from profile and application."""
    application = decision.case
    standing = get_contract_of(application.id)
    if standing is not None:
        kept = standing.act.facts.get("terms", {})
        days = {"starts_on": standing.starts_on, "ends_on": standing.ends_on}
        return TermsForm(data={**kept, **days})
    organisation = application.organisation
    starts_on = clock.local_day(clock.now())
    months = application.duration_months or 1
    return TermsForm(
        data={
            "representative_name": organisation.representative_name if organisation else "",
            "representative_title": organisation.representative_title if organisation else "",
            "account": organisation.account if organisation else "",
            "bank": organisation.bank if organisation else "",
            "starts_on": starts_on,
            "ends_on": end_of(starts_on, months=months),
            "report_days": 15,
            "return_days": 15,
            "copies": 4,
        }
    )


def _prepared(decision: Decision, form: TermsForm) -> ResponseReturnValue:
    contract = prepare_contract(decision, form.terms(), by=actor(), at=clock.now())
    flash(_("Ugovor je pripremljen i čeka potpis."), "success")
    return redirect(_address(contract))


@blueprint.get("/m/<municipality>/contracts/<slug>")
@allow(may_see, on=get_contract_to_work_on, seen_by=may_see)
def contract(found: Contract) -> ResponseReturnValue:
    """One contract: what it says, where it stands, what comes next."""
    return _page(found)


@issued_on(ActKind.CONTRACT)
def _page_of_contract(act: Act) -> str:
    contract = get_contract_of(act.subject_id)
    if contract is None:
        return ""
    town = contract.application.call.municipality
    return url_for("contracts.contract", municipality=town.slug, slug=contract.slug)


@blueprint.post("/m/<municipality>/contracts/<slug>/sign")
@allow(may_sign_contract, on=get_contract_to_work_on, seen_by=may_see)
def sign(found: Contract) -> ResponseReturnValue:
    """The signatory signs for the municipality."""
    form = SignForm()
    if not form.validate_on_submit():
        return _page(found, sign_form=form), 422
    try:
        sign_contract(found, number=form.number.data, by=actor(), at=clock.now())
    except DomainError as refusal:
        form.number.errors = sentences(refusal.problems)
        return _page(found, sign_form=form), 422
    flash(
        _("Ugovor je potpisan pod brojem %(n)s. PDF se upravo pravi.", n=found.act.number),
        "success",
    )
    return redirect(_address(found))


@blueprint.post("/m/<municipality>/contracts/<slug>/scan")
@allow(may_prepare, on=get_contract_to_work_on, seen_by=may_see)
def upload_scan(found: Contract) -> ResponseReturnValue:
    """Keep the scan of the contract that both have signed."""
    form, file = ScanForm(), request.files.get("file")
    slug, place = found.slug, found.application.call.municipality.slug
    if file is None or not file.filename:
        form.file.errors = [_("Odaberite datoteku sa skeniranim ugovorom.")]
        return _page(found, scan_form=form), 422
    release()
    try:
        received = receive_upload(file.stream, name=file.filename)
    except DomainError as refusal:
        return _scan_refused(form, place, slug, refusal)
    again = get_contract_to_work_on(actor(), place, slug)
    if again is None or again.act.issued_at is None:
        raise DomainError(Problem("act_not_issued"))
    at = clock.now()
    attach_signed_copy(again, add_document(received, by_id=actor().id, at=at), by=actor(), at=at)
    flash(_("Skeniran ugovor je sačuvan. Upišite još dan potpisivanja."), "success")
    return redirect(_address(again) + "#potpis")


def _scan_refused(
    form: ScanForm, place: str, slug: str, refusal: DomainError
) -> ResponseReturnValue:
    form.file.errors = sentences(refusal.problems)
    again = get_contract_to_work_on(actor(), place, slug)
    if again is None:
        raise refusal
    return _page(again, scan_form=form), 422


@blueprint.get("/m/<municipality>/contracts/<slug>/pdf")
@allow(may_see, on=get_contract_to_work_on, seen_by=may_see)
def pdf(found: Contract) -> ResponseReturnValue:
    """The contract as its worker made it."""
    return send(found.act.document)


@blueprint.get("/m/<municipality>/contracts/<slug>/scan")
@allow(may_see, on=get_contract_to_work_on, seen_by=may_see)
def scan(found: Contract) -> ResponseReturnValue:
    """The contract with both signatures."""
    return send(found.act.scan)


def _page(
    found: Contract, *, sign_form: SignForm | None = None, scan_form: ScanForm | None = None
) -> str:
    municipality = found.application.call.municipality
    preview = ""
    if found.act.issued_at is None:
        said = preview_of(found.act, municipality, public_url=settings().public_url)
        preview = Markup(said)  # noqa: S704  our own template, its facts escaped
    return render_template(
        "contracts/contract.html",
        contract=found,
        place=municipality,
        stages=life_of(found),
        labels=STATUS_LABELS,
        preview=preview,
        sign_form=sign_form or SignForm(),
        scan_form=scan_form or ScanForm(),
        signed_form=SignedForm(),
    )


def _address(found: Contract) -> str:
    place = found.application.call.municipality.slug
    return url_for("contracts.contract", municipality=place, slug=found.slug)
