"""Who is asking: a person with all roles held, loaded once per request."""

from dataclasses import dataclass, field

from grants.people.rules import Role


@dataclass(frozen=True)
class Actor:
    """Whoever asks for a page: an id (None for a visitor), a name, and the roles held."""

    id: int | None = None
    name: str = ""
    email: str = ""
    language: str = ""
    is_confirmed: bool = False
    roles: frozenset[tuple[Role, int]] = field(default_factory=frozenset)
    unread: int = 0

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
