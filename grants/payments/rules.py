"""The way of an instalment to the bank, and what must hold at each step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from grants.errors import DomainError, NotNow, Problem
from grants.lifecycle import Lifecycle


class InstalmentStatus(StrEnum):
    """Where an instalment stands; ordered means finance asked and the signatory has not yet
    approved, approved means the bank may be told."""

    PLANNED = "planned"
    CONDITION_MET = "condition_met"
    ORDERED = "ordered"
    APPROVED = "approved"
    PAID = "paid"
    RETURNED = "returned"


_S = InstalmentStatus
LIFECYCLE: Lifecycle[InstalmentStatus] = Lifecycle(
    {
        _S.PLANNED: (_S.CONDITION_MET,),
        _S.CONDITION_MET: (_S.ORDERED,),
        # The signatory approves the order or sends it back to finance.
        _S.ORDERED: (_S.APPROVED, _S.CONDITION_MET),
        _S.APPROVED: (_S.PAID,),
        _S.PAID: (_S.RETURNED,),
    }
)
# From the order on, the amount is spoken for.
COMMITTED = frozenset({_S.ORDERED, _S.APPROVED, _S.PAID})


@dataclass(frozen=True)
class Order:
    """A payment order of one instalment: account (16 digits), purpose, reference."""

    account: str
    purpose: str
    reference: str


@dataclass(frozen=True)
class Committed:
    """What one instalment takes of the contract: its status and amount in fening."""

    status: InstalmentStatus
    amount: int


def ensure_within_contract(amount: int, others: Iterable[Committed], *, contracted: int) -> None:
    """Nothing is paid beyond the contract: DomainError `beyond_contract`; fening."""
    spoken_for = sum(other.amount for other in others if other.status in COMMITTED)
    if spoken_for + amount > contracted:
        over = spoken_for + amount - contracted
        facts = {"amount": amount, "base": contracted, "sum": spoken_for, "over": over}
        raise DomainError(Problem("beyond_contract", facts=facts))


def ensure_second_person(*, ordered_by_id: int | None, by_id: int | None) -> None:
    """Whoever ordered a payment never approves it; DomainError `own_order`."""
    if by_id is None or ordered_by_id == by_id:
        raise DomainError(Problem("own_order"))


def ensure_paid_on(paid_on: date, *, approved_on: date, today: date) -> None:
    """The bank's day is not before the approval and not in the future; DomainError."""
    if paid_on < approved_on:
        raise DomainError(Problem("paid_before_approval", "paid_on", {"on": approved_on}))
    if paid_on > today:
        raise DomainError(Problem("paid_in_future", "paid_on", {"today": today}))


def ensure_running(*, is_running: bool) -> None:
    """Money flows only while the contract is active; NotNow `contract_not_running`."""
    if not is_running:
        raise NotNow(Problem("contract_not_running"))
