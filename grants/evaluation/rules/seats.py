"""The short call for the member of the committee whom the CSOs choose (domain.md 3.5)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from grants.errors import DomainError, Problem

SHORTEST, LONGEST = 1, 7


class SeatStatus(StrEnum):
    """Where such a call stands; that its days have passed is computed."""

    DRAFT = "draft"
    PUBLISHED = "published"
    VOTING = "voting"
    CLOSED = "closed"


class CandidateStatus(StrEnum):
    """What became of a candidate."""

    STANDING = "standing"
    SET_ASIDE = "set_aside"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"


class SeatStep(StrEnum):
    """What such a call asks for now."""

    PUBLISH = "publish"
    WAIT = "wait"
    REPEAT = "repeat"
    CHOOSE = "choose"
    VOTE = "vote"
    WAIT_FOR_VOTES = "wait_for_votes"
    COUNT = "count"
    VOTE_AGAIN = "vote_again"
    DONE = "done"


def days_of(length: int | None) -> int:
    """For how many days candidates or voters have time, 1 to 7; DomainError `seat_days`."""
    if length is None or not SHORTEST <= length <= LONGEST:
        raise DomainError(
            Problem("seat_days", "length", {"shortest": SHORTEST, "longest": LONGEST})
        )
    return length


def seat_step(
    status: SeatStatus, *, until: datetime, standing: int, leaders: int, at: datetime
) -> SeatStep:
    """What is next: `until` ends the days for candidates, or those for voters while it is voted.

    `standing` counts the candidates not set aside, `leaders` those with the most votes. One
    candidate needs no vote, several do, and a tie is voted upon again. The last moment is in time.
    """
    if status is SeatStatus.DRAFT:
        return SeatStep.PUBLISH
    if status is SeatStatus.CLOSED:
        return SeatStep.DONE
    is_over = at > until
    if status is SeatStatus.PUBLISHED:
        after = {0: SeatStep.REPEAT, 1: SeatStep.CHOOSE}.get(standing, SeatStep.VOTE)
        return after if is_over else SeatStep.WAIT
    if not is_over and standing > 1:
        return SeatStep.WAIT_FOR_VOTES
    if standing <= 1:
        return SeatStep.CHOOSE if standing else SeatStep.REPEAT
    return SeatStep.COUNT if leaders == 1 else SeatStep.VOTE_AGAIN


def leaders_of(votes: Mapping[int, int], standing: Iterable[int]) -> list[int]:
    """Who of those standing has the most votes, several where they are level; none without any.

    `votes` is the number of votes by candidate.
    """
    counted = {each: votes.get(each, 0) for each in standing}
    most = max(counted.values(), default=0)
    return sorted(each for each, count in counted.items() if count == most) if most else []
