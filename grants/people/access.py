"""Who may: the hierarchy of roles, said once."""

from grants.people.actors import Actor
from grants.people.rules import INSTALLATION, STAFF, Role


def may_anyone(_who: Actor) -> bool:
    """Everybody, signed in or not."""
    return True


def may_person(who: Actor) -> bool:
    """Whoever is signed in."""
    return who.is_signed_in


def may_work_in(who: Actor, municipality_id: int) -> bool:
    """The staff of a municipality, its auditor included: who sees its inner pages."""
    return who.holds_any(STAFF, municipality_id)


def may_lead_calls(who: Actor, municipality_id: int) -> bool:
    """Officers lead calls and cases."""
    return who.holds(Role.OFFICER, municipality_id)


def may_sign(who: Actor, municipality_id: int) -> bool:
    """The mayor or a deputy approves and signs."""
    return who.holds(Role.SIGNATORY, municipality_id)


def may_keep_books(who: Actor, municipality_id: int) -> bool:
    """Finance officers prepare payments and control expenditure."""
    return who.holds(Role.FINANCE, municipality_id)


def may_run_installation(who: Actor) -> bool:
    """The platform administrator opens municipalities, and sees no applications."""
    return who.holds(Role.PLATFORM, INSTALLATION)


def may_administer(who: Actor, municipality_id: int) -> bool:
    """Administrators keep people, letterhead and calendar."""
    return who.holds(Role.ADMINISTRATOR, municipality_id)
