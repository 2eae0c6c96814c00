"""What must hold of one bill, and of the verdict on it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from grants.errors import Incomplete, Problem
from grants.i18n.script import fold
from grants.reports.rules.states import ExpenditureStatus


@dataclass(frozen=True)
class Bill:
    """One paid bill as the organisation enters it; the amount in fening."""

    line_id: int
    spent_on: date
    supplier: str
    number: str
    description: str
    amount: int


@dataclass(frozen=True)
class Period:
    """The days of a contract, both included."""

    starts_on: date
    ends_on: date


class Verdict(StrEnum):
    """What whoever controls a bill may say."""

    FULL = "full"
    PART = "part"
    REFUSED = "refused"


@dataclass(frozen=True)
class Control:
    """A verdict with the part accepted (fening, for a part only) and its note."""

    verdict: Verdict
    amount: int | None = None
    note: str = ""


def bill_key(bill: Bill) -> str:
    """The same for the same bill however it was typed: supplier, number and amount."""
    number = "".join(fold(bill.number).split())
    return f"{' '.join(fold(bill.supplier).split())}|{number}|{bill.amount}"


def ensure_bill(bill: Bill, *, period: Period, today: date) -> None:
    """Raise Incomplete with all that is wrong: outside the period, in the future, no amount."""
    problems = []
    if not period.starts_on <= bill.spent_on <= period.ends_on:
        facts = {"on": bill.spent_on, "from_day": period.starts_on, "to_day": period.ends_on}
        problems.append(Problem("bill_outside_period", "spent_on", facts))
    elif bill.spent_on > today:
        problems.append(Problem("bill_in_future", "spent_on", {"today": today}))
    if bill.amount <= 0:
        problems.append(Problem("bill_empty", "amount"))
    if problems:
        raise Incomplete(*problems)


def judge(control: Control, *, amount: int) -> tuple[ExpenditureStatus, int]:
    """The status and the accepted fening of a verdict on an amount.

    Raises Incomplete: `control_note` where a part or a refusal has no reason, `control_part`
    where the part is not between nothing and the whole.
    """
    problems = []
    if control.verdict is not Verdict.FULL and not control.note.strip():
        problems.append(Problem("control_note", "note"))
    part = control.amount or 0
    if control.verdict is Verdict.PART and not 0 < part < amount:
        problems.append(Problem("control_part", "amount", {"amount": amount}))
    if problems:
        raise Incomplete(*problems)
    return {
        Verdict.FULL: (ExpenditureStatus.ACCEPTED, amount),
        Verdict.PART: (ExpenditureStatus.ACCEPTED, part),
        Verdict.REFUSED: (ExpenditureStatus.REFUSED, 0),
    }[control.verdict]
