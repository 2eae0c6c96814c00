"""What a ranking is computed from: the call's terms and its applications, out of any source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from grants.calls.rules.allocation import Leftover, Mode, Shortfall
from grants.calls.rules.grid import Grid
from grants.evaluation.rules.scoring import Score

REQUESTED_ASC = "requested:asc"
REQUESTED_DESC = "requested:desc"
SUBMITTED_ASC = "submitted_at:asc"
SECTION = "section:"


@dataclass(frozen=True)
class Lot:
    """One lot with its envelope in fening."""

    code: str
    envelope: int


@dataclass(frozen=True)
class Allocation:
    """How the call gives out its lots; `round_to` in fening, `on_shortfall` only for the cutoff."""

    mode: Mode
    on_shortfall: Shortfall = Shortfall.STOP
    partial_min_share: Fraction = Fraction(0)
    round_to: int = 1
    leftover: Leftover = Leftover.NONE


@dataclass(frozen=True)
class Terms:
    """Everything the call says about order and money; amounts in fening, lots in their order.

    `section_thresholds` holds the sections in grid order that have one. `prior_awards` are the
    organisations' awards before this call, by organisation.
    """

    lots: tuple[Lot, ...]
    allocation: Allocation
    threshold_total: Fraction
    section_thresholds: tuple[tuple[str, Fraction], ...] = ()
    tie_breaks: tuple[str, ...] = ()
    tie_votes: tuple[str, ...] = ()
    grant_min: int = 0
    awards_per_organisation: int | None = None
    organisation_cap: int | None = None
    prior_awards: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Contender:
    """One application as a ranking sees it; amounts in fening, `score` None where not scored."""

    reference: str
    organisation: str
    lot: str
    requested: int
    submitted_at: datetime
    proposed: int | None = None
    score: Score | None = None
    is_dismissed: bool = False
    dismissal_reason: str | None = None

    @property
    def scored(self) -> Score | None:
        """The score, unless the application was dismissed: then nothing was ever scored."""
        return None if self.is_dismissed else self.score

    @property
    def wanted(self) -> int:
        """What the committee proposed where it reduced the amount, else what was requested."""
        return self.requested if self.proposed is None else self.proposed


def section_thresholds(grid: Grid) -> tuple[tuple[str, Fraction], ...]:
    """The grid's section thresholds in grid order, as `Terms` wants them."""
    return tuple(
        (section.code, section.threshold)
        for section in grid.sections
        if section.threshold is not None
    )
