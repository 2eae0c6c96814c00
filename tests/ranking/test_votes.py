"""Who may vote on a tie and on the whole list, and what the record of a vote must hold."""

from dataclasses import replace
from datetime import date

import pytest

from grants.ranking.rules.closing import Session, session_problems
from grants.ranking.rules.voting import CastVote, cast_json, cast_problems, tie_leader

DAY = date(2026, 2, 9)
SEATS = {"e1": "Ana Hodžić", "e2": "Emir Begić", "e3": "Ivo Perić"}


@pytest.mark.parametrize(
    ("present", "votes", "recused", "codes"),
    [
        (("e1", "e2", "e3"), (2, 1, 0), (), []),
        (("e1", "e2"), (2, 0, 0), ("e3",), []),
        (("e1", "e2", "e3"), (2, 1, 0), ("e3",), ["tie_recused"]),
        (("e1", "e2"), (2, 1, 0), ("e3",), ["tie_votes"]),
        ((), (0, 0, 0), (), ["tie_present"]),
        (("e1", "e9"), (2, 0, 0), (), ["tie_present"]),
        (("e1", "e1"), (2, 0, 0), (), ["tie_present"]),
        (("e1", "e2"), (1, 1, 0), (), ["tie_against"]),
    ],
)
def test_who_is_recused_from_a_tied_application_has_no_vote_on_the_tie(
    present: tuple[str, ...],
    votes: tuple[int, int, int],
    recused: tuple[str, ...],
    codes: list[str],
) -> None:
    cast = CastVote(["A", "B"], DAY, present, *votes, reason="Veći obuhvat.")
    problems = cast_problems(cast, voting=SEATS, recused=recused)
    assert [each.code for each in problems] == codes


def test_refusal_names_who_is_recused() -> None:
    cast = CastVote(["A", "B"], DAY, ("e1", "e2", "e3"), 3, 0, 0, reason="Veći obuhvat.")
    problem = cast_problems(cast, voting=SEATS, recused=("e2", "e3"))[0]
    assert problem.facts == {"names": "Emir Begić, Ivo Perić"}


@pytest.mark.parametrize(
    ("votes", "present", "codes"),
    [
        ((2, 1, None), 3, []),
        ((None, None, None), 3, ["ranking_votes_missing"]),
        ((0, 0, 0), 3, ["ranking_votes_missing"]),
        ((2, 0, 0), 3, ["ranking_votes_present"]),
        ((3, 1, 0), 3, ["ranking_votes_present"]),
        ((4, 2, 0), 3, ["ranking_votes"]),
        ((1, 2, 0), 3, ["ranking_votes_against"]),
        # Nobody with a vote was there: then it is the quorum that lacks.
        ((None, None, None), 0, []),
        # What was decided long ago is imported as it is.
        ((None, None, None), None, []),
        ((2, 0, 0), None, []),
    ],
)
def test_votes_on_the_list_are_as_many_as_were_present(
    votes: tuple[int | None, int | None, int | None], present: int | None, codes: list[str]
) -> None:
    in_favour, against, abstained = votes
    session = Session(DAY, votes_for=in_favour, votes_against=against, votes_abstained=abstained)
    problems = session_problems(session, members=5, present=present)
    assert [each.code for each in problems] == codes


@pytest.mark.parametrize(
    ("recused", "leads"),
    [
        ((), "e2"),
        (("e1", "e3"), "e2"),
        (("e2",), "e1"),
        (("e1", "e2"), "e3"),
        (("e1", "e2", "e3"), None),
    ],
)
def test_vote_on_a_tie_is_led_by_the_chair_or_the_first_who_is_not_recused(
    recused: tuple[str, ...], leads: str | None
) -> None:
    assert tie_leader(list(SEATS), chair="e2", recused=recused) == leads


def test_record_of_a_vote_says_who_led_it_where_it_was_not_the_chair() -> None:
    cast = CastVote(["A", "B"], DAY, ("e2", "e3"), 2, 0, 0, reason="Veći obuhvat.")
    assert "led_by" not in cast_json(cast)
    assert cast_json(replace(cast, led_by="e2"))["led_by"] == "e2"
