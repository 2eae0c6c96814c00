"""What a receipt still says: whether the submission it confirms stands, or was replaced."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from grants.applications.rules.states import ApplicationStatus


class ReceiptState(StrEnum):
    """Where the frozen version of a receipt stands today."""

    STANDS = "stands"
    COMPLETES = "completes"
    TAKEN_BACK = "taken_back"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class FrozenAt:
    """One frozen version: its number and when it was made."""

    version: int
    made_at: datetime


@dataclass(frozen=True)
class ReceiptStanding:
    """What became of one version; `replaced_by` is the submission that took its place."""

    state: ReceiptState
    replaced_by: FrozenAt | None = None

    @property
    def is_valid(self) -> bool:
        """Whether the office still goes by it."""
        return self.state in (ReceiptState.STANDS, ReceiptState.COMPLETES)


def receipt_standings(
    versions: Iterable[FrozenAt], *, status: ApplicationStatus, submitted_at: datetime | None
) -> Mapping[int, ReceiptStanding]:
    """The standing of every version of an application by its number.

    `submitted_at` is the last submission: what was frozen before it was replaced by the first
    version since, what was frozen after that one completes it. A draft was taken back, so that
    nothing of it stands.
    """
    ordered = sorted(versions, key=lambda each: each.version)
    since = [each for each in ordered if submitted_at is not None and each.made_at >= submitted_at]
    last = since[0] if since else None
    return {each.version: _standing(each, last, status) for each in ordered}


def _standing(each: FrozenAt, last: FrozenAt | None, status: ApplicationStatus) -> ReceiptStanding:
    if last is not None and each.version < last.version:
        return ReceiptStanding(ReceiptState.REPLACED, last)
    if status is ApplicationStatus.DRAFT:
        return ReceiptStanding(ReceiptState.TAKEN_BACK)
    if status is ApplicationStatus.WITHDRAWN:
        return ReceiptStanding(ReceiptState.WITHDRAWN)
    is_first = last is None or each.version == last.version
    return ReceiptStanding(ReceiptState.STANDS if is_first else ReceiptState.COMPLETES)
