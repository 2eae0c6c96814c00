"""Points as shown and filed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.ranking.rules.points import filed, shown


@pytest.mark.parametrize(
    ("points", "expected"),
    [(Fraction(0), "0,00"), (Fraction(215, 3), "71,67"), (Fraction(12345, 1000), "12,35")],
)
def test_points_are_shown_half_up(points: Fraction, expected: str) -> None:
    assert shown(points) == expected


def test_shown_points_take_as_many_decimals_as_a_missed_threshold_needs() -> None:
    assert shown(Fraction("59.9967"), threshold=Fraction(60)) == "59,997"
    assert shown(Fraction("59.99999"), threshold=Fraction(60)) == "59,99999"
    assert shown(Fraction("59.9"), threshold=Fraction(60)) == "59,90"
    assert shown(Fraction(60), threshold=Fraction(60)) == "60,00"
    assert shown(Fraction("60.004"), threshold=Fraction("60.004")) == "60,004"


def test_filed_points_have_four_decimals() -> None:
    assert filed(Fraction(37, 3)) == "12.3333"
    assert filed(Fraction("0.00005")) == "0.0001"


@given(
    st.fractions(0, 100),
    st.fractions(0, 100, max_denominator=1000).map(lambda f: Fraction(int(f * 100), 100)),
)
def test_shown_points_stand_on_the_right_side(points: Fraction, threshold: Fraction) -> None:
    text = Fraction(shown(points, threshold=threshold).replace(",", "."))
    assert (text < threshold) == (points < threshold)
