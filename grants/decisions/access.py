"""Who may see, prepare and sign the decisions of a call."""

from grants.calls.models import Call
from grants.decisions.models import Decision
from grants.people.access import may_lead_calls, may_sign, may_work_in
from grants.people.actors import Actor


def may_see_decisions(who: Actor, call: Call) -> bool:
    """All staff, the auditor included."""
    return may_work_in(who, call.municipality_id)


def may_prepare_decisions(who: Actor, call: Call) -> bool:
    """Officers prepare; they also activate the reserve list."""
    return may_lead_calls(who, call.municipality_id)


def may_sign_decisions(who: Actor, call: Call) -> bool:
    """The signatory approves and issues all at once."""
    return may_sign(who, call.municipality_id)


def may_see_decision(who: Actor, decision: Decision) -> bool:
    """All staff, the auditor included."""
    return may_work_in(who, decision.municipality_id)


def may_sign_decision(who: Actor, decision: Decision) -> bool:
    """The signatory issues."""
    return may_sign(who, decision.municipality_id)


def may_note_decline(who: Actor, decision: Decision) -> bool:
    """Officers note that an applicant gave the award up."""
    return may_lead_calls(who, decision.municipality_id)
