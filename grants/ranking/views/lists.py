"""The ranking's pages: the chair's and the staff's; the same steps lead to both."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.rules.states import Origin
from grants.documents.downloads import hand_out
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.ranking import actions
from grants.ranking.access import (
    may_know_bench,
    may_make_record,
    may_preside,
    may_publish_ranking,
    may_read_record,
    may_see_ranking,
)
from grants.ranking.bench import CLOSED, Bench
from grants.ranking.exports import table_of
from grants.ranking.forms import RecordForm, ReductionForm, SessionForm
from grants.ranking.pages import RankingPage, page_of, stations_of
from grants.ranking.places import OF_CALL, OF_COMMITTEE, address, refused_by, weighed_aside
from grants.ranking.publishing import publish_ranking
from grants.ranking.queries import (
    get_application,
    get_bench,
    get_chaired_overview,
    get_overview,
    latest_ranking,
    list_lines,
    list_own_conflicts,
)
from grants.ranking.records import Signing, make_record
from grants.ranking.views.blueprint import blueprint
from grants.web.gate import actor, allow
from grants.web.paging import page_number
from grants.web.tables import Cell, csv_response, xlsx_response


@blueprint.get(OF_CALL)
@allow(may_see_ranking, on=get_overview, seen_by=may_see_ranking)
def overview(bench: Bench) -> ResponseReturnValue:
    """The ranking as the municipality's staff see it."""
    return _page(bench)


@blueprint.get(OF_COMMITTEE)
@allow(may_preside, on=get_chaired_overview, seen_by=may_know_bench)
def committee(bench: Bench) -> ResponseReturnValue:
    """The ranking as the chair makes it."""
    return _page(bench)


@blueprint.post(f"{OF_CALL}/scoring")
@blueprint.post(f"{OF_COMMITTEE}/scoring")
@allow(may_preside, on=get_bench, seen_by=may_know_bench)
def end_scoring(bench: Bench) -> ResponseReturnValue:
    """No sheet changes any more."""
    bench, weighed = weighed_aside(bench)
    try:
        actions.close_scoring(
            bench.call, bench.committee, by=actor(), at=clock.now(), weighed=weighed
        )
    except DomainError as refusal:
        return _page(bench, refused=refused_by(bench, refusal)), 422
    flash(_("Ocjenjivanje je zaključeno. Sada komisija odlučuje o iznosima."), "success")
    return redirect(address(bench))


@blueprint.post(f"{OF_CALL}/amounts")
@blueprint.post(f"{OF_COMMITTEE}/amounts")
@allow(may_preside, on=get_bench, seen_by=may_know_bench)
def reduce_amount(bench: Bench) -> ResponseReturnValue:
    """Another amount than the one asked for."""
    form = ReductionForm()
    if not form.validate_on_submit():
        return _page(bench, reduction=form), 422
    try:
        _reduce(bench, form)
    except DomainError as refusal:
        return _page(bench, reduction=form, refused=refused_by(bench, refusal)), 422
    flash(_("Iznos je zapisan i ulazi u rang-listu."), "success")
    return redirect(address(bench))


def _reduce(bench: Bench, form: ReductionForm) -> None:
    hidden = list_own_conflicts(bench.member)
    application = get_application(bench.call, form.reference.data or "", hidden=hidden)
    if application is None:
        raise DomainError(Problem("ranking_application_unknown", "reference"))
    actions.reduce_amount(
        application,
        bench.committee,
        amount=form.amount.data or 0,
        reason=form.reason.data or "",
        by=actor(),
        at=clock.now(),
    )


@blueprint.post(f"{OF_CALL}/close")
@blueprint.post(f"{OF_COMMITTEE}/close")
@allow(may_preside, on=get_bench, seen_by=may_know_bench)
def close(bench: Bench) -> ResponseReturnValue:
    """The ranking is what it is, with everything it was computed from."""
    form = SessionForm()
    if not form.validate_on_submit():
        return _page(bench, session=form), 422
    session = form.session(request.form.getlist("present"))
    bench, weighed = weighed_aside(bench, is_whole=True)
    try:
        actions.close_ranking(
            bench.call, bench.committee, session, by=actor(), at=clock.now(), weighed=weighed
        )
    except DomainError as refusal:
        return _page(bench, session=form, refused=refused_by(bench, refusal)), 422
    flash(_("Rang-lista je zaključena. Sada se izdaje zapisnik i objavljuje lista."), "success")
    return redirect(address(bench))


@blueprint.post(f"{OF_CALL}/publish")
@allow(may_publish_ranking, on=get_bench, seen_by=may_know_bench)
def publish(bench: Bench) -> ResponseReturnValue:
    """The preliminary list for everybody, and the term of objections."""
    try:
        ranking = latest_ranking(bench.call)
        publish_ranking(bench.call, ranking, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(bench, refused=refused_by(bench, refusal)), 422
    flash(_("Preliminarna lista je objavljena. Podnosioci su obaviješteni."), "success")
    return redirect(address(bench))


@blueprint.post(f"{OF_CALL}/record")
@blueprint.post(f"{OF_COMMITTEE}/record")
@allow(may_make_record, on=get_bench, seen_by=may_know_bench)
def issue_record(bench: Bench) -> ResponseReturnValue:
    """The record of the committee's work as an act; its PDF follows in a moment."""
    form, ranking = RecordForm(), latest_ranking(bench.call)
    if not form.validate_on_submit() or bench.committee is None:
        return _page(bench, record=form), 422
    signing = Signing(form.number.data or "", form.missing_reason.data or "")
    try:
        act = make_record(
            bench.call, bench.committee, ranking, signing=signing, by=actor(), at=clock.now()
        )
    except DomainError as refusal:
        return _page(bench, record=form, refused=refused_by(bench, refusal)), 422
    flash(_("Zapisnik je izdat pod brojem %(number)s.", number=act.number), "success")
    return redirect(address(bench))


@blueprint.get(f"{OF_CALL}/record.pdf")
@blueprint.get(f"{OF_COMMITTEE}/record.pdf")
@allow(may_read_record, on=get_bench, seen_by=may_know_bench)
def record_pdf(bench: Bench) -> ResponseReturnValue:
    """The record, for the staff and for those who sat on the committee.

    A member with a conflict reads on the page what it says of the other applications.
    """
    ranking = latest_ranking(bench.call)
    act = ranking.record_act if ranking else None
    document = act.document if act else None
    if document is None or list_own_conflicts(bench.member):
        abort(404)
    return hand_out(document)


@blueprint.get(f"{OF_CALL}/list.csv")
@allow(may_see_ranking, on=get_overview, seen_by=may_see_ranking)
def as_csv(bench: Bench) -> ResponseReturnValue:
    """The closed ranking as CSV."""
    return csv_response(_table(bench), name=f"rang-lista-{bench.call.reference}.csv")


@blueprint.get(f"{OF_CALL}/list.xlsx")
@allow(may_see_ranking, on=get_overview, seen_by=may_see_ranking)
def as_xlsx(bench: Bench) -> ResponseReturnValue:
    """The closed ranking as a workbook."""
    name = f"rang-lista-{bench.call.reference}.xlsx"
    return xlsx_response(_table(bench), name=name, title=_("Rang-lista"))


def _table(bench: Bench) -> Iterator[Sequence[Cell]]:
    ranking = latest_ranking(bench.call) if bench.call.status in CLOSED else None
    if ranking is None:
        abort(404)
    return table_of(ranking.summary["sections"], list_lines(ranking))


def _page(bench: Bench, **given: Any) -> str:
    """The page of whoever asks, with the forms as they were typed."""
    page = page_of(bench, lot=request.args.get("lot"), number=page_number())
    stations = stations_of(bench.call, page.ranking, at=clock.now())
    forms = {
        "reduction": given.get("reduction") or ReductionForm(formdata=None),
        "session": given.get("session")
        or SessionForm(formdata=None, held_on=clock.local_day(clock.now())),
        "record": given.get("record") or RecordForm(formdata=None),
    }
    template = "ranking/committee.html" if bench.member else "ranking/overview.html"
    return render_template(
        template,
        bench=bench,
        call=bench.call,
        page=page,
        stations=stations,
        address=address(bench),
        links=_links(bench, page),
        # Who was there is said by whoever was: on a fresh form nobody is ticked.
        present=request.form.getlist("present") if "session" in given else [],
        is_imported=bench.call.origin is Origin.IMPORTED,
        refused=given.get("refused", []),
        **forms,
    )


def _links(bench: Bench, page: RankingPage) -> dict[int, str]:
    """Where each application shown is read: the sheet for the chair, the case for the staff."""
    lots = page.board.lots if page.board else []
    shown = [entry.line.case for lot in lots for entry in lot.entries]
    if bench.member is not None:
        base = f"/committee/{bench.member.committee.slug}"
    else:
        base = f"/m/{bench.call.municipality.slug}/applications"
    return {case.id: f"{base}/{case.slug}" for case in shown}
