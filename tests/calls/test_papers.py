"""Whether a document fits what a call asks of its dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.calls.rules.criteria import RequiredDocument
from grants.calls.rules.criteria_json import required_documents_from_json
from grants.calls.rules.papers import Paper, paper_problems, slot_problems

DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
TODAY = date(2026, 3, 2)
FRESH = RequiredDocument("izvod", "Izvod iz registra", is_mandatory=True, max_age_days=30)
VALID = RequiredDocument("porezi", "Uvjerenje", is_mandatory=True, may_expire=True)


def codes(wanted: RequiredDocument, *, issued: date | None, expires: date | None) -> list[str]:
    problems = paper_problems(wanted, Paper(issued, expires, TODAY))
    return [problem.code for problem in problems]


@given(DAYS, DAYS, st.integers(1, 400))
def test_document_fits_from_its_issue_to_the_limit_and_not_beyond(
    issued_on: date, counts_on: date, limit: int
) -> None:
    wanted = RequiredDocument("x", "X", is_mandatory=True, max_age_days=limit)
    found = paper_problems(wanted, Paper(issued_on, None, counts_on))
    assert (found == []) == (0 <= (counts_on - issued_on).days <= limit)
    for problem in found:
        if problem.code == "document_too_old":
            earliest = problem.facts["earliest"]
            assert paper_problems(wanted, Paper(earliest, None, counts_on)) == []


@given(DAYS, DAYS)
def test_document_holds_through_its_last_day(expires_on: date, counts_on: date) -> None:
    found = paper_problems(VALID, Paper(None, expires_on, counts_on))
    assert (found == []) == (counts_on <= expires_on)


@pytest.mark.parametrize(
    ("wanted", "issued", "expires", "found"),
    [
        (FRESH, None, None, ["document_undated"]),
        (FRESH, TODAY - timedelta(days=30), None, []),
        (FRESH, TODAY - timedelta(days=31), None, ["document_too_old"]),
        (FRESH, TODAY + timedelta(days=1), None, ["document_issued_later"]),
        (VALID, None, None, ["document_without_expiry"]),
        (VALID, None, TODAY, []),
        (VALID, None, TODAY - timedelta(days=1), ["document_expired"]),
        (RequiredDocument("s", "Statut", is_mandatory=True), None, None, []),
    ],
)
def test_dates_are_held_against_the_rule(
    wanted: RequiredDocument, issued: date | None, expires: date | None, found: list[str]
) -> None:
    assert codes(wanted, issued=issued, expires=expires) == found


def test_slot_is_good_with_one_document_that_fits() -> None:
    old, fresh = Paper(date(2025, 1, 1), None, TODAY), Paper(TODAY, None, TODAY)
    assert slot_problems(FRESH, []) == []
    assert slot_problems(FRESH, [fresh, old]) == []
    assert [each.code for each in slot_problems(FRESH, [old, old])] == ["document_too_old"]


def test_dates_are_asked_only_where_the_call_says_so() -> None:
    plain = {"code": "a", "title": "A", "mandatory": True}
    dated = plain | {"kind": "statute", "max_age_days": 30, "may_expire": True}
    assert required_documents_from_json([plain, dated]) == (
        RequiredDocument("a", "A", is_mandatory=True),
        RequiredDocument("a", "A", True, "statute", 30, True),  # noqa: FBT003
    )
