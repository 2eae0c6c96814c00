"""The published list of a call: points, amounts, reasons, and until when one may object."""

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.acts.life import Counted, read_counted
from grants.calls.models import Call
from grants.calls.queries import get_public_call
from grants.complaints.queries.objections import count_objections, get_preliminary
from grants.i18n.languages import BY_CODE, SOURCE
from grants.people.actors import Actor
from grants.ranking.boards import ON_ONE_PAGE, PER_PAGE, board_of
from grants.ranking.exports import table_of
from grants.ranking.models import Ranking
from grants.ranking.pages import stations_of
from grants.ranking.queries import get_published_ranking, list_lines
from grants.ranking.rules.kinds import RankingKind
from grants.register.views import WITH_RESULTS, blueprint
from grants.web.gate import allow
from grants.web.paging import Page, page_number
from grants.web.tables import csv_response

# How the address asks for the list that was objected to.
PRELIMINARY = RankingKind.PRELIMINARY.value


def may_see_results(_who: Actor, call: Call) -> bool:
    """Everybody, once the preliminary list is published."""
    return call.status in WITH_RESULTS


@blueprint.get("/calls/<slug>/results")
@allow(may_see_results, on=get_public_call, seen_by=may_see_results, is_public=True)
def results(call: Call) -> ResponseReturnValue:
    """The published list; a long one lot by lot."""
    newest = _published(call)
    ranking = _asked(call, newest)
    lot, number = _lot_asked(ranking), page_number()
    lines = list_lines(
        ranking,
        lot=lot["code"] if lot else None,
        offset=(number - 1) * PER_PAGE if lot else 0,
        limit=PER_PAGE if lot else None,
    )
    return render_template(
        "register/results.html",
        call=call,
        ranking=ranking,
        board=board_of(ranking.summary, lines),
        stages=stations_of(call, ranking, at=clock.now()),
        counted=_counted(ranking),
        is_open=_is_open(ranking),
        is_final=ranking.kind is RankingKind.FINAL,
        newest=newest if newest.id != ranking.id else None,
        objections=count_objections(call),
        lot=lot,
        pages=Page(lines, number, lot["applications"], PER_PAGE) if lot else None,
        text_tag=BY_CODE.get(call.language, SOURCE).tag,
    )


@blueprint.get("/calls/<slug>/results.csv")
@allow(may_see_results, on=get_public_call, seen_by=may_see_results, is_public=True)
def results_csv(call: Call) -> ResponseReturnValue:
    """The published list as CSV."""
    ranking = _asked(call, _published(call))
    rows = table_of(ranking.summary["sections"], list_lines(ranking))
    return csv_response(rows, name=f"rang-lista-{call.slug}.csv")


def _lot_asked(ranking: Ranking) -> dict[str, Any] | None:
    """Which lot a page of a long list shows; None where all fit on one."""
    if ranking.summary["applications"] <= ON_ONE_PAGE:
        return None
    lots: list[dict[str, Any]] = ranking.summary["lots"]
    asked = [each for each in lots if each["code"] == request.args.get("lot", "")]
    return (asked or lots)[0]


def _published(call: Call) -> Ranking:
    ranking = get_published_ranking(call)
    if ranking is None or not ranking.summary:
        abort(404)
    return ranking


def _asked(call: Call, newest: Ranking) -> Ranking:
    """The preliminary list where it is asked for, else the newest."""
    if request.args.get("list") != PRELIMINARY:
        return newest
    found = get_preliminary(call)
    return found if found is not None and found.summary else newest


def _is_open(ranking: Ranking) -> bool:
    until = ranking.objections_until
    return until is not None and clock.local_day(clock.now()) <= until


def _counted(ranking: Ranking) -> Counted | None:
    if ranking.objections_until is None or ranking.objections_counted is None:
        return None
    return read_counted(ranking.objections_counted, ends_on=ranking.objections_until)
