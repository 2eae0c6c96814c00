"""Who is asking: a person with all roles held, loaded once per request; and the hierarchy."""

from dataclasses import dataclass, field

from grants.people.rules import STAFF, Role


@dataclass(frozen=True)
class Actor:
    """Whoever asks for a page: an id (None for a visitor), a name, and the roles held."""

    id: int | None = None
    name: str = ""
    email: str = ""
    language: str = ""
    is_confirmed: bool = False
    roles: frozenset[tuple[Role, int]] = field(default_factory=frozenset)

    @property
    def is_signed_in(self) -> bool:
        """Whether this is somebody."""
        return self.id is not None

    def holds(self, role: Role, scope_id: int | None) -> bool:
        """Whether the person holds the role on this municipality, organisation or committee."""
        return (role, scope_id) in self.roles

    def holds_any(self, roles: tuple[Role, ...], scope_id: int | None) -> bool:
        """Whether the person holds one of the roles there."""
        return any((role, scope_id) in self.roles for role in roles)

    def scopes_of(self, *roles: Role) -> frozenset[int]:
        """The ids of everything on which the person holds one of the roles."""
        return frozenset(scope_id for role, scope_id in self.roles if role in roles)


ANONYMOUS = Actor()
SYSTEM = Actor(name="Poziv")


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


def may_administer(who: Actor, municipality_id: int) -> bool:
    """Administrators keep people, letterhead and calendar."""
    return who.holds(Role.ADMINISTRATOR, municipality_id)
