"""The record of a vote that put tied applications in order (scoring.md 4, `vote`)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from grants.errors import Problem
from grants.evaluation.rules.consensus import Attendance, leader

LONGEST_REASON = 2000


@dataclass(frozen=True)
class CastVote:
    """One vote on one tie: the order voted for, when, who was there, how, and why.

    `led_by` is the key of who led it where the chair is recused, else empty.
    """

    order: Sequence[str]
    held_on: date
    present: Sequence[str] = ()
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None
    reason: str = ""
    led_by: str = ""


def tie_leader(voting: Sequence[str], *, chair: str, recused: Collection[str]) -> str | None:
    """Who enters the vote on a tie; members by key, in the order of seats. None: all are recused.

    The rule of a consensus meeting: the chair, else the first who is not recused. Everybody with a
    vote counts as there, for who really was there is written with the vote itself.
    """
    return leader(Attendance(voting, voting), chair=chair, out=recused)


def cast_problems(
    cast: CastVote, *, voting: Mapping[str, str], recused: Collection[str] = ()
) -> list[Problem]:
    """What the record of a vote lacks; `voting` are the names of those with a vote, by key.

    `recused` (keys) have a conflict with one of the applications at least: they go out, as at a
    consensus meeting. Codes: `tie_present`, `tie_recused`, `tie_votes` (as many as are present),
    `tie_against`, `tie_reason`, `tie_reason_long`.
    """
    problems = _count_problems(cast, voting=voting, recused=recused)
    if not cast.reason.strip():
        problems.append(Problem("tie_reason", "tie-reason"))
    if len(cast.reason) > LONGEST_REASON:
        problems.append(Problem("tie_reason_long", "tie-reason", {"most": LONGEST_REASON}))
    return problems


def _count_problems(
    cast: CastVote, *, voting: Mapping[str, str], recused: Collection[str]
) -> list[Problem]:
    there = set(cast.present)
    given = sum(each or 0 for each in (cast.votes_for, cast.votes_against, cast.votes_abstained))
    if not there or len(there) != len(cast.present) or there - set(voting):
        return [Problem("tie_present", "tie-present")]
    out = [name for key, name in voting.items() if key in there and key in recused]
    if out:
        return [Problem("tie_recused", "tie-present", {"names": ", ".join(out)})]
    if given != len(there):
        return [Problem("tie_votes", "tie-votes", {"given": given, "present": len(there)})]
    if (cast.votes_for or 0) <= (cast.votes_against or 0):
        return [Problem("tie_against", "tie-votes")]
    return []


def merged_casts(standing: Sequence[Mapping[str, Any]], cast: CastVote) -> list[dict[str, Any]]:
    """The votes with one more; an earlier one on any of the same applications is replaced."""
    named = set(cast.order)
    kept = [dict(each) for each in standing if not named & set(each["order"])]
    return [*kept, cast_json(cast)]


def cast_json(cast: CastVote) -> dict[str, Any]:
    """A vote as plain JSON: {order, held_on, present, for, against, abstained, reason}.

    With `led_by` where it was not the chair.
    """
    facts = asdict(cast)
    return {
        "order": list(facts["order"]),
        "held_on": cast.held_on.isoformat(),
        "present": list(facts["present"]),
        "for": cast.votes_for or 0,
        "against": cast.votes_against or 0,
        "abstained": cast.votes_abstained or 0,
        "reason": cast.reason.strip(),
        **({"led_by": cast.led_by} if cast.led_by else {}),
    }
