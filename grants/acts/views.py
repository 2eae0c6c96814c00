"""Acts: the list, one act and its way, its PDF and scan, corrections, legal texts."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from markupsafe import Markup

from grants import clock
from grants.acts import labels
from grants.acts.access import (
    may_keep_act,
    may_list_acts,
    may_see_act,
    may_see_own_act,
    may_sign_act,
)
from grants.acts.actions import (
    Service,
    approve_act,
    attach_scan,
    issue_act,
    record_service,
    return_act,
    signature_of,
)
from grants.acts.corrections import prepare_correction
from grants.acts.forms import CorrectionForm, IssueForm, ReturnForm, ScanForm, ServiceForm
from grants.acts.life import counted_of, standing_of, stations_of
from grants.acts.models import Act
from grants.acts.pages import case_page
from grants.acts.printing import preview_of
from grants.acts.queries import (
    FINAL,
    ActFilter,
    enter_office,
    get_act_in,
    get_correction,
    get_own_act,
    list_call_references,
    list_filtered_acts,
)
from grants.acts.rules import ISSUED_ELSEWHERE, ISSUED_WITH_THEIR_CASE, RECORDS, ActKind, ServiceWay
from grants.documents.actions import add_document, receive_upload
from grants.documents.downloads import hand_out
from grants.documents.models import Document
from grants.documents.rules.kinds import Kind
from grants.documents.vault import settings
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.municipalities.models import Municipality
from grants.municipalities.queries import get_municipality_by_id, list_holidays
from grants.web.commit import release
from grants.web.errors import sentences
from grants.web.gate import actor, allow
from grants.web.paging import PER_PAGE, Page, page_number
from grants.workdays import Calendar

blueprint = Blueprint("acts", __name__)
SCANS = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG, Kind.TIFF})


@blueprint.get("/m/<municipality>/acts")
@allow(may_list_acts, on=enter_office, seen_by=may_list_acts)
def index(municipality: Municipality) -> ResponseReturnValue:
    """All acts of the municipality, filtered by kind, state, call and words."""
    asked = request.args
    wanted = ActFilter(
        kind=asked.get("kind", ""),
        status=asked.get("status", ""),
        call=asked.get("call", ""),
        words=asked.get("q", "").strip(),
    )
    number, today = page_number(), clock.local_day(clock.now())
    rows, total = list_filtered_acts(
        wanted, today=today, offset=(number - 1) * PER_PAGE, limit=PER_PAGE
    )
    return render_template(
        "acts/index.html",
        office=municipality,
        page=Page(rows, number, total),
        standings={act.id: standing_of(act, today=today) for act in rows},
        wanted=wanted,
        calls=list_call_references(),
        kinds=labels.KINDS,
        statuses={**labels.STATUSES, FINAL: labels.FINAL},
    )


@blueprint.get("/m/<municipality>/acts/<slug>")
@allow(may_see_act, on=get_act_in, seen_by=may_see_act)
def act(act: Act) -> ResponseReturnValue:
    """One act: where it stands, what it says, what can be done."""
    return show_act(act)


@blueprint.post("/m/<municipality>/acts/<slug>/approve")
@allow(may_sign_act, on=get_act_in, seen_by=may_see_act)
def approve(act: Act) -> ResponseReturnValue:
    """The signatory has read it and wants it so."""
    if act.kind in ISSUED_ELSEWHERE:
        raise DomainError(Problem("issued_with_its_case"))
    approve_act(act, by=actor(), at=clock.now())
    flash(_("Akt je odobren."), "success")
    return _back_to(act)


@blueprint.post("/m/<municipality>/acts/<slug>/return")
@allow(may_sign_act, on=get_act_in, seen_by=may_see_act)
def return_to_officer(act: Act) -> ResponseReturnValue:
    """The signatory wants something changed."""
    form = ReturnForm()
    if not form.validate_on_submit():
        return show_act(act, back=form), 422
    return_act(act, by=actor(), at=clock.now(), reason=form.reason.data)
    flash(_("Akt je vraćen na doradu. Službenik je obaviješten."), "success")
    return _back_to(act)


@blueprint.post("/m/<municipality>/acts/<slug>/issue")
@allow(may_sign_act, on=get_act_in, seen_by=may_see_act)
def issue(act: Act) -> ResponseReturnValue:
    """Give it its number; from here on nothing of it changes."""
    form = IssueForm()
    if act.kind in ISSUED_WITH_THEIR_CASE:
        raise DomainError(Problem("issued_with_its_case"))
    if not form.validate_on_submit():
        return show_act(act, issue=form), 422
    signature = signature_of(
        get_municipality_by_id(act.municipality_id),
        act.kind,
        by=actor(),
        typed_number=form.typed_number.data or "",
    )
    try:
        issue_act(act, signature=signature, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _refused(act, form, "typed_number", refusal), 422
    flash(_("Akt je izdat pod brojem %(number)s.", number=act.number), "success")
    return _back_to(act)


@blueprint.post("/m/<municipality>/acts/<slug>/service")
@allow(may_keep_act, on=get_act_in, seen_by=may_see_act)
def service(act: Act) -> ResponseReturnValue:
    """Note on which day and how the party got it."""
    form = ServiceForm()
    if not form.validate_on_submit():
        return show_act(act, service=form), 422
    served = Service(cast("date", form.on.data), ServiceWay(form.way.data), form.note.data or "")
    calendar = Calendar(list_holidays(act.municipality_id))
    try:
        record_service(act, served, calendar=calendar, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _refused(act, form, "on", refusal), 422
    flash(_("Uručenje je zapisano."), "success")
    return _back_to(act)


@blueprint.post("/m/<municipality>/acts/<slug>/scan")
@allow(may_keep_act, on=get_act_in, seen_by=may_see_act)
def scan(act: Act) -> ResponseReturnValue:
    """Take in the scan of the signed and stamped copy."""
    form, at = ScanForm(), clock.now()
    if not form.validate_on_submit():
        return show_act(act, scan=form), 422
    release()
    try:
        received = receive_upload(
            form.file.data.stream, name=form.file.data.filename or "", allowed=SCANS
        )
        attach_scan(act, add_document(received, by_id=actor().id, at=at), by=actor(), at=at)
    except DomainError as refusal:
        return _refused(act, form, "file", refusal), 422
    flash(_("Sken je sačuvan uz akt."), "success")
    return _back_to(act)


@blueprint.get("/m/<municipality>/acts/<slug>/pdf")
@allow(may_see_act, on=get_act_in, seen_by=may_see_act)
def pdf(act: Act) -> ResponseReturnValue:
    """The PDF, or that it is being made."""
    return _download(act.document, act)


@blueprint.get("/m/<municipality>/acts/<slug>/scan")
@allow(may_see_act, on=get_act_in, seen_by=may_see_act)
def scan_file(act: Act) -> ResponseReturnValue:
    """The scan."""
    return _download(act.scan, act)


@blueprint.get("/my/acts/<slug>/pdf")
@allow(may_see_own_act, on=get_own_act, seen_by=may_see_own_act)
def my_pdf(act: Act) -> ResponseReturnValue:
    """The PDF for whom it is about, or that it is being made."""
    return _download(act.document, act)


@blueprint.route("/m/<municipality>/acts/<slug>/correct", methods=["GET", "POST"])
@allow(may_keep_act, on=get_act_in, seen_by=may_see_act)
def correct(act: Act) -> ResponseReturnValue:
    """Prepare the act that puts a mistake of this one right."""
    form, office = CorrectionForm(), get_municipality_by_id(act.municipality_id)
    if form.validate_on_submit():
        made = prepare_correction(
            act,
            office,
            wrong=form.wrong.data,
            right=form.right.data,
            by=actor(),
            at=clock.now(),
        )
        flash(_("Ispravka je pripremljena. Sada je odobrava potpisnik."), "success")
        return _back_to(made)
    page = render_template("acts/correct.html", act=act, office=office, form=form)
    return page, 422 if form.errors else 200


def show_act(act: Act | None, **typed: FlaskForm) -> str:
    """The page of an act; a form that was typed in comes back as it was."""
    if act is None:
        abort(404)
    office, today = get_municipality_by_id(act.municipality_id), clock.local_day(clock.now())
    shown = preview_of(act, office, public_url=settings().public_url)
    return render_template(
        "acts/act.html",
        act=act,
        office=office,
        kind=labels.KINDS[act.kind],
        standing=standing_of(act, today=today),
        stations=stations_of(act, today=today),
        counted=counted_of(act),
        way=labels.WAYS[act.service_way] if act.service_way else "",
        correction=get_correction(act) if act.issued_at else None,
        preview=Markup(shown),  # noqa: S704  our own template, its facts escaped
        is_record=act.kind in RECORDS,
        issue_at=_issue_address(act, office),
        is_approved_here=act.kind not in ISSUED_ELSEWHERE,
        case_url="" if act.issued_at else case_page(act),
        series=signature_of(office, act.kind, by=actor()).series,
        forms=_forms(typed),
    )


def _forms(typed: Mapping[str, FlaskForm]) -> dict[str, Any]:
    made = {"back": ReturnForm, "issue": IssueForm, "service": ServiceForm, "scan": ScanForm}
    return {name: typed.get(name) or form(formdata=None) for name, form in made.items()}


def _refused(act: Act, form: FlaskForm, field: str, refusal: DomainError) -> str:
    release()
    form[field].errors = sentences(refusal.problems)
    name = {"typed_number": "issue", "on": "service", "file": "scan"}[field]
    return show_act(act, **{name: form})


def _issue_address(act: Act, office: Municipality) -> str:
    """Where the form that issues it goes: an act whose issue changes a case, to that case."""
    if act.kind in labels.DECISIONS:
        return url_for("decisions.issue", municipality=office.slug, slug=act.slug)
    if act.kind is ActKind.RULING and act.issued_at is None:
        return url_for("complaints.issue", municipality=office.slug, slug=act.slug)
    if act.kind in ISSUED_WITH_THEIR_CASE or act.issued_at is not None:
        return ""
    return url_for("acts.issue", municipality=office.slug, slug=act.slug)


def _back_to(act: Act) -> ResponseReturnValue:
    office = get_municipality_by_id(act.municipality_id)
    return redirect(url_for("acts.act", municipality=office.slug, slug=act.slug))


def _download(document: Document | None, act: Act) -> ResponseReturnValue:
    if document is None:
        return render_template("acts/being_made.html", act=act)
    return hand_out(document)
