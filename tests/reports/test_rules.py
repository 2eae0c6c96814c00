"""Bills, verdicts and sums."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.errors import Incomplete
from grants.reports.rules.balances import Balance, total_of
from grants.reports.rules.bills import (
    Bill,
    Control,
    Period,
    Verdict,
    bill_key,
    ensure_bill,
    judge,
)
from grants.reports.rules.states import ExpenditureStatus

PERIOD = Period(date(2026, 3, 1), date(2026, 10, 31))
BILL = Bill(1, date(2026, 4, 2), "Štamparija Žubor", "17-2/26", "Plakati", 12_345)
AMOUNTS = st.integers(0, 10**12)


@given(st.lists(st.builds(Balance, AMOUNTS, AMOUNTS, AMOUNTS), max_size=40))
def test_totals_are_the_sums_of_the_lines(balances: list[Balance]) -> None:
    total = total_of(balances)
    assert total.left == total.contracted - total.accepted
    assert total.left == sum(each.left for each in balances)
    assert total.spent == sum(each.spent for each in balances)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_overspending_is_shown_and_never_negative(
    contracted: int, spent: int, accepted: int
) -> None:
    balance = Balance(contracted, spent, accepted)
    assert balance.over == max(0, spent - contracted)
    assert (balance.spent_share > 1) == (balance.over > 0 and contracted > 0)


@given(st.integers(2, 10**12), st.data())
def test_accepted_is_never_above_the_bill(amount: int, drawn: st.DataObject) -> None:
    part = drawn.draw(st.integers(1, amount - 1))
    assert judge(Control(Verdict.FULL), amount=amount) == (ExpenditureStatus.ACCEPTED, amount)
    assert judge(Control(Verdict.PART, part, "Dio."), amount=amount) == (
        ExpenditureStatus.ACCEPTED,
        part,
    )
    assert judge(Control(Verdict.REFUSED, None, "Ne."), amount=amount) == (
        ExpenditureStatus.REFUSED,
        0,
    )


@pytest.mark.parametrize(
    ("control", "codes"),
    [
        (Control(Verdict.REFUSED), ["control_note"]),
        (Control(Verdict.PART, 100, "  "), ["control_note", "control_part"]),
        (Control(Verdict.PART, None, "Dio."), ["control_part"]),
        (Control(Verdict.PART, 0, "Dio."), ["control_part"]),
    ],
)
def test_verdict_is_refused_when_something_is_missing(control: Control, codes: list[str]) -> None:
    with pytest.raises(Incomplete) as refusal:
        judge(control, amount=100)
    assert [problem.code for problem in refusal.value.problems] == codes


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({"spent_on": date(2026, 2, 28)}, ["bill_outside_period"]),
        ({"spent_on": date(2026, 11, 1)}, ["bill_outside_period"]),
        ({"spent_on": date(2026, 5, 2)}, ["bill_in_future"]),
        ({"spent_on": date(2026, 2, 28), "amount": 0}, ["bill_outside_period", "bill_empty"]),
    ],
)
def test_bill_is_refused_when_day_or_amount_is_wrong(
    over: dict[str, object], codes: list[str]
) -> None:
    with pytest.raises(Incomplete) as refusal:
        ensure_bill(replace(BILL, **over), period=PERIOD, today=date(2026, 5, 1))  # type: ignore[arg-type]
    assert [problem.code for problem in refusal.value.problems] == codes


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 5, 1)])
def test_bill_is_taken_on_the_first_day_and_today(day: date) -> None:
    ensure_bill(replace(BILL, spent_on=day), period=PERIOD, today=date(2026, 5, 1))


def test_same_bill_has_the_same_key_however_it_was_typed() -> None:
    typed = replace(BILL, supplier="ŠTAMPARIJA   Žubor", number=" 17-2 / 26", description="x")
    assert bill_key(typed) == bill_key(BILL)
    assert bill_key(replace(BILL, amount=12_346)) != bill_key(BILL)
