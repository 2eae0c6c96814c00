"""The score sheet: read, scored as one goes, signed, and what the others signed."""

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.models import ApplicationDocument, BudgetRow
from grants.applications.queries import form_of_snapshot, read_snapshot
from grants.calls.queries import evidence_of, grid_of
from grants.calls.rules.grid import Grid, Section
from grants.documents.downloads import hand_out
from grants.errors import DomainError, Incomplete, Problem, Stale
from grants.evaluation.access import may_read, may_score
from grants.evaluation.actions import declare_conflict, save_sheet
from grants.evaluation.drawing import Typed, draw_bars, draw_sections, say
from grants.evaluation.forms import (
    ConflictForm,
    SheetForm,
    changes_of,
    field_texts,
    version_of,
)
from grants.evaluation.queries import (
    Reading,
    count_own_progress,
    get_neighbours,
    get_reading,
    get_reading_of_document,
    list_budget,
    list_documents,
)
from grants.evaluation.queries.blinding import cover_budget, is_hidden
from grants.evaluation.queries.sheets import get_note, list_own_sheets
from grants.evaluation.rules.blinding import blind_form, blind_snapshot, mask_of
from grants.evaluation.rules.committee import ConflictGround
from grants.evaluation.rules.evidence import Reader
from grants.evaluation.rules.sheets import Changes, standing
from grants.evaluation.rules.signing import missing_for_signing
from grants.evaluation.views.reading import OF_SHEET, address_of, is_open, said, typed_of
from grants.evaluation.views.shared import blueprint
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.filters import clock_seconds, money_km
from grants.web.gate import actor, allow

VIEWS = ("evidence", "whole", "budget", "logframe", "documents")


@blueprint.get(OF_SHEET)
@allow(may_score, on=get_reading, seen_by=may_read)
def sheet(reading: Reading) -> ResponseReturnValue:
    """One section of the sheet with the evidence beside it."""
    return _sheet_page(reading)


@blueprint.post(OF_SHEET)
@allow(may_score, on=get_reading, seen_by=may_read)
def save(reading: Reading) -> ResponseReturnValue:
    """Keep what was typed: an autosave gets JSON, a form goes on to the next section."""
    if "X-Autosave" in request.headers:
        return _autosave(reading)
    changes = changes_of(request.form)
    try:
        save_sheet(reading, changes, version=version_of(request.form), by=actor(), at=clock.now())
    except Stale as refusal:
        return _sheet_page(reading, changes=changes, refused=refused_by(refusal)), 409
    except DomainError as refusal:
        return _sheet_page(reading, changes=changes, refused=said(refusal)), 422
    return redirect(_next_address(reading))


@blueprint.get(f"{OF_SHEET}/conflict")
@allow(may_score, on=get_reading, seen_by=may_read)
def conflict(reading: Reading) -> ResponseReturnValue:
    """Say that one has a conflict of interest after all."""
    return _conflict_page(reading, ConflictForm())


@blueprint.post(f"{OF_SHEET}/conflict")
@allow(may_score, on=get_reading, seen_by=may_read)
def recuse(reading: Reading) -> ResponseReturnValue:
    """Declare the conflict; the application disappears from the member's sight."""
    form = ConflictForm()
    if not form.validate_on_submit():
        return _conflict_page(reading, form), 422
    try:
        ground = ConflictGround(form.ground.data)
        declare_conflict(reading, ground, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _conflict_page(reading, form, refused=refused_by(refusal)), 422
    flash(_("Sukob interesa je zabilježen. Ova prijava više nije na vašoj listi."), "success")
    return redirect(url_for("evaluation.work", slug=reading.member.committee.slug))


@blueprint.get(f"{OF_SHEET}/documents/<document>")
@allow(may_read, on=get_reading_of_document, seen_by=may_read)
def document(found: tuple[Reading, ApplicationDocument]) -> ResponseReturnValue:
    """A file of the application."""
    kept = found[1].document
    assert kept is not None  # noqa: S101  the loader finds only those with a file
    return hand_out(kept)


def _autosave(reading: Reading) -> ResponseReturnValue:
    changes = changes_of(request.form, changed=request.form.getlist("changed"))
    try:
        saved = save_sheet(
            reading, changes, version=version_of(request.form), by=actor(), at=clock.now()
        )
    except Stale:
        return _second(reading)
    except Incomplete as refusal:
        return jsonify(sentences=[say(problem) for problem in refusal.problems]), 422
    return jsonify(version=saved.version, saved_at=clock_seconds(clock.now()))


def _second(reading: Reading) -> tuple[Response, int]:
    """Somebody, or the same person in another tab, saved first: the sheet as it is now."""
    kept = reading.sheet
    answer = jsonify(
        version=kept.version if kept else 0,
        fields=field_texts(kept.scores, kept.comments) if kept else {},
        saved_at=clock_seconds(kept.saved_at) if kept and kept.saved_at else None,
    )
    return answer, 409


def _sheet_page(
    reading: Reading, *, changes: Changes | None = None, refused: Refused | None = None
) -> str:
    grid, call = grid_of(reading.call), reading.call
    typed = typed_of(reading, changes)
    where = standing(grid, typed.scores)
    section = _section_asked(grid, typed)
    drawn = draw_sections(grid, typed, where, _problems(reading, grid, typed))
    before, after = get_neighbours(reading)
    return render_template(
        "evaluation/sheet.html",
        reading=reading,
        call=call,
        grid=grid,
        standing=where,
        bars=draw_bars(grid, where),
        sections=drawn,
        section=next(each for each in drawn if each.code == section.code),
        is_open=is_open(reading),
        progress=count_own_progress([reading.member])[reading.member.id],
        before=before,
        after=after,
        earlier=_earlier(reading, grid, section),
        own_note=get_note(reading),
        form=SheetForm(),
        refused=refused or [],
        **_pane(reading, section),
    )


def _earlier(reading: Reading, grid: Grid, section: Section) -> dict[str, Any]:
    """How the member has scored this section elsewhere: by question the answers given, points."""
    found = list_own_sheets(reading.member, without=reading.application.id)
    given: dict[str, list[tuple[str, str]]] = {question.code: [] for question in section.questions}
    points = []
    for each in found:
        where = standing(grid, each.sheet.scores)
        if all(code in each.sheet.scores for code in given):
            points.append((each.application, where.sections[section.code]))
        for code, answers in given.items():
            if code in each.sheet.scores:
                answers.append((str(each.application.reference), str(each.sheet.scores[code])))
    return {"by_question": given, "points": points[:8]}


def _pane(reading: Reading, section: Section) -> dict[str, Any]:
    """The left side: what is asked to be read, out of the frozen version."""
    asked = request.args.get("view", "evidence")
    view = asked if asked in VIEWS else "evidence"
    kept = read_snapshot(reading.application)
    form, snapshot = form_of_snapshot(reading.call, kept), kept
    is_blind = is_hidden(reading.member.committee)
    if is_blind:
        form, snapshot = blind_form(form), blind_snapshot(kept)
    read = Reader(form, snapshot, money=money_km)
    evidence = evidence_of(reading.call)
    keys = dict.fromkeys(key for each in section.questions for key in evidence.get(each.code, ()))
    uses = {
        key: [each.code for each in section.questions if key in evidence.get(each.code, ())]
        for key in keys
    }
    return {
        "view": view,
        "snapshot": snapshot,
        "blocks": read.evidence(keys) if view == "evidence" else [],
        "uses": uses,
        "whole": read.sections() if view == "whole" else [],
        "budget": _budget(reading, kept, is_blind=is_blind) if view == "budget" else [],
        "is_blind": is_blind,
        "slots": {each["code"]: each["title"] for each in reading.call.required_documents},
        "documents": list_documents(reading.application),
    }


def _budget(reading: Reading, kept: dict[str, Any], *, is_blind: bool) -> Sequence[BudgetRow]:
    lines = list_budget(reading.application)
    if is_blind:
        cover_budget(lines, mask_of(kept))
    return lines


def _conflict_page(reading: Reading, form: ConflictForm, *, refused: Refused | None = None) -> str:
    return render_template(
        "evaluation/conflict.html", reading=reading, form=form, refused=refused or []
    )


def _section_asked(grid: Grid, typed: Typed) -> Section:
    """The section of the address, else the first that is not answered whole."""
    asked = request.values.get("section", "")
    named = [section for section in grid.sections if section.code == asked]
    unfinished = [
        section
        for section in grid.sections
        if any(question.code not in typed.scores for question in section.questions)
    ]
    return (named or unfinished or list(grid.sections))[0]


def _problems(reading: Reading, grid: Grid, typed: Typed) -> list[Problem]:
    """What is missing stands at its place once signing was tried: the review leads here."""
    if "missing" not in request.args:
        return []
    return missing_for_signing(grid, answers=typed.scores, comments=typed.comments)


def _next_address(reading: Reading) -> str:
    """The section after this one, after the last the review; or the one asked for."""
    codes = [section.code for section in grid_of(reading.call).sections]
    here = request.form.get("section", "")
    at = codes.index(here) + 1 if here in codes else 0
    if at >= len(codes) or "review" in request.form:
        return address_of(reading, "evaluation.review")
    return address_of(reading, "evaluation.sheet", section=codes[at])
