"""How a grant is split into instalments, and under which conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from grants.money import share_out


class Condition(StrEnum):
    """The usual conditions; anything else is the call's own text."""

    SIGNING = "signing"
    INTERIM_REPORT = "interim_report"
    FINAL_REPORT = "final_report"


@dataclass(frozen=True)
class Share:
    """One instalment of a call: its weight among the others and its condition."""

    weight: Fraction
    condition: str


@dataclass(frozen=True)
class PlannedInstalment:
    """One instalment of a contract: fening, and what must be true before it is paid."""

    amount: int
    condition: str


# domain.md 12.2, preset 1 (an assumption of the preset, not a law).
DEFAULT_SHARES = (
    Share(Fraction(50), Condition.SIGNING),
    Share(Fraction(40), Condition.INTERIM_REPORT),
    Share(Fraction(10), Condition.FINAL_REPORT),
)


def shares_from_json(kept: Sequence[Mapping[str, Any]]) -> tuple[Share, ...]:
    """The shares of a call: `{"share": "0.5", "condition": text}` in their order.

    An entry without condition gets the usual one of its place; a call that says nothing has the
    default 50/40/10.
    """
    last = len(kept) - 1
    shares = tuple(
        Share(Fraction(str(entry["share"])), str(entry.get("condition") or "") or _usual(at, last))
        for at, entry in enumerate(kept)
    )
    return shares if any(share.weight for share in shares) else DEFAULT_SHARES


def split(amount: int, shares: Sequence[Share]) -> tuple[PlannedInstalment, ...]:
    """The amount in instalments that add up to it to the fening; none of them is empty."""
    parts = share_out(amount, [share.weight for share in shares])
    return tuple(
        PlannedInstalment(part, share.condition)
        for part, share in zip(parts, shares, strict=True)
        if part
    )


def _usual(at: int, last: int) -> Condition:
    if at == 0:
        return Condition.SIGNING
    return Condition.FINAL_REPORT if at == last else Condition.INTERIM_REPORT
