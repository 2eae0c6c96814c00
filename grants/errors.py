"""What may go wrong in the domain, told as problems that a page, a mail and an act can say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

Fact = str | int | bool | None | object

NO_FACTS: Mapping[str, Fact] = MappingProxyType({})


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold: a code for its sentence, a place to look, and the figures."""

    code: str
    place: str = ""
    facts: Mapping[str, Fact] = field(default_factory=lambda: NO_FACTS)


class DomainError(Exception):
    """A refusal that a person can understand and do something about."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems: Sequence[Problem] = problems


class WrongState(DomainError):
    """The thing has moved on: what was asked for does not follow from where it stands."""


class NotNow(DomainError):
    """The moment is not right: too early, too late, or a term still runs."""


class Incomplete(DomainError):
    """Something is missing or contradicts; each problem says what."""


class Stale(DomainError):
    """Somebody else saved the same thing in between."""


class Throttled(DomainError):
    """Too many tries; the problem says when to come back."""
