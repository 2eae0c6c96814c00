"""Contracted, spent, accepted and left, per budget line and in total; whole fening."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Balance:
    """Where one budget line, or all of them, stand; `left` may be below zero and is shown so."""

    contracted: int
    spent: int
    accepted: int

    @property
    def left(self) -> int:
        """What of the contracted amount has not been accepted yet."""
        return self.contracted - self.accepted

    @property
    def over(self) -> int:
        """By how much more was entered than contracted, 0 where it was not."""
        return max(0, self.spent - self.contracted)

    @property
    def spent_share(self) -> Fraction:
        """What was entered as a share of the contracted amount; 0 where nothing is contracted."""
        return Fraction(self.spent, self.contracted) if self.contracted else Fraction(0)

    @property
    def accepted_share(self) -> Fraction:
        """What was accepted as a share of the contracted amount."""
        return Fraction(self.accepted, self.contracted) if self.contracted else Fraction(0)


def total_of(balances: Iterable[Balance]) -> Balance:
    """The sums of the columns."""
    contracted = spent = accepted = 0
    for balance in balances:
        contracted += balance.contracted
        spent += balance.spent
        accepted += balance.accepted
    return Balance(contracted, spent, accepted)
