"""A whole form taken over: from another call, from a preset, from a file; and given away."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.access import may_edit_call, may_see_draft
from grants.calls.actions.making import change_call
from grants.calls.building import CALL as FROM_CALL
from grants.calls.building import PRESET, changes_in_words, form_sources
from grants.calls.forms.builder import ImportForm
from grants.calls.models import Call
from grants.calls.pages import editor_page, part_page
from grants.calls.presets import presets
from grants.calls.queries import CallPart, form_of, get_call, get_call_to_work_on
from grants.calls.rules.form import Form
from grants.calls.rules.form_changes import changed_sections
from grants.calls.rules.form_json import FormFault, read_form
from grants.calls.rules.form_problems import form_problems
from grants.calls.rules.form_writing import write_form
from grants.calls.views.blueprint import blueprint
from grants.calls.views.builder import FORM, PART, without_places
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.people.actors import Actor
from grants.web.commit import release
from grants.web.gate import actor, allow

LARGEST = 1_000_000


@blueprint.get(f"{FORM}/export")
@allow(may_see_draft, on=get_call_to_work_on, seen_by=may_see_draft)
def export_form(call: Call) -> ResponseReturnValue:
    """The form as a JSON file."""
    text = json.dumps(write_form(form_of(call)), ensure_ascii=False, indent=2)
    name = f"obrazac-{call.reference}.json"
    answer = Response(f"{text}\n", mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@blueprint.post(f"{FORM}/import")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def import_form(call: Call) -> ResponseReturnValue:
    """Read a form from a file and show what it would change; nothing is saved yet."""
    typed = ImportForm()
    if not typed.validate_on_submit():
        return part_page(CallPart(call, PART), typed), 422
    slug, municipality = call.slug, call.municipality.slug
    release()
    content = typed.file.data.stream.read(LARGEST + 1)
    found = get_call_to_work_on(actor(), municipality, slug) or abort(404)
    try:
        form = _read(content)
    except FormFault as fault:
        return part_page(CallPart(found, PART), None, problems=without_places(fault.problems)), 422
    return compare_page(found, form, source=typed.file.data.filename or "")


@blueprint.get(f"{FORM}/copy")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def copy_form(call: Call) -> ResponseReturnValue:
    """Show what taking over the form of another call or of a preset would change."""
    source = request.args.get("source", "")
    form = form_of_source(actor(), source) or abort(404)
    return compare_page(call, form, source=dict(form_sources(call)).get(source, ""))


@blueprint.post(f"{FORM}/replace")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def replace_form(call: Call) -> ResponseReturnValue:
    """Take over the form that was compared."""
    seen = request.form.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    problems: Sequence[Problem]
    try:
        form = _read(request.form.get("form", "").encode())
        change_call(call, {"form": _numbered(form)}, version=version, by=actor(), at=clock.now())
    except FormFault as fault:
        problems, status = fault.problems, 422
    except DomainError as refusal:
        problems, status = refusal.problems, 409
    else:
        flash(_("Obrazac je preuzet."), "success")
        slug = call.municipality.slug
        return redirect(url_for("calls.edit", municipality=slug, slug=call.slug, part=PART))
    return part_page(CallPart(call, PART), None, problems=without_places(problems)), status


def compare_page(call: Call, form: Form, *, source: str) -> str:
    """What a form would change in this call, and what it would still miss."""
    changes = changed_sections(form_of(call), form)
    lots = {lot.code for lot in call.lots}
    misses = form_problems(form, lots=lots, asks_documents=bool(call.required_documents))
    return editor_page(
        "calls/form_compare.html",
        call,
        part=PART,
        form=None,
        source=source,
        changes=changes_in_words(changes),
        misses=misses,
        written=json.dumps(_numbered(form), ensure_ascii=False),
    )


def form_of_source(who: Actor, source: str) -> Form | None:
    """The form of `preset:<key>` or of `call:<slug>`, where this person may see that call."""
    kind, _colon, name = source.partition(":")
    if kind == PRESET and name in presets():
        return read_form(presets()[name].form)
    other = get_call(name) if kind == FROM_CALL else None
    return form_of(other) if other is not None and may_see_draft(who, other) else None


def _numbered(form: Form) -> dict[str, Any]:
    """A draft's form has number 1, whatever number it had where it comes from."""
    return write_form(Form(1, form.sections))


def _read(content: bytes) -> Form:
    if len(content) > LARGEST:
        raise FormFault([Problem("form_too_large", PART)])
    try:
        written = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as fault:
        raise FormFault([Problem("form_not_json", PART, {"line": fault.lineno})]) from None
    except (UnicodeDecodeError, RecursionError):
        raise FormFault([Problem("form_not_json", PART, {"line": 1})]) from None
    return read_form(written)
