"""Who may sit on a committee, and what each member declares."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from grants.errors import Problem

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class MemberRole(StrEnum):
    """What a member does; the secretary has no vote and scores nothing."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"


class Seated(Protocol):
    """Anybody who has a place on a committee, proposed or appointed."""

    @property
    def role(self) -> MemberRole:
        """What the member does."""

    @property
    def kind(self) -> "MemberKind":
        """Whom the member stands for."""

    @property
    def is_deputy(self) -> bool:
        """Whether the member waits to step in."""


class MemberKind(StrEnum):
    """Whom a member stands for (domain.md 3.5)."""

    MUNICIPAL = "municipal"
    DONOR = "donor"
    CSO = "cso"


VOTING = frozenset({MemberRole.CHAIR, MemberRole.MEMBER})


class ConflictGround(StrEnum):
    """Why a member has nothing to do with an application.

    Source: the grounds of recusal in the general administrative procedure (domain.md 3.6).
    """

    PARTY = "party"
    REPRESENTATIVE = "representative"
    RELATIVE = "relative"
    SPOUSE = "spouse"
    GUARDIAN = "guardian"
    TOOK_PART = "took_part"
    OTHER = "other"


@dataclass(frozen=True)
class Proposed:
    """One person proposed for a committee, as typed; `deputy_of` is a place in the same list.

    A deputy of nobody in particular may step in for any member.
    """

    name: str
    email: str
    role: MemberRole
    stands_for: str = ""
    kind: MemberKind = MemberKind.MUNICIPAL
    is_deputy: bool = False
    deputy_of: int | None = None


def committee_problems(members: Sequence[Proposed], *, quorum: int | None = None) -> list[Problem]:
    """Why this cannot be a committee; places are `members`, `quorum` or `members-<number>-<field>`.

    Codes: `committee_even`, `committee_chair`, `committee_secretary`, `quorum_range`,
    `member_name`, `member_email`, `member_twice`, `deputy_of_nobody`. An odd number votes, so that
    no vote can end level; deputies wait and do not count.
    """
    roles = Counter(member.role for member in members if not member.is_deputy)
    voting = sum(roles[role] for role in VOTING)
    problems = []
    if voting < 3 or voting % 2 == 0:
        problems.append(Problem("committee_even", "members", {"count": voting}))
    if roles[MemberRole.CHAIR] != 1:
        problems.append(Problem("committee_chair", "members", {"count": roles[MemberRole.CHAIR]}))
    if roles[MemberRole.SECRETARY] > 1:
        problems.append(Problem("committee_secretary", "members"))
    if quorum is not None and not quorum_of(voting, None) <= quorum <= voting:
        facts = {"from": quorum_of(voting, None), "to": voting}
        problems.append(Problem("quorum_range", "quorum", facts))
    return problems + member_problems(members)


def composition_of(members: Iterable[Seated]) -> dict[MemberKind, int]:
    """How many members with a vote stand for whom; deputies wait and do not count."""
    counted = Counter(
        member.kind for member in members if member.role in VOTING and not member.is_deputy
    )
    return {kind: counted[kind] for kind in MemberKind}


def is_composed(members: Iterable[Seated], rule: Mapping[MemberKind, int]) -> bool:
    """Whether a committee is made up as the rule says; without a rule any will do.

    Source: domain.md 3.5; it is a recommendation of the method, so a page warns and refuses
    nothing.
    """
    if not rule:
        return True
    return composition_of(members) == {kind: rule.get(kind, 0) for kind in MemberKind}


def quorum_of(voting: int, quorum: int | None) -> int:
    """How many members with a vote must be present: as decided, else more than half of them."""
    return quorum if quorum is not None else voting // 2 + 1


def has_quorum(present: int, voting: int, quorum: int | None) -> bool:
    """Whether so many of the members with a vote may decide, where `voting` sit on the committee.

    `quorum` is the number decided for the committee; None means more than half. A decided number
    never asks for more than there are. Nobody present decides nothing.
    """
    return present > 0 and present >= min(quorum_of(voting, quorum), voting)


def member_problems(members: Sequence[Proposed]) -> list[Problem]:
    """What lacks in the rows of a list of members; places are `members-<number>-<field>`.

    Codes: `member_name`, `member_email`, `member_twice`, `deputy_of_nobody`.
    """
    return list(_row_problems(members))


def _row_problems(members: Sequence[Proposed]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, member in enumerate(members):
        if not member.name.strip():
            yield Problem("member_name", f"members-{number}-name")
        email = member.email.strip().casefold()
        if not _ADDRESS.fullmatch(email):
            yield Problem("member_email", f"members-{number}-email", {"name": member.name})
        elif email in seen:
            yield Problem("member_twice", f"members-{number}-email", {"email": email})
        seen.add(email)
        if member.deputy_of is not None and not _is_member(members, member.deputy_of, number):
            yield Problem("deputy_of_nobody", f"members-{number}-seat", {"name": member.name})


def _is_member(members: Sequence[Proposed], place: int, own: int) -> bool:
    return 0 <= place < len(members) and place != own and not members[place].is_deputy
