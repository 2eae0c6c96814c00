"""Who may take the seat of a member who leaves, and what must be said about it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from grants.errors import Problem
from grants.evaluation.rules.committee import VOTING, MemberKind, MemberRole

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# Beside the key of a deputy: somebody who was not on the committee, or nobody.
SOMEBODY, NOBODY = "new", "nobody"


@dataclass(frozen=True)
class Place:
    """One person of a committee: seated, waiting as a deputy, or gone."""

    key: str
    email: str
    role: MemberRole
    is_deputy: bool = False
    is_gone: bool = False
    deputy_of: str = ""

    @property
    def is_seated(self) -> bool:
        """Whether the person works on the committee now."""
        return not self.is_deputy and not self.is_gone


@dataclass(frozen=True)
class Replacement:
    """Why a member leaves, from which day, and who takes the seat.

    `takes_over` is the key of a deputy, SOMEBODY with name and address, or NOBODY; `chair` the key
    of the seated member who presides from now on, empty for whoever takes the seat.
    """

    reason: str
    from_on: date | None
    takes_over: str
    name: str = ""
    email: str = ""
    kind: MemberKind = MemberKind.MUNICIPAL
    stands_for: str = ""
    chair: str = ""

    def as_json(self) -> dict[str, Any]:
        """As an act keeps it until it is signed."""
        day = self.from_on.isoformat() if self.from_on else None
        return {**asdict(self), "from_on": day, "kind": self.kind.value}

    @staticmethod
    def of(kept: Mapping[str, Any]) -> "Replacement":
        """What an act keeps."""
        day = date.fromisoformat(kept["from_on"]) if kept["from_on"] else None
        return Replacement(**{**kept, "from_on": day, "kind": MemberKind(kept["kind"])})


def held_before(before: Mapping[int, int], seat: int) -> frozenset[int]:
    """Everybody who held a seat before whoever holds it now, back to whoever was appointed.

    `before` says of each who took a seat over whom it was taken from.
    """
    found: set[int] = set()
    while seat in before and before[seat] not in found:
        seat = before[seat]
        found.add(seat)
    return frozenset(found)


def offered_deputies(places: Sequence[Place], leaving: str) -> list[str]:
    """The keys of the deputies who may step in for a member: the own ones, then those for all."""
    waiting = [each for each in places if each.is_deputy and not each.is_gone]
    own = [each.key for each in waiting if each.deputy_of == leaving]
    return own + [each.key for each in waiting if not each.deputy_of]


def replacement_problems(
    wanted: Replacement, places: Sequence[Place], *, leaving: str, days: tuple[date, date]
) -> list[Problem]:
    """Why this cannot be done; the place is a field of the form.

    `days` are those of the appointment and of today. Codes: `member_not_seated`,
    `replacement_reason`, `replacement_day`, `replacement_missing`,
    `member_name`, `member_email`, `replacement_twice`, `chair_needed`.
    """
    seat = next((each for each in places if each.key == leaving and each.is_seated), None)
    if seat is None:
        return [Problem("member_not_seated")]
    problems = [] if wanted.reason.strip() else [Problem("replacement_reason", "reason")]
    if wanted.from_on is None or not days[0] <= wanted.from_on <= days[1]:
        problems.append(Problem("replacement_day", "from_on"))
    return [
        *problems,
        *_successor_problems(wanted, places, seat),
        *_chair_problems(wanted, places, seat),
    ]


def _successor_problems(
    wanted: Replacement, places: Sequence[Place], seat: Place
) -> Iterator[Problem]:
    if wanted.takes_over == SOMEBODY:
        yield from _person_problems(wanted, places)
    elif wanted.takes_over == NOBODY:
        # Without a secretary a committee can work, without a vote it would no longer be odd.
        if seat.role in VOTING:
            yield Problem("replacement_missing", "takes_over")
    elif wanted.takes_over not in offered_deputies(places, seat.key):
        yield Problem("replacement_missing", "takes_over")


def _person_problems(wanted: Replacement, places: Sequence[Place]) -> Iterator[Problem]:
    email = wanted.email.strip().casefold()
    if not wanted.name.strip():
        yield Problem("member_name", "name")
    if not _ADDRESS.fullmatch(email):
        yield Problem("member_email", "email", {"name": wanted.name})
    elif email in {each.email for each in places}:
        yield Problem("replacement_twice", "email")


def _chair_problems(wanted: Replacement, places: Sequence[Place], seat: Place) -> Iterator[Problem]:
    if seat.role is not MemberRole.CHAIR or not wanted.chair:
        return
    others = {
        each.key
        for each in places
        if each.is_seated and each.role is MemberRole.MEMBER and each.key != seat.key
    }
    if wanted.chair not in others:
        yield Problem("chair_needed", "chair")
