"""A consensus meeting: who is there for which application, and when something is agreed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from grants.errors import Problem
from grants.evaluation.rules.committee import has_quorum

LONGEST_REASON = 4000
# Scores are brought together by two at least: one member alone has nobody to agree with.
FEWEST = 2


@dataclass(frozen=True)
class Attendance:
    """Who was there; members by key. `quorum` None: more than half of those with a vote."""

    present: Sequence[str]
    voting: Collection[str]
    quorum: int | None = None

    @property
    def counted(self) -> list[str]:
        """Those present who have a vote."""
        return [key for key in self.present if key in self.voting]

    @property
    def is_enough(self) -> bool:
        """Whether the meeting may decide."""
        return has_quorum(len(self.counted), len(self.voting), self.quorum)


@dataclass(frozen=True)
class Votes:
    """How those in the room voted; None: not filled in."""

    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None

    @property
    def given(self) -> int:
        """All votes together."""
        return sum(number or 0 for number in (self.in_favour, self.against, self.abstained))


def in_the_room(attendance: Attendance, *, out: Collection[str]) -> list[str]:
    """Who talks over an application: present, with a vote, and not recused from it."""
    return [key for key in attendance.counted if key not in out]


def leader(attendance: Attendance, *, chair: str, out: Collection[str]) -> str | None:
    """Who leads an item: the chair, else the first in the order of seats who stays in the room.

    A chair with a conflict goes out like anybody, so the record of that item is another's.
    """
    there = in_the_room(attendance, out=out)
    if chair in there:
        return chair
    return there[0] if there else None


def agreement_problems(
    attendance: Attendance, votes: Votes, *, out: Collection[str], reason: str
) -> list[Problem]:
    """What keeps an application from being agreed upon.

    Codes: `meeting_quorum`, `consensus_alone`, `consensus_reason`, `consensus_reason_long`,
    `consensus_votes` (they must be as many as members in the room), `consensus_against`.
    """
    there = in_the_room(attendance, out=out)
    problems = []
    if not attendance.is_enough:
        facts = {"present": len(attendance.counted), "members": len(attendance.voting)}
        problems.append(Problem("meeting_quorum", facts=facts))
    elif len(there) < FEWEST:
        problems.append(Problem("consensus_alone", facts={"needed": FEWEST}))
    if not reason.strip():
        problems.append(Problem("consensus_reason", "reason"))
    if len(reason) > LONGEST_REASON:
        problems.append(Problem("consensus_reason_long", "reason", {"most": LONGEST_REASON}))
    return problems + _vote_problems(votes, members=len(there))


def _vote_problems(votes: Votes, *, members: int) -> list[Problem]:
    if votes.given != members:
        facts = {"given": votes.given, "members": members}
        return [Problem("consensus_votes", "votes_for", facts)]
    if (votes.in_favour or 0) <= (votes.against or 0):
        return [Problem("consensus_against", "votes_for")]
    return []
