"""The short call for the member of the committee whom the CSOs choose (domain.md 3.5)."""

from enum import StrEnum


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
