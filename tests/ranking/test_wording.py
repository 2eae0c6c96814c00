"""Every outcome explains itself in one sentence with its figures."""

from fractions import Fraction

import pytest

from grants.errors import Problem
from grants.ranking.lines import Case, Line
from grants.ranking.rules.outcomes import Outcome
from grants.ranking.wording import whole

CASE = Case(1, "a", "NS-001", "Naslov", "Udruženje", 3_000_000)
CAP = Problem(
    "ranked_cap_passed",
    facts={"cap": 12_000_000, "before_amount": 9_500_000, "wanted_amount": 3_000_000},
)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            Line(CASE, "1", Outcome.REFUSED_LIMIT, 2, total=Fraction(862, 10), notes=[CAP]),
            (
                "86,20 bodova, 2. mjesto; nije dodijeljeno: uz ranije dodijeljenih 95.000,00 KM, "
                "30.000,00 KM bi prešlo ograničenje od 120.000,00 KM po organizaciji"
            ),
        ),
        (
            Line(CASE, "1", Outcome.AWARDED, 1, total=Fraction(90), amount=3_000_000),
            "90,00 bodova, 1. mjesto; predloženo 30.000,00 KM",
        ),
        (
            Line(CASE, "1", Outcome.DISMISSED, notes=[Problem("ranked_dismissed_late")]),
            "odbačeno: prijava je predata nakon roka",
        ),
    ],
)
def test_outcome_says_itself_in_one_sentence(line: Line, sentence: str) -> None:
    assert whole(line).replace("\xa0", " ") == sentence
