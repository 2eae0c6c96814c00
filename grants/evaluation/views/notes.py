"""A member's private notes, and how the member has scored so far."""

from flask import Response, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.queries import grid_of
from grants.errors import DomainError, Stale
from grants.evaluation.access import may_read, may_score, may_score_here, may_sit
from grants.evaluation.actions.noting import save_note
from grants.evaluation.forms import version_of
from grants.evaluation.models import Member
from grants.evaluation.queries import Reading, get_member, get_reading
from grants.evaluation.queries.sheets import count_own_sheets, get_note, list_own_sheets
from grants.evaluation.rules.sheets import standing
from grants.evaluation.sheet_forms import NoteForm
from grants.evaluation.views.reading import OF_SHEET, address_of
from grants.evaluation.views.shared import blueprint
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by, sentences
from grants.web.filters import clock_seconds
from grants.web.gate import allow
from grants.web.paging import PER_PAGE, Page, page_number


@blueprint.get(f"{OF_SHEET}/note")
@allow(may_score, on=get_reading, seen_by=may_read)
def note(reading: Reading) -> ResponseReturnValue:
    """The own note on an application, on a page of its own."""
    return _note_page(reading)


@blueprint.post(f"{OF_SHEET}/note")
@allow(may_score, on=get_reading, seen_by=may_read)
def keep_note(reading: Reading) -> ResponseReturnValue:
    """Keep it: an autosave gets JSON."""
    form, version = NoteForm(), version_of(request.form)
    text, is_autosave = form.text.data or "", "X-Autosave" in request.headers
    try:
        kept = save_note(reading, text, version=version, at=clock.now())
    except Stale as refusal:
        if is_autosave:
            return _second(reading)
        return _note_page(reading, form, refused=refused_by(refusal)), 409
    except DomainError as refusal:
        if is_autosave:
            return jsonify(sentences=sentences(refusal.problems)), 422
        return _note_page(reading, form, refused=refused_by(refusal)), 422
    if is_autosave:
        return jsonify(version=kept.version, saved_at=clock_seconds(clock.now()))
    flash(_("Bilješka je sačuvana. Vidite je samo vi."), "success")
    return redirect(address_of(reading, "evaluation.sheet"))


@blueprint.get("/committee/<slug>/own")
@allow(may_score_here, on=get_member, seen_by=may_sit)
def own_sheets(member: Member) -> ResponseReturnValue:
    """All own sheets side by side, to score alike what is alike."""
    number, grid = page_number(), grid_of(member.committee.call)
    found = list_own_sheets(member, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    rows = [(each, standing(grid, each.sheet.scores)) for each in found]
    return render_template(
        "evaluation/own.html",
        member=member,
        call=member.committee.call,
        grid=grid,
        listed=Page(rows, number, count_own_sheets(member)),
    )


def _second(reading: Reading) -> tuple[Response, int]:
    kept = get_note(reading)
    answer = jsonify(
        version=kept.version if kept else 0,
        fields={"text": kept.text} if kept else {},
        saved_at=clock_seconds(kept.saved_at) if kept else None,
    )
    return answer, 409


def _note_page(
    reading: Reading, form: NoteForm | None = None, *, refused: Refused | None = None
) -> str:
    kept = get_note(reading)
    return render_template(
        "evaluation/note.html",
        reading=reading,
        kept=kept,
        form=form or NoteForm(formdata=None, text=kept.text if kept else ""),
        refused=refused or [],
    )
