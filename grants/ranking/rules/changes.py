"""What one list says otherwise than another: the final one against the one objected to."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from grants.ranking.rules.outcomes import Outcome


@dataclass(frozen=True)
class Standing:
    """How one application stands in a list: exact points, the amount in fening."""

    outcome: Outcome
    rank: int | None = None
    total: Fraction | None = None
    amount: int = 0
    reserve: int | None = None


def changed(before: Mapping[str, Standing], after: Mapping[str, Standing]) -> list[str]:
    """The references that stand otherwise, in the order of `after`; then those it has no more."""
    moved = [key for key, standing in after.items() if before.get(key) != standing]
    return moved + [key for key in before if key not in after]
