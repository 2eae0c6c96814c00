"""The whole sheet, its signature with the password, and the chair who opens one again."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.queries import grid_of
from grants.calls.rules.grid import Grid
from grants.errors import DomainError, Incomplete, Problem
from grants.evaluation.access import (
    may_preside_at,
    may_preside_over,
    may_read,
    may_score,
    may_sit,
)
from grants.evaluation.actions import sign_sheet
from grants.evaluation.actions.reopening import reopen_sheet
from grants.evaluation.drawing import draw_bars, draw_sections, say
from grants.evaluation.forms import version_of
from grants.evaluation.models import Member
from grants.evaluation.queries import (
    Reading,
    get_member,
    get_neighbours,
    get_reading,
    list_signed_sheets,
)
from grants.evaluation.queries.sheets import (
    SignedOne,
    count_states,
    get_signed_one,
    list_former,
    list_states,
)
from grants.evaluation.queries.succeeding import earlier_holders, list_scorers
from grants.evaluation.rules.sheets import standing
from grants.evaluation.rules.signing import missing_for_signing
from grants.evaluation.sheet_forms import ReopenForm, SignForm
from grants.evaluation.views.passwords import refused_signature
from grants.evaluation.views.reading import OF_SHEET, address_of, is_open, is_signed, typed_of
from grants.evaluation.views.shared import blueprint
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow
from grants.web.paging import Page, page_number

PER_PAGE = 25


@blueprint.get(f"{OF_SHEET}/review")
@allow(may_score, on=get_reading, seen_by=may_read)
def review(reading: Reading) -> ResponseReturnValue:
    """The whole sheet before signing; afterwards also what the others signed."""
    return _review_page(reading, SignForm())


@blueprint.post(f"{OF_SHEET}/review")
@allow(may_score, on=get_reading, seen_by=may_read)
def sign(reading: Reading) -> ResponseReturnValue:
    """Sign the sheet with the own password."""
    form = SignForm()
    if _missing(reading) or not form.validate_on_submit():
        return _review_page(reading, form), 422
    status = refused_signature(form.signing_password)
    reading = _again(reading)
    if status:
        return _review_page(reading, form), status
    try:
        sign_sheet(reading, version=version_of(request.form), by=actor(), at=clock.now())
    except Incomplete:
        return _review_page(reading, form), 422
    except DomainError as refusal:
        return _review_page(reading, form, refused=refused_by(refusal)), 409
    flash(_("List je potpisan. Sada vidite i potpisane listove drugih članova."), "success")
    return redirect(address_of(reading, "evaluation.review"))


@blueprint.get("/committee/<slug>/sheets")
@allow(may_preside_over, on=get_member, seen_by=may_sit)
def sheets(seat: Member) -> ResponseReturnValue:
    """Who has signed what, for the chair; nobody's scores."""
    number = page_number()
    scorers = list_scorers(seat.committee_id)
    rows = list_states(seat, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    earlier = earlier_holders(scorers)
    return render_template(
        "evaluation/sheets.html",
        seat=seat,
        call=seat.committee.call,
        members=scorers,
        done={row.application.id: row.done_for(earlier) for row in rows},
        names={each.id: each.name for each in scorers},
        listed=Page(rows, number, count_states(seat), PER_PAGE),
    )


@blueprint.get(f"{OF_SHEET}/sheets/<member>/reopen")
@allow(may_preside_at, on=get_signed_one, seen_by=may_preside_at)
def ask_to_reopen(signed: SignedOne) -> ResponseReturnValue:
    """Why a signed sheet is opened again."""
    return _reopen_page(signed, ReopenForm())


@blueprint.post(f"{OF_SHEET}/sheets/<member>/reopen")
@allow(may_preside_at, on=get_signed_one, seen_by=may_preside_at)
def reopen(signed: SignedOne) -> ResponseReturnValue:
    """Open it again; what was signed is kept."""
    form = ReopenForm()
    if not form.validate_on_submit():
        return _reopen_page(signed, form), 422
    try:
        reopen_sheet(signed, form.reason.data or "", by=actor(), at=clock.now())
    except DomainError as refusal:
        return _reopen_page(signed, form, refused=refused_by(refusal)), 409
    flash(_("List je ponovo otvoren. Član/ica je obaviješten/a."), "success")
    return redirect(url_for("evaluation.sheets", slug=signed.seat.committee.slug))


def _again(reading: Reading) -> Reading:
    """The same, loaded anew: the check of the password ended the transaction."""
    address = request.view_args or {}
    found = get_reading(actor(), str(address["slug"]), str(address["application"]))
    if found is None:
        raise DomainError(Problem("sheet_stale"))
    return found


def _missing(reading: Reading) -> list[Problem]:
    typed = typed_of(reading)
    return missing_for_signing(grid_of(reading.call), answers=typed.scores, comments=typed.comments)


def _review_page(reading: Reading, form: SignForm, *, refused: Refused | None = None) -> str:
    grid = grid_of(reading.call)
    typed, missing = typed_of(reading), _missing(reading)
    others = [
        (each, standing(grid, each.scores))
        for each in list_signed_sheets(reading)
        if each.member_id != reading.member.id
    ]
    where = standing(grid, typed.scores)
    return render_template(
        "evaluation/review.html",
        reading=reading,
        call=reading.call,
        grid=grid,
        standing=where,
        bars=draw_bars(grid, where),
        sections=draw_sections(grid, typed, where, missing),
        missing=[] if is_signed(reading) else _with_links(reading, grid, missing),
        is_signed=is_signed(reading),
        is_open=is_open(reading),
        others=others,
        former=[(each, standing(grid, each.scores)) for each in list_former(reading.sheet)],
        after=get_neighbours(reading)[1],
        form=form,
        refused=refused or [],
    )


def _reopen_page(signed: SignedOne, form: ReopenForm, *, refused: Refused | None = None) -> str:
    return render_template(
        "evaluation/reopen.html",
        signed=signed,
        call=signed.seat.committee.call,
        form=form,
        refused=refused or [],
    )


def _with_links(reading: Reading, grid: Grid, missing: list[Problem]) -> Refused:
    sections = {
        place: section.code
        for section in grid.sections
        for place in (section.code, *(question.code for question in section.questions))
    }
    return [
        (
            say(problem),
            address_of(reading, "evaluation.sheet", section=sections[problem.place], missing=1)
            + f"#{'c' if problem.place in sections.values() else 'q'}-{problem.place}",
        )
        for problem in missing
    ]
