"""Rules of questions: until when one may ask, by when the office answers, what tells who asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.calls.rules.inquiries import (
    answer_due,
    answer_problems,
    asking_until,
    ensure_askable,
    is_overdue,
    named_in,
)
from grants.calls.rules.states import CallStatus
from grants.errors import NotNow, WrongState
from grants.workdays import Calendar, counted_term, counting, working_days_between

UNTIL = datetime(2026, 2, 14, 14, tzinfo=UTC)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(asked_on=DAYS, resting=st.sets(DAYS, max_size=6), offset=st.integers(0, 12))
def test_term_has_three_working_days_whatever_the_calendar(
    asked_on: date, resting: set[date], offset: int
) -> None:
    near = {asked_on + timedelta(days=offset): "praznik"}
    calendar = Calendar(near | dict.fromkeys(resting, "praznik"))
    due = answer_due(asked_on, calendar=calendar)
    assert calendar.is_working(due.ends_on)
    assert working_days_between(asked_on, due.ends_on, calendar=calendar) == 3
    days_between = (due.ends_on - asked_on).days
    assert len(due.skipped) == days_between - 3
    kept = counted_term(counting(due))
    assert (kept.start, kept.length, kept.ends_on) == (asked_on, 3, due.ends_on)
    assert len(kept.skipped) == len(due.skipped)


def test_term_runs_over_the_weekend_and_a_holiday() -> None:
    calendar = Calendar({date(2026, 3, 2): "Dan nezavisnosti"})
    due = answer_due(date(2026, 2, 26), calendar=calendar)
    assert due.ends_on == date(2026, 3, 4)
    assert [skipped.day.day for skipped in due.skipped] == [28, 1, 2]


def test_last_day_of_term_is_not_overdue() -> None:
    assert not is_overdue(date(2026, 3, 4), today=date(2026, 3, 4))
    assert is_overdue(date(2026, 3, 4), today=date(2026, 3, 5))


def test_asking_ends_with_the_cut_off_else_with_the_deadline() -> None:
    deadline = UNTIL + timedelta(days=9)
    assert asking_until(UNTIL, deadline) == UNTIL
    assert asking_until(None, deadline) == deadline


@given(late=st.integers(-(10**6), 10**6))
def test_asking_is_refused_one_second_after_the_cut_off(late: int) -> None:
    at = UNTIL + timedelta(seconds=late)
    if late <= 0:
        ensure_askable(CallStatus.PUBLISHED, until=UNTIL, at=at)
        return
    with pytest.raises(NotNow) as refused:
        ensure_askable(CallStatus.PUBLISHED, until=UNTIL, at=at)
    problem = refused.value.problems[0]
    assert (problem.code, dict(problem.facts)) == ("questions_closed", {"until": UNTIL, "at": at})


@pytest.mark.parametrize("status", [status for status in CallStatus if status != "published"])
def test_asking_is_refused_when_call_is_not_open(status: CallStatus) -> None:
    with pytest.raises(WrongState):
        ensure_askable(status, until=UNTIL, at=UNTIL)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pita Amra Ademović iz naselja", "Amra Ademović"),
        ("javite na AMRA@example.ba", "amra@example.ba"),
        ("амра адемовић пита", "Amra Ademović"),
        ("Mi iz Tajne Lipe, tajna lipa", "Udruženje „Tajna lipa“"),
        ("Može li se produžiti rok? Analiza, Anamarija.", ""),
    ],
)
def test_name_of_asker_is_found_in_any_writing(text: str, found: str) -> None:
    assert (
        named_in(text, ["Amra Ademović", "amra@example.ba", "Ana", "Udruženje „Tajna lipa“"])
        == found
    )


def test_note_is_missing_from_the_second_version_on() -> None:
    full = {"question": "Pitanje?", "answer": "Odgovor."}
    assert answer_problems(**full, note="", version=1) == []
    assert [each.code for each in answer_problems(**full, note=" ", version=2)] == [
        "answer_note_missing"
    ]
    assert [each.code for each in answer_problems(question=" ", answer="", note="", version=1)] == [
        "question_empty", "answer_empty",
    ]  # fmt: skip
