"""What was recorded of the answers of a call, for the record of its check."""

from sqlalchemy import select

from grants.applications.models import Application
from grants.audit.events import Event
from grants.audit.queries import list_entries_of
from grants.calls.models import Call
from grants.eligibility.rules.settling import Entered


def list_entered(call: Call) -> dict[int, list[Entered]]:
    """Every entry of answers by application, in their order; one statement for a call."""
    ids = select(Application.id).where(Application.call_id == call.id)
    found: dict[int, list[Entered]] = {}
    for entry in list_entries_of(Event.CHECK_RECORDED, Application.__name__, ids):
        found.setdefault(entry.subject_id, []).append(Entered(entry.actor_name, entry.facts))
    return found
