"""The sheet as a text file: taken away, filled in offline, read back with every fault said."""

from typing import Any

from flask import Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.queries import grid_of
from grants.errors import DomainError, Problem, Stale
from grants.evaluation.access import may_read, may_score
from grants.evaluation.actions import save_sheet
from grants.evaluation.forms import changes_of, version_of
from grants.evaluation.queries import Reading, get_reading
from grants.evaluation.rules.textform import (
    MOST_BYTES,
    ReadSheet,
    TextSheet,
    read_sheet,
    read_text,
    write_sheet,
)
from grants.evaluation.sheet_forms import TextSheetForm
from grants.evaluation.views.reading import OF_SHEET, address_of, is_open, said, typed_of
from grants.evaluation.views.shared import blueprint
from grants.evaluation.words import TEXT_FORM
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow

OF_TEXT = f"{OF_SHEET}/text"


@blueprint.get(OF_TEXT)
@allow(may_score, on=get_reading, seen_by=may_read)
def text_sheet(reading: Reading) -> ResponseReturnValue:
    """How to score without internet: take the form away, bring it back."""
    return _page(reading)


@blueprint.get(f"{OF_TEXT}/form.txt")
@allow(may_score, on=get_reading, seen_by=may_read)
def text_form(reading: Reading) -> ResponseReturnValue:
    """The form as a file, with what is scored so far."""
    typed, one = typed_of(reading), reading.application
    reference = str(one.reference)
    sheet = TextSheet(reference, one.title, grid_of(reading.call), typed.scores, typed.comments)
    text = write_sheet(sheet, lambda key: str(TEXT_FORM[key]))
    answer = Response("\ufeff" + text, content_type="text/plain; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"ocjena-{reference}.txt")
    return answer


@blueprint.post(OF_TEXT)
@allow(may_score, on=get_reading, seen_by=may_read)
def read_text_form(reading: Reading) -> ResponseReturnValue:
    """What a filled form says, to be looked at before it is kept."""
    file = request.files.get("file")
    content = file.stream.read(MOST_BYTES + 1) if file is not None and file.filename else b""
    if not content or len(content) > MOST_BYTES:
        code = "text_file_large" if content else "text_file_missing"
        return _page(reading, refused=refused_by(DomainError(Problem(code, "file")))), 422
    reference, grid = str(reading.application.reference), grid_of(reading.call)
    read = read_sheet(read_text(content), reference=reference, grid=grid)
    is_anything = read.changes.scores or read.changes.comments
    return _page(reading, read=read), 200 if is_anything else 422


@blueprint.post(f"{OF_TEXT}/save")
@allow(may_score, on=get_reading, seen_by=may_read)
def save_text_form(reading: Reading) -> ResponseReturnValue:
    """Keep what was read, as if it had been typed on the page."""
    changes, version = changes_of(request.form), version_of(request.form)
    try:
        save_sheet(reading, changes, version=version, by=actor(), at=clock.now())
    except Stale as refusal:
        return _page(reading, read=ReadSheet(changes), refused=refused_by(refusal)), 409
    except DomainError as refusal:
        return _page(reading, read=ReadSheet(changes), refused=said(refusal)), 422
    flash(_("Sačuvano je ono što ste popunili u datoteci. Pregledajte i potpišite."), "success")
    return redirect(address_of(reading, "evaluation.review"))


def _page(
    reading: Reading, *, read: ReadSheet | None = None, refused: Refused | None = None
) -> str:
    faults = refused_by(DomainError(*read.problems)) if read else []
    return render_template(
        "evaluation/text_sheet.html",
        reading=reading,
        call=reading.call,
        is_open=is_open(reading),
        read=read,
        lines=_lines(reading, read) if read else [],
        refused=[*(refused or []), *((text, None) for text, _place in faults)],
        form=TextSheetForm(),
    )


def _lines(reading: Reading, read: ReadSheet) -> list[dict[str, Any]]:
    """What would change, in the order of the grid: what stands now beside what was read."""
    kept, found = typed_of(reading), []
    for section in grid_of(reading.call).sections:
        for question in section.questions:
            code = question.code
            found += [_line("q-", code, question.text, kept.scores, read.changes.scores)]
            found += [_line("c-", code, question.text, kept.comments, read.changes.comments)]
        comments = kept.comments, read.changes.comments
        found += [_line("c-", section.code, section.title, *comments)]
    return [each for each in found if each["read"]]


def _line(prefix: str, code: str, text: str, kept: Any, read: Any) -> dict[str, Any]:
    return {
        "name": prefix + code,
        "code": code,
        "text": text,
        "is_score": prefix == "q-",
        "kept": str(kept.get(code, "")),
        "read": str(read.get(code, "")),
    }
