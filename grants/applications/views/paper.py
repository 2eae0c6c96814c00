"""Applications on paper: the officer's pages to begin, complete and drop an entry."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import (
    may_complete_paper,
    may_key_in,
    may_read_case,
    may_see_papers,
)
from grants.applications.actions.paper import (
    complete_paper,
    correct_envelope,
    drop_paper,
    start_paper,
)
from grants.applications.forms import (
    CorrectEnvelopeForm,
    EnvelopeForm,
    PaperForm,
    PaperOrganisationForm,
)
from grants.applications.models import Application
from grants.applications.queries import get_case
from grants.applications.queries.paper import (
    get_call_of_papers,
    get_keyed,
    get_keyed_to_correct,
    get_paper,
    list_papers,
)
from grants.applications.rules.paper import CORRECTABLE, KEYED_IN, Envelope
from grants.applications.rules.states import ApplicationStatus, Channel
from grants.applications.views.blueprint import blueprint
from grants.calls.models import Call
from grants.calls.queries import form_of
from grants.documents.downloads import hand_out
from grants.errors import DomainError, Incomplete
from grants.i18n.languages import gettext as _
from grants.organisations.actions.profile import register_unclaimed
from grants.organisations.forms import typed_profile
from grants.organisations.models import Organisation
from grants.organisations.queries import get_organisation_by_jib
from grants.organisations.rules.identifiers import jib_problems, normalised
from grants.web.commit import release
from grants.web.errors import sentences
from grants.web.gate import actor, allow

PAPERS = "/m/<municipality>/calls/<slug>/paper"
ENVELOPE = ("protocol_number", "received_at", "posted_at", "late_reason")
PAPER = "/m/<municipality>/applications/<slug>/paper"


@blueprint.get(PAPERS)
@allow(may_see_papers, on=get_call_of_papers, seen_by=may_see_papers)
def papers(call: Call) -> ResponseReturnValue:
    """What came on paper to a call: keyed in, and still being keyed in."""
    return render_template(
        "applications/papers.html",
        call=call,
        papers=list_papers(call),
        correctable=CORRECTABLE,
        may_add=may_key_in(actor(), call) and call.status in KEYED_IN,
    )


@blueprint.get(f"{PAPERS}/new")
@allow(may_key_in, on=get_call_of_papers, seen_by=may_see_papers)
def new_paper(call: Call) -> ResponseReturnValue:
    """Begin to key in an application on paper."""
    return _new_page(call, PaperForm(formdata=None), None)


@blueprint.post(f"{PAPERS}/new")
@allow(may_key_in, on=get_call_of_papers, seen_by=may_see_papers)
def start_paper_entry(call: Call) -> ResponseReturnValue:
    """Find the organisation by its JIB, or register it as the paper says; begin the entry."""
    form = PaperForm()
    organisation = get_organisation_by_jib(normalised(form.jib.data or ""))
    is_known = organisation is not None
    is_asked = not is_known and not jib_problems(normalised(form.jib.data or ""))
    asked = PaperOrganisationForm(formdata=_organisation_typed()) if is_asked else None
    is_whole = form.validate() and (asked is None or _is_whole(asked))
    if not is_whole:
        return _new_page(call, form, asked), 422
    try:
        organisation = organisation or _register(form, asked)
        made = start_paper(call, organisation, _envelope(form), by=actor(), at=clock.now())
    except DomainError as refusal:
        _show(refusal, form, asked)
        place, slug = call.municipality.slug, call.slug
        release()
        again = get_call_of_papers(actor(), place, slug)
        return (_new_page(again, form, asked) if again else ""), 422
    first = form_of(call).sections[0].key
    return redirect(url_for("applications.section", slug=made.slug, section=first), 303)


@blueprint.post(PAPER)
@allow(may_complete_paper, on=get_paper, seen_by=may_read_case)
def complete_paper_entry(application: Application) -> ResponseReturnValue:
    """End the entry: from now on it is a registered application like all others."""
    try:
        complete_paper(application, by=actor(), at=clock.now())
    except Incomplete as refusal:
        said, slug = sentences(refusal.problems), application.slug
        release()
        flash(" ".join(said), "error")
        return redirect(url_for("applications.check", slug=slug), 303)
    flash(_("Papirna prijava je unesena. Potvrda se pravi i bit će u predmetu."), "success")
    return redirect(url_for("desk.case", **_address(application)), 303)


@blueprint.post(f"{PAPER}/drop")
@allow(may_complete_paper, on=get_paper, seen_by=may_read_case)
def drop_paper_entry(application: Application) -> ResponseReturnValue:
    """Forget an entry begun by mistake."""
    call = application.call
    address: dict[str, Any] = {"municipality": call.municipality.slug, "slug": call.slug}
    drop_paper(application, by=actor(), at=clock.now())
    flash(_("Unos je odbačen. Zapisano je ko ga je započeo i odbacio."), "success")
    return redirect(url_for("applications.papers", **address), 303)


@blueprint.get(f"{PAPER}/envelope")
@allow(may_complete_paper, on=get_keyed, seen_by=may_read_case)
def envelope(application: Application) -> ResponseReturnValue:
    """What was keyed in of the envelope, to be put right."""
    kept = {name: getattr(application, name) for name in ENVELOPE}
    form = CorrectEnvelopeForm(formdata=None, data={**kept, "channel": application.channel.value})
    return _envelope_page(application, form)


@blueprint.post(f"{PAPER}/envelope")
@allow(may_complete_paper, on=get_keyed_to_correct, seen_by=may_read_case)
def correct_paper_envelope(application: Application) -> ResponseReturnValue:
    """Put it right, with a reason that stays on the record."""
    form = CorrectEnvelopeForm()
    if not form.validate():
        return _envelope_page(application, form), 422
    try:
        correct_envelope(
            application, _envelope(form), reason=form.reason.data or "", by=actor(), at=clock.now()
        )
    except Incomplete as refusal:
        for problem, said in zip(refusal.problems, sentences(refusal.problems), strict=True):
            form[problem.place].errors = [*form[problem.place].errors, said]
        return _envelope_page(application, form), 422
    flash(_("Podaci s koverte su ispravljeni. Šta je stajalo prije, piše u historiji."), "success")
    call = application.call
    if application.status is ApplicationStatus.DRAFT:
        own: dict[str, Any] = {"municipality": call.municipality.slug, "slug": call.slug}
        return redirect(url_for("applications.papers", **own), 303)
    return redirect(url_for("desk.case", **_address(application)), 303)


@blueprint.get("/m/<municipality>/applications/<slug>/receipt.pdf")
@allow(may_read_case, on=get_case, seen_by=may_read_case)
def case_receipt(application: Application) -> ResponseReturnValue:
    """The receipt, to be handed out to who brought a paper."""
    file = application.receipt
    if file is None:
        flash(_("Potvrda se upravo priprema. Pokušajte ponovo za nekoliko trenutaka."))
        return redirect(url_for("desk.case", **_address(application)))
    return hand_out(file)


def _envelope_page(application: Application, form: CorrectEnvelopeForm) -> str:
    is_open = application.status in CORRECTABLE
    return render_template(
        "applications/envelope.html", application=application, form=form, is_open=is_open
    )


def _new_page(call: Call, form: PaperForm, asked: PaperOrganisationForm | None) -> str:
    return render_template("applications/new_paper.html", call=call, form=form, asked=asked)


def _is_whole(asked: PaperOrganisationForm) -> bool:
    """Whether the organisation was asked for already and everything needed is there."""
    return "name" in request.form and bool(asked.validate())


def _organisation_typed() -> Any:
    """Nothing was typed of the organisation before the page asked for it."""
    return request.form if "name" in request.form else None


def _envelope(form: EnvelopeForm) -> Envelope:
    """What a validated form says."""
    received_at: Any = form.received_at.data
    return Envelope(
        channel=Channel(form.channel.data),
        protocol_number=form.protocol_number.data or "",
        received_at=received_at,
        posted_at=form.posted_at.data,
        late_reason=form.late_reason.data or "",
    )


def _register(form: PaperForm, asked: PaperOrganisationForm | None) -> Organisation:
    typed = typed_profile(asked) if asked is not None else {}
    return register_unclaimed(
        {**typed, "jib": form.jib.data},
        is_jib_confirmed=form.is_jib_confirmed.data,
        by=actor(),
        at=clock.now(),
    )


def _show(refusal: DomainError, form: PaperForm, asked: PaperOrganisationForm | None) -> None:
    """Each sentence at its field; what has none stands at the JIB."""
    named = {field.name: field for field in (*form, *(asked or ()))}
    for problem, said in zip(refusal.problems, sentences(refusal.problems), strict=True):
        field = named.get(problem.place, form.jib)
        field.errors = [*field.errors, said]


def _address(application: Application) -> dict[str, Any]:
    return {"municipality": application.call.municipality.slug, "slug": application.slug}
