"""The states of an act, the kinds there are, and how a number is written."""

import secrets
from datetime import date
from enum import StrEnum

from grants.errors import DomainError, Problem
from grants.lifecycle import Lifecycle


class ActKind(StrEnum):
    """Which act it is; dismissed is formal, refused is on the merits, and the two never mix."""

    COMMITTEE_APPOINTMENT = "committee_appointment"
    RECORD_OF_OPENING = "record_of_opening"
    RECORD_OF_COMMITTEE = "record_of_committee"
    COMPLETION_REQUEST = "completion_request"
    AWARD_DECISION = "award_decision"
    AWARD = "award"
    REFUSAL = "refusal"
    DISMISSAL = "dismissal"
    RESERVE_ACTIVATION = "reserve_activation"
    CONTRACT = "contract"
    CORRECTION = "correction"


# A record says what happened; it has no remedy and needs no service.
RECORDS = frozenset({ActKind.RECORD_OF_OPENING, ActKind.RECORD_OF_COMMITTEE})


class ActStatus(StrEnum):
    """Where an act stands; that it became final only time tells, so it is computed."""

    DRAFT = "draft"
    APPROVED = "approved"
    ISSUED = "issued"
    SERVED = "served"


class ServiceWay(StrEnum):
    """How an act reached the party."""

    IN_PERSON = "in_person"
    POST = "post"
    NOTICE_BOARD = "notice_board"
    ELECTRONIC = "electronic"


LIFECYCLE: Lifecycle[ActStatus] = Lifecycle(
    {
        ActStatus.DRAFT: (ActStatus.APPROVED, ActStatus.ISSUED),
        ActStatus.APPROVED: (ActStatus.DRAFT, ActStatus.ISSUED),
        ActStatus.ISSUED: (ActStatus.SERVED,),
    }
)
# Read aloud over the telephone: no 0/O, 1/I/L.
_CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def write_number(series: str, ordinal: int, year: int) -> str:
    """`02-36-3/26`: unit and classification of the series, ordinal, two digits of the year."""
    return f"{series}-{ordinal}/{year % 100:02d}"


def make_verification_code() -> str:
    """Twelve signs in three groups, about 59 bits: cannot be guessed, can be read aloud."""
    signs = "".join(secrets.choice(_CODE_SIGNS) for _ in range(12))
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def ensure_servable(on: date, *, acted_on: date | None, today: date) -> None:
    """Nothing is served before it is issued or in the future; raises DomainError."""
    if acted_on is not None and on < acted_on:
        raise DomainError(Problem("served_before_issue", "on", {"acted_on": acted_on}))
    if on > today:
        raise DomainError(Problem("served_in_future", "on", {"today": today}))


def is_final(remedy_until: date | None, today: date) -> bool:
    """Whether the remedy's term has passed: final is computed, never stored."""
    return remedy_until is not None and today > remedy_until
