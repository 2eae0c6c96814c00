"""Who appoints a committee, who sits on it, who scores."""

from typing import Any

from grants.calls.models import Call
from grants.evaluation.models import Member
from grants.evaluation.rules.committee import VOTING
from grants.people.access import may_lead_calls, may_sign, may_work_in
from grants.people.actors import Actor
from grants.people.rules import Role

_ROLES = (Role.EVALUATOR, Role.CHAIR, Role.SECRETARY)


def may_see_committee(who: Actor, call: Call) -> bool:
    """The municipality's staff see who sits on the committee and how far it is."""
    return may_work_in(who, call.municipality_id)


def may_propose(who: Actor, call: Call) -> bool:
    """Officers prepare the list of members, the signatory may as well."""
    return may_lead_calls(who, call.municipality_id) or may_sign(who, call.municipality_id)


def may_appoint(who: Actor, call: Call) -> bool:
    """Only the signatory appoints."""
    return may_sign(who, call.municipality_id)


def may_sit(who: Actor, member: Member) -> bool:
    """Whoever holds a role on the committee of this seat."""
    return who.holds_any(_ROLES, member.committee_id)


def may_read(who: Actor, reading: Any) -> bool:
    """A member reads what the loader found; conflicts and declarations were decided there."""
    member = reading[0].member if isinstance(reading, tuple) else reading.member
    return may_sit(who, member)


def may_score(who: Actor, reading: Any) -> bool:
    """Voting members score; the secretary reads."""
    return may_sit(who, reading.member) and reading.member.role in VOTING
