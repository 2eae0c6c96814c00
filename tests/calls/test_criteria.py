"""What a call asks of an application."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from grants.calls.rules.criteria import (
    Cofinancing,
    CofinancingBase,
    Criteria,
    RequiredDocument,
    Submission,
    amount_problems,
    cofinancing_problems,
    document_problems,
    duration_problems,
    ensure_open,
    late_problems,
    registered_late_problems,
    too_many_applications,
)
from grants.errors import NotNow, Problem

OPENS = datetime(2021, 12, 17, 23, 30, tzinfo=UTC)  # 18 December in Sarajevo
DEADLINE = datetime(2022, 1, 17, 14, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def make_criteria(**over: object) -> Criteria:
    terms: dict = {
        "grant_min": 1_000_000,
        "grant_max": 3_500_000,
        "duration_min": 5,
        "duration_max": 9,
        "opens_at": OPENS,
        "deadline": DEADLINE,
    }
    return Criteria(**terms | over)


def test_amount_is_fine_at_both_ends() -> None:
    assert amount_problems(make_criteria(), requested=1_000_000) == []
    assert amount_problems(make_criteria(), requested=3_500_000) == []


def test_amount_problem_carries_figure_and_limit() -> None:
    below = {"figure": 999_999, "limit": 1_000_000}
    above = {"figure": 3_500_001, "limit": 3_500_000}
    assert amount_problems(make_criteria(), requested=999_999) == [
        Problem("amount_below_min", "requested", below)
    ]
    assert amount_problems(make_criteria(), requested=3_500_001) == [
        Problem("amount_above_max", "requested", above)
    ]


def test_duration_problem_tells_the_range() -> None:
    facts = {"figure": 10, "min": 5, "max": 9}
    assert duration_problems(make_criteria(), months=9) == []
    assert duration_problems(make_criteria(), months=10) == [
        Problem("duration_out_of_range", "duration_months", facts)
    ]


def test_deadline_itself_is_in_time() -> None:
    late = {"figure": DEADLINE + SECOND, "limit": DEADLINE}
    assert late_problems(make_criteria(), submitted_at=DEADLINE) == []
    assert late_problems(make_criteria(), submitted_at=DEADLINE + SECOND) == [
        Problem("late", "submitted_at", late)
    ]


def test_posting_counts_only_by_post_and_where_it_is_known() -> None:
    criteria, late = make_criteria(), DEADLINE + SECOND
    in_time = {"submitted_at": late, "posted_at": DEADLINE}
    assert late_problems(criteria, is_by_post=True, **in_time) == []
    assert len(late_problems(criteria, is_by_post=False, **in_time)) == 1
    assert len(late_problems(criteria, is_by_post=True, submitted_at=late)) == 1
    assert len(late_problems(criteria, is_by_post=True, submitted_at=DEADLINE, posted_at=late)) == 1


def test_window_is_open_at_both_ends() -> None:
    ensure_open(make_criteria().window, OPENS)
    ensure_open(make_criteria().window, DEADLINE)


@pytest.mark.parametrize(
    ("at", "code"), [(OPENS - SECOND, "not_open_yet"), (DEADLINE + SECOND, "deadline_passed")]
)
def test_window_refuses_with_both_times(at: datetime, code: str) -> None:
    with pytest.raises(NotNow) as refusal:
        ensure_open(make_criteria().window, at)
    facts = {"at": at, "opens_at": OPENS, "deadline": DEADLINE}
    assert refusal.value.problems == (Problem(code, "call", facts),)


def test_registration_is_late_after_the_opening_day_in_sarajevo() -> None:
    criteria = make_criteria()
    assert registered_late_problems(criteria, registered_on=date(2021, 12, 18)) == []
    facts = {"figure": date(2021, 12, 19), "limit": date(2021, 12, 18)}
    assert registered_late_problems(criteria, registered_on=date(2021, 12, 19)) == [
        Problem("registered_late", "registered_on", facts)
    ]


def test_registration_is_never_late_when_the_call_opens_on_the_last_day_of_time() -> None:
    criteria = make_criteria(opens_at=datetime(9999, 12, 31, 23, 30, tzinfo=UTC))
    assert registered_late_problems(criteria, registered_on=date.max) == []


def test_cofinancing_compares_unrounded() -> None:
    criteria = make_criteria(cofinancing=Cofinancing(Fraction(1, 4), CofinancingBase.REQUESTED))
    facts = {"figure": 25, "limit": Fraction(101, 4), "base": 101, "share": Fraction(1, 4)}
    assert cofinancing_problems(criteria, own=25, requested=100, total=125) == []
    assert cofinancing_problems(criteria, own=25, requested=101, total=126) == [
        Problem("cofinancing", "own", facts)
    ]
    of_total = make_criteria(cofinancing=Cofinancing(Fraction(1, 4), CofinancingBase.TOTAL))
    assert len(cofinancing_problems(of_total, own=25, requested=100, total=125)) == 1
    assert cofinancing_problems(make_criteria(), own=0, requested=1, total=1) == []


def test_only_mandatory_documents_are_missed() -> None:
    documents = (
        RequiredDocument("statut", "Statut", is_mandatory=True),
        RequiredDocument("preporuka", "Preporuka", is_mandatory=False),
    )
    criteria = make_criteria(required_documents=documents)
    assert document_problems(criteria, present=["statut"]) == []
    assert document_problems(criteria, present=[]) == [
        Problem("missing_document", "statut", {"title": "Statut"})
    ]


def test_too_many_applications_keeps_the_first_ones_clean() -> None:
    submissions = [
        Submission("C", "o1", OPENS),
        Submission("B", "o1", OPENS + SECOND),
        Submission("A", "o1", OPENS + SECOND),
        Submission("D", "o2", DEADLINE),
    ]
    assert too_many_applications(submissions, limit=None) == {}
    assert too_many_applications(submissions, limit=2) == {
        "B": Problem("too_many_applications", "organisation", {"figure": 3, "limit": 2})
    }
    assert set(too_many_applications(submissions, limit=0)) == {"A", "B", "C", "D"}
