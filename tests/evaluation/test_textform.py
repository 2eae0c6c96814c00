"""The sheet as a text file: written, filled in, read back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.calls.rules.grid_json import grid_from_json
from grants.evaluation.rules.sheets import LONGEST_COMMENT
from grants.evaluation.rules.textform import (
    ReadSheet,
    TextSheet,
    read_sheet,
    read_text,
    write_sheet,
)
from tests.evaluation.world import GRID

MADE = grid_from_json(GRID)
REFERENCE = "NS-2026-1-001"


def read(text: str) -> ReadSheet:
    return read_sheet(text, reference=REFERENCE, grid=MADE)


def written(**kept: Any) -> str:
    return write_sheet(TextSheet(REFERENCE, "Naslov", MADE, **kept), lambda key: f"{key}\nviše")


def test_form_is_read_back_as_it_was_written() -> None:
    scores = {"1.1": "4", "1.2": "0.75", "2.1": "b"}
    comments = {"1.1": "Dva\nreda.", "1": "| kao uputa", "2": "[[ocjena 1.1]]\n\nkraj"}
    found = read(written(scores=scores, comments=comments))
    assert found.problems == ()
    assert (found.changes.scores, found.changes.comments) == (scores, comments)


def test_empty_form_changes_nothing() -> None:
    found = read(written())
    assert (found.changes.scores, found.changes.comments, found.problems) == ({}, {}, ())


@pytest.mark.parametrize(
    ("line", "scores"),
    [
        ("[[ocjena 1.1]]\n 4 ", {"1.1": "4"}),
        ("[[ OCJENA  1.1 ]]\r\n4\r\n", {"1.1": "4"}),
        ("[[ocjena 1.2]]\n0,75", {"1.2": "0.75"}),
        ("[[ocjena 2.1]]\nviše od 50", {"2.1": "b"}),
        ("[[ocjena 2.1]]\nB", {"2.1": "b"}),
    ],
)
def test_score_is_read_however_it_is_written(line: str, scores: dict[str, str]) -> None:
    found = read(f"[[list {REFERENCE}]]\n{line}")
    assert (found.changes.scores, found.problems) == (scores, ())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("nešto posve drugo", ["text_no_mark"]),
        ("", ["text_no_mark"]),
        ("[[list NS-2026-1-002]]\n[[ocjena 1.1]]\n4", ["text_other_application"]),
        ("[[ocjena 1.1]]\n6", ["text_score_unknown"]),
        ("[[ocjena 1.1]]\nčetiri", ["text_score_unknown"]),
        ("[[ocjena 9.9]]\n4", ["text_mark_unknown"]),
        ("[[komentar 1.1]]\nTekst", ["text_mark_unknown"]),
        ("[[ocjena 1.1]]\n4\n[[ocjena 1.1]]\n2", ["text_mark_twice"]),
        (f"[[komentar 1]]\n{'a' * (LONGEST_COMMENT + 1)}", ["text_comment_long"]),
    ],
)
def test_every_fault_is_a_problem(text: str, codes: list[str]) -> None:
    found = read(text)
    assert [each.code for each in found.problems] == codes
    assert found.changes.scores == ({"1.1": "4"} if codes == ["text_mark_twice"] else {})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_file_is_read_as_editors_save_it(encoding: str) -> None:
    text = "[[komentar 1]]\nČvršća šansa đaka, žurno."
    assert read(read_text(text.encode(encoding))).changes.comments == {
        "1": "Čvršća šansa đaka, žurno."
    }


@given(st.text(max_size=400))
def test_whatever_stands_in_a_file_is_read_or_said(text: str) -> None:
    found = read(read_text(text.encode("utf-8", errors="replace")))
    assert found.problems or not (found.changes.scores or found.changes.comments)


@given(st.dictionaries(st.sampled_from(["1.1", "1.2", "2.1", "1", "2"]), st.text(max_size=60)))
def test_comments_survive_the_way_there_and_back(comments: dict[str, str]) -> None:
    kept = {
        code: plain
        for code, text in comments.items()
        if (plain := "\n".join(line.strip() for line in text.splitlines()).strip())
    }
    assert read(written(comments=kept)).changes.comments == kept
