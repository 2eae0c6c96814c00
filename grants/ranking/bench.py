"""Where a ranking is made: what the gate, the pages and the forms are about."""

from dataclasses import dataclass

from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.evaluation.models import Committee, Member

_S = CallStatus
# From here on a ranking is closed.
CLOSED = frozenset({_S.RANKED, _S.OBJECTIONS, _S.DECIDED, _S.IMPLEMENTATION, _S.ARCHIVED})


@dataclass(frozen=True)
class Bench:
    """Where a ranking is made: the call, its committee, and the seat of whoever asks, if any."""

    call: Call
    committee: Committee | None
    member: Member | None = None

    @property
    def is_closed(self) -> bool:
        """Whether the ranking is closed."""
        return self.call.status in CLOSED
