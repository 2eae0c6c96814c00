"""What a corrected form changes, and what it asks of those who have a draft."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from grants.calls.form_words import CHANGES
from grants.calls.rules.form import Form
from grants.calls.rules.form_changes import (
    Change,
    SectionChange,
    changed_sections,
    changes_from_json,
    changes_to_json,
    refused_changes,
)
from tests.calls.forms import forms, make_form

TEXT: dict[str, Any] = {"key": "a", "kind": "long_text", "label": "Opis", "limit": 100}
CHOICE: dict[str, Any] = {
    "key": "c",
    "kind": "choice",
    "label": "Izbor",
    "choices": [{"code": "x", "label": "X"}, {"code": "y", "label": "Y"}],
}
TABLE: dict[str, Any] = {
    "key": "t",
    "kind": "table",
    "label": "Tabela",
    "columns": [{"key": "n", "kind": "number", "label": "Broj"}],
}
OLD = (CHOICE, TEXT, TABLE)


def changes(*questions: dict[str, Any]) -> list[tuple[str, tuple[Change, ...], bool]]:
    """Key, changes, and whether the drafts are asked, of everything that differs from OLD."""
    found = changed_sections(make_form(*OLD), make_form(*questions))
    return [(each.key, each.changes, each.asks) for one in found for each in one.questions]


@given(forms())
def test_same_form_changes_nothing(form: Form) -> None:
    assert changed_sections(form, replace(form, version=form.version + 1)) == []


@given(forms(), forms())
def test_changes_are_kept_as_they_were_found(old: Form, new: Form) -> None:
    found = changed_sections(old, new)
    assert changes_from_json(changes_to_json(found)) == found
    assert (found == []) == (old.sections == new.sections)


@pytest.mark.parametrize(
    ("over", "change", "asks"),
    [
        ({"hint": "Kratko."}, Change.WORDED, False),
        ({"limit": 200}, Change.LOOSENED, False),
        ({"limit": 90}, Change.TIGHTENED, True),
        ({"words": 90}, Change.TIGHTENED, True),
        ({"required": False}, Change.NOW_OPTIONAL, False),
        ({"shown_when": {"question": "c"}}, Change.CONDITION, True),
        ({"required": False, "required_when": {"question": "c"}}, Change.NOW_REQUIRED, True),
    ],
)
def test_change_of_a_question_is_named(over: dict[str, Any], change: Change, asks: bool) -> None:  # noqa: FBT001
    assert changes(CHOICE, TEXT | over, TABLE) == [("a", (change,), asks)]


def test_choices_and_columns_may_grow_but_ask_when_they_shrink() -> None:
    third = {"code": "z", "label": "Z"}
    more = CHOICE | {"choices": [*CHOICE["choices"], third]}
    fewer = CHOICE | {"choices": [CHOICE["choices"][0], third]}
    column = {"key": "m", "kind": "date", "label": "Dan"}
    wider = TABLE | {"columns": [*TABLE["columns"], column | {"required": False}]}
    harder = TABLE | {"columns": [*TABLE["columns"], column]}
    assert changes(more, TEXT, wider) == [
        ("c", (Change.LOOSENED,), False),
        ("t", (Change.LOOSENED,), False),
    ]
    assert changes(fewer, TEXT, harder) == [
        ("c", (Change.TIGHTENED,), True),
        ("t", (Change.TIGHTENED,), True),
    ]


def test_added_and_removed_questions_are_told() -> None:
    new = {"key": "n", "kind": "date", "label": "Novo"}
    assert changes(CHOICE, TEXT, new) == [
        ("n", (Change.ADDED_REQUIRED,), True),
        ("t", (Change.REMOVED,), True),
    ]
    assert changes(*OLD, new | {"required": False}) == [("n", (Change.ADDED,), False)]


def test_section_that_is_gone_is_told_with_what_it_asked() -> None:
    old = make_form(TEXT)
    new = make_form(sections=[{"key": "two", "title": "Dva", "questions": [TEXT]}])
    found = changed_sections(old, new)
    assert [(each.key, each.is_gone, each.asks) for each in found] == [
        ("two", False, False),
        ("one", True, False),
    ]
    assert found[0].questions[0].changes == (Change.MOVED,)
    assert found[1] == SectionChange("one", "Jedan", (), is_gone=True)


def test_kind_of_a_published_question_stays() -> None:
    other = make_form({"key": "a", "kind": "date", "label": "Opis"})
    assert [each.code for each in refused_changes(make_form(TEXT), other)] == ["form_kind_changed"]
    assert refused_changes(make_form(TEXT), make_form(TEXT | {"label": "Drugo"})) == []


def test_every_change_has_words() -> None:
    assert set(CHANGES) == set(Change)
