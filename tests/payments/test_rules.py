"""The way of money: every step in its order, never beyond the contract, never by one alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.errors import DomainError, NotNow
from grants.payments.rules import (
    COMMITTED,
    LIFECYCLE,
    Committed,
    InstalmentStatus,
    ensure_paid_on,
    ensure_running,
    ensure_second_person,
    ensure_within_contract,
)

S = InstalmentStatus
OTHERS = st.lists(
    st.builds(Committed, st.sampled_from(list(S)), st.integers(1, 10**9)), max_size=12
)


@given(OTHERS, st.integers(1, 10**9), st.integers(1, 10**10))
def test_nothing_is_ever_ordered_beyond_the_contract(
    others: list[Committed], amount: int, contracted: int
) -> None:
    spoken_for = sum(other.amount for other in others if other.status in COMMITTED)
    if spoken_for + amount <= contracted:
        ensure_within_contract(amount, others, contracted=contracted)
    else:
        with pytest.raises(DomainError, match="beyond_contract"):
            ensure_within_contract(amount, others, contracted=contracted)


def test_every_step_stands_in_the_table_and_no_other() -> None:
    steps = {(a, b) for a in S for b in S if LIFECYCLE.allows(a, b)}
    assert steps == {
        (S.PLANNED, S.CONDITION_MET),
        (S.CONDITION_MET, S.ORDERED),
        (S.ORDERED, S.APPROVED),
        (S.ORDERED, S.CONDITION_MET),
        (S.APPROVED, S.PAID),
        (S.PAID, S.RETURNED),
    }


@pytest.mark.parametrize("by_id", [7, None])
def test_order_is_not_approved_by_whoever_wrote_it(by_id: int | None) -> None:
    with pytest.raises(DomainError, match="own_order"):
        ensure_second_person(ordered_by_id=7, by_id=by_id)
    ensure_second_person(ordered_by_id=7, by_id=8)


@pytest.mark.parametrize(
    ("paid_on", "code"),
    [(date(2026, 3, 1), "paid_before_approval"), (date(2026, 3, 4), "paid_in_future")],
)
def test_day_of_payment_is_refused_when_impossible(paid_on: date, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        ensure_paid_on(paid_on, approved_on=date(2026, 3, 2), today=date(2026, 3, 3))
    ensure_paid_on(date(2026, 3, 2), approved_on=date(2026, 3, 2), today=date(2026, 3, 2))


def test_money_waits_when_the_contract_is_not_in_force() -> None:
    with pytest.raises(NotNow, match="contract_not_running"):
        ensure_running(is_running=False)
    ensure_running(is_running=True)
