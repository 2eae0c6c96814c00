"""What an application without money is told: how much is left, and how much it needed."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from grants.calls.rules.allocation import VOTE, Leftover, Mode, Shortfall
from grants.dossier.rules.reading import parse
from grants.ranking.rules.explaining import Explainer
from grants.ranking.rules.inputs import Contender, Lot, Terms
from grants.ranking.rules.order import tied_groups
from grants.ranking.rules.result import rank
from grants.ranking.wording import say_all
from tests.factories import CASES
from tests.ranking.test_rank import make_allocation, make_contender, make_terms

pytestmark = pytest.mark.usefixtures("context")


def said(contenders: list[Contender], terms: Terms) -> dict[str, str]:
    grid = parse((CASES / "partial.json").read_bytes()).grid
    notes = Explainer(grid, terms, min_reviews=2).explain(rank(contenders, terms=terms), contenders)
    return {key: "; ".join(say_all(each)).replace("\u00a0", " ") for key, each in notes.items()}


def two(**second: Any) -> list[Contender]:
    return [
        make_contender("A", 9, requested=15_000_00),
        make_contender("B", 8, **{"requested": 10_000_00} | second),
    ]


def test_what_is_left_in_a_lot_stands_beside_what_was_needed() -> None:
    found = said(two(), make_terms(20_000_00))
    assert found["A"] == ""
    assert found["B"] == "u lotu je preostalo 5.000,00 KM, a potrebno je 10.000,00 KM"


def test_least_part_is_named_where_less_is_left() -> None:
    rule = make_allocation(on_shortfall=Shortfall.PARTIAL, partial_min_share=Fraction(4, 5))
    found = said(two(), make_terms(20_000_00, allocation=rule))
    assert found["B"].endswith("djelimično se dodjeljuje najmanje 8.000,00 KM")


def test_money_that_would_have_sufficed_is_explained_by_where_the_walk_stopped() -> None:
    third = make_contender("C", 7, requested=5_000_00)
    found = said([*two(), third], make_terms(20_000_00))
    assert found["C"] == "dodjela u lotu stala je kod prijave ispred, a preostalo je 5.000,00 KM"


def test_pool_is_named_where_there_is_one() -> None:
    terms = make_terms(
        lots=(Lot("1", 20_000_00), Lot("2", 1_000_00)),
        allocation=make_allocation(leftover=Leftover.POOL),
    )
    assert said(two(), terms)["B"] == (
        "u svim lotovima je preostalo 6.000,00 KM, a potrebno je 10.000,00 KM"
    )


def test_share_of_nothing_is_a_share() -> None:
    terms = make_terms(20_000_00, allocation=make_allocation(mode=Mode.PROPORTIONAL))
    contenders = [make_contender("A", 9, requested=15_000_00), make_contender("B", 0)]
    assert said(contenders, terms)["B"] == "prema bodovima 0,00 KM od 1,00 KM"


def test_vote_on_a_tie_is_told_to_those_it_put_in_order() -> None:
    contenders = [*two(score=make_contender("A", 9).score), make_contender("C", 1, requested=1)]
    terms = make_terms(20_000_00, tie_breaks=(VOTE,), tie_votes=("B", "A", "C"))
    found = said(contenders, terms)
    voted = "izjednačena; redoslijed je odlučen glasanjem komisije"
    assert found["B"] == voted
    assert found["A"].endswith(voted)
    assert voted not in found["C"]


def test_who_is_level_in_another_lot_was_not_tied() -> None:
    level = make_contender("A", 9).score
    contenders = [
        make_contender("A", 9, requested=5_000_00),
        make_contender("B", 9, requested=5_000_00, score=level),
        make_contender("C", 9, requested=1_000_00, lot="2", score=level),
    ]
    terms = make_terms(
        lots=(Lot("1", 20_000_00), Lot("2", 20_000_00)),
        allocation=make_allocation(leftover=Leftover.POOL),
        tie_breaks=(VOTE,),
        tie_votes=("B", "A", "C"),
    )
    result = rank(contenders, terms=terms)
    assert tied_groups(contenders, terms=terms, ranked=result.applications) == [["A", "B"]]
    assert said(contenders, terms)["C"] == ""


def test_reserves_of_several_lots_that_are_level_are_tied_in_the_pool() -> None:
    contenders = [
        make_contender("A", 9, requested=15_000_00),
        make_contender("B", 8, requested=4_000_00),
        make_contender("C", 9, requested=15_000_00, lot="2"),
        make_contender("D", 8, requested=4_000_00, lot="2"),
    ]
    terms = make_terms(
        lots=(Lot("1", 17_000_00), Lot("2", 17_000_00)),
        allocation=make_allocation(leftover=Leftover.POOL),
        tie_breaks=(VOTE,),
    )
    ranked = rank(contenders, terms=terms).applications
    assert tied_groups(contenders, terms=terms, ranked=ranked) == [["B", "D"]]
    voted = replace(terms, tie_votes=("D", "B"))
    result = rank(contenders, terms=voted)
    assert tied_groups(contenders, terms=voted, ranked=result.applications) == [["B", "D"]]
    assert {each.reference for each in result.applications if each.is_from_pool} == {"D"}
