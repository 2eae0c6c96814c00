"""A ranking computed before the transaction that rests on it, and whether it still holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from grants.calls.models import Call
from grants.errors import Problem, Stale
from grants.evaluation.models import Committee
from grants.evaluation.queries import Progress
from grants.ranking.marks import mark_of
from grants.ranking.previews import Preview, preview


@dataclass(frozen=True)
class Weighed:
    """A computed ranking, and the mark of everything it was computed from."""

    mark: str
    shown: Preview


def still_holding(call: Call, weighed: Weighed | None, *, is_whole: bool = False) -> Preview:
    """The computed ranking if nothing changed since; without one it is computed here and now.

    Raises Stale `ranking_changed` where something did change.
    """
    if weighed is None:
        return preview(call, is_whole=is_whole)
    if mark_of(call) != weighed.mark:
        raise Stale(Problem("ranking_changed"))
    return weighed.shown


def unsigned_sheets(committee: Committee, progress: Mapping[int, Progress]) -> list[Problem]:
    """One problem for each member whose sheets are not all signed; the place is the key."""
    return [
        Problem(
            "ranking_unsigned",
            member.key,
            {"name": member.name, "signed": found.signed, "wanted": found.expected},
        )
        for member in committee.members
        if member.is_voting and (found := progress[member.id]).signed < found.expected
    ]
