"""The grid: points, computed maxima, comments, JSON form."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.calls.presets import presets
from grants.calls.rules.grid import (
    Band,
    BandsQuestion,
    CoefficientQuestion,
    Grid,
    ScaleQuestion,
    Section,
    allowed_values,
    needs_comment,
    points,
    values_needing_comment,
)
from grants.calls.rules.grid_json import grid_from_json, grid_to_json
from grants.calls.rules.grid_problems import grid_problems
from grants.calls.rules.numbers import decimal_text, exact, is_exact
from grants.errors import Problem


def make_scale(code: str = "1.1", **over: int | str) -> ScaleQuestion:
    figures = {"minimum": 1, "maximum": 5, "weight": 1, "step": 1} | over
    return ScaleQuestion(code, "Pitanje", **{name: exact(value) for name, value in figures.items()})


def make_coefficient(code: str = "1.2") -> CoefficientQuestion:
    values = tuple(Fraction(number, 10) for number in (10, 9, 8, 7, 6, 5))
    return CoefficientQuestion(code, "Pitanje", values, Fraction(10))


def make_bands(code: str = "1.3") -> BandsQuestion:
    bands = (Band("1", "do 50", Fraction(5)), Band("2", "preko 50", Fraction(20)))
    return BandsQuestion(code, "Pitanje", bands)


def make_grid(**over: object) -> Grid:
    questions = (make_scale(weight=2), make_coefficient(), make_bands())
    terms: dict = {
        "sections": (Section("1", "Odjeljak", questions, Fraction(12)),),
        "threshold_total": Fraction(20),
    }
    return Grid(**terms | over)


def test_maximum_is_computed_from_the_questions() -> None:
    assert make_grid().max_points == 10 + 10 + 20
    assert make_grid().sections[0].max_points == 40


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(1, 2), (5, 10), ("3.5", 7), ("4.50", 9), (0, None), (6, None), ("3.25", None), ("x", None)],
)
def test_points_of_a_scale(answer: int | str, expected: int | None) -> None:
    assert points(make_scale(weight=2, step="0.5"), answer) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(1, 10), ("1.0", 10), ("0.9", 9), ("0.90", 9), ("0.4", None), (0, None)],
)
def test_points_of_a_coefficient_compare_by_value(answer: int | str, expected: int | None) -> None:
    assert points(make_coefficient(), answer) == expected


@pytest.mark.parametrize(("answer", "expected"), [("1", 5), ("2", 20), (1, None), ("3", None)])
def test_points_of_bands_go_by_code(answer: int | str, expected: int | None) -> None:
    assert points(make_bands(), answer) == expected


def test_bool_is_no_answer() -> None:
    assert points(make_scale(), answer=True) is None
    assert points(make_coefficient(), answer=True) is None


def test_allowed_values_stop_at_the_last_step_when_the_range_is_no_multiple() -> None:
    question = make_scale(minimum=0, maximum=5, step=2)
    assert allowed_values(question) == (0, 2, 4)
    assert (question.highest, question.max_points) == (4, 5)
    assert points(question, 5) is None


def test_comment_is_asked_at_the_lowest_two_and_the_highest_value() -> None:
    question = make_scale()
    assert [value for value in range(1, 6) if needs_comment(question, value)] == [1, 2, 5]
    assert values_needing_comment(question) == (1, 2, 5)
    assert values_needing_comment(make_scale(maximum=1)) == (1,)
    assert not needs_comment(make_coefficient(), 1)
    assert not needs_comment(make_bands(), "1")


def test_grid_is_publishable_when_it_equals_its_declared_total() -> None:
    assert grid_problems(make_grid(declared_total=Fraction(40))) == []


def test_grid_problem_tells_both_totals_when_they_differ() -> None:
    facts = {"figure": Fraction(40), "limit": Fraction(100)}
    assert grid_problems(make_grid(declared_total=Fraction(100))) == [
        Problem("grid_total", "grid", facts)
    ]


def test_grid_problems_name_every_fault() -> None:
    section = Section("1", "Odjeljak", (make_scale("1.1", maximum=0), make_scale("1.1", step=0)))
    grid = make_grid(sections=(section, Section("1", "Prazan", ())))
    assert [(problem.code, problem.place) for problem in grid_problems(grid)] == [
        ("section_twice", "1"),
        ("section_empty", "1"),
        ("question_twice", "1.1"),
        ("scale_range", "1.1"),
        ("scale_step", "1.1"),
    ]


def test_grid_survives_its_json_form() -> None:
    grid = make_grid(declared_total=Fraction(40))
    assert grid_from_json(grid_to_json(grid)) == grid


@given(st.integers(), st.integers(0, 8))
def test_decimal_text_reads_back_exactly(number: int, places: int) -> None:
    value = Fraction(number, 10**places)
    assert exact(decimal_text(value)) == value


@pytest.mark.parametrize("value", ["", "1.", ".5", "+1", "1e3", " 1", "1\n", "١", 1.0, True, None])
def test_anything_else_is_no_exact_number(value: object) -> None:
    assert not is_exact(value)
    with pytest.raises(ValueError, match="neither"):
        exact(value)


def test_preset_guides_its_committee_on_every_question() -> None:
    call = presets()["lod-reload"].call
    asked = [one["code"] for each in call["grid"]["sections"] for one in each["questions"]]
    assert list(call["guides"]) == asked
    assert all("Dobro:" in text and "Slabo:" in text for text in call["guides"].values())
