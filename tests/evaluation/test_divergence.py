"""How far sheets lie apart, who has to have signed, and when a consensus is one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.calls.rules.grid import (
    Band,
    BandsQuestion,
    CoefficientQuestion,
    Grid,
    ScaleQuestion,
    Section,
)
from grants.evaluation.rules.committee import has_quorum
from grants.evaluation.rules.consensus import (
    Attendance,
    Votes,
    agreement_problems,
    in_the_room,
    leader,
)
from grants.evaluation.rules.divergence import (
    Apart,
    DivergenceTerms,
    Duty,
    Heat,
    heat,
    in_order,
    measure,
)
from grants.evaluation.rules.scoring import Scorer, ScoringTerms, Sheet
from grants.evaluation.rules.tally import PointTable

F = Fraction
GRID = Grid(
    sections=(
        Section("1", "Prvi", (ScaleQuestion("a", "?", F(1), F(5), F(2)),)),
        Section(
            "2",
            "Drugi",
            (
                CoefficientQuestion("b", "?", (F(1), F(3, 4), F(1, 2)), F(10)),
                BandsQuestion("c", "?", (Band("malo", "malo", F(5)), Band("puno", "puno", F(15)))),
            ),
        ),
    ),
    threshold_total=F(8),
)
TABLE = PointTable(GRID)
ANSWERS = st.fixed_dictionaries(
    {
        "a": st.integers(1, 5),
        "b": st.sampled_from(["1", "0.75", "0.5"]),
        "c": st.sampled_from(["malo", "puno"]),
    }
)


def sheet(evaluator: str, a: int = 3, b: str = "1", c: str = "malo", **over: object) -> Sheet:
    terms: dict = {"application": "A", "is_signed": True, "answers": {"a": a, "b": b, "c": c}}
    return Sheet(evaluator=evaluator, **terms | over)


def found(*sheets: Sheet, **over: object) -> dict[str, Apart]:
    return measure(sheets, table=TABLE, terms=DivergenceTerms(**over))  # type: ignore[arg-type]


def test_spread_is_highest_less_lowest_of_the_counted_sheets() -> None:
    sheets = (sheet("e2", 5), sheet("e1", 3, "0.75"), sheet("e3", 1, is_signed=False))
    assert found(*sheets, limit=F(6)) == {
        "A": Apart("A", {"e1": F(37, 2), "e2": F(25)}, F(13, 2), is_over=True)
    }
    assert not found(*sheets, limit=F(13, 2))["A"].is_over
    assert not found(*sheets)["A"].is_over
    assert not found(*sheets, limit=F(6), min_reviews=3)["A"].is_over


def test_consensus_settles_and_leaves_the_originals_measured() -> None:
    sheets = (sheet("e1", 1), sheet("e2", 5), sheet("e1", 3, is_consensus=True))
    assert found(*sheets, limit=F(1)) == {
        "A": Apart("A", {"e1": F(17), "e2": F(25)}, F(8), is_settled=True)
    }
    recused = (*sheets[:2], sheet("e1", 3, is_consensus=True, has_conflict=True))
    assert found(*recused, limit=F(1))["A"].is_over


def test_one_sheet_is_no_spread() -> None:
    assert found(sheet("e1"), sheet("e2", has_conflict=True)) == {}
    with pytest.raises(ValueError, match="no answer to a"):
        found(sheet("e1"), sheet("e2", answers={"b": "1"}))


@given(st.lists(ANSWERS, min_size=2, max_size=5), st.integers(0, 30))
def test_divergence_is_what_the_ranking_blocks_for(given: list[dict], limit: int) -> None:
    sheets = [sheet(f"e{n}", answers=answers) for n, answers in enumerate(given)]
    score = Scorer(ScoringTerms(GRID, divergence_limit=F(limit))).score(sheets)
    assert score is not None
    apart = found(*sheets, limit=F(limit))["A"]
    assert (apart.spread, apart.is_over) == (score.spread, score.diverges)
    assert found(*reversed(sheets), limit=F(limit))["A"] == apart
    assert found(*sheets, sheet("x", 1, has_conflict=True), limit=F(limit))["A"] == apart


@given(st.lists(ANSWERS, min_size=2, max_size=5))
def test_heat_of_questions_bounds_the_spread(given: list[dict]) -> None:
    sheets = [sheet(f"e{n}", answers=answers) for n, answers in enumerate(given)]
    cells = heat(sheets, grid=GRID, table=TABLE)
    assert [each.code for each in cells] == ["a", "b", "c"]
    assert all(0 <= each.share <= 1 for each in cells)
    assert found(*sheets)["A"].spread <= sum(each.spread for each in cells)


def test_heat_tells_the_share_of_what_a_question_can_differ_by() -> None:
    cells = heat([sheet("e1", 3, "1"), sheet("e2", 4, "0.75")], grid=GRID, table=TABLE)
    assert cells == [
        Heat("a", F(2), F(1, 4)),
        Heat("b", F(5, 2), F(1, 2)),
        Heat("c", F(0), F(0)),
    ]
    assert [each.level for each in cells] == [2, 3, 0]


def test_agenda_starts_with_what_is_widest_apart_and_open() -> None:
    wide, narrow = Apart("B", {}, F(9)), Apart("C", {}, F(2))
    settled, same = Apart("A", {}, F(20), is_settled=True), Apart("A2", {}, F(9))
    assert in_order([settled, narrow, wide, same]) == [same, wide, narrow, settled]


@pytest.mark.parametrize(
    ("duty", "signed", "is_done"),
    [
        (Duty((1, 2, 3)), (1, 2), False),
        (Duty((1, 2, 3)), (1, 2, 3, 9), True),
        (Duty((1, 2, 3), conflicted=(3,)), (1, 2), True),
        (Duty((1, 2, 3), assigned=(1, 2)), (1, 2), True),
        (Duty((1, 2, 3), assigned=(1, 9)), (1,), True),
        (Duty((1, 2, 3), anew=(3,)), (1, 2), False),
        (Duty((1, 2, 3), anew=(3,)), (3,), True),
    ],
)
def test_nobody_talks_before_all_have_signed_who_have_to(
    *, duty: Duty, signed: tuple[int, ...], is_done: bool
) -> None:
    assert duty.is_done(signed) is is_done


@pytest.mark.parametrize(
    ("present", "voting", "quorum", "is_enough"),
    [(3, 5, None, True), (2, 5, None, False), (2, 4, None, False),
     (4, 5, 4, True), (0, 0, 0, False)],
)  # fmt: skip
def test_quorum_is_more_than_half_unless_said(
    *, present: int, voting: int, quorum: int | None, is_enough: bool
) -> None:
    assert has_quorum(present, voting, quorum) is is_enough


FIVE = ("e1", "e2", "e3", "e4", "e5")


def test_conflicted_chair_goes_out_and_another_leads() -> None:
    attendance = Attendance(("e1", "e3", "e4", "e9"), FIVE)
    assert leader(attendance, chair="e1", out=()) == "e1"
    assert leader(attendance, chair="e1", out={"e1"}) == "e3"
    assert leader(attendance, chair="e1", out=set(FIVE)) is None
    assert in_the_room(attendance, out={"e1"}) == ["e3", "e4"]


def codes(attendance: Attendance, votes: Votes, **over: object) -> list[str]:
    terms: dict = {"out": (), "reason": "Razgovarano."}
    return [each.code for each in agreement_problems(attendance, votes, **terms | over)]


def test_agreement_needs_quorum_votes_and_a_reason() -> None:
    three = Attendance(("e1", "e2", "e3"), FIVE)
    assert codes(three, Votes(3)) == []
    assert codes(three, Votes(2, 0, 1), reason=" ") == ["consensus_reason"]
    assert codes(three, Votes(2)) == ["consensus_votes"]
    assert codes(three, Votes(1, 1, 1)) == ["consensus_against"]
    assert codes(three, Votes(2), out={"e1"}) == []
    assert codes(three, Votes(1), out={"e1", "e2"}) == ["consensus_alone"]
    assert codes(Attendance(("e1", "e2"), FIVE), Votes(2)) == ["meeting_quorum"]
    assert codes(three, Votes(3), reason="x" * 4001) == ["consensus_reason_long"]
