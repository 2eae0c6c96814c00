"""The terms: account, days, length."""

from datetime import date

import pytest

from grants.contracts.rules.terms import Terms, end_of, ensure_signed_on, ensure_terms
from grants.errors import DomainError, Incomplete

DECIDED = date(2026, 2, 20)


def terms(**over: object) -> Terms:
    facts = {
        "account": "1010000000000135", "bank": "", "representative_name": "Lejla Hodžić",
        "representative_title": "predsjednica", "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 8, 31),
    }  # fmt: skip
    return Terms(**(facts | over))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    [
        (date(2026, 4, 1), 5, date(2026, 8, 31)),
        (date(2026, 10, 15), 6, date(2027, 4, 14)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
    ],
)
def test_end_is_the_last_day_of_whole_months(starts_on: date, months: int, ends_on: date) -> None:
    assert end_of(starts_on, months=months) == ends_on


def test_terms_hold_when_everything_is_in_order() -> None:
    ensure_terms(terms(), decided_on=DECIDED)


def test_terms_say_all_that_is_wrong_at_once() -> None:
    wrong = terms(account="101", starts_on=date(2026, 2, 19), ends_on=date(2026, 2, 19))
    with pytest.raises(Incomplete) as refusal:
        ensure_terms(wrong, decided_on=DECIDED)
    assert [(each.code, each.place) for each in refusal.value.problems] == [
        ("contract_account", "account"),
        ("contract_before_award", "starts_on"),
        ("contract_ends_early", "ends_on"),
    ]


def test_contract_is_refused_when_longer_than_three_years() -> None:
    with pytest.raises(Incomplete, match="contract_too_long"):
        ensure_terms(terms(ends_on=date(2029, 3, 1)), decided_on=DECIDED)
    ensure_terms(terms(ends_on=date(2029, 2, 28)), decided_on=DECIDED)


@pytest.mark.parametrize(
    ("signed_on", "code"),
    [(date(2026, 3, 1), "signed_too_early"), (date(2026, 3, 4), "signed_in_future")],
)
def test_day_of_signing_is_refused_when_impossible(signed_on: date, code: str) -> None:
    issued_on, today = date(2026, 3, 2), date(2026, 3, 3)
    with pytest.raises(DomainError, match=code):
        ensure_signed_on(signed_on, issued_on=issued_on, today=today)
    ensure_signed_on(issued_on, issued_on=issued_on, today=today)
    ensure_signed_on(today, issued_on=issued_on, today=today)
