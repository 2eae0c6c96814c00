"""Where a ranking is made: what the gate, the pages and the forms are about."""

from dataclasses import dataclass

from grants.calls.models import Call
from grants.evaluation.models import Committee, Member


@dataclass(frozen=True)
class Bench:
    """Where a ranking is made: the call, its committee, and the seat of whoever asks, if any."""

    call: Call
    committee: Committee | None
    member: Member | None = None
