"""Reading and writing the application form of a call."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.calls import rules
from grants.calls.form_words import SENTENCES
from grants.calls.problems import SENTENCES as CALL_SENTENCES
from grants.calls.rules.form import Fact, Form, Kind
from grants.calls.rules.form_json import FormFault, read_form
from grants.calls.rules.form_problems import form_problems
from grants.calls.rules.form_writing import write_form
from grants.errors import Problem
from tests.calls.forms import forms, make_form, written_form

PRESET = Path(rules.__file__).parents[1] / "presets" / "form-lod.json"
CHOICE = {
    "key": "c",
    "kind": "choice",
    "choices": [{"code": "yes", "label": "Da"}, {"code": "no", "label": "Ne"}],
}


def preset() -> Form:
    return read_form(json.loads(PRESET.read_text("utf-8")))


def faults(written: object) -> list[tuple[str, str]]:
    """The codes of all that is wrong, with their places."""
    with pytest.raises(FormFault) as refused:
        read_form(written)
    for problem in refused.value.problems:
        assert str(SENTENCES[problem.code]) % dict(problem.facts)
    return [(problem.code, problem.place) for problem in refused.value.problems]


def _problems(written: object) -> tuple[Problem, ...]:
    try:
        read_form(written)
    except FormFault as fault:
        return fault.problems
    return ()


def test_preset_asks_for_every_fact() -> None:
    form = preset()
    assert all(form.by_fact(fact) is not None for fact in Fact)
    assert form_problems(form, asks_documents=True) == []
    activities = form.question("activities")
    assert activities is not None
    assert activities.numbered == "by:result"
    section = form.section_of("budget")
    assert section is not None
    assert section.has(Kind.BUDGET)


@given(forms())
def test_form_is_read_back_as_it_was_written(form: Form) -> None:
    assert read_form(json.loads(json.dumps(write_form(form)))) == form


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: (
    st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["key", "kind", "label", "questions", "choices", "shown_when", "least"]),
        inner,
        max_size=4,
    )
), max_leaves=12))  # fmt: skip
def test_whatever_is_written_is_read_or_refused_with_sentences(nonsense: Any) -> None:
    written = {"format": "poziv-form/1", "sections": [nonsense]}
    assert all(str(SENTENCES[each.code]) % dict(each.facts) for each in _problems(written))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"key": "a.b", "kind": "number"}, ("form_key", "one.questions[1]")),
        ({"key": "a", "kind": "film"}, ("form_kind", "a")),
        ({"key": "a", "kind": "months"}, ("form_kind", "a")),
        ({"key": "a", "kind": "date", "colour": "red"}, ("form_unknown", "one.questions[1]")),
        ({"key": "a", "kind": "date", "words": 5}, ("form_member_of_kind", "a")),
        ({"key": "a", "kind": "number", "least": -1}, ("form_negative", "a")),
        ({"key": "a", "kind": "number", "least": True}, ("form_not_whole", "one.questions[1]")),
        ({"kind": "number"}, ("form_absent", "one.questions[1]")),
        ({"key": "a", "kind": "date", "fact": "weather"}, ("form_fact", "a")),
        ({"key": "a", "kind": "date", "lots": ["1"]}, ("form_lots_early", "a")),
        ({"key": "a", "kind": "date", "mistakes": [1]}, ("form_not_texts", "a")),
        ({"key": "a", "kind": "date", "shown_when": {"question": "b"}}, ("form_nowhere", "a")),
        ({"key": "a", "kind": "date", "shown_when": {"question": "a"}}, ("form_later", "a")),
        (
            {"key": "a", "kind": "date", "required_when": {"question": "c"}},
            ("form_required_twice", "a"),
        ),
        (
            {"key": "a", "kind": "date", "shown_when": {"question": "c", "one_of": ["maybe"]}},
            ("form_no_answer", "a"),
        ),
        (
            {"key": "a", "kind": "date", "shown_when": {"question": "d", "one_of": ["x"]}},
            ("form_not_chosen", "a"),
        ),
        (
            {
                "key": "a",
                "kind": "table",
                "columns": [{"key": "r", "kind": "reference", "of": "x"}],
            },
            ("form_reference", "a.r"),
        ),
        ({"key": "a", "kind": "table", "numbered": "by:r"}, ("form_numbered", "a")),
    ],
)
def test_fault_names_its_place(question: dict[str, Any], said: tuple[str, str]) -> None:
    date = {"key": "d", "kind": "date"}
    is_first = question.get("shown_when", {}).get("question") == "a"
    others = [] if said[1].startswith("one.") or is_first else [CHOICE, date]
    assert faults(written_form(*others, question)) == [said]


def test_every_fault_is_told_at_once() -> None:
    written = written_form({"key": "a", "kind": "film"}, {"key": "b b", "kind": "date"}, colour=1)
    assert faults(written) == [
        ("form_unknown", ""),
        ("form_kind", "a"),
        ("form_key", "one.questions[2]"),
    ]


def test_keys_and_facts_are_unique_in_the_whole_form() -> None:
    two = [
        {"key": key, "title": "Dio", "questions": [{"key": "a", "kind": "date", "fact": "title"}]}
        for key in ("one", "two")
    ]
    assert faults(written_form(sections=two)) == [
        ("form_question_twice", "a"),
        ("form_fact_twice", "title"),
    ]


@pytest.mark.parametrize("written", [None, [], "x", {}, {"format": "other"}])
def test_format_is_told_when_unknown(written: object) -> None:
    assert faults(written) == [("form_format", "")]


def test_unfinished_form_says_what_it_misses_before_publication() -> None:
    form = make_form(
        {"key": "a", "kind": "choice", "label": "Izbor"},
        {"key": "n", "kind": "number", "least": 5, "most": 2},
        {"key": "t", "kind": "table", "label": "Tabela"},
        {"key": "title", "kind": "long_text", "label": "Naziv", "fact": "title"},
        {"key": "lot", "kind": "lot", "label": "Oblast", "fact": "lot", "required": False},
        {"key": "later", "kind": "date", "label": "Dan", "lots": ["9"]},
    )
    problems = form_problems(form, lots={"1"}, asks_documents=True)
    assert [problem.code for problem in problems] == [
        "fact_missing_organisation",
        "fact_optional",
        "fact_missing_duration_months",
        "fact_missing_requested",
        "fact_missing_activities",
        "fact_missing_budget",
        "fact_missing_documents",
        "fact_kind",
        "form_choices_few",
        "form_question_unlabelled",
        "form_bounds",
        "form_columns_missing",
        "form_lot_unknown",
    ]
    known = {**SENTENCES, **CALL_SENTENCES}
    assert all(str(known[each.code]) % dict(each.facts) for each in problems)
    assert [each.code for each in form_problems(Form(1))] == ["form_missing"]
