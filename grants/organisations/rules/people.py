"""Who belongs to an organisation: somebody always owns its profile."""

from collections.abc import Collection

from grants.errors import DomainError, Problem


def ensure_owner_stays(owners: Collection[int], *, leaving: int) -> None:
    """At least one owner is left when this person goes; DomainError `last_owner`."""
    if leaving in owners and len(set(owners)) == 1:
        raise DomainError(Problem("last_owner"))


def ensure_belongs(people: Collection[int], person: int) -> None:
    """Only who belongs already becomes an owner; DomainError `not_a_member`."""
    if person not in people:
        raise DomainError(Problem("not_a_member"))
