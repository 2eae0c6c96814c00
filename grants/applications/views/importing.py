"""The budget as a file: taken away, brought back, pasted; nothing changes before it was seen."""

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import may_write_section
from grants.applications.actions.drafting import ensure_writable, save_section
from grants.applications.models import Application
from grants.applications.queries import get_own_section, typed_of
from grants.applications.rules.importing import (
    Change,
    Difference,
    LineChange,
    Proposal,
    RawLine,
    apply_proposal,
    choices_of,
    has_partners,
    propose,
)
from grants.applications.rules.parsing import Typed
from grants.applications.rules.pasting import LONGEST, read_pasted
from grants.applications.rules.typed import Answers
from grants.applications.spreadsheets.reading import read_workbook
from grants.applications.spreadsheets.writing import Titled, write_workbook
from grants.applications.views.blueprint import blueprint
from grants.applications.views.pages import draft_page, section_page
from grants.applications.words import vat_sentence
from grants.calls.rules.form import Kind, Question, Section
from grants.documents.actions import look_into_upload
from grants.documents.rules.kinds import Kind as FileKind
from grants.errors import DomainError, Problem, Stale
from grants.i18n.languages import gettext as _
from grants.web.commit import release
from grants.web.downloads import made_file
from grants.web.errors import sentences
from grants.web.gate import actor, allow

Subject = tuple[Application, Section]
_AT = "/my/applications/<slug>/sections/<section>"
# A preview carries its lines with it; longer ones than this are no budget.
_LONGEST = 1_000_000


@dataclass(frozen=True)
class ShownLine:
    """One line of the preview: what happens to it, its name, each cell before and after."""

    change: Change
    name: str
    cells: tuple[tuple[str, str, str], ...]
    number: int | None


@blueprint.get(f"{_AT}/budget.xlsx")
@allow(may_write_section, on=get_own_section, seen_by=may_write_section)
def budget_workbook(subject: Subject) -> ResponseReturnValue:
    """The budget as a workbook to fill in or to keep."""
    application, part = subject
    question, call = _budget(part), application.call
    titled = Titled(
        title=application.title or _("Nova prijava"),
        call=f"{call.reference} · {call.title}",
        vat=vat_sentence(call.vat_mode),
    )
    content = write_workbook(typed_of(application), question, titled)
    return made_file(
        content, name=f"budzet-{call.reference}.xlsx", media_type=FileKind.XLSX.media_type
    )


@blueprint.post(f"{_AT}/budget/import")
@allow(may_write_section, on=get_own_section, seen_by=may_write_section)
def import_budget(subject: Subject) -> ResponseReturnValue:
    """Read a filled workbook and show what it would change; the file itself is not kept."""
    application, part = subject
    question, slug = _budget(part), application.slug
    ensure_writable(application, part.key, at=clock.now())
    file = request.files.get("file")
    if file is None or not file.filename:
        return _refused(subject, [_("Odaberite datoteku.")], place="file")
    release()
    try:
        with look_into_upload(file.stream) as content:
            raw = read_workbook(content, question, name=file.filename)
    except DomainError as refusal:
        return _refused(_again(slug, part.key), sentences(refusal.problems), place="file")
    return _preview(_again(slug, part.key), raw, is_whole=True)


@blueprint.post(f"{_AT}/budget/paste")
@allow(may_write_section, on=get_own_section, seen_by=may_write_section)
def paste_budget(subject: Subject) -> ResponseReturnValue:
    """Read pasted rows and show what they would add."""
    application, part = subject
    ensure_writable(application, part.key, at=clock.now())
    question, text = _budget(part), request.form.get("pasted", "")
    if not text.strip():
        return _refused(subject, [_("Zalijepite barem jedan red.")], place="pasted")
    if len(text) > LONGEST:
        said = _("Tekst je predug. Zalijepite ga u dijelovima ili učitajte kao XLSX.")
        return _refused(subject, [said], place="pasted")
    codes = [heading.code for heading in question.headings]
    chosen = request.form.get("under", "")
    raw = read_pasted(
        text,
        question,
        heading=chosen if chosen in codes else (codes or [""])[0],
        has_partners=has_partners(typed_of(application)),
    )
    return _preview(subject, raw, is_whole=False)


@blueprint.post(f"{_AT}/budget/apply")
@allow(may_write_section, on=get_own_section, seen_by=may_write_section)
def apply_import(subject: Subject) -> ResponseReturnValue:
    """Carry out what was shown, unless somebody saved the budget since: then it is shown anew."""
    application, part = subject
    raw, is_whole = _sent_lines(), request.form.get("whole") == "yes"
    question, typed = _budget(part), typed_of(application)

    def change(kept: Answers) -> Answers:
        now = replace(typed, answers={**typed.answers, part.key: kept})
        proposal = propose(now, question, raw, is_whole=is_whole)
        return apply_proposal(kept, question, proposal, ids=_new_ids())

    try:
        save_section(
            application, part, change=change, version=_version(), by=actor(), at=clock.now()
        )
    except Stale:
        return _preview(subject, raw, is_whole=is_whole, is_stale=True)
    flash(_("Stavke su unesene u budžet. Pregledajte ih još jednom."), "success")
    here = url_for("applications.section", slug=application.slug, section=part.key)
    return redirect(here, 303)


def _preview(
    subject: Subject, raw: Sequence[RawLine], *, is_whole: bool, is_stale: bool = False
) -> ResponseReturnValue:
    application, part = subject
    typed, question = typed_of(application), _budget(part)
    if not raw:
        place = "file" if is_whole else "pasted"
        return _refused(subject, [_("U tabeli nema nijedne stavke.")], place=place)
    proposal = propose(typed, question, raw, is_whole=is_whole)
    row = next((each for each in application.sections if each.key == part.key), None)
    page = draft_page(
        "applications/import.html",
        application,
        here=part.key,
        typed=typed,
        section=part,
        lines=[_shown(typed, question, line) for line in proposal.lines],
        counts={change.value: proposal.count(change) for change in Change},
        proposal=proposal,
        problems=[(_said(problem), None) for problem in proposal.problems],
        is_too_long=_is_too_long(proposal),
        sent=_written(raw),
        version=row.version if row else 0,
        is_whole=is_whole,
        is_stale=is_stale,
    )
    return page, 409 if is_stale else 200


def _is_too_long(proposal: Proposal) -> bool:
    return any(problem.code == "rows_too_many" for problem in proposal.problems)


def _said(problem: Problem) -> str:
    """The sentence of a faulty cell begins with where it is."""
    facts = dict(problem.facts)
    if "number" in facts:
        facts["label"] = _(
            "Red %(number)s, kolona „%(column)s“",
            number=facts.pop("number"),
            column=facts.pop("column"),
        )
    return sentences([Problem(problem.code, problem.place, facts)])[0]


def _shown(typed: Typed, question: Question, line: LineChange) -> ShownLine:
    codes = typed.codes(question.key)
    name = line.cells.get("description", "") or _("(bez opisa)")
    if line.id in codes:
        name = f"{codes[line.id]} · {name}"
    cells = tuple(_cell(typed, question, each) for each in line.differences)
    return ShownLine(line.change, name, cells, line.number)


def _cell(typed: Typed, question: Question, found: Difference) -> tuple[str, str, str]:
    choices = choices_of(typed, question, found.column)
    before, after = (
        choices.get(text, "") if choices else text for text in (found.before, found.after)
    )
    return found.column.label, before, after


def _refused(subject: Subject, said: list[str], *, place: str) -> ResponseReturnValue:
    application, part = subject
    pasted = request.form.get("pasted", "")
    page = section_page(
        application, part, with_missing=False, budget_problems={place: said}, pasted=pasted
    )
    return page, 422


def _again(slug: str, key: str) -> Subject:
    """The section once more: what was loaded before the file came is gone with release()."""
    found = get_own_section(actor(), slug, key)
    if found is None or not may_write_section(actor(), found):
        abort(404)
    return found


def _budget(part: Section) -> Question:
    question = next((each for each in part.questions if each.kind is Kind.BUDGET), None)
    return question or abort(404)


def _written(raw: Sequence[RawLine]) -> str:
    """The lines as the page of the preview carries them to the confirmation."""
    return json.dumps([[line.number, line.id, dict(line.cells)] for line in raw])


def _sent_lines() -> list[RawLine]:
    text = request.form.get("lines", "")
    try:
        lines = json.loads(text if len(text) <= _LONGEST else "")
        return [_sent_line(*each) for each in lines]
    except (ValueError, TypeError):
        abort(400)


def _sent_line(number: object, row: object, cells: object) -> RawLine:
    if not isinstance(number, int) or not isinstance(row, str) or not isinstance(cells, dict):
        raise TypeError("no line of a preview")
    return RawLine(number, {str(key): str(text) for key, text in cells.items()}, row)


def _new_ids() -> Iterator[str]:
    while True:
        yield secrets.token_hex(3)


def _version() -> int:
    text = request.form.get("version", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
