"""The chair's page of how far sheets lie apart, and the meetings called about it."""

from dataclasses import dataclass
from fractions import Fraction

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.errors import DomainError
from grants.evaluation.access import may_convene, may_meet
from grants.evaluation.actions.meeting import Summons, call_meeting
from grants.evaluation.divergence import Known, list_known, list_members, read_spread
from grants.evaluation.forms import MeetingForm
from grants.evaluation.meetings import count_meetings, get_voting_member, list_meetings
from grants.evaluation.models import Member
from grants.evaluation.rules.divergence import Apart, Heat
from grants.evaluation.views.shared import blueprint
from grants.i18n.languages import gettext as _
from grants.web.errors import Refused, refused_by
from grants.web.gate import actor, allow
from grants.web.paging import PER_PAGE, Page, page_number

OF_COMMITTEE = "/committee/<slug>"


@dataclass(frozen=True)
class Row:
    """One application of the page."""

    case: Known
    apart: Apart
    heat: list[Heat]

    @property
    def totals(self) -> list[Fraction]:
        """The totals in the order of the members' keys."""
        return list(self.apart.totals.values())


@blueprint.get(f"{OF_COMMITTEE}/divergence")
@allow(may_convene, on=get_voting_member, seen_by=may_meet)
def divergence(member: Member) -> ResponseReturnValue:
    """Per application how far its sheets lie apart, question by question."""
    return _page(member)


@blueprint.post(f"{OF_COMMITTEE}/meetings")
@allow(may_convene, on=get_voting_member, seen_by=may_meet)
def convene(member: Member) -> ResponseReturnValue:
    """Call a meeting about everything over the limit, and what the chair ticked."""
    form, committee = MeetingForm(), member.committee
    if not form.validate_on_submit() or form.begins_at.data is None:
        return _page(member, form=form), 422
    members = list_members(committee)
    known, asked = list_known(member), set(request.form.getlist("also"))
    also = [each.id for each in known.values() if each.slug in asked]
    summons = Summons(form.begins_at.data, form.place.data or "", also)
    try:
        spread = read_spread(committee, members)
        meeting = call_meeting(committee, members, spread, summons, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(member, form=form, refused=refused_by(refusal)), 422
    flash(_("Sastanak je sazvan. Članovi s pravom glasa su dobili poruku."), "success")
    return redirect(url_for("evaluation.sitting", slug=committee.slug, meeting=meeting.slug))


@blueprint.get(f"{OF_COMMITTEE}/meetings")
@allow(may_meet, on=get_voting_member, seen_by=may_meet)
def meetings(member: Member) -> ResponseReturnValue:
    """The meetings of the committee, the newest first."""
    number = page_number()
    found = list_meetings(member, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    return render_template(
        "evaluation/meetings.html",
        member=member,
        call=member.committee.call,
        meetings=Page(found, number, count_meetings(member.committee)),
    )


def _page(
    member: Member, *, form: MeetingForm | None = None, refused: Refused | None = None
) -> str:
    committee, number = member.committee, page_number()
    spread = read_spread(committee, list_members(committee))
    known = list_known(member)
    shown = spread.ordered(key for key in spread.apart if key in known and key in spread.whole)
    start = (number - 1) * PER_PAGE
    rows = [
        Row(known[key], spread.apart[key], spread.heat(key))
        for key in shown[start : start + PER_PAGE]
    ]
    return render_template(
        "evaluation/divergence.html",
        member=member,
        call=committee.call,
        questions=list(spread.grid.questions()),
        page=Page(rows, number, len(shown)),
        over=sum(spread.apart[key].is_over for key in shown),
        waiting=len(known) - len(shown),
        form=form or MeetingForm(formdata=None),
        refused=refused or [],
    )
