"""Who sees a ranking before it is public, and who makes it."""

from grants.calls.rules.states import CallStatus, Origin
from grants.evaluation.models import MemberRole
from grants.people.access import may_lead_calls, may_work_in
from grants.people.actors import Actor
from grants.people.rules import Role
from grants.ranking.bench import Bench

_COMMITTEE = (Role.CHAIR, Role.EVALUATOR, Role.SECRETARY)


def may_see_ranking(who: Actor, bench: Bench) -> bool:
    """The municipality's staff, its auditor included."""
    return may_work_in(who, bench.call.municipality_id)


def may_publish_ranking(who: Actor, bench: Bench) -> bool:
    """Officers publish what the committee closed."""
    return may_lead_calls(who, bench.call.municipality_id)


def may_preside(who: Actor, bench: Bench) -> bool:
    """The chair of the own committee, once all is declared; of an imported call an officer."""
    member = bench.member
    if member is not None:
        is_chair = member.role is MemberRole.CHAIR and member.interests_at is not None
        return is_chair and who.holds(Role.CHAIR, member.committee_id)
    is_history = bench.call.origin is Origin.IMPORTED
    return is_history and may_lead_calls(who, bench.call.municipality_id)


def may_lead_ties(who: Actor, bench: Bench) -> bool:
    """Whoever presides; a member with a vote and all declared, who leads where the chair may not.

    The page holds the ties that are led by whoever asks; for most members that is none, and so
    nobody learns from the gate from what the chair is recused.
    """
    member = bench.member
    has_declared = member is not None and member.is_voting and member.interests_at is not None
    return may_preside(who, bench) or (has_declared and may_know_bench(who, bench))


def may_make_record(who: Actor, bench: Bench) -> bool:
    """Whoever presides, and the officer who keeps the papers."""
    return may_preside(who, bench) or may_publish_ranking(who, bench)


def may_read_record(who: Actor, bench: Bench) -> bool:
    """The staff and the chair; the other members once the list is public.

    Whoever has a conflict is not given what cannot be covered: see views.lists.record_pdf.
    """
    if bench.member is None:
        return may_work_in(who, bench.call.municipality_id)
    is_public = bench.call.status is not CallStatus.RANKED
    has_declared = bench.member.interests_at is not None
    is_members = is_public and has_declared and may_know_bench(who, bench)
    return may_preside(who, bench) or is_members


def may_know_bench(who: Actor, bench: Bench) -> bool:
    """The seats of the committee know that it makes a ranking; so does the staff."""
    if bench.member is not None:
        return who.holds_any(_COMMITTEE, bench.member.committee_id)
    return may_work_in(who, bench.call.municipality_id)


def may_confirm_record(who: Actor, bench: Bench) -> bool:
    """Members who sit on the committee now read its record and say a word on it."""
    member = bench.member
    return member is not None and member.is_voting and may_know_bench(who, bench)


def may_see_own_record(who: Actor, bench: Bench) -> bool:
    """The seated members, the secretary too, see the record once they have declared everything."""
    member = bench.member
    is_ready = member is not None and member.is_seated and member.interests_at is not None
    return is_ready and may_know_bench(who, bench)


def may_write_remarks(who: Actor, bench: Bench) -> bool:
    """The chair and the secretary keep the record."""
    member = bench.member
    keeps = member is not None and member.role in (MemberRole.CHAIR, MemberRole.SECRETARY)
    return keeps and may_see_own_record(who, bench)
