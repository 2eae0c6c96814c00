"""How a call hands out its money: the choices of scoring.md 5, and what does not fit together."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from grants.calls.rules.numbers import exact, is_exact
from grants.errors import Problem


class Aggregation(StrEnum):
    """How the counted reviews become one result."""

    MEAN = "mean"
    TRIMMED_MEAN = "trimmed_mean"


class Mode(StrEnum):
    """Down the ranking until the money ends, or to all above the thresholds by their points."""

    RANKED_CUTOFF = "ranked_cutoff"
    PROPORTIONAL = "proportional"


class Shortfall(StrEnum):
    """What happens where the wanted amount does not fit into what remains."""

    STOP = "stop"
    SKIP = "skip"
    PARTIAL = "partial"


class Leftover(StrEnum):
    """Whether a lot keeps what it did not spend, or all lots pool it."""

    NONE = "none"
    POOL = "pool"


VOTE = "vote"
PLAIN_TIE_BREAKS = ("requested:asc", "requested:desc", "submitted_at:asc", VOTE)


def tie_break_choices(sections: Iterable[str]) -> tuple[str, ...]:
    """Everything that may break a tie in a grid with these section codes."""
    return (*(f"section:{code}" for code in sections), *PLAIN_TIE_BREAKS)


def allocation_problems(allocation: Mapping[str, Any]) -> Iterator[Problem]:
    """`shortfall_missing`, `partial_share_range`, `round_to_range`."""
    if allocation.get("mode") == Mode.RANKED_CUTOFF and not allocation.get("on_shortfall"):
        yield Problem("shortfall_missing", "scoring")
    share = allocation.get("partial_min_share", 0)
    if not is_exact(share) or not 0 <= exact(share) <= 1:
        yield Problem("partial_share_range", "scoring")
    unit = allocation.get("round_to", "0.01")
    if not is_exact(unit) or exact(unit) <= 0 or (exact(unit) * 100).denominator != 1:
        yield Problem("round_to_range", "scoring")


def tie_break_problems(tie_breaks: Iterable[str], *, sections: Iterable[str]) -> Iterator[Problem]:
    """`tie_break_unknown`, `tie_break_twice`, `vote_not_last`."""
    chosen, allowed = list(tie_breaks), tie_break_choices(sections)
    for unknown in (each for each in chosen if each not in allowed):
        yield Problem("tie_break_unknown", "scoring", {"name": unknown.removeprefix("section:")})
    if len(set(chosen)) != len(chosen):
        yield Problem("tie_break_twice", "scoring")
    if VOTE in chosen[:-1]:
        yield Problem("vote_not_last", "scoring")
