"""What the pages of a ranking show: while scoring runs, while amounts are decided, once closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from grants.calls.life_line import LABELS, Station, life_line
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus, Stage
from grants.errors import Problem
from grants.evaluation.models import Member
from grants.evaluation.queries import count_progress
from grants.evaluation.rules.committee import VOTING
from grants.i18n.languages import gettext as _
from grants.ranking.actions import open_items, unsigned_sheets
from grants.ranking.bench import Bench
from grants.ranking.boards import ON_ONE_PAGE, PER_PAGE, Board, board_of, lines_of
from grants.ranking.lines import Case
from grants.ranking.models import Ranking, Reduction
from grants.ranking.previews import Preview, preview, summary_of, tied_groups
from grants.ranking.queries import (
    count_sheets,
    get_tie_vote,
    latest_ranking,
    list_cases,
    list_lines,
    list_own_conflicts,
    list_reductions,
)
from grants.ranking.rules.outcomes import Outcome

_S = CallStatus
CLOSED = frozenset({_S.RANKED, _S.OBJECTIONS, _S.DECIDED, _S.IMPLEMENTATION, _S.ARCHIVED})
# Names of the page's states, as its template asks for them.
BEFORE, SCORING, DECIDING, DONE = "before", "scoring", "deciding", "done"


@dataclass(frozen=True)
class Tie:
    """Applications equal in all but a vote, and where the vote has put each (0: no vote)."""

    cases: list[Case]
    places: dict[str, int]


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

    @property
    def pages(self) -> int:
        """How many pages the lot shown has."""
        if self.board is None or self.lot is None:
            return 1
        of_lot = next(each for each in self.board.summary["lots"] if each["code"] == self.lot)
        return max(1, -(-int(of_lot["applications"]) // PER_PAGE))


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
    progress = count_progress(bench.committee)
    sheets = count_sheets(call, progress)
    if bench.committee.scoring_closed_at is None:
        # Before all have signed nobody sees a score, so there is no ranking to look at.
        unsigned = unsigned_sheets(bench.committee, progress)
        return RankingPage(SCORING, sheets=sheets, unsigned=unsigned)
    return _deciding(bench, sheets, lot=lot, number=number)


def _closed(bench: Bench, *, lot: str | None, number: int) -> RankingPage:
    ranking = latest_ranking(bench.call)
    if ranking is None:
        return RankingPage(BEFORE)
    summary = ranking.summary
    shown_lot = _lot_shown(summary, lot)
    if shown_lot is None:
        lines = list_lines(ranking)
    else:
        offset = (number - 1) * PER_PAGE
        lines = list_lines(ranking, lot=shown_lot, offset=offset, limit=PER_PAGE)
    board = board_of(summary, lines, hidden=_hidden(bench))
    return RankingPage(DONE, ranking=ranking, board=board, lot=shown_lot, number=number)


def _lot_shown(summary: Mapping[str, Any], asked: str | None) -> str | None:
    """Which lot a page of a big ranking shows; None where all fit on one."""
    if summary["applications"] <= ON_ONE_PAGE:
        return None
    codes = [each["code"] for each in summary["lots"]]
    return asked if asked in codes else str(codes[0])


def _deciding(bench: Bench, sheets: dict[str, int], *, lot: str | None, number: int) -> RankingPage:
    call, shown = bench.call, preview(bench.call)
    cases, hidden = list_cases(call), _hidden(bench)
    open_cases = {key: case for key, case in cases.items() if case.id not in hidden}
    dismissed = {
        each.reference for each in shown.result.applications if each.outcome is Outcome.DISMISSED
    }
    summary = summary_of(shown, sheets=sheets)
    shown_lot = _lot_shown(summary, lot)
    lines = lines_of(shown, cases)
    if shown_lot is not None:
        start = (number - 1) * PER_PAGE
        lines = [line for line in lines if line.lot == shown_lot][start : start + PER_PAGE]
    return RankingPage(
        DECIDING,
        board=board_of(summary, lines, hidden=hidden),
        lot=shown_lot,
        number=number,
        sheets=sheets,
        blocking=[
            (each, open_cases[each.place]) for each in open_items(shown) if each.place in open_cases
        ],
        cases=[open_cases[key] for key in sorted(open_cases) if key not in dismissed],
        reductions=[
            (open_cases[key], reduction)
            for key, reduction in list_reductions(call).items()
            if key in open_cases
        ],
        ties=_ties(call, shown, open_cases),
        voting=[
            each
            for each in (bench.committee.members if bench.committee else [])
            if each.role in VOTING
        ],
    )


def _ties(call: Call, shown: Preview, cases: Mapping[str, Case]) -> list[Tie]:
    groups = tied_groups(shown)
    vote = get_tie_vote(call) if groups else None
    order: list[Any] = vote.references if vote else []
    ties = []
    for group in groups:
        if all(key in cases for key in group):
            voted = [key for key in order if key in group]
            places = {key: place for place, key in enumerate(voted, start=1)}
            ties.append(Tie([cases[key] for key in group], places))
    return ties


def _hidden(bench: Bench) -> frozenset[int]:
    return list_own_conflicts(bench.member)
