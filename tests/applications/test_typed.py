"""What is typed is kept to the letter, and read or refused, never lost."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from grants import money
from grants.applications.rules.conflicts import conflict_of
from grants.applications.rules.facts import activities, budget_lines
from grants.applications.rules.parsing import Typed
from grants.applications.rules.typed import (
    add_row,
    differing,
    first_answers,
    kind_of,
    remove_row,
    row_ids,
    take_changes,
    take_over,
    texts_of,
)
from grants.applications.rules.values import Unreadable, read_number, read_value
from grants.calls.rules.form import Choice, Column, Form, Kind, Section
from grants.calls.rules.form_json import read_form
from tests.applications.arranging import FILLED, FORM, make_budget

LOTS = (Choice("1", "Mladi"), Choice("3", "Okoliš"))
CODES = (
    *("answer_not_money", "answer_too_much", "answer_not_number", "answer_not_day"),
    "answer_too_long",
)
TEXT = st.text(st.characters(exclude_characters="\r\0", exclude_categories=("Cs",)), max_size=80)


def make_typed(**over: dict[str, Any]) -> Typed:
    return Typed(form(), {**FILLED, **over}, LOTS)


def form() -> Form:
    return read_form(FORM)


def section(key: str) -> Section:
    found = form().section(key)
    assert found is not None
    return found


def as_sent(answers: dict[str, Any]) -> dict[str, list[str]]:
    """Answers as a browser sends them back."""
    return {name: texts_of(answers, name) for name in answers}


@given(st.data())
def test_whole_form_is_kept_to_the_letter(data: st.DataObject) -> None:
    part = section(data.draw(st.sampled_from(["summary", "logframe", "plan", "budget", "team"])))
    answers = dict(FILLED[part.key])
    for name in data.draw(st.lists(st.sampled_from(sorted(answers)), max_size=6)):
        if isinstance(answers[name], str) and not name.endswith(".rows"):
            answers[name] = data.draw(TEXT)
    kept = take_over(part, {}, sent=as_sent(answers))
    assert differing(kept, answers) == []
    assert take_over(part, kept, sent=as_sent(dict(kept))) == kept
    Typed(form(), {**FILLED, part.key: kept}, LOTS).parsed(part)


@given(name=TEXT, texts=st.lists(TEXT, max_size=3))
def test_strange_names_are_left_out(name: str, texts: list[str]) -> None:
    part = section("plan")
    kept = take_changes(part, {}, sent={name: texts}, names=[name])
    assert (name in kept) == (kind_of(part, name) is not None)


@given(TEXT)
def test_every_text_is_read_or_refused_with_a_code(text: str) -> None:
    kinds = (Kind.MONEY, Kind.NUMBER, Kind.DATE, Kind.SHORT_TEXT)
    assert all(code in (None, *CODES) for code in (refusal(kind, text) for kind in kinds))


def refusal(kind: Kind, text: str) -> str | None:
    """The code of the sentence a text gets, None when it can be read."""
    try:
        read_value(Column("c", "", kind, limit=40), text)
    except Unreadable as fault:
        return fault.code
    return None


@given(st.integers(0, 10**13))
def test_amount_is_read_back_as_it_is_written(fening: int) -> None:
    assert read_value(Column("c", "", Kind.MONEY), money.form(fening)) == fening
    assert read_value(Column("c", "", Kind.MONEY), f"{money.form(fening)}\u00a0KM") == fening


@given(st.integers(0, 10**6), st.integers(0, 999))
def test_quantity_is_exact(whole: int, thousandths: int) -> None:
    read = read_number(f"{whole},{thousandths:03d}")
    assert read is not None
    assert read * 1000 == whole * 1000 + thousandths
    assert read_number("1.500") == 1500


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.sampled_from("abcdef"))
def test_rows_come_and_go(rows: list[str], row: str) -> None:
    answers: Any = {"team.rows": " ".join(each for each in rows if each != row)}
    added = add_row(answers, "team", row=row, cells={"name": "Amra"})
    assert row_ids(added, "team")[-1] == row
    assert remove_row(added, "team", row=row) == answers


def test_untouched_section_begins_with_the_rows_it_needs() -> None:
    assert first_answers(section("plan")) == {"activities.rows": "1 2"}


def test_activities_are_numbered_inside_their_results_in_the_order_of_those() -> None:
    plan = FILLED["plan"] | {
        "activities.rows": "1 2 3",
        "activities.1.result": "2",
        "activities.2.result": "1",
        "activities.3.result": "2",
        "activities.3.title": "Još jedna",
    }
    read = activities(make_typed(plan=plan))
    assert [(each["code"], each["result"], each["title"]) for each in read] == [
        ("1.1", "R1", "Obuka"),
        ("2.1", "R2", "Sadnja"),
        ("2.2", "R2", "Još jedna"),
    ]
    swapped = FILLED["logframe"] | {"results.rows": "2 1"}
    assert [each["result"] for each in activities(make_typed(plan=plan, logframe=swapped))] == [
        "R1", "R1", "R2",
    ]  # fmt: skip


def test_lines_are_numbered_under_their_headings_and_carry_their_tags() -> None:
    lines = [
        ("3", "Druga", "kom", "1", "1,00", "1,00", "", "1"),
        ("1", "Prva", "kom", "1,5", "2,00", "3,00", "", "2"),
        ("3", "Treća", "kom", "1", "1,00", "x", "", ""),
    ]
    read = budget_lines(make_typed(budget=make_budget(lines)))
    assert [
        (line.code, line.description, line.cost, line.grant, line.activity) for line in read
    ] == [
        ("1.1", "Prva", 300, 300, "2.1"),
        ("3.1", "Druga", 100, 100, "1.1"),
        ("3.2", "Treća", 100, 0, None),
    ]
    assert [sorted(line.tags) for line in read] == [["admin"], ["equipment"], ["equipment"]]


def test_conflict_keeps_the_rows_of_both() -> None:
    part = section("team")
    theirs = add_row(FILLED["team"], "team", row="b", cells={"name": "Njihov"})
    mine = add_row(FILLED["team"], "team", row="a", cells={"name": "Moj"})
    typed = make_typed(team=dict(theirs))
    found = conflict_of(typed, part, sent=as_sent(dict(mine)), months=9)
    kept = dict(found.fields)
    assert kept["team.rows"].split() == ["1", "a", "b"]
    assert (kept["team.a.name"], kept["team.b.name"]) == ("Moj", "Njihov")
    assert [(each.label, each.mine, each.theirs) for each in found.differences] == [
        ("Član tima 2 – Ime i prezime", "Moj", "")
    ]
