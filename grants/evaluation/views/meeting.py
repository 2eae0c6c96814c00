"""A consensus meeting: its agenda, one application at a time, its minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.actions import Signature
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind
from grants.calls.queries import grid_of
from grants.calls.rules.states import CallStatus
from grants.documents.downloads import hand_out
from grants.errors import DomainError, Stale
from grants.evaluation.access import may_convene, may_meet
from grants.evaluation.actions.meeting import (
    Agreement,
    agree,
    close_meeting,
    enter_attendance,
    save_consensus,
)
from grants.evaluation.drawing import Typed, draw_sections, say
from grants.evaluation.forms import (
    AttendanceForm,
    ConsensusForm,
    MinutesForm,
    changes_of,
    version_of,
)
from grants.evaluation.meetings import Sitting, Talk, get_sitting, get_talk, list_recused
from grants.evaluation.originals import draw_originals, prefilled
from grants.evaluation.rules.sheets import merged, standing
from grants.evaluation.views.passwords import refused_signature
from grants.evaluation.views.shared import blueprint
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow

OF_MEETING = "/committee/<slug>/meetings/<meeting>"
# Said with the number of their question, see drawing.say.
OF_THE_SHEET = frozenset({"unanswered", "not_allowed", "comment_missing", "comment_long"})


@blueprint.get(OF_MEETING)
@allow(may_meet, on=get_sitting, seen_by=may_meet)
def sitting(found: Sitting) -> ResponseReturnValue:
    """The agenda of a meeting, as far as the member may see it."""
    return _sitting_page(found)


@blueprint.post(f"{OF_MEETING}/attendance")
@allow(may_convene, on=get_sitting, seen_by=may_meet)
def attend(found: Sitting) -> ResponseReturnValue:
    """Who is there."""
    try:
        enter_attendance(found, request.form.getlist("present"))
    except DomainError as refusal:
        return _sitting_page(found, refused=refused_by(refusal)), 422
    flash(_("Prisustvo je zapisano."), "success")
    return redirect(_address(found))


@blueprint.post(f"{OF_MEETING}/close")
@allow(may_convene, on=get_sitting, seen_by=may_meet)
def close_sitting(found: Sitting) -> ResponseReturnValue:
    """The end of a meeting: its minutes get a number, the PDF follows in a moment."""
    form = MinutesForm()
    if not form.validate_on_submit():
        return _sitting_page(found, minutes=form), 422
    signature = _signature(found, form.number.data or "")
    try:
        act = close_meeting(found, form.remarks.data or "", signature, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _sitting_page(found, minutes=form, refused=refused_by(refusal)), 422
    flash(_("Sastanak je zaključen. Zapisnik ima broj %(number)s.", number=act.number), "success")
    return redirect(_address(found))


@blueprint.get(f"{OF_MEETING}/minutes.pdf")
@allow(may_meet, on=get_sitting, seen_by=may_meet)
def minutes_pdf(found: Sitting) -> ResponseReturnValue:
    """The minutes, for whoever may know everything in them."""
    act = found.meeting.act
    if (
        act is None
        or act.document is None
        or not _may_read_all(found, list_recused(found.meeting.items))
    ):
        abort(404)
    return hand_out(act.document)


@blueprint.get(f"{OF_MEETING}/<application>")
@allow(may_meet, on=get_talk, seen_by=may_meet)
def talk(found: Talk) -> ResponseReturnValue:
    """One application: everybody's scores, and what the committee agrees upon."""
    return _talk_page(found)


@blueprint.post(f"{OF_MEETING}/<application>")
@allow(may_meet, on=get_talk, seen_by=may_meet)
def settle(found: Talk) -> ResponseReturnValue:
    """Keep the draft of a consensus, or agree upon it."""
    form, grid = ConsensusForm(), grid_of(found.sitting.call)
    changes = changes_of(request.form)
    given = Agreement(
        changes, version_of(request.form), form.votes(), (form.reason.data or "").strip()
    )
    if not form.validate_on_submit() or not _has_signature(form):
        return _talk_page(found, form=form, given=given), 422
    if "agree" in request.form:
        status = refused_signature(form.signing_password)
        found = _again()
        if status:
            return _talk_page(found, form=form, given=given), status
    try:
        if "agree" in request.form:
            agree(found, given, grid, by=actor(), at=clock.now())
        else:
            save_consensus(found, given, grid)
    except DomainError as refusal:
        if isinstance(refusal, Stale):
            given = replace(given, version=found.item.sheet.version if found.item.sheet else 0)
            return _talk_page(found, form=form, given=given, refused=_said(refusal)), 409
        return _talk_page(found, form=form, given=given, refused=_said(refusal)), 422
    flash(_settled("agree" in request.form), "success")
    return redirect(_address(found.sitting))


def _has_signature(form: ConsensusForm) -> bool:
    """A draft needs none."""
    if "agree" in request.form and not form.signing_password.data:
        form.signing_password.errors = [_("Upišite lozinku da potpišete.")]
        return False
    return True


def _again() -> Talk:
    """What the gate found, found again: the check of the password ended the transaction."""
    found = get_talk(actor(), **(request.view_args or {}))
    if found is None:
        abort(404)
    return found


def _settled(is_agreed: bool) -> str:  # noqa: FBT001  one answer out of two
    if is_agreed:
        return _("Ocjena je usaglašena i potpisana. Pojedinačni listovi ostaju kakvi jesu.")
    return _("Nacrt usaglašene ocjene je sačuvan.")


def _sitting_page(found: Sitting, **given: Any) -> str:
    items, recused = found.items, list_recused(found.meeting.items)
    return render_template(
        "evaluation/sitting.html",
        found=found,
        call=found.call,
        meeting=found.meeting,
        items=items,
        recused={each.application_id: found.names(recused[each.application_id]) for each in items},
        attendance=found.attendance,
        present=found.names(found.attendance.counted),
        is_chair=may_convene(actor(), found),
        may_read_all=_may_read_all(found, recused),
        form=AttendanceForm(formdata=None),
        minutes=given.get("minutes") or MinutesForm(formdata=None),
        refused=given.get("refused", []),
    )


def _talk_page(
    found: Talk,
    *,
    form: ConsensusForm | None = None,
    given: Agreement | None = None,
    refused: Refused | None = None,
) -> str:
    grid, item = grid_of(found.sitting.call), found.item
    kept = Typed(item.sheet.scores, item.sheet.comments) if item.sheet else prefilled(grid, found)
    if given is not None:
        changes = given.changes
        kept = Typed(merged(kept.scores, changes.scores), merged(kept.comments, changes.comments))
    where = standing(grid, kept.scores)
    is_open = item.agreed_at is None and found.sitting.meeting.closed_at is None
    return render_template(
        "evaluation/talk.html",
        found=found,
        call=found.sitting.call,
        item=item,
        grid=grid,
        standing=where,
        sections=draw_sections(grid, kept, where),
        originals=draw_originals(grid, found.originals),
        recused=found.sitting.names(found.recused),
        is_led=found.is_led and is_open,
        leader=found.sitting.names([found.leader] if found.leader else []),
        version=given.version if given else item.sheet.version if item.sheet else 0,
        form=form or _kept_form(found),
        refused=refused or [],
    )


def _kept_form(found: Talk) -> ConsensusForm:
    item = found.item
    return ConsensusForm(
        formdata=None,
        votes_for=item.votes_for,
        votes_against=item.votes_against,
        votes_abstained=item.votes_abstained,
        reason=item.reason,
    )


def _may_read_all(found: Sitting, recused: Mapping[int, Sequence[str]]) -> bool:
    """Whoever has not scored an item reads the minutes once the list is public, not before.

    A member with a conflict over one never does: individual scores stand in them.
    """
    if any(found.member.key in keys for keys in recused.values()):
        return False
    is_public = found.call.status not in (CallStatus.SCORING, CallStatus.RANKED)
    return is_public or len(found.items) == len(found.meeting.items)


def _said(refusal: DomainError) -> Refused:
    """The sentences about scores name their question and lead to it."""
    said: Refused = []
    for problem in refusal.problems:
        if problem.code in OF_THE_SHEET:
            said.append((say(problem), f"q-{problem.place}"))
        else:
            said += refused_by(DomainError(problem))
    return said


def _signature(found: Sitting, typed_number: str) -> Signature:
    chair = found.names([found.chair])
    legal = legal_texts(found.call.municipality, ActKind.MINUTES, found.call.language)
    title = _("predsjedava komisijom")
    return Signature(
        chair[0] if chair else "", title, series=legal.series, typed_number=typed_number
    )


def _address(found: Sitting) -> str:
    return url_for(
        "evaluation.sitting", slug=found.member.committee.slug, meeting=found.meeting.slug
    )
