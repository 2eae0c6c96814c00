"""Where an application stands with another amount, all else being as it is."""

from fractions import Fraction

from grants.ranking.rules.changes import Standing
from grants.ranking.rules.correcting import corrected_standing
from grants.ranking.rules.outcomes import Outcome
from tests.ranking.test_rank import make_contender, make_terms

# Of 250 the first two get 100 each; 50 are left.
CONTENDERS = [
    make_contender("A", 9),
    make_contender("B", 8),
    make_contender("C", 7, proposed=90),
]


def corrected(reference: str, amount: int | None) -> Standing:
    found = corrected_standing(CONTENDERS, terms=make_terms(), reference=reference, amount=amount)
    assert found is not None
    return found


def test_amount_as_it_is_changes_nothing() -> None:
    assert corrected("C", None) == Standing(Outcome.RESERVE, 3, Fraction(7), 0, 1)
    assert corrected("C", 90) == corrected("C", None)


def test_smaller_amount_may_fit_what_is_left() -> None:
    assert corrected("C", 50) == Standing(Outcome.AWARDED, 3, Fraction(7), 50)
    assert corrected("A", 40) == Standing(Outcome.AWARDED, 1, Fraction(9), 40)


def test_amount_is_never_above_the_requested_one() -> None:
    assert corrected("A", 500) == Standing(Outcome.AWARDED, 1, Fraction(9), 100)


def test_no_place_is_known_while_another_waits_for_its_sheets() -> None:
    contenders = [*CONTENDERS, make_contender("D")]
    found = corrected_standing(contenders, terms=make_terms(), reference="A", amount=40)
    assert found is None
