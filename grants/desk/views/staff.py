"""Pages of the staff: the start page, the calls, one call with its applications, search."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.complaints.queries.objections import count_objections
from grants.desk.access import may_see_inner_call, may_see_office
from grants.desk.events import Told, tell
from grants.desk.exports import table_of
from grants.desk.labels import STAGES, STATUSES
from grants.desk.listed import CallLine, CaseLine, call_line, case_line, found_line
from grants.desk.navigation import find_url
from grants.desk.next_steps import Milestones, next_step
from grants.desk.queries.calls import (
    NO_COUNTS,
    CallFilter,
    CaseFilter,
    count_applications,
    get_call_to_look_at,
    list_call_rows,
    list_case_rows,
    list_cases,
    list_running_rows,
    search,
)
from grants.desk.queries.cases import read_milestones
from grants.desk.queries.histories import list_call_events
from grants.desk.queries.seats import get_office
from grants.desk.views.blueprint import blueprint
from grants.desk.waiting import list_waiting
from grants.municipalities.models import Municipality
from grants.ranking.pages import stations_of
from grants.ranking.rules.kinds import RankingKind
from grants.web.gate import actor, allow
from grants.web.paging import PER_PAGE, Page, page_number
from grants.web.tables import csv_response

CALL = "/m/<municipality>/calls/<slug>"


@blueprint.get("/m/<municipality>")
@allow(may_see_office, on=get_office, seen_by=may_see_office)
def office(municipality: Municipality) -> ResponseReturnValue:
    """What waits for this person, and the calls that run."""
    at = clock.now()
    rows = list_running_rows()
    lines = [call_line(row, municipality.slug, at=at) for row in rows]
    return render_template(
        "desk/office.html",
        office=municipality,
        lines=lines,
        waiting=list_waiting(actor(), municipality, lines, at=at),
        new_url=find_url("calls.new", municipality=municipality.slug),
    )


@blueprint.get("/m/<municipality>/calls")
@allow(may_see_office, on=get_office, seen_by=may_see_office)
def calls(municipality: Municipality) -> ResponseReturnValue:
    """Every call of the municipality, filtered by words and stage."""
    at, number = clock.now(), page_number()
    wanted = CallFilter(request.args.get("q", "").strip(), request.args.get("stage", ""))
    rows, total = list_call_rows(wanted, at=at, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    lines = [call_line(row, municipality.slug, at=at) for row in rows]
    return render_template(
        "desk/calls.html",
        office=municipality,
        wanted=wanted,
        page=Page[CallLine](lines, number, total),
        stages=STAGES,
        new_url=find_url("calls.new", municipality=municipality.slug),
    )


@blueprint.get(CALL)
@allow(may_see_inner_call, on=get_call_to_look_at, seen_by=may_see_inner_call)
def call(call: Call) -> ResponseReturnValue:
    """One call: where it stands, its figures, the next step, its applications."""
    at, number, slug = clock.now(), page_number(), call.municipality.slug
    counts = count_applications([call.id]).get(call.id, NO_COUNTS)
    wanted = _wanted()
    committee, ranking = read_milestones(call)
    is_objected = call.status is CallStatus.OBJECTIONS
    reached = Milestones(
        has_committee=committee is not None and committee.appointed_at is not None,
        is_scoring_closed=ranking is not None,
        objections_until=ranking.objections_until if ranking else None,
        objections_open=count_objections(call).blocking if is_objected else 0,
        has_final_list=ranking is not None and ranking.kind is RankingKind.FINAL,
    )
    rows, total = list_cases(
        call, wanted, counts=counts, offset=(number - 1) * PER_PAGE, limit=PER_PAGE
    )
    lines = [case_line(row, slug, unread=row.unread) for row in rows]
    page = Page[CaseLine](lines, number, total)
    return render_template(
        "desk/call.html",
        call=call, counts=counts, wanted=wanted, page=page, statuses=STATUSES,
        stations=stations_of(call, ranking, at=at),
        step=next_step(call, counts, reached, slug=slug, at=at),
        envelope=sum(lot.envelope for lot in call.lots),
        lots={lot.id: lot.code for lot in call.lots},
    )  # fmt: skip


@blueprint.get(f"{CALL}/applications.csv")
@allow(may_see_inner_call, on=get_call_to_look_at, seen_by=may_see_inner_call)
def applications_csv(call: Call) -> ResponseReturnValue:
    """The applications of a call, as filtered, to take away."""
    rows = list_case_rows(call, _wanted())
    return csv_response(table_of(rows), name=f"prijave-{call.reference}.csv")


def _wanted() -> CaseFilter:
    return CaseFilter(*(request.args.get(name, "").strip() for name in ("q", "status", "lot")))


@blueprint.get(f"{CALL}/history")
@allow(may_see_inner_call, on=get_call_to_look_at, seen_by=may_see_inner_call)
def call_history(call: Call) -> ResponseReturnValue:
    """Who did what to the call, the latest first."""
    number = page_number()
    entries, total = list_call_events(call, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    return render_template(
        "desk/call_history.html",
        call=call,
        page=Page[Told]([tell(entry) for entry in entries], number, total),
    )


@blueprint.get("/m/<municipality>/search")
@allow(may_see_office, on=get_office, seen_by=may_see_office)
def find(municipality: Municipality) -> ResponseReturnValue:
    """Calls and applications of the municipality that have the words typed."""
    words = request.args.get("q", "").strip()
    found_calls, found_cases = search(words, at=clock.now())
    found = [found_line(each, municipality.slug) for each in found_calls]
    found += [found_line(each, municipality.slug) for each in found_cases]
    return render_template(
        "desk/find.html",
        office=municipality,
        words=words,
        found=found if words else [],
    )
