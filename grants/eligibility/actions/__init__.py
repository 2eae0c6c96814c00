"""What happens between the deadline and the committee: opened, registered, checked, decided."""

from grants.eligibility.actions.checking import (
    dismiss,
    mark_eligible,
    record_checks,
    send_to_scoring,
)
from grants.eligibility.actions.completing import CompletionAsk, ask_completion
from grants.eligibility.actions.opening import (
    OpeningFacts,
    make_record_of_opening,
    open_call,
    register_application,
    register_from_series,
)

__all__ = [
    "CompletionAsk",
    "OpeningFacts",
    "ask_completion",
    "dismiss",
    "make_record_of_opening",
    "mark_eligible",
    "open_call",
    "record_checks",
    "register_application",
    "register_from_series",
    "send_to_scoring",
]
