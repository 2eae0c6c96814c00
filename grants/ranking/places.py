"""Where the pages of a ranking are, and how their refusals are said to whoever asks."""

from flask import abort, request, url_for

from grants.errors import DomainError, Problem
from grants.ranking.aside import weigh
from grants.ranking.bench import Bench
from grants.ranking.queries import get_bench, list_hidden_references
from grants.ranking.weighed import Weighed
from grants.web.commit import release
from grants.web.errors import Refused, placed
from grants.web.gate import actor

OF_CALL = "/m/<municipality>/calls/<slug>/ranking"
OF_COMMITTEE = "/committee/<slug>/ranking"
# Their figures and references tell of hidden applications; the page lists what may be listed.
_SUMMED = {
    "ranking_unsigned": "ranking_unsigned_some",
    "ranking_tie_unresolved": "ranking_ties_open",
}


def address(bench: Bench) -> str:
    """The page of the ranking for whoever asks: the chair's or the staff's."""
    if bench.member is not None:
        return url_for("ranking.committee", slug=bench.member.committee.slug)
    return url_for(
        "ranking.overview", municipality=bench.call.municipality.slug, slug=bench.call.slug
    )


def weighed_aside(bench: Bench, *, is_whole: bool = False) -> tuple[Bench, Weighed | None]:
    """The ranking computed with no transaction open, and what the gate found, found again."""
    call_id = bench.call.id
    release()
    weighed = weigh(call_id, is_whole=is_whole)
    found = get_bench(actor(), **(request.view_args or {}))
    if found is None:
        abort(404)
    return found, weighed


def refused_by(bench: Bench, refusal: DomainError) -> Refused:
    """The sentences of a refusal with their fields; of what one may not see only that it is."""
    hidden = list_hidden_references(bench.member)
    if not hidden:
        return placed(refusal.problems)
    codes = {_SUMMED[each.code] for each in refusal.problems if each.code in _SUMMED}
    others = [each for each in refusal.problems if each.code not in _SUMMED]
    problems = [each for each in others if each.place not in hidden]
    if len(problems) < len(others):
        codes.add("ranking_elsewhere_open")
    return placed([*problems, *(Problem(code) for code in sorted(codes))])
