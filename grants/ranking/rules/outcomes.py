"""What a ranking says about each application, each lot and the pool (scoring.md 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Outcome(StrEnum):
    """The one outcome of an application."""

    DISMISSED = "dismissed"
    NOT_SCORED = "not_scored"
    REFUSED_THRESHOLD = "refused_threshold"
    REFUSED_LIMIT = "refused_limit"
    TIE_UNRESOLVED = "tie_unresolved"
    AWARDED = "awarded"
    RESERVE = "reserve"


class BlockingReason(StrEnum):
    """Why a ranking cannot be closed."""

    NOT_SCORED = "not_scored"
    DIVERGENCE = "divergence"
    TIE_UNRESOLVED = "tie_unresolved"


@dataclass(frozen=True)
class Allotment:
    """What an allocation decides on one application; amounts in fening.

    `before` is what counted for its organisation when a limit refused it.
    """

    outcome: Outcome
    amount: int = 0
    reason: str | None = None
    before: int = 0


Allotments = dict[str, Allotment]
"""Allotments by reference."""


@dataclass(frozen=True)
class RankedApplication:
    """One application in the result; points exact, the amount in fening.

    `sections` and `total` are None where it was dismissed or not scored; `rank` where it met not
    all thresholds; `reserve` is the position on the reserve list of its lot; `before` is what
    counted for its organisation when a limit refused it.
    """

    reference: str
    lot: str
    outcome: Outcome
    amount: int = 0
    reason: str | None = None
    rank: int | None = None
    is_tied: bool = False
    reserve: int | None = None
    sections: Mapping[str, Fraction] | None = None
    total: Fraction | None = None
    before: int = 0
    is_from_pool: bool = False


@dataclass(frozen=True)
class LotResult:
    """What a lot gave out before any pool, in fening."""

    code: str
    envelope: int
    awarded: int

    @property
    def left(self) -> int:
        """What the lot did not spend."""
        return self.envelope - self.awarded


@dataclass(frozen=True)
class PoolResult:
    """What the lots left over together, and what of it was awarded, in fening."""

    available: int
    awarded: int

    @property
    def left(self) -> int:
        """What the pool did not spend."""
        return self.available - self.awarded


@dataclass(frozen=True, order=True)
class Blocking:
    """One thing that keeps the ranking from being closed."""

    reference: str
    reason: BlockingReason


@dataclass(frozen=True)
class RankingResult:
    """The whole result: applications per lot in lot order, by rank, then by reference."""

    applications: tuple[RankedApplication, ...]
    lots: tuple[LotResult, ...]
    pool: PoolResult | None
    blocking: tuple[Blocking, ...]

    @property
    def is_closable(self) -> bool:
        """Whether nothing keeps the ranking from being closed."""
        return not self.blocking
