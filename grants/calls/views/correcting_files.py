"""Files of a published call put right: added, replaced or taken away by the correction in work."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.access import may_edit_call, may_see_draft
from grants.calls.actions.correcting import write_correction
from grants.calls.corrected import (
    CorrectedFile,
    correctable,
    file_fact,
    get_corrected_file,
    get_open_correction,
    list_files,
)
from grants.calls.forms.correcting import FormCorrectionForm
from grants.calls.forms.opening import FileForm
from grants.calls.models import Call
from grants.calls.queries import get_call_to_work_on
from grants.calls.rules.corrections import FILE
from grants.calls.views.blueprint import blueprint
from grants.calls.views.builder import without_places
from grants.calls.views.correcting import CORRECTION, CORRECTIONS, list_page
from grants.documents.actions import add_document, receive_upload
from grants.documents.downloads import hand_out
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.web.commit import release
from grants.web.gate import actor, allow


@blueprint.post(f"{CORRECTIONS}/files")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def correct_file(call: Call) -> ResponseReturnValue:
    """Put a file into the correction in work, in place of another where one is named."""
    form, part = FileForm(), request.args.get("part", "")
    if not form.validate_on_submit():
        return _page(call, [Problem("file_not_chosen")]), 422
    slug, municipality = call.slug, call.municipality.slug
    release()
    try:
        received = receive_upload(form.file.data.stream, name=form.file.data.filename)
    except DomainError as refusal:
        return _page(_again(municipality, slug), refusal.problems), 422
    call = _again(municipality, slug)
    document = add_document(received, by_id=actor().id, at=clock.now())
    stood = correctable(call).get(part) if part.startswith(FILE) else None
    title = stood["title"] if stood else received.name.rpartition(".")[0] or received.name
    place = part if stood else f"{FILE}{document.slug}"
    return _write(call, {place: file_fact(document, title=title)})


@blueprint.post(f"{CORRECTIONS}/files/remove")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def correct_file_away(call: Call) -> ResponseReturnValue:
    """Take a file of the call away, or take back what the correction makes of it."""
    part = request.form.get("part", "")
    if not any(each.part == part for each in list_files(call, get_open_correction(call))):
        abort(404)
    return _write(call, {part: None}, takes_back="back" in request.form)


@blueprint.get(f"{CORRECTION}/files/<document>")
@allow(may_see_draft, on=get_corrected_file, seen_by=may_see_draft)
def corrected_file(subject: CorrectedFile) -> ResponseReturnValue:
    """A file of a correction, for those who write and publish it."""
    return hand_out(subject.document)


def _write(
    call: Call, wanted: Mapping[str, Any], *, takes_back: bool = False
) -> ResponseReturnValue:
    found = get_open_correction(call)
    before = dict(found.after) if found else {}
    after = {part: each for part, each in before.items() if part not in wanted}
    try:
        write_correction(
            call,
            after if takes_back else {**after, **wanted},
            reason=found.reason if found else _("Ispravljaju se datoteke poziva."),
            correction=found,
            by=actor(),
            at=clock.now(),
        )
    except DomainError as refusal:
        return _page(call, refusal.problems), 422
    flash(_("Sačuvano u nacrtu ispravke. Vrijedi kad ispravku objavi potpisnik."), "success")
    here = url_for("calls.corrections", municipality=call.municipality.slug, slug=call.slug)
    return redirect(f"{here}#datoteke")


def _page(call: Call, problems: Sequence[Problem]) -> str:
    form = FormCorrectionForm(formdata=None)
    return list_page(call, form, problems=without_places(problems))


def _again(municipality: str, slug: str) -> Call:
    """The call once more: what was loaded before the file came is gone with release()."""
    return get_call_to_work_on(actor(), municipality, slug) or abort(404)
