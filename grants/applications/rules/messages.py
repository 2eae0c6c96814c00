"""When the organisation and the office may write to each other about a case."""

from grants.applications.rules.states import ApplicationStatus
from grants.calls.rules.states import CallStatus
from grants.errors import Problem

LONGEST = 4000
_CLOSED_CALLS = (CallStatus.ARCHIVED, CallStatus.CANCELLED)


def closed_problems(application: ApplicationStatus, call: CallStatus) -> list[Problem]:
    """Why nothing can be written now, empty while it can.

    `messages_draft`: the office does not know of a draft, and a question about a call is answered
    to everybody. `messages_closed`: the call is archived or cancelled; until then one may write,
    also after a decision and while a contract runs.
    """
    if application is ApplicationStatus.DRAFT:
        return [Problem("messages_draft")]
    if call in _CLOSED_CALLS:
        return [Problem("messages_closed")]
    return []


def text_problems(text: str) -> list[Problem]:
    """`message_empty` or `message_long`; the place is the field."""
    bare = text.strip()
    if not bare:
        return [Problem("message_empty", "text")]
    if len(bare) > LONGEST:
        return [Problem("message_long", "text", {"figure": len(bare), "limit": LONGEST})]
    return []
