"""Beginning an application and working through its sections."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import may_start, may_start_for, may_write_section
from grants.applications.actions.drafting import ensure_writable, save_section, start_application
from grants.applications.models import Application, DraftSection
from grants.applications.queries import (
    get_own_section,
    get_section_to_save,
    list_own_drafts,
    typed_of,
)
from grants.applications.rules.conflicts import conflict_of
from grants.applications.rules.parsing import Typed
from grants.applications.rules.typed import Answers, add_row, remove_row, take_changes, take_over
from grants.applications.views.blueprint import blueprint
from grants.applications.views.frozen import frozen_page
from grants.applications.views.pages import (
    draft_page,
    file_place,
    next_place,
    section_page,
    section_place,
)
from grants.calls.access import may_see_call
from grants.calls.models import Call
from grants.calls.queries import criteria_of, form_of, get_public_call
from grants.calls.rules.criteria import ensure_open
from grants.calls.rules.form import Section
from grants.errors import NotNow, Stale, WrongState
from grants.i18n.languages import gettext as _
from grants.organisations.queries import list_own_organisations
from grants.people.queries import get_user
from grants.web.errors import sentences
from grants.web.filters import clock_seconds
from grants.web.gate import actor, allow

Subject = tuple[Application, Section]


@blueprint.route("/calls/<slug>/apply", methods=["GET", "POST"])
@allow(may_start, on=get_public_call, seen_by=may_see_call)
def start(call: Call) -> ResponseReturnValue:
    """Begin a draft for one of the own organisations, or go on with one."""
    organisations = list_own_organisations(actor())
    if request.method == "POST":
        chosen = request.form.get("organisation", "")
        organisation = next((each for each in organisations if each.slug == chosen), None)
        if organisation is None or not may_start_for(actor(), organisation):
            abort(404)
        made = start_application(call, organisation, by=actor(), at=clock.now())
        first = form_of(call).sections[0].key
        return redirect(url_for("applications.section", slug=made.slug, section=first), 303)
    return render_template(
        "applications/start.html",
        call=call,
        organisations=organisations,
        drafts=list_own_drafts(call, organisations) if organisations else [],
        refusals=_refusals(call),
    )


def _refusals(call: Call) -> list[str]:
    try:
        ensure_open(criteria_of(call).window, clock.now())
    except NotNow as refusal:
        return sentences(refusal.problems)
    return []


@blueprint.get("/my/applications/<slug>/sections/<section>")
@allow(may_write_section, on=get_own_section, seen_by=may_write_section)
def section(subject: Subject) -> ResponseReturnValue:
    """One section as it is kept, with the sentences for what cannot be read; later as handed in."""
    application, part = subject
    try:
        ensure_writable(application, part.key, at=clock.now())
    except (WrongState, NotNow):
        return frozen_page(application, part)
    return section_page(application, part, with_missing="missing" in request.args)


@blueprint.post("/my/applications/<slug>/sections/<section>")
@allow(may_write_section, on=get_own_section, seen_by=may_write_section)
def save(subject: Subject) -> ResponseReturnValue:
    """Keep a whole section as typed; add or remove a row; go on."""
    application, part = subject
    sent = request.form.to_dict(flat=False)
    deed, value = _deed()
    row, before = secrets.token_hex(3), list[Answers]()

    def change(kept: Answers) -> Answers:
        before.append(kept)
        answers = take_over(part, kept, sent=_decided(sent, kept))
        if deed == "add":
            return add_row(answers, value, row=row, cells=_first_cells(part, value))
        if deed == "remove":
            question, _dot, gone = value.partition(".")
            return remove_row(answers, question, row=gone)
        return answers

    try:
        kept = save_section(
            application, part, change=change, version=_version(), by=actor(), at=clock.now()
        )
    except Stale:
        return _conflict(application, part, sent)
    if deed == "go" and (appeared := _appeared(subject, before=before[0], now=kept.answers)):
        flash(_("Na osnovu vašeg odgovora ovdje treba popuniti još nešto."))
        return redirect(appeared, 303)
    return redirect(_after(subject, kept, deed=(deed, value), row=row), 303)


def _appeared(subject: Subject, *, before: Answers, now: Answers) -> str | None:
    """Where the first question stands that is asked only since this save, and not answered."""
    application, part = subject
    typed = typed_of(application)
    was, is_now = (
        replace(typed, answers={**typed.answers, part.key: each}) for each in (before, now)
    )
    missing = {problem.place.partition(".")[0] for problem in is_now.parsed(part).missing}
    return next(
        (
            f"{section_place(application, part)}#{each.key}"
            for each in part.questions
            if each.key in missing and not was.is_shown(each) and is_now.is_shown(each)
        ),
        None,
    )


@blueprint.post("/my/applications/<slug>/sections/<section>/autosave")
@allow(may_write_section, on=get_section_to_save, seen_by=may_write_section)
def autosave(subject: Subject) -> ResponseReturnValue:
    """Keep the fields that changed; answers as static/js/autosave.js expects."""
    application, part = subject
    sent, names = request.form.to_dict(flat=False), request.form.getlist("changed")
    try:
        row = save_section(
            application,
            part,
            change=lambda kept: take_changes(part, kept, sent=sent, names=names),
            version=_version(),
            by=actor(),
            at=clock.now(),
        )
    except Stale:
        return _stale_answer(subject)
    form = form_of(application.call)
    read = Typed(form, {part.key: row.answers}, known={part.key}).parsed(part)
    said = [problem for problem in read.unreadable if problem.place in names]
    return {
        "version": str(row.version),
        "saved_at": clock_seconds(row.saved_at),
        "sentences": sentences(said),
    }


def _stale_answer(subject: Subject) -> ResponseReturnValue:
    found = get_own_section(actor(), subject[0].slug, subject[1].key)
    row = _row(found[0], found[1]) if found else None
    if row is None:
        abort(404)
    said = {"version": str(row.version), "fields": row.answers, "by": _other_saver(row)}
    return {**said, "saved_at": clock_seconds(row.saved_at)}, 409


def _other_saver(row: DraftSection | None) -> str:
    """Whose text is saved, unless it is one's own from another tab."""
    if row is None or row.saved_by_id in (None, actor().id):
        return ""
    saver = get_user(int(row.saved_by_id or 0))
    return saver.name if saver else ""


def _conflict(
    application: Application, part: Section, sent: Mapping[str, list[str]]
) -> ResponseReturnValue:
    """Both texts side by side; nothing is overwritten before one has chosen."""
    row = _row(application, part)
    conflict = conflict_of(
        typed_of(application), part, sent=sent, months=application.call.duration_max
    )
    page = draft_page(
        "applications/conflict.html",
        application,
        here=part.key,
        section=part,
        conflict=conflict,
        version=row.version if row else 0,
        saved_at=row.saved_at if row else None,
        saved_by=_other_saver(row),
    )
    return page, 409


def _after(subject: Subject, kept: DraftSection, *, deed: tuple[str, str], row: str) -> str:
    """Where one goes on: to the new row, to the page of a file, to the next section."""
    (application, part), (done, value) = subject, deed
    here = section_place(application, part)
    if done == "attach":
        return file_place(application, part, value)
    if done == "add":
        return f"{here}#{value}.{row}"
    if done in ("remove", "stay"):
        return here
    typed = typed_of(application)
    read = replace(typed, answers={**typed.answers, part.key: kept.answers}).parsed(part)
    if read.unreadable:
        return here
    return next_place(application, part, typed.form.sections)


def _deed() -> tuple[str, str]:
    """Which button was pressed, and which table, row or file question it is about."""
    for deed in ("add", "remove", "attach"):
        if value := request.form.get(deed):
            return deed, value
    return ("stay" if "stay" in request.form else "go"), ""


def _first_cells(part: Section, question: str) -> dict[str, str]:
    """A new budget line begins under the heading chosen beside the button."""
    found = next((each for each in part.questions if each.key == question), None)
    if found is None:
        abort(400)
    codes = [heading.code for heading in found.headings]
    chosen = request.form.get("add_heading", "")
    return {"heading": chosen if chosen in codes else codes[0]} if codes else {}


def _decided(sent: Mapping[str, list[str]], kept: Answers) -> dict[str, list[str]]:
    """What was sent, without the texts given up on the page of a conflict."""
    decided = dict(sent)
    for name, choice in sent.items():
        given_up = name.removeprefix("keep:")
        if given_up != name and choice == ["theirs"]:
            text = kept.get(given_up, "")
            decided[given_up] = [text] if isinstance(text, str) else list(text)
    return decided


def _version() -> int:
    text = request.form.get("version", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _row(application: Application, part: Section) -> DraftSection | None:
    return next((row for row in application.sections if row.key == part.key), None)
