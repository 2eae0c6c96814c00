"""Who may sit on a committee, and what each member declares."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grants.errors import Problem

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class MemberRole(StrEnum):
    """What a member does; the secretary has no vote and scores nothing."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"


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
    """One person proposed for a committee, as typed."""

    name: str
    email: str
    role: MemberRole
    stands_for: str = ""


def committee_problems(members: Sequence[Proposed]) -> list[Problem]:
    """Why this cannot be a committee; places are `members` or `members-<number>-<field>`.

    Codes: `committee_even`, `committee_chair`, `committee_secretary`, `member_name`,
    `member_email`, `member_twice`. An odd number votes, so that no vote can end level.
    """
    roles = Counter(member.role for member in members)
    voting = sum(roles[role] for role in VOTING)
    problems = []
    if voting < 3 or voting % 2 == 0:
        problems.append(Problem("committee_even", "members", {"count": voting}))
    if roles[MemberRole.CHAIR] != 1:
        problems.append(Problem("committee_chair", "members", {"count": roles[MemberRole.CHAIR]}))
    if roles[MemberRole.SECRETARY] > 1:
        problems.append(Problem("committee_secretary", "members"))
    return problems + list(_member_problems(members))


def quorum_of(voting: int, quorum: int | None) -> int:
    """How many members with a vote must be present: as decided, else more than half of them."""
    return quorum if quorum is not None else voting // 2 + 1


def has_quorum(present: int, voting: int, quorum: int | None) -> bool:
    """Whether so many of the members with a vote may decide, where `voting` sit on the committee.

    `quorum` is the number decided for the committee; None means more than half. A decided number
    never asks for more than there are. Nobody present decides nothing.
    """
    return present > 0 and present >= min(quorum_of(voting, quorum), voting)


def _member_problems(members: Sequence[Proposed]) -> Iterator[Problem]:
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
