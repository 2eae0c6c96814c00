"""How an objection may be ruled, by whom, and what a ruling sets going."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grants.complaints.rules.states import Against, Effect, Ruling
from grants.errors import DomainError, Incomplete, Problem

LONGEST_REASONING = 20_000
LONGEST_COMMISSION = 500


class FormalGround(StrEnum):
    """Why an objection is dismissed without looking at what it says."""

    LATE = "late"
    UNAUTHORISED = "unauthorised"
    INADMISSIBLE = "inadmissible"


@dataclass(frozen=True)
class Proposal:
    """A ruling as it is prepared; `commission` names who proposed it, where somebody did.

    `amount` (fening) is what a corrected ranking proposes, where the ruling itself says it.
    """

    ruling: Ruling
    reasoning: str
    effect: Effect | None = None
    ground: FormalGround | None = None
    is_reinstated: bool = False
    commission: str = ""
    amount: int | None = None

    def as_facts(self) -> dict[str, Any]:
        """The same as plain JSON, as the act keeps it."""
        return {
            "ruling": self.ruling.value,
            "effect": self.effect.value if self.effect else None,
            "ground": self.ground.value if self.ground else None,
            "is_reinstated": self.is_reinstated,
            "commission": self.commission.strip(),
            "reasoning": self.reasoning.strip(),
            "amount": self.amount,
        }


def proposal_from(facts: dict[str, Any]) -> Proposal:
    """The proposal that an act keeps."""
    return Proposal(
        ruling=Ruling(facts["ruling"]),
        reasoning=facts["reasoning"],
        effect=Effect(facts["effect"]) if facts["effect"] else None,
        ground=FormalGround(facts["ground"]) if facts["ground"] else None,
        is_reinstated=facts["is_reinstated"],
        commission=facts["commission"],
        # Rulings from before the amount could be said have none.
        amount=facts.get("amount"),
    )


def effects_for(against: Against, *, is_imported: bool) -> tuple[Effect, ...]:
    """What an upheld objection against this may set going.

    The sheets and checks of imported history were made elsewhere and are not made again here.
    """
    if is_imported:
        return () if against is Against.DISMISSAL else (Effect.CORRECTED_RANKING,)
    return {
        Against.DISMISSAL: (Effect.RECHECK,),
        Against.SCORE: (Effect.NEW_SHEETS,),
        Against.RANKING: (Effect.CORRECTED_RANKING, Effect.NEW_SHEETS),
    }[against]


@dataclass(frozen=True)
class Scorers:
    """How many may score an application anew, and how many sheets the call asks for."""

    free: int
    needed: int

    @property
    def is_enough(self) -> bool:
        """Whether new sheets can be ordered."""
        return self.free >= self.needed


def ensure_scorable(proposal: Proposal, scorers: Scorers) -> None:
    """Raise Incomplete `ruling_too_few` where new sheets are ordered that too few may give."""
    if proposal.effect is Effect.NEW_SHEETS and not scorers.is_enough:
        facts = {"free": scorers.free, "needed": scorers.needed}
        raise Incomplete(Problem("ruling_too_few", "effect", facts))


def ensure_sound(proposal: Proposal, *, allowed: Collection[Effect], is_late: bool) -> None:
    """Raise Incomplete with everything that does not fit.

    Codes: `ruling_reasoning`, `ruling_reasoning_long`, `ruling_effect` (an upheld one needs one
    of those allowed), `ruling_ground` (a dismissed one its formal ground), `ruling_late` (a late
    one is dismissed unless reinstated), `ruling_in_time` (dismissed as late, yet in time).
    """
    problems = []
    if not proposal.reasoning.strip():
        problems.append(Problem("ruling_reasoning", "reasoning"))
    if len(proposal.reasoning) > LONGEST_REASONING:
        facts = {"most": LONGEST_REASONING}
        problems.append(Problem("ruling_reasoning_long", "reasoning", facts))
    if proposal.ruling is Ruling.UPHELD and proposal.effect not in allowed:
        problems.append(Problem("ruling_effect", "effect"))
    problems += _formal_problems(proposal, is_late=is_late)
    if problems:
        raise Incomplete(*problems)


def _formal_problems(proposal: Proposal, *, is_late: bool) -> list[Problem]:
    problems = []
    is_dismissed = proposal.ruling is Ruling.DISMISSED
    if is_dismissed and proposal.ground is None:
        problems.append(Problem("ruling_ground", "ground"))
    if not is_dismissed and is_late and not proposal.is_reinstated:
        problems.append(Problem("ruling_late", "ruling"))
    if is_dismissed and proposal.ground is FormalGround.LATE and not is_late:
        problems.append(Problem("ruling_in_time", "ground"))
    return problems


def ensure_unbiased(person_id: int | None, involved: Collection[int]) -> None:
    """Raise DomainError `ruling_own_work` for whoever scored or checked that application.

    Source: nobody takes part in ruling upon the own act (domain.md 3.6, product.md 1).
    """
    if person_id in involved:
        raise DomainError(Problem("ruling_own_work"))
