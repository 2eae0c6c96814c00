"""Who may see and lead a call."""

from typing import Protocol

from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.municipalities.models import Municipality
from grants.people.access import may_lead_calls, may_sign, may_work_in
from grants.people.actors import Actor

_INNER = frozenset({CallStatus.DRAFT, CallStatus.APPROVED})


class OfMunicipality(Protocol):
    """A call, or a part or a file of one."""

    @property
    def municipality_id(self) -> int:
        """Whose it is."""


def is_public(call: Call) -> bool:
    """Whether the call was published, however it ended."""
    return call.status not in _INNER and (
        call.status is not CallStatus.CANCELLED or call.published_at is not None
    )


def may_see_call(_who: Actor, call: Call) -> bool:
    """Everybody sees what was published; a draft is nobody's but the municipality's."""
    return is_public(call)


def may_see_draft(who: Actor, subject: OfMunicipality) -> bool:
    """The staff of the municipality read its calls in every state."""
    return may_work_in(who, subject.municipality_id)


def may_edit_call(who: Actor, subject: OfMunicipality) -> bool:
    """Officers prepare calls, send them for approval and publish them."""
    return may_lead_calls(who, subject.municipality_id)


def may_approve_call(who: Actor, subject: OfMunicipality) -> bool:
    """The mayor or a deputy approves a call or sends it back."""
    return may_sign(who, subject.municipality_id)


def may_make_call(who: Actor, municipality: Municipality) -> bool:
    """Officers begin new calls."""
    return may_lead_calls(who, municipality.id)


def may_work_here(who: Actor, municipality: Municipality) -> bool:
    """Whoever works in the municipality knows that it exists."""
    return may_work_in(who, municipality.id)
