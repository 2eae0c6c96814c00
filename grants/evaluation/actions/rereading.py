"""What changes the record of the committee once its members have read it."""

from datetime import datetime

from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.jobs.actions import enqueue

_READ = (CallStatus.RANKED, CallStatus.OBJECTIONS, CallStatus.DECIDED)


def ask_who_reads_again(call: Call, *, at: datetime) -> None:
    """Let the worker tell those whose word is on an earlier text now, see ranking.jobs.

    Before the ranking is closed there is no record to be read.
    """
    if call.status in _READ:
        facts = {"call_id": call.id, "municipality_id": call.municipality_id}
        enqueue("tell_lapsed", facts, at=at)
