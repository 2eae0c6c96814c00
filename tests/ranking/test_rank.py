"""Order, limits, ties and money on hand-made inputs, one paragraph of scoring.md a test."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from grants.calls.rules.allocation import Leftover, Mode, Shortfall
from grants.evaluation.rules.scoring import Score
from grants.ranking.rules.inputs import Allocation, Contender, Lot, Terms
from grants.ranking.rules.outcomes import (
    Blocking,
    BlockingReason,
    LotResult,
    Outcome,
    PoolResult,
    RankedApplication,
    RankingResult,
)
from grants.ranking.rules.result import rank

NOON = datetime(2024, 3, 20, 12, tzinfo=UTC)


def make_score(*sections: int | str, **over: Any) -> Score:
    points = {str(number): Fraction(each) for number, each in enumerate(sections, start=1)}
    return Score(points, sum(points.values(), Fraction(0)), **over)


def make_contender(reference: str, *sections: int | str, **over: Any) -> Contender:
    terms: dict[str, Any] = {
        "organisation": f"o{reference}",
        "lot": "1",
        "requested": 100,
        "submitted_at": NOON,
        "score": make_score(*sections) if sections else None,
    }
    return Contender(reference, **terms | over)


def make_terms(envelope: int = 250, **over: Any) -> Terms:
    terms: dict[str, Any] = {
        "lots": (Lot("1", envelope),),
        "allocation": make_allocation(),
        "threshold_total": Fraction(0),
    }
    return Terms(**terms | over)


def make_allocation(**over: Any) -> Allocation:
    return Allocation(**{"mode": Mode.RANKED_CUTOFF, "on_shortfall": Shortfall.STOP} | over)


def outcomes(result: RankingResult) -> dict[str, str]:
    """Outcome and amount of each application in a few letters: `awarded 100`."""
    return {each.reference: f"{each.outcome} {each.amount}" for each in result.applications}


def test_result_carries_everything_about_an_application() -> None:
    contenders = [
        make_contender("D", 9, is_dismissed=True, dismissal_reason="late"),
        make_contender("C"),
        make_contender("B", 4, 5),
        make_contender("A", 6, 5, score=make_score(6, 5, diverges=True)),
    ]
    result = rank(contenders, terms=make_terms(50, threshold_total=Fraction(10)))
    a, b = {"1": Fraction(6), "2": Fraction(5)}, {"1": Fraction(4), "2": Fraction(5)}
    assert result == RankingResult(
        applications=(
            RankedApplication(
                "A", "1", Outcome.RESERVE, rank=1, reserve=1, sections=a, total=Fraction(11)
            ),
            RankedApplication(
                "B", "1", Outcome.REFUSED_THRESHOLD, reason="total", sections=b, total=Fraction(9)
            ),
            RankedApplication("C", "1", Outcome.NOT_SCORED),
            RankedApplication("D", "1", Outcome.DISMISSED, reason="late"),
        ),
        lots=(LotResult("1", 50, 0),),
        pool=None,
        blocking=(
            Blocking("A", BlockingReason.DIVERGENCE),
            Blocking("C", BlockingReason.NOT_SCORED),
        ),
    )
    assert not result.is_closable


def test_first_missed_threshold_is_the_reason_on_exact_values() -> None:
    terms = make_terms(
        section_thresholds=(("1", Fraction(3)), ("2", Fraction(3))), threshold_total=Fraction(60)
    )
    contenders = [
        make_contender("A", 60, "2.99999"),
        make_contender("B", "2.9", 1),
        make_contender("C", "56.9967", 3),
        make_contender("D", 57, 3),
    ]
    reasons = {each.reference: each.reason for each in rank(contenders, terms=terms).applications}
    assert reasons == {"A": "section:2", "B": "section:1", "C": "total", "D": None}


def test_equal_ones_share_a_rank_and_stand_by_reference() -> None:
    contenders = [
        make_contender(name, points) for name, points in zip("DCBA", (7, 8, 8, 9), strict=True)
    ]
    result = rank(contenders, terms=make_terms(1000))
    assert [(each.reference, each.rank, each.is_tied) for each in result.applications] == [
        ("A", 1, False),
        ("B", 2, True),
        ("C", 2, True),
        ("D", 4, False),
    ]


def test_tie_breaks_apply_in_their_order() -> None:
    contenders = [
        make_contender("A", 4, 4, requested=100, submitted_at=NOON),
        make_contender("B", 3, 5, requested=100, submitted_at=NOON - timedelta(seconds=1)),
        make_contender("C", 3, 5, requested=90),
    ]

    def order(*breaks: str) -> list[str]:
        result = rank(contenders, terms=make_terms(1000, tie_breaks=breaks))
        return [f"{each.reference}{each.rank}" for each in result.applications]

    assert order() == ["A1", "B1", "C1"]
    assert order("section:2") == ["B1", "C1", "A3"]
    assert order("section:2", "submitted_at:asc") == ["B1", "C2", "A3"]
    assert order("requested:asc") == ["C1", "A2", "B2"]
    assert order("requested:desc", "section:1") == ["A1", "B2", "C3"]


def test_vote_decides_only_when_it_names_the_whole_group() -> None:
    contenders = [make_contender(name, 5) for name in "ABC"]

    def order(*votes: str) -> list[str]:
        terms = make_terms(1000, tie_breaks=("vote",), tie_votes=votes)
        return [
            f"{each.reference}{each.rank}" for each in rank(contenders, terms=terms).applications
        ]

    assert order("C", "A", "B") == ["C1", "A2", "B3"]
    assert order("C", "A") == ["A1", "B1", "C1"]


def test_shortfall_stops_skips_or_gives_a_part() -> None:
    contenders = [
        make_contender("A", 9, requested=200),
        make_contender("B", 8, requested=100),
        make_contender("C", 7, requested=50),
    ]

    def found(**over: Any) -> list[str]:
        terms = make_terms(250, allocation=make_allocation(**over), grant_min=40)
        return list(outcomes(rank(contenders, terms=terms)).values())

    assert found() == ["awarded 200", "reserve 0", "reserve 0"]
    assert found(on_shortfall=Shortfall.SKIP) == ["awarded 200", "reserve 0", "awarded 50"]
    partial = {"on_shortfall": Shortfall.PARTIAL, "partial_min_share": Fraction(1, 2)}
    assert found(**partial) == ["awarded 200", "awarded 50", "reserve 0"]
    too_small = partial | {"partial_min_share": Fraction(51, 100)}
    assert found(**too_small) == ["awarded 200", "reserve 0", "reserve 0"]


def test_nothing_is_no_part_but_a_wanted_nothing_is_an_award() -> None:
    contenders = [
        make_contender("A", 9, requested=250),
        make_contender("B", 8, requested=0, organisation="o"),
        make_contender("C", 7, requested=1),
        make_contender("D", 6, requested=0, organisation="o"),
    ]
    allocation = make_allocation(on_shortfall=Shortfall.PARTIAL)
    terms = make_terms(250, allocation=allocation, awards_per_organisation=1)
    assert outcomes(rank(contenders, terms=terms)) == {
        "A": "awarded 250",
        "B": "awarded 0",
        "C": "reserve 0",
        "D": "refused_limit 0",
    }


def test_cap_counts_prior_awards_and_is_reached_exactly() -> None:
    contenders = [make_contender(name, 9 - n, organisation="o") for n, name in enumerate("ABC")]
    terms = make_terms(900, organisation_cap=250, prior_awards={"o": 50})
    assert outcomes(rank(contenders, terms=terms)) == {
        "A": "awarded 100",
        "B": "awarded 100",
        "C": "refused_limit 0",
    }


def test_tie_is_unresolved_when_the_money_or_a_limit_does_not_reach_for_all() -> None:
    tie = [make_contender("A", 9, organisation="o"), make_contender("B", 9, organisation="o")]
    below = make_contender("C", 8, requested=1)
    unresolved = {"A": "tie_unresolved 0", "B": "tie_unresolved 0", "C": "reserve 0"}
    skipping = make_allocation(on_shortfall=Shortfall.SKIP)
    assert outcomes(rank([*tie, below], terms=make_terms(199, allocation=skipping))) == unresolved
    limited = make_terms(900, awards_per_organisation=1)
    assert outcomes(rank([*tie, below], terms=limited)) == unresolved
    capped = make_terms(900, organisation_cap=199)
    assert outcomes(rank([*tie, below], terms=capped)) == unresolved
    enough = make_terms(200, organisation_cap=200)
    assert rank(tie, terms=enough).is_closable


def test_tie_is_none_any_more_when_a_limit_leaves_one() -> None:
    contenders = [
        make_contender("A", 9, organisation="o"),
        make_contender("B", 8, organisation="o"),
        make_contender("C", 8),
    ]
    terms = make_terms(200, awards_per_organisation=1)
    result = rank(contenders, terms=terms)
    assert outcomes(result) == {"A": "awarded 100", "B": "refused_limit 0", "C": "awarded 100"}
    assert [(each.rank, each.is_tied) for each in result.applications[1:]] == [(2, True)] * 2


def test_after_the_walk_has_stopped_only_limits_refuse() -> None:
    contenders = [
        make_contender("A", 9, organisation="o"),
        make_contender("B", 8, requested=200),
        make_contender("C", 7),
        make_contender("D", 7, organisation="o"),
        make_contender("E", 7),
        make_contender("F", 6),
    ]
    result = rank(contenders, terms=make_terms(250, awards_per_organisation=1))
    assert outcomes(result)["D"] == "refused_limit 0"
    reserve = {each.reference: each.reserve for each in result.applications}
    assert reserve == {"A": None, "B": 1, "C": 2, "D": None, "E": 2, "F": 4}


def test_pool_takes_the_reserve_of_all_lots_in_one_order() -> None:
    terms = make_terms(
        lots=(Lot("1", 150), Lot("2", 150)),
        allocation=make_allocation(leftover=Leftover.POOL),
        awards_per_organisation=1,
        tie_breaks=("vote",),
        tie_votes=("E", "C"),
    )
    contenders = [
        make_contender("A", 9, organisation="o"),
        make_contender("B", 5),
        make_contender("C", 4),
        make_contender("D", 9, lot="2", requested=120),
        make_contender("E", 4, lot="2", requested=80),
        make_contender("F", 8, lot="2", requested=90, organisation="p"),
        make_contender("G", 3, lot="2", requested=70),
    ]
    result = rank(contenders, terms=terms)
    assert result.lots == (LotResult("1", 150, 100), LotResult("2", 150, 120))
    assert result.pool == PoolResult(80, 0)
    wide = rank([each for each in contenders if each.reference not in "BF"], terms=terms)
    assert wide.pool == PoolResult(80, 80)
    assert outcomes(wide)["E"] == "awarded 80"
    assert {each.reference: each.reserve for each in wide.applications} == {
        "A": None,
        "C": 1,
        "D": None,
        "E": None,
        "G": 1,
    }


def test_pool_is_not_walked_while_a_tie_is_unresolved() -> None:
    terms = make_terms(
        lots=(Lot("1", 199), Lot("2", 50)), allocation=make_allocation(leftover=Leftover.POOL)
    )
    contenders = [
        make_contender("A", 9),
        make_contender("B", 9),
        make_contender("C", 9, lot="2"),
    ]
    result = rank(contenders, terms=terms)
    assert result.pool == PoolResult(249, 0)
    assert outcomes(result)["C"] == "reserve 0"


def test_proportional_shares_by_points_and_shares_again_what_caps_free() -> None:
    allocation = make_allocation(mode=Mode.PROPORTIONAL, leftover=Leftover.POOL)
    contenders = [
        make_contender("A", 50, requested=100),
        make_contender("B", 30, requested=900),
        make_contender("C", 20, requested=900),
        make_contender("Z", 0, requested=900),
    ]
    result = rank(contenders, terms=make_terms(1000, allocation=allocation))
    assert outcomes(result) == {
        "A": "awarded 100",
        "B": "awarded 540",
        "C": "awarded 360",
        "Z": "reserve 0",
    }
    assert result.pool == PoolResult(0, 0)


def test_proportional_units_go_by_remainder_then_rank_then_reference() -> None:
    def found(round_to: int, envelope: int) -> list[int]:
        allocation = make_allocation(mode=Mode.PROPORTIONAL, round_to=round_to)
        contenders = [make_contender(name, 5, requested=900) for name in "BAC"]
        result = rank(contenders, terms=make_terms(envelope, allocation=allocation))
        return [each.amount for each in result.applications]

    assert found(1, 1000) == [334, 333, 333]
    assert found(1, 1001) == [334, 334, 333]
    assert found(100, 1000) == [400, 300, 300]
    assert found(100, 299) == [100, 100, 0]
    assert found(1, 0) == [0, 0, 0]


def test_proportional_unit_is_skipped_where_it_would_lift_above_the_wanted_amount() -> None:
    allocation = make_allocation(mode=Mode.PROPORTIONAL, round_to=10)
    contenders = [
        make_contender("A", 5, requested=19),
        make_contender("B", 5, requested=900),
    ]
    result = rank(contenders, terms=make_terms(100, allocation=allocation))
    assert outcomes(result) == {"A": "awarded 10", "B": "awarded 90"}
    assert result.lots[0].left == 0


def test_proportional_limits_count_what_was_wanted_in_the_lot_and_given_before() -> None:
    allocation = make_allocation(mode=Mode.PROPORTIONAL)
    contenders = [
        make_contender("A", 9, organisation="o"),
        make_contender("B", 8, organisation="o"),
        make_contender("C", 9, lot="2", organisation="o", requested=140),
    ]
    terms = make_terms(
        lots=(Lot("1", 10), Lot("2", 500)), allocation=allocation, organisation_cap=150
    )
    assert outcomes(rank(contenders, terms=terms)) == {
        "A": "awarded 10",
        "B": "refused_limit 0",
        "C": "awarded 140",
    }
