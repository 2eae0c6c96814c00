"""Reading the application form of a call."""

import json
from pathlib import Path
from typing import Any

import pytest

from grants.calls import rules
from grants.calls.rules.form import Fact, Form, FormFault, Kind, read_form

PRESET = Path(rules.__file__).parents[1] / "presets" / "form-lod.json"


def make_form(*questions: dict[str, Any], **over: Any) -> Form:
    sections = [{"key": "one", "title": "Jedan", "questions": list(questions)}]
    return read_form({"format": "poziv-form/1", "version": 1, "sections": sections} | over)


def test_preset_asks_for_every_fact() -> None:
    form = read_form(json.loads(PRESET.read_text("utf-8")))
    assert [section.key for section in form.sections] == [
        "organisation", "summary", "problem", "logframe", "plan", "budget", "team", "documents",
    ]  # fmt: skip
    assert all(form.by_fact(fact) is not None for fact in Fact)
    activities = form.question("activities")
    assert activities is not None
    assert activities.numbered == "by:result"
    section = form.section_of("budget")
    assert section is not None
    assert section.has(Kind.BUDGET)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"key": "a.b", "kind": "number"}, "question: key 'a.b'"),
        ({"key": "a", "kind": "film"}, "a: kind 'film'"),
        (
            {
                "key": "a",
                "kind": "table",
                "columns": [{"key": "r", "kind": "reference", "of": "x"}],
            },
            "refers to no question 'x'",
        ),
    ],
)
def test_fault_names_its_place(question: dict[str, Any], said: str) -> None:
    with pytest.raises(FormFault, match=said.replace("(", r"\(")):
        make_form(question)


def test_keys_are_unique_in_the_whole_form() -> None:
    with pytest.raises(FormFault, match="questions: twice a"):
        make_form({"key": "a", "kind": "number"}, {"key": "a", "kind": "date"})


def test_format_is_told_when_unknown() -> None:
    with pytest.raises(FormFault, match="poziv-form/1"):
        make_form(format="other")
