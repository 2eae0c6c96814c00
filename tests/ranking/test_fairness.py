"""Members against each other, the order without their habits, and what the cut hangs on."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from grants.calls.rules.allocation import Leftover, Mode, Shortfall
from grants.calls.rules.grid import Grid, ScaleQuestion, Section
from grants.evaluation.rules.scoring import ScoringTerms, Sheet, score_applications
from grants.ranking.rules.fairness import (
    Habits,
    Levelled,
    Total,
    counted,
    deviation,
    habits,
    levelled,
    places,
)
from grants.ranking.rules.inputs import Allocation, Contender, Lot, Terms
from grants.ranking.rules.leaving import Field, Tip, tips
from grants.ranking.rules.outcomes import Outcome
from grants.ranking.rules.result import rank

F = Fraction
NOON = datetime(2024, 3, 20, 12, tzinfo=UTC)
GRID = Grid(
    sections=(
        Section("1", "Prvi", (ScaleQuestion("a", "?", F(1), F(5), F(1)),)),
        Section("2", "Drugi", (ScaleQuestion("b", "?", F(1), F(5), F(2)),)),
    ),
    threshold_total=F(6),
)
SCORING = ScoringTerms(GRID, min_reviews=2)


def totals(**points: list[int]) -> list[Total]:
    """What each member gave to the applications 1, 2, 3 … in this order."""
    return [
        Total(number, member, F(each))
        for member, given in points.items()
        for number, each in enumerate(given, start=1)
    ]


def test_habits_compare_a_member_with_the_others_on_the_same() -> None:
    found = habits([*totals(e1=[80, 60], e2=[70, 40, 90]), Total(9, "e3", F(10))])
    assert found == [
        Habits("e1", 2, F(70), F(10), F(60), F(80), others=F(55), apart=F(15)),
        Habits("e2", 3, F(200, 3), deviation([F(70), F(40), F(90)]), F(40), F(90), F(70), F(-15)),
        Habits("e3", 1, F(10), F(0), F(10), F(10)),
    ]
    assert [each.is_few for each in found] == [True, True, True]


def test_deviation_is_taken_to_a_millionth_down() -> None:
    assert deviation([F(1), F(2)]) == F(1, 2)
    assert deviation([F(0), F(0), F(1)]) == F(471404, 1_000_000)


def test_levelling_takes_a_strict_members_habit_out() -> None:
    found = levelled(totals(e1=[90, 80, 70, 60, 50], e2=[50, 40, 30, 20, 10]))
    assert found.too_few == {}
    values = [found.totals[number] for number in range(1, 6)]
    assert values == sorted(values, reverse=True)
    assert sum(values, F(0)) / 5 == F(50)


def test_nothing_is_levelled_where_one_member_has_few_sheets() -> None:
    few = totals(e1=[9, 8, 7, 6, 5], e2=[1, 2])
    assert levelled(few) == Levelled({}, {"e2": 2})
    assert levelled([]) == Levelled({}, {})


@given(st.lists(st.lists(st.integers(0, 100), min_size=5, max_size=8), min_size=1, max_size=4))
def test_levelling_does_not_depend_on_order_or_on_a_members_scale(given: list[list[int]]) -> None:
    base = totals(**{f"e{n}": points for n, points in enumerate(given)})
    found = levelled(base).totals
    assert levelled(list(reversed(base))).totals == found
    # The same sheets, two points higher each: only the centre moves.
    raised = levelled([Total(each.application, each.member, each.points + 2) for each in base])
    assert {key: each - 2 for key, each in raised.totals.items()} == found


def test_places_are_shared_by_equal_totals() -> None:
    assert places({1: F(5), 2: F(9), 3: F(5), 4: F(1)}) == {2: 1, 1: 2, 3: 2, 4: 4}


def test_sheets_replaced_by_a_consensus_are_not_counted() -> None:
    sheets = [
        Sheet("A", "e1", is_signed=True),
        Sheet("B", "e1", is_signed=True),
        Sheet("B", "e2", is_signed=True, has_conflict=True),
        Sheet("A", "e2", is_signed=True, is_consensus=True),
        Sheet("B", "e3", is_signed=False),
    ]
    assert counted(sheets) == [sheets[1]]


def sheet(application: str, evaluator: str, a: int, b: int) -> Sheet:
    return Sheet(application, evaluator, is_signed=True, answers={"a": a, "b": b})


def contend(sheets: list[Sheet], **over: dict[str, object]) -> list[Contender]:
    scores = score_applications(sheets, terms=SCORING)
    names = sorted({each.application for each in sheets})
    return [
        Contender(
            **{
                "reference": name,
                "organisation": f"o{name}",
                "lot": "1",
                "requested": 100,
                "submitted_at": NOON + timedelta(seconds=number),
                "score": scores[name],
            }
            | over.get(name, {})  # type: ignore[arg-type]
        )
        for number, name in enumerate(names)
    ]


def by_application(sheets: list[Sheet]) -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = {}
    for each in sheets:
        found.setdefault(each.application, []).append(each)
    return found


def terms(**over: object) -> Terms:
    made: dict = {
        "lots": (Lot("1", 150),),
        "allocation": Allocation(Mode.RANKED_CUTOFF),
        "threshold_total": F(6),
        "tie_breaks": ("submitted_at:asc",),
    }
    return Terms(**made | over)


SHEETS = [
    sheet("A", "e1", 5, 5), sheet("A", "e2", 5, 5),
    sheet("B", "e1", 4, 4), sheet("B", "e2", 3, 4),
    sheet("C", "e1", 5, 4), sheet("C", "e2", 1, 3),
]  # fmt: skip


def test_tip_names_the_sheet_that_would_change_an_outcome() -> None:
    found = list(
        tips(
            Field(contend(SHEETS), terms(lots=(Lot("1", 200),))),
            by_application(SHEETS),
            scoring=SCORING,
        )
    )
    assert found == [Tip("C", "e2", Outcome.RESERVE, Outcome.AWARDED, ("B",))]


ALLOCATIONS = st.builds(
    Allocation,
    mode=st.sampled_from(Mode),
    on_shortfall=st.sampled_from(Shortfall),
    partial_min_share=st.sampled_from([F(0), F(1, 2)]),
    round_to=st.sampled_from([1, 7]),
    leftover=st.sampled_from(Leftover),
)
MOST = 9
CASES = st.lists(
    st.fixed_dictionaries(
        {
            "requested": st.integers(5, 150),
            "organisation": st.sampled_from(["o0", "o1", "o2", "o3"]),
            "lot": st.sampled_from(["0", "1", "2"]),
            "proposed": st.none() | st.integers(5, 60),
        }
    ),
    min_size=MOST,
    max_size=MOST,
)
SCORES = st.lists(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=3),
    min_size=1,
    max_size=MOST,
)
TERMS = st.fixed_dictionaries(
    {
        "lots": st.tuples(*(st.builds(Lot, st.just(each), st.integers(0, 500)) for each in "012")),
        "allocation": ALLOCATIONS,
        "tie_breaks": st.sampled_from(
            [(), ("submitted_at:asc",), ("section:1", "requested:asc"), ("vote",)]
        ),
        "tie_votes": st.permutations([f"A{number}" for number in range(MOST)]).map(tuple),
        "grant_min": st.sampled_from([0, 20]),
        "awards_per_organisation": st.none() | st.integers(1, 2),
        "organisation_cap": st.none() | st.integers(50, 300),
        "prior_awards": st.dictionaries(st.sampled_from(["o0", "o1"]), st.integers(0, 100)),
    }
)


@settings(max_examples=600)
@given(given=SCORES, facts=CASES, asked=TERMS, stride=st.sampled_from([1, 2, 3, 32]))
def test_quick_answers_are_those_of_ranking_again(
    *,
    given: list[list[tuple[int, int]]],
    facts: list[dict[str, object]],
    asked: dict[str, object],
    stride: int,
) -> None:
    sheets = [
        sheet(f"A{number}", f"e{at}", a, b)
        for number, those in enumerate(given)
        for at, (a, b) in enumerate(those)
    ]
    over = {f"A{number}": each for number, each in enumerate(facts)}
    contenders, grouped = contend(sheets, **over), by_application(sheets)
    field = Field(contenders, terms(**asked), stride=stride)
    found = list(tips(field, grouped, scoring=SCORING))
    assert found == list(_slow(contenders, grouped, terms(**asked)))


def _slow(contenders: list[Contender], grouped: dict[str, list[Sheet]], asked: Terms) -> list[Tip]:
    once = {each.reference: each.outcome for each in rank(contenders, terms=asked).applications}
    found = []
    for contender in sorted(contenders, key=lambda each: each.reference):
        for left in grouped[contender.reference]:
            rest = [each for each in grouped[contender.reference] if each is not left]
            score = score_applications(rest, terms=ScoringTerms(GRID, min_reviews=1))
            other = {**contender.__dict__, "score": score[contender.reference]}
            again = [Contender(**other) if each is contender else each for each in contenders]
            then = {
                each.reference: each.outcome
                for each in rank(again, terms=asked).applications
                if each.outcome is not once[each.reference]
            }
            if then:
                name = contender.reference
                others = tuple(sorted(set(then) - {name}))
                found.append(
                    Tip(name, left.evaluator, once[name], then.get(name, once[name]), others)
                )
    return found
