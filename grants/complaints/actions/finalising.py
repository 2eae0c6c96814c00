"""The final list: made once every objection is ruled upon and settled."""

from datetime import date, datetime

from grants import clock
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.complaints.queries.objections import (
    count_objections,
    get_final,
    get_newest_filing,
    get_preliminary,
    list_blocking,
)
from grants.complaints.rules.states import ObjectionStatus
from grants.errors import Incomplete, NotNow, Problem
from grants.people.actors import Actor
from grants.ranking.finalising import publish_final
from grants.ranking.models import Ranking
from grants.ranking.weighed import Weighed

# So many are named before the rest is counted.
_NAMED = 10


def make_final_list(
    call: Call, *, by: Actor, at: datetime, weighed: Weighed | None = None
) -> Ranking:
    """Close and publish the final list; the preliminary one stays as it was published.

    Raises NotNow before the end of the term, Incomplete with the objections that are open,
    among them `final_stands` where nothing came since the last one, and what `publish_final` says.
    """
    problems = final_problems(call, today=clock.local_day(at))
    if problems:
        raise Incomplete(*problems)
    before = get_preliminary(call)
    if before is None:
        raise NotNow(Problem("objection_not_yet"))
    return publish_final(call, before, by=by, at=at, weighed=weighed)


def final_problems(call: Call, *, today: date) -> list[Problem]:
    """Why the final list cannot be made today; [] where it can."""
    if call.status is not CallStatus.OBJECTIONS:
        return [Problem("final_not_now")]
    before = get_preliminary(call)
    until = before.objections_until if before else None
    if until is None:
        return [Problem("objection_not_yet")]
    if today <= until:
        return [Problem("final_term_runs", facts={"until": until})]
    return _blocking(call) or _standing(call)


def _blocking(call: Call) -> list[Problem]:
    named = list_blocking(call, limit=_NAMED)
    problems = [
        Problem(
            "final_open" if each.status is ObjectionStatus.FILED else "final_unsettled",
            each.slug,
            {"reference": each.application.reference},
        )
        for each in named
    ]
    if len(named) == _NAMED:
        more = count_objections(call).blocking - len(named)
        problems += [Problem("final_more", facts={"count": more})] if more else []
    return problems


def _standing(call: Call) -> list[Problem]:
    final = get_final(call)
    newest = get_newest_filing(call)
    if final is None or (newest is not None and newest > final.closed_at):
        return []
    return [Problem("final_stands")]
