"""An application on paper: when it came, by which way, and what must be said about it."""

from dataclasses import dataclass
from datetime import datetime

from grants.applications.rules.states import ApplicationStatus, Channel
from grants.calls.rules.criteria import Window
from grants.calls.rules.states import CallStatus
from grants.errors import Problem

LONGEST_NUMBER = 60
# As long as nobody decided on eligibility, where "in time" rests on the envelope.
CORRECTABLE = (
    ApplicationStatus.DRAFT,
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.REGISTERED,
    ApplicationStatus.COMPLETION_REQUESTED,
    ApplicationStatus.COMPLETED,
)
# Once its committee scores, nothing more is keyed into a call.
KEYED_IN = (CallStatus.PUBLISHED, CallStatus.OPENED)


@dataclass(frozen=True)
class Envelope:
    """What stands on the envelope and in the registry; the postmark counts where it is by post."""

    channel: Channel
    protocol_number: str
    received_at: datetime
    posted_at: datetime | None = None
    late_reason: str = ""


def envelope_problems(envelope: Envelope, window: Window, *, at: datetime) -> list[Problem]:
    """What cannot be so, each at its field; that something came late is no fault of the entry.

    Whatever is received after the deadline is taken with a reason: an envelope posted in time may
    come after the opening (domain.md 13, 2), and the check decides whether it was in time.
    """
    found = [*_number_problems(envelope.protocol_number), *_post_problems(envelope)]
    received_at = envelope.received_at
    if received_at > at:
        found.append(Problem("paper_in_future", "received_at", {"at": at}))
    elif received_at < window.opens_at:
        facts = {"opens_at": window.opens_at}
        found.append(Problem("paper_too_early", "received_at", facts))
    if received_at > window.deadline and not envelope.late_reason.strip():
        facts = {"deadline": window.deadline}
        found.append(Problem("paper_late_reason", "late_reason", facts))
    return found


def is_being_keyed(status: ApplicationStatus, *, keyed_by_id: int | None) -> bool:
    """Whether an officer still keys a paper in; until then it is nobody's application."""
    return keyed_by_id is not None and status is ApplicationStatus.DRAFT


def _number_problems(number: str) -> list[Problem]:
    bare = " ".join(number.split())
    if not bare:
        return [Problem("paper_protocol", "protocol_number")]
    if len(bare) > LONGEST_NUMBER:
        return [Problem("paper_protocol_long", "protocol_number", {"limit": LONGEST_NUMBER})]
    return []


def _post_problems(envelope: Envelope) -> list[Problem]:
    if envelope.channel is not Channel.POST:
        return []
    if envelope.posted_at is None:
        return [Problem("paper_postmark", "posted_at")]
    if envelope.posted_at > envelope.received_at:
        facts = {"received_at": envelope.received_at}
        return [Problem("paper_posted_later", "posted_at", facts)]
    return []
