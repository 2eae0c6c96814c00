"""What one list says otherwise than another."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from grants.ranking.rules.changes import Standing, changed
from grants.ranking.rules.outcomes import Outcome

FIRST = Standing(Outcome.AWARDED, 1, Fraction(86), 2_000_000)
SECOND = Standing(Outcome.RESERVE, 2, Fraction(80), 0, 1)
STANDINGS = st.dictionaries(
    st.sampled_from("ABCD"), st.sampled_from((FIRST, SECOND, Standing(Outcome.DISMISSED)))
)


def test_changed_are_those_that_stand_otherwise_in_any_way() -> None:
    before = {"A": FIRST, "B": SECOND, "C": Standing(Outcome.DISMISSED), "D": FIRST}
    after = {
        "B": Standing(Outcome.AWARDED, 1, Fraction(80), 2_000_000),
        "A": Standing(Outcome.AWARDED, 1, Fraction(86), 1_500_000),
        "C": Standing(Outcome.DISMISSED),
        "E": SECOND,
    }
    assert changed(before, after) == ["B", "A", "E", "D"]


def test_points_are_compared_exactly() -> None:
    before = {"A": Standing(Outcome.AWARDED, 1, Fraction(259, 3), 1)}
    assert changed(before, {"A": Standing(Outcome.AWARDED, 1, Fraction(8633, 100), 1)}) == ["A"]


@given(STANDINGS, STANDINGS)
def test_what_is_not_named_is_the_same_in_both(
    before: dict[str, Standing], after: dict[str, Standing]
) -> None:
    named = changed(before, after)
    assert len(named) == len(set(named))
    for key in {*before, *after}:
        assert (before.get(key) != after.get(key)) == (key in named)
