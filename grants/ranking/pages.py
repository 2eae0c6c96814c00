"""What the pages of a ranking show: while scoring runs, while amounts are decided, once closed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from grants.calls.life_line import LABELS, Station, life_line
from grants.calls.models import Call
from grants.calls.queries import get_call_by_id
from grants.calls.rules.states import CallStatus, Origin, Stage
from grants.errors import Problem
from grants.evaluation.models import Member, MemberRole
from grants.evaluation.queries import count_progress
from grants.i18n.languages import gettext as _
from grants.ranking.bench import CLOSED, Bench
from grants.ranking.boards import ON_ONE_PAGE, PER_PAGE, Board, board_of
from grants.ranking.briefs import BRIEF, Brief, briefs_from, briefs_of, list_briefs
from grants.ranking.keeping import compute_shown, is_asked_for, read_inputs
from grants.ranking.kept import Shown, lines_of_page, page_of_lot, shown_from
from grants.ranking.lines import Case, Line
from grants.ranking.marks import read_kept, read_part
from grants.ranking.models import Ranking, RankingPreview, Reduction
from grants.ranking.queries import (
    count_applications,
    count_sheets,
    latest_ranking,
    list_lines,
    list_own_conflicts,
    list_reductions,
    read_ties,
    recused_by_reference,
)
from grants.ranking.rules.voting import tie_leader
from grants.ranking.weighed import unsigned_sheets
from grants.ranking.withheld import is_open, withheld_lines, withheld_summary

# Names of the page's states, as its template asks for them.
BEFORE, SCORING, COMPUTING, DECIDING, DONE = "before", "scoring", "computing", "deciding", "done"
# Up to this many applications a ranking is computed while the page waits.
AT_ONCE = 200


@dataclass(frozen=True)
class Tie:
    """Applications equal in all but a vote, and where the vote has put each (0: no vote).

    `vote` is its record, as rules.voting keeps it; `leader` who enters it: the chair, else who
    stands in for a recused one. None where nobody may, and of an imported call (an officer does).
    """

    cases: list[Case]
    places: dict[str, int]
    vote: Mapping[str, Any] | None = None
    leader: Member | None = None

    @property
    def is_substituted(self) -> bool:
        """Whether another than the chair leads the vote."""
        return self.leader is not None and self.leader.role is not MemberRole.CHAIR


@dataclass(frozen=True)
class RankingPage:
    """Everything a template of this slice needs to know of the call it shows."""

    state: str
    ranking: Ranking | None = None
    board: Board | None = None
    sheets: Mapping[str, int] = field(default_factory=dict)
    unsigned: Sequence[Problem] = ()
    blocking: Sequence[tuple[Problem, Case]] = ()
    cases: Sequence[Case] = ()
    reductions: Sequence[tuple[Case, Reduction]] = ()
    ties: Sequence[Tie] = ()
    voting: Sequence[Member] = ()
    lot: str | None = None
    number: int = 1
    # Whether something is hidden from whoever asks: then places and sums are of what is shown.
    is_withheld: bool = False
    # When what is shown was computed, where it is out of date and being computed again.
    stale_since: datetime | None = None

    @property
    def pages(self) -> int:
        """How many pages the lot shown has."""
        if self.board is None or self.lot is None:
            return 1
        of_lot = next(each for each in self.board.summary["lots"] if each["code"] == self.lot)
        return max(1, -(-int(of_lot["applications"]) // PER_PAGE))


def is_weighable(bench: Bench) -> bool:
    """Whether all scores are in, so that they may be looked at together."""
    committee = bench.committee
    is_ended = committee is not None and committee.scoring_closed_at is not None
    return bench.is_closed or (bench.call.status is CallStatus.SCORING and is_ended)


def stations_of(call: Call, ranking: Ranking | None, *, at: datetime) -> list[Station]:
    """The call's life line; once the list is published, with the counted day of objections."""
    stations = life_line(call, at=at)
    until = ranking.objections_until if ranking else None
    if until is None:
        return stations
    place = list(LABELS).index(Stage.OBJECTIONS)
    note = _("do %(day)s", day=f"{until.day}.\u00a0{until.month}.")
    return [*stations[:place], replace(stations[place], note=note), *stations[place + 1 :]]


def page_of(bench: Bench, *, lot: str | None = None, number: int = 1) -> RankingPage:
    """The page as whoever asks may see it; a big closed ranking is shown lot by lot."""
    call = bench.call
    if call.status in CLOSED:
        return _closed(bench, lot=lot, number=number)
    if call.status is not CallStatus.SCORING or bench.committee is None:
        return RankingPage(BEFORE)
    if bench.committee.scoring_closed_at is not None:
        return _deciding(bench, lot=lot, number=number)
    # Before all have signed nobody sees a score, so there is no ranking to look at.
    hidden = list_own_conflicts(bench.member)
    progress = count_progress(bench.committee, hidden=hidden)
    unsigned = unsigned_sheets(bench.committee, progress)
    sheets = count_sheets(call, progress, hidden=hidden)
    return RankingPage(SCORING, sheets=sheets, unsigned=unsigned)


def ties_page_of(bench: Bench) -> RankingPage:
    """The page of the ties that a member leads, for an officer who presides of all.

    Before the final list those alone that the objections brought.
    """
    if bench.call.status is CallStatus.OBJECTIONS and bench.committee is not None:
        page = _deciding(bench, lot=None, number=1)
        page = replace(page, ties=[each for each in page.ties if not each.places])
    else:
        page = page_of(bench)
    member = bench.member
    if member is None:
        return page
    led = [each for each in page.ties if each.leader and each.leader.key == member.key]
    return replace(page, ties=led)


def _closed(bench: Bench, *, lot: str | None, number: int) -> RankingPage:
    ranking = latest_ranking(bench.call)
    if ranking is None:
        return RankingPage(BEFORE)
    hidden = list_own_conflicts(bench.member)
    if hidden:
        return _closed_withheld(bench, ranking, hidden, lot=lot, number=number)
    summary = ranking.summary
    shown_lot = _lot_shown(summary, lot)
    if shown_lot is None:
        lines = list_lines(ranking)
    else:
        offset = (number - 1) * PER_PAGE
        lines = list_lines(ranking, lot=shown_lot, offset=offset, limit=PER_PAGE)
    board = board_of(summary, lines)
    return RankingPage(DONE, ranking=ranking, board=board, lot=shown_lot, number=number)


def _closed_withheld(
    bench: Bench, ranking: Ranking, hidden: frozenset[int], *, lot: str | None, number: int
) -> RankingPage:
    """The same for a chair with a conflict: places and pages are counted over what is shown."""
    lines = withheld_lines(list_lines(ranking), hidden=hidden)
    summary = withheld_summary(ranking.summary, lines, sheets=sheets_without(bench, hidden))
    shown_lot = _lot_shown(summary, lot)
    board = board_of(summary, lines_of_page(lines, lot=shown_lot, number=number))
    return RankingPage(
        DONE, ranking=ranking, board=board, lot=shown_lot, number=number, is_withheld=True
    )


def sheets_without(bench: Bench, hidden: Collection[int]) -> dict[str, int]:
    """The counts of sheets of the applications that are not hidden (ids)."""
    progress = count_progress(bench.committee, hidden=hidden) if bench.committee else {}
    return count_sheets(bench.call, progress, hidden=hidden)


def _lot_shown(summary: Mapping[str, Any], asked: str | None) -> str | None:
    """Which lot a page of a big ranking shows; None where all fit on one."""
    if summary["applications"] <= ON_ONE_PAGE:
        return None
    codes = [each["code"] for each in summary["lots"]]
    return asked if asked in codes else str(codes[0])


def _deciding(bench: Bench, *, lot: str | None, number: int) -> RankingPage:
    hidden = list_own_conflicts(bench.member)
    if hidden:
        shown = _shown(bench.call, lot=None, number=1, is_paged=False)
        shown = shown and _withheld(bench, shown, hidden)
    else:
        shown = _shown(bench.call, lot=lot, number=number)
    if shown is None:
        return RankingPage(COMPUTING)
    shown_lot = _lot_shown(shown.summary, lot)
    lines = lines_of_page(shown.lines, lot=shown_lot, number=number) if hidden else shown.lines
    reductions = list_reductions(bench.call).items()
    cases = shown.cases
    return RankingPage(
        DECIDING,
        board=board_of(shown.summary, lines),
        lot=shown_lot,
        number=number,
        stale_since=shown.stale_since,
        blocking=[(each, cases[each.place]) for each in shown.blocking],
        cases=[cases[key] for key in sorted(cases) if key not in shown.dismissed],
        reductions=[(cases[key], each) for key, each in reductions if key in cases],
        ties=_ties(bench, shown.ties, cases),
        voting=[each for each in _members(bench) if each.is_voting],
        is_withheld=bool(hidden),
    )


def _withheld(bench: Bench, shown: Shown, hidden: frozenset[int]) -> Shown:
    """What a chair with a conflict may see of a ranking; `shown` has every line of it."""
    lines = withheld_lines(shown.lines, hidden=hidden, ties=shown.ties)
    known = {line.case.reference: line for line in lines}
    return replace(
        shown,
        summary=withheld_summary(shown.summary, lines, sheets=sheets_without(bench, hidden)),
        lines=lines,
        blocking=[
            each
            for each in shown.blocking
            if each.place in known and not is_open(known[each.place])
        ],
        ties=[group for group in shown.ties if all(key in known for key in group)],
        cases={key: case for key, case in shown.cases.items() if case.id not in hidden},
    )


def official_briefs(bench: Bench) -> Sequence[Brief] | None:
    """The ranking as it is, in brief; None while the worker computes it."""
    if bench.is_closed:
        ranking = latest_ranking(bench.call)
        return list_briefs(ranking) if ranking else []
    kept, brief, mark = read_part(bench.call, BRIEF)
    if kept is not None and brief is not None and _is_to_show(bench.call, kept, mark):
        return briefs_from(brief)
    lines = official_lines(bench)
    return None if lines is None else briefs_of(lines)


def shown_now(call: Call) -> Shown | None:
    """The whole ranking as it would be now; None while the worker computes it."""
    return _shown(call, lot=None, number=1, is_paged=False)


def official_lines(bench: Bench) -> Sequence[Line] | None:
    """Every line of the ranking as it is; None while the worker computes it."""
    if bench.is_closed:
        ranking = latest_ranking(bench.call)
        return list_lines(ranking) if ranking else []
    shown = _shown(bench.call, lot=None, number=1, is_paged=False)
    return None if shown is None else shown.lines


def _shown(call: Call, *, lot: str | None, number: int, is_paged: bool = True) -> Shown | None:
    """The kept ranking while it holds; a small one is computed at once, a big one waited for."""
    kept, mark = read_kept(call)
    if not _is_to_show(call, kept, mark):
        shown = compute_shown(read_inputs(get_call_by_id(call.id) or call))
        lot = _lot_shown(shown.summary, lot) if is_paged else None
        return page_of_lot(shown, lot=lot, number=number)
    if kept is None:
        return None
    lot = _lot_shown(kept.summary, lot) if is_paged else None
    return shown_from(kept, lot=lot, number=number, is_stale=kept.mark != mark)


def _is_to_show(call: Call, kept: RankingPreview | None, mark: str) -> bool:
    """Whether what is kept (perhaps nothing) is shown: it holds, or the worker computes anew."""
    if kept is not None and kept.mark == mark:
        return True
    is_big = (kept.summary["applications"] if kept else count_applications(call)) > AT_ONCE
    return is_big and is_asked_for(call, mark)


def _members(bench: Bench) -> Sequence[Member]:
    return bench.committee.members if bench.committee else []


def _ties(bench: Bench, groups: Sequence[Sequence[str]], cases: Mapping[str, Case]) -> list[Tie]:
    if not groups:
        return []
    vote, recused = read_ties(bench.call, [key for group in groups for key in group])
    leaders = _leaders(bench, groups, recused)
    order: list[Any] = vote.references if vote else []
    kept: list[Any] = vote.votes if vote else []
    ties = []
    for group, leader in zip(groups, leaders, strict=True):
        voted = [key for key in order if key in group]
        places = {key: place for place, key in enumerate(voted, start=1)}
        casts = [each for each in kept if set(each["order"]) == set(group)]
        cast = casts[0] if casts else None
        ties.append(Tie([cases[key] for key in group], places, cast, leader))
    return ties


def leaders_of(bench: Bench, groups: Sequence[Sequence[str]]) -> list[Member | None]:
    """Who leads the vote on each tie; whoever has not declared everything stands in for nobody."""
    recused = recused_by_reference(bench.call, [key for group in groups for key in group])
    return _leaders(bench, groups, recused)


def _leaders(
    bench: Bench, groups: Sequence[Sequence[str]], recused: Mapping[str, frozenset[str]]
) -> list[Member | None]:
    if bench.call.origin is Origin.IMPORTED:
        return [None for _group in groups]
    voting = {each.key: each for each in _members(bench) if each.is_voting}
    chair = next((key for key, each in voting.items() if each.role is MemberRole.CHAIR), "")
    ready = [key for key, each in voting.items() if key == chair or each.interests_at]
    out = [frozenset().union(*(recused.get(key, ()) for key in group)) for group in groups]
    keys = [tie_leader(ready, chair=chair, recused=each) for each in out]
    return [voting.get(key or "") for key in keys]
