"""Who appoints a committee, who sits on it, who scores."""

from typing import Any

from grants.calls.models import Call
from grants.evaluation.models import Member
from grants.evaluation.queries.blinding import is_hidden
from grants.evaluation.rules.committee import MemberRole
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


def may_see_seat(who: Actor, seat: Any) -> bool:
    """The municipality's staff see who sits on the committee, and who left why."""
    return may_work_in(who, seat.municipality_id)


def may_propose_change(who: Actor, seat: Any) -> bool:
    """Officers prepare a change of the committee, the signatory may as well."""
    return may_propose(who, seat.call)


def may_sign_change(who: Actor, seat: Any) -> bool:
    """Only the signatory changes what only the signatory appoints."""
    return may_appoint(who, seat.call)


def may_lead_seat_call(who: Actor, call: Call) -> bool:
    """Officers lead the short call for the seat of civil society."""
    return may_lead_calls(who, call.municipality_id)


def may_see_standing(who: Actor, standing: Any) -> bool:
    """The staff of the municipality see who stands, with the CV."""
    return may_work_in(who, standing.municipality_id)


def may_lead_standing(who: Actor, standing: Any) -> bool:
    """Officers set candidates aside."""
    return may_lead_calls(who, standing.municipality_id)


def may_stand_for(who: Actor, stand: Any) -> bool:
    """Whoever belongs to the organisation."""
    return who.holds_any((Role.OWNER, Role.MEMBER, Role.REPRESENTATIVE), stand.organisation.id)


def may_represent_at(who: Actor, stand: Any) -> bool:
    """Only the representative votes for an organisation."""
    return who.holds(Role.REPRESENTATIVE, stand.organisation.id)


def may_sit(who: Actor, member: Member) -> bool:
    """Whoever holds a role on the committee of this seat."""
    return who.holds_any(_ROLES, member.committee_id)


def may_read(who: Actor, reading: Any) -> bool:
    """A member reads what the loader found; conflicts and declarations were decided there."""
    member = reading[0].member if isinstance(reading, tuple) else reading.member
    return may_sit(who, member)


def may_score(who: Actor, reading: Any) -> bool:
    """Voting members score, and whoever was asked to score anew; the secretary reads."""
    is_voting = reading.member.is_voting or reading.is_anew
    return may_sit(who, reading.member) and is_voting


def may_score_here(who: Actor, member: Member) -> bool:
    """A voting seat, once the own declarations are given."""
    return may_sit(who, member) and member.is_voting and member.interests_at is not None


def may_preside_over(who: Actor, member: Member) -> bool:
    """The seated chair, once the own declarations are given."""
    is_chair = member.role is MemberRole.CHAIR and member.is_seated
    has_declared = member.interests_at is not None
    return is_chair and has_declared and who.holds(Role.CHAIR, member.committee_id)


def may_preside_at(who: Actor, signed: Any) -> bool:
    """The same for one signed sheet: to everybody else there is no such page."""
    return may_preside_over(who, signed.seat)


def may_know_desk(who: Actor, subject: Any) -> bool:
    """Everybody on the committee knows that the chair has a desk."""
    desk = _desk(subject)
    return desk.chair is not None and may_sit(who, desk.chair)


def may_run_chairs_desk(who: Actor, subject: Any) -> bool:
    """The chair decides what ties the other members to applications."""
    desk = _desk(subject)
    is_chairs = desk.chair is not None and may_preside_over(who, desk.chair)
    # A hit says whose an application is; while that is hidden the office decides.
    return is_chairs and not is_hidden(desk.committee)


def may_look_at_desk(who: Actor, subject: Any) -> bool:
    """The municipality's staff see what waits at the office."""
    return may_see_committee(who, _desk(subject).call)


def may_run_office_desk(who: Actor, subject: Any) -> bool:
    """Officers and the signatory decide about the chair, who decides about nobody's own seat."""
    return may_propose(who, _desk(subject).call)


def may_run_desk(who: Actor, desk: Any) -> bool:
    """The chair runs the chair's desk, officers and the signatory the office's."""
    if desk.chair is None:
        return may_run_office_desk(who, desk)
    return may_preside_over(who, desk.chair)


def may_see_desk(who: Actor, desk: Any) -> bool:
    """The committee knows of the chair's desk, the staff of the office's."""
    return may_know_desk(who, desk) if desk.chair else may_look_at_desk(who, desk)


def _desk(subject: Any) -> Any:
    return subject.desk if hasattr(subject, "hits") else subject


def may_meet(who: Actor, found: Any) -> bool:
    """Members with a vote bring scores together; the loader found only those."""
    return may_sit(who, _seat(found))


def may_convene(who: Actor, found: Any) -> bool:
    """The chair sees how far sheets lie apart, calls meetings and closes them."""
    member = _seat(found)
    return may_sit(who, member) and member.role is MemberRole.CHAIR


def _seat(found: Any) -> Member:
    """The seat itself, or that of whoever looks at a meeting or one of its items."""
    if isinstance(found, Member):
        return found
    member: Member = found.member
    return member
