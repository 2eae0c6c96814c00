"""One objection at the office: read, ruled upon, and seen to."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.forms import IssueForm
from grants.acts.life import standing_of
from grants.acts.queries import get_act_in
from grants.acts.rules import ActStatus
from grants.acts.views import show_act
from grants.calls.rules.states import Origin
from grants.complaints.access import (
    may_keep_objections,
    may_prepare_ruling,
    may_see_objections,
    may_see_paper,
    may_sign_ruling,
)
from grants.complaints.actions.filing import add_paper
from grants.complaints.actions.ruling import is_late_objection, issue_ruling, prepare_ruling
from grants.complaints.actions.settling import (
    correct_amount,
    give_sheets_anew,
    settle_objection,
    steps_of,
)
from grants.complaints.forms import AmountForm, RulingForm
from grants.complaints.labels import EFFECTS, GROUNDS, RULINGS
from grants.complaints.models import Objection, ObjectionDocument
from grants.complaints.queries.hands import count_scorers, list_anew, list_candidates, list_hands
from grants.complaints.queries.objections import get_objection, get_objection_of_act, get_paper
from grants.complaints.rules.ruling import Proposal, effects_for, proposal_from
from grants.complaints.rules.states import Effect, ObjectionStatus
from grants.complaints.views.blueprint import blueprint, shown
from grants.documents.actions import add_document, receive_upload
from grants.documents.downloads import hand_out
from grants.errors import DomainError
from grants.i18n.languages import gettext as _
from grants.ranking.aside import weigh
from grants.ranking.queries import get_reduction
from grants.ranking.weighed import Weighed
from grants.web.commit import release
from grants.web.errors import Refused, refused_by, sentence, sentences
from grants.web.forms import StepForm
from grants.web.gate import actor, allow

ONE = "/m/<municipality>/objections/<slug>"


@blueprint.get(ONE)
@allow(may_see_objections, on=get_objection, seen_by=may_see_objections)
def objection(found: Objection) -> ResponseReturnValue:
    """What is objected to, until when it is ruled upon, and where it stands."""
    return _page(found)


@blueprint.post(f"{ONE}/ruling")
@allow(may_prepare_ruling, on=get_objection, seen_by=may_see_objections)
def prepare(found: Objection) -> ResponseReturnValue:
    """Prepare the act; the signatory reads and issues it."""
    form = RulingForm().offer(_effects(found))
    if not form.validate_on_submit():
        return _page(found, ruling=form), 422
    proposal = form.proposal()
    found, weighed = _weighed(found, proposal)
    try:
        act = prepare_ruling(found, proposal, by=actor(), at=clock.now(), weighed=weighed)
    except DomainError as refusal:
        return _page(found, ruling=form, refused=refused_by(refusal)), 422
    flash(_("Rješenje je pripremljeno. Pročitajte ga kako će izgledati."), "success")
    municipality = found.application.call.municipality.slug
    return redirect(url_for("acts.act", municipality=municipality, slug=act.slug), 303)


def _weighed(found: Objection, proposal: Proposal) -> tuple[Objection, Weighed | None]:
    """The ranking that a corrected place is read from, computed with no transaction open."""
    if proposal.effect is not Effect.CORRECTED_RANKING:
        return found, None
    call = found.application.call
    call_id, address = call.id, (call.municipality.slug, found.slug)
    release()
    weighed = weigh(call_id)
    again = get_objection(actor(), *address)
    return again or abort(404), weighed


@blueprint.post("/m/<municipality>/rulings/<slug>/issue")
@allow(may_sign_ruling, on=get_objection_of_act, seen_by=may_see_objections)
def issue(found: Objection) -> ResponseReturnValue:
    """Issue the ruling, with the next number or one from the registry; its effect begins."""
    form, act = IssueForm(), found.act
    assert act is not None  # noqa: S101  it was found by its act
    place, slug = found.application.call.municipality.slug, act.slug
    if not form.validate_on_submit():
        return show_act(act, issue=form), 422
    typed = form.typed_number.data or ""
    try:
        issue_ruling(found, by=actor(), at=clock.now(), typed_number=typed)
    except DomainError as refusal:
        release()
        form.typed_number.errors = sentences(refusal.problems)
        return show_act(get_act_in(actor(), place, slug), issue=form), 422
    flash(_("Rješenje je izdato pod brojem %(number)s.", number=act.number), "success")
    return redirect(_address(found), 303)


@blueprint.post(f"{ONE}/sheets")
@allow(may_keep_objections, on=get_objection, seen_by=may_see_objections)
def assign(found: Objection) -> ResponseReturnValue:
    """Ask members who have not scored the application to score it."""
    return _step(
        found,
        lambda at: give_sheets_anew(found, request.form.getlist("member"), by=actor(), at=at),
        _("Članovi su pozvani da ocijene prijavu."),
    )


@blueprint.post(f"{ONE}/amount")
@allow(may_keep_objections, on=get_objection, seen_by=may_see_objections)
def amount(found: Objection) -> ResponseReturnValue:
    """Enter the corrected amount."""
    form = AmountForm()
    if not form.validate_on_submit():
        return _page(found, amount=form), 422
    fening, reason = form.amount.data or 0, form.reason.data or ""
    try:
        correct_amount(found, amount=fening, reason=reason, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(found, amount=form, refused=refused_by(refusal)), 422
    flash(_("Iznos je upisan i ulazi u konačnu listu."), "success")
    return redirect(_address(found), 303)


@blueprint.post(f"{ONE}/settle")
@allow(may_keep_objections, on=get_objection, seen_by=may_see_objections)
def settle(found: Objection) -> ResponseReturnValue:
    """Everything the ruling set going is done."""
    return _step(
        found,
        lambda at: settle_objection(found, by=actor(), at=at),
        _("Zabilježeno je da je po prigovoru postupljeno."),
    )


@blueprint.post(f"{ONE}/documents")
@allow(may_keep_objections, on=get_objection, seen_by=may_see_objections)
def add_office_paper(found: Objection) -> ResponseReturnValue:
    """Put a scan to an objection that came on paper."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(found, said=[_("Odaberite datoteku.")]), 422
    address = (found.application.call.municipality.slug, found.slug)
    release()
    try:
        received = receive_upload(file.stream, name=file.filename)
        found = get_objection(actor(), *address) or abort(404)
        document = add_document(received, by_id=actor().id, at=clock.now())
        add_paper(found, document, title="", by=actor(), at=clock.now())
    except DomainError as refusal:
        release()
        found = get_objection(actor(), *address) or abort(404)
        return _page(found, said=sentences(refusal.problems)), 422
    return redirect(_address(found), 303)


@blueprint.get(f"{ONE}/documents/<document>")
@allow(may_see_paper, on=get_paper, seen_by=may_see_paper)
def paper_file(subject: tuple[Objection, ObjectionDocument]) -> ResponseReturnValue:
    """A file of an objection, for the staff."""
    return hand_out(subject[1].document)


def _step(found: Objection, act: Any, said: str) -> ResponseReturnValue:
    if not StepForm().validate_on_submit():
        abort(400)
    try:
        act(clock.now())
    except DomainError as refusal:
        return _page(found, refused=refused_by(refusal)), 422
    flash(said, "success")
    return redirect(_address(found), 303)


def _page(found: Objection, *, refused: Refused | None = None, **typed: Any) -> str:
    application, is_open = found.application, found.status is ObjectionStatus.FILED
    is_settling = found.status is ObjectionStatus.RULED and found.settled_at is None
    return render_template(
        "complaints/objection.html",
        **shown(found),
        municipality_slug=application.call.municipality.slug,
        is_late=is_late_objection(found),
        is_open=is_open,
        is_settling=is_settling,
        is_own_work=is_open and actor().id in list_hands(application),
        proposal=_standing(found),
        act_standing=_act_standing(found),
        is_approved=found.act is not None and found.act.status is ActStatus.APPROVED,
        ruling=typed.get("ruling") or _ruling_form(found),
        amount=typed.get("amount") or _amount_form(found),
        scorers=count_scorers(found) if is_open and Effect.NEW_SHEETS in _effects(found) else None,
        only_effect=next(iter(_effects(found)), None),
        words=(RULINGS, EFFECTS, GROUNDS),
        refused=refused or [],
        said=typed.get("said", []),
        form=StepForm(),
        **(_settling(found) if is_settling else {}),
    )


def _settling(found: Objection) -> dict[str, Any]:
    needs_sheets = found.effect in (Effect.NEW_SHEETS, Effect.RECHECK)
    is_eligible = found.application.status.value == "eligible"
    return {
        "steps": [sentence(each) for each in steps_of(found)],
        "anew": list_anew(found.application) if needs_sheets else [],
        "candidates": list_candidates(found) if needs_sheets and is_eligible else [],
        "needs_members": needs_sheets and is_eligible,
    }


def _standing(found: Objection) -> Proposal | None:
    return proposal_from(found.act.facts["ruling"]) if found.act else None


def _act_standing(found: Objection) -> Any:
    return standing_of(found.act, today=clock.local_day(clock.now())) if found.act else None


def _ruling_form(found: Objection) -> RulingForm:
    kept = _standing(found)
    given: dict[str, Any] = {}
    if kept is not None:
        given = {
            "ruling": kept.ruling.value,
            "effect": kept.effect.value if kept.effect else None,
            "ground": kept.ground.value if kept.ground else None,
            "is_reinstated": kept.is_reinstated,
            "reasoning": kept.reasoning,
            "commission": kept.commission,
            "amount": kept.amount,
        }
    return RulingForm(formdata=None, **given).offer(_effects(found))


def _amount_form(found: Objection) -> AmountForm:
    reduction = get_reduction(found.application)
    proposed = reduction.amount if reduction else found.application.requested
    reason = reduction.reason if reduction else ""
    return AmountForm(formdata=None, amount=proposed, reason=reason)


def _effects(found: Objection) -> tuple[Effect, ...]:
    is_imported = found.application.call.origin is Origin.IMPORTED
    return effects_for(found.against, is_imported=is_imported)


def _address(found: Objection) -> str:
    municipality = found.application.call.municipality.slug
    return url_for("complaints.objection", municipality=municipality, slug=found.slug)
