"""Deputies named after a committee was appointed, so that others can score what was scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grants.errors import Problem
from grants.evaluation.rules.committee import MemberKind, MemberRole, Proposed, member_problems
from grants.evaluation.rules.replacing import Place

MOST_AT_ONCE = 5


@dataclass(frozen=True)
class Widening:
    """Who is named as a general deputy, and why."""

    reason: str
    deputies: Sequence[Proposed]

    def as_json(self) -> dict[str, Any]:
        """As an act keeps it until it is signed."""
        return {
            "reason": self.reason.strip(),
            "deputies": [
                {
                    "name": each.name,
                    "email": each.email,
                    "kind": each.kind.value,
                    "stands_for": each.stands_for,
                }
                for each in self.deputies
            ],
        }

    @staticmethod
    def of(kept: Mapping[str, Any]) -> "Widening":
        """What an act keeps."""
        return Widening(kept["reason"], [_deputy(each) for each in kept["deputies"]])


def _deputy(kept: Mapping[str, str]) -> Proposed:
    return Proposed(
        name=kept["name"],
        email=kept["email"],
        role=MemberRole.MEMBER,
        stands_for=kept["stands_for"],
        kind=MemberKind(kept["kind"]),
        is_deputy=True,
    )


def widening_problems(wanted: Widening, places: Sequence[Place]) -> list[Problem]:
    """Why these cannot be named; the place is a field of the form.

    `places` are those of the committee as it is. Codes: `widening_reason`, `widening_nobody`,
    `member_name`, `member_email`, `member_twice`, `replacement_twice` (is or was on it).
    """
    problems = [] if wanted.reason.strip() else [Problem("widening_reason", "reason")]
    if not wanted.deputies:
        problems.append(Problem("widening_nobody", "members-0-name"))
    known = {each.email for each in places}
    there = [
        Problem("replacement_twice", f"members-{number}-email")
        for number, each in enumerate(wanted.deputies)
        if each.email.strip().casefold() in known
    ]
    return [*problems, *member_problems(wanted.deputies), *there]
