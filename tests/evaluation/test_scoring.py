"""The result of an application out of its sheets."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.calls.rules.grid import Grid, ScaleQuestion, Section
from grants.errors import Problem
from grants.evaluation.rules.scoring import (
    Aggregation,
    Score,
    Scorer,
    ScoringTerms,
    Sheet,
    score_applications,
)
from grants.evaluation.rules.signing import missing_for_signing

GRID = Grid(
    sections=(
        Section("1", "Prvi", (ScaleQuestion("a", "?", Fraction(1), Fraction(5), Fraction(1)),)),
        Section("2", "Drugi", (ScaleQuestion("b", "?", Fraction(1), Fraction(5), Fraction(2)),)),
    ),
    threshold_total=Fraction(8),
)


def make_sheet(evaluator: str, a: int, b: int, **over: object) -> Sheet:
    terms: dict = {"application": "A", "is_signed": True, "answers": {"a": a, "b": b}}
    return Sheet(evaluator=evaluator, **terms | over)


def score(*sheets: Sheet, **over: object) -> Score | None:
    return Scorer(ScoringTerms(GRID, **over)).score(sheets)


def test_mean_is_exact() -> None:
    found = score(make_sheet("e1", 1, 2), make_sheet("e2", 2, 2), make_sheet("e3", 2, 3))
    assert found == Score(
        {"1": Fraction(5, 3), "2": Fraction(14, 3)},
        Fraction(19, 3),
        evaluators=("e1", "e2", "e3"),
        spread=Fraction(3),
    )


def test_sheets_that_do_not_count_change_nothing() -> None:
    counted = [make_sheet("e1", 1, 2), make_sheet("e2", 2, 2)]
    unsigned = make_sheet("e3", 5, 5, is_signed=False)
    recused = make_sheet("e4", 5, 5, has_conflict=True, answers={})
    recused_consensus = make_sheet("e5", 5, 5, is_consensus=True, has_conflict=True)
    assert score(*counted, unsigned, recused, recused_consensus) == score(*counted)


def test_application_is_not_scored_below_the_least_number() -> None:
    assert score(make_sheet("e1", 1, 1)) is None
    assert score(make_sheet("e1", 1, 1), min_reviews=1) is not None
    assert score(min_reviews=1) is None


def test_consensus_replaces_everything() -> None:
    consensus = make_sheet("e1", 4, 4, is_consensus=True)
    found = score(make_sheet("e1", 1, 1), make_sheet("e2", 5, 5), consensus, divergence_limit=1)
    assert found is not None
    assert (found.total, found.is_consensus, found.diverges) == (12, True, False)
    assert score(consensus) is not None


def test_divergence_begins_above_the_limit() -> None:
    sheets = [make_sheet("e1", 1, 1), make_sheet("e2", 5, 1)]
    at_limit = score(*sheets, divergence_limit=Fraction(4))
    above = score(*sheets, divergence_limit=Fraction(39, 10))
    assert at_limit is not None
    assert above is not None
    assert (at_limit.diverges, above.diverges) == (False, True)


def test_trimmed_mean_takes_out_the_first_key_among_equals() -> None:
    sheets = [make_sheet(f"e{number}", 3, 3) for number in (5, 4, 3, 2, 1)]
    found = score(*sheets, aggregation=Aggregation.TRIMMED_MEAN)
    assert found is not None
    assert (found.left_out, found.evaluators) == (("e1", "e2"), ("e3", "e4", "e5"))


def test_trimmed_mean_is_a_mean_below_five() -> None:
    sheets = [make_sheet(f"e{number}", number, 1) for number in range(1, 5)]
    assert score(*sheets, aggregation=Aggregation.TRIMMED_MEAN) == score(*sheets)


def test_trimmed_mean_takes_totals_not_questions() -> None:
    figures = [(5, 1), (1, 5), (3, 3), (2, 2), (1, 1)]
    sheets = [make_sheet(f"e{number}", a, b) for number, (a, b) in enumerate(figures)]
    found = score(*sheets, aggregation=Aggregation.TRIMMED_MEAN)
    assert found is not None
    assert found.left_out == ("e1", "e4")
    assert found.sections == {"1": Fraction(10, 3), "2": Fraction(4)}


def test_incomplete_sheet_is_refused_when_it_counts() -> None:
    sheets = [make_sheet("e1", 1, 1), make_sheet("e2", 1, 9)]
    with pytest.raises(ValueError, match="no answer to b"):
        score(*sheets)


def test_scores_are_grouped_by_application() -> None:
    sheets = [
        make_sheet("e1", 1, 1),
        make_sheet("e2", 1, 1),
        make_sheet("e1", 5, 5, application="B"),
    ]
    found = score_applications(sheets, terms=ScoringTerms(GRID))
    assert {reference: each.total for reference, each in found.items()} == {"A": 3}


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=8), st.randoms()
)
def test_order_of_sheets_changes_nothing(figures: list[tuple[int, int]], chance: object) -> None:
    sheets = [make_sheet(f"e{number}", a, b) for number, (a, b) in enumerate(figures)]
    mixed = list(sheets)
    chance.shuffle(mixed)
    for aggregation in Aggregation:
        terms = {"aggregation": aggregation, "min_reviews": 1}
        assert score(*sheets, **terms) == score(*mixed, **terms)


def test_signing_asks_for_answers_and_comments_in_grid_order() -> None:
    missing = missing_for_signing(GRID, answers={"a": 2}, comments={"1": "Dobro.", "2": " "})
    assert missing == [
        Problem("comment_missing", "a", {"of": "question", "figure": 2}),
        Problem("unanswered", "b"),
        Problem("comment_missing", "2", {"of": "section"}),
    ]
    comments = {"1": "Dobro.", "2": "Dobro.", "b": "Odlično."}
    assert missing_for_signing(GRID, answers={"a": 3, "b": 5}, comments=comments) == []
    assert missing_for_signing(GRID, answers={"a": 9, "b": 3}, comments=comments) == [
        Problem("not_allowed", "a", {"figure": 9})
    ]
