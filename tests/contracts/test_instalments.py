"""A grant in instalments: to the fening, whatever the shares."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from grants.contracts.rules.instalments import (
    DEFAULT_SHARES,
    PlannedInstalment,
    Share,
    shares_from_json,
    split,
)

AMOUNTS = st.integers(1, 10**12)
WEIGHTS = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)


@given(AMOUNTS, WEIGHTS)
def test_instalments_add_up_exactly_and_none_is_empty(amount: int, weights: list[int]) -> None:
    parts = split(amount, [Share(Fraction(weight), "x") for weight in weights])
    assert sum(part.amount for part in parts) == amount
    assert all(part.amount > 0 for part in parts)


def test_instalments_are_those_of_the_preset() -> None:
    kept = [
        {"share": "0.5", "condition": "Potpisan ugovor"},
        {"share": "0.4", "condition": "Odobren periodični izvještaj"},
        {"share": "0.1", "condition": "Odobren završni izvještaj"},
    ]
    assert split(2_042_001, shares_from_json(kept)) == (
        PlannedInstalment(1_021_001, "Potpisan ugovor"),
        PlannedInstalment(816_800, "Odobren periodični izvještaj"),
        PlannedInstalment(204_200, "Odobren završni izvještaj"),
    )


def test_shares_are_the_usual_ones_when_the_call_says_nothing() -> None:
    assert shares_from_json([]) == DEFAULT_SHARES


def test_share_without_condition_gets_the_usual_one_of_its_place() -> None:
    shares = shares_from_json([{"share": "0.8"}, {"share": "0.2", "condition": ""}])
    assert [share.condition for share in shares] == ["signing", "final_report"]
