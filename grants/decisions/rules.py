"""When a call may be decided, which decision an outcome leads to, and who is next in reserve."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from grants.errors import DomainError, NotNow, Problem
from grants.ranking.rules.outcomes import Outcome


class DecisionKind(StrEnum):
    """The table of the call, or the act of one applicant."""

    AWARD_DECISION = "award_decision"
    AWARD = "award"
    REFUSAL = "refusal"
    DISMISSAL = "dismissal"
    RESERVE_ACTIVATION = "reserve_activation"


class Ground(StrEnum):
    """Why an application is refused on the merits ("odbijena"), never formally."""

    SECTION = "section"
    TOTAL = "total"
    AWARDS_PER_ORGANISATION = "awards_per_organisation"
    ORGANISATION_CAP = "organisation_cap"
    FUNDS = "funds"


_KINDS = {
    Outcome.AWARDED: DecisionKind.AWARD,
    Outcome.RESERVE: DecisionKind.REFUSAL,
    Outcome.REFUSED_THRESHOLD: DecisionKind.REFUSAL,
    Outcome.REFUSED_LIMIT: DecisionKind.REFUSAL,
    Outcome.DISMISSED: DecisionKind.DISMISSAL,
}
_SECTION = "section:"


def ensure_decidable(
    published_on: date | None,
    *,
    objections_until: date | None,
    today: date,
    open_objections: int = 0,
    is_final: bool = True,
) -> None:
    """The term for objections has passed, each is seen to, the final list is there; else NotNow.

    The last day of the term still belongs to whoever objects.
    """
    if published_on is None or objections_until is None:
        raise NotNow(Problem("ranking_not_published"))
    if today <= objections_until:
        raise NotNow(Problem("objections_open", facts={"until": objections_until}))
    if open_objections:
        raise NotNow(Problem("objections_unruled", facts={"count": open_objections}))
    if not is_final:
        raise NotNow(Problem("final_list_missing"))


def decision_for(outcome: str) -> DecisionKind:
    """The act for an outcome of the ranking; DomainError where nothing can be decided yet."""
    try:
        return _KINDS[Outcome(outcome)]
    except (KeyError, ValueError):
        raise DomainError(Problem("undecidable_outcome", facts={"outcome": outcome})) from None


def ground_of(outcome: str, reason: str | None) -> Ground:
    """Why an application is refused, from the frozen outcome and its reason."""
    if outcome == Outcome.RESERVE:
        return Ground.FUNDS
    if reason is not None and reason.startswith(_SECTION):
        return Ground.SECTION
    return Ground(reason or "")


def missed_section(reason: str | None) -> str:
    """The code of the section whose threshold was missed, empty for another reason."""
    return reason.removeprefix(_SECTION) if reason and reason.startswith(_SECTION) else ""


@dataclass(frozen=True)
class Waiting:
    """An application on the reserve list; points exact, the wanted amount in fening."""

    application_id: int
    reference: str
    organisation_id: int
    lot: str
    position: int
    total: Fraction
    wanted: int


@dataclass(frozen=True)
class Freed:
    """What may be given again: an amount (fening) of one lot, or of all where they pool."""

    amount: int
    lot: str | None


@dataclass(frozen=True)
class Rules:
    """How the call allocates: what happens where the wanted amount does not fit (scoring.md 5)."""

    on_shortfall: str
    grant_min: int
    partial_min_share: Fraction
    # Applications that a limit of the call keeps from an award, by id.
    barred: Collection[int] = ()


@dataclass(frozen=True)
class Next:
    """Who gets what (fening) from the reserve list."""

    application_id: int
    amount: int


def next_from_reserve(waiting: Sequence[Waiting], freed: Freed, *, rules: Rules) -> Next | None:
    """Who is next by the frozen ranking, None where nobody fits.

    Within a lot by the position on its list; where lots pool, by exact total. Equal ones whose
    amounts do not fit together are never told apart silently: DomainError `reserve_tied`.
    """
    left = freed.amount
    for group in _groups(waiting, freed.lot, rules):
        if len(group) > 1 and sum(each.wanted for each in group) > left:
            names = ", ".join(each.reference for each in group)
            raise DomainError(Problem("reserve_tied", facts={"references": names}))
        first = group[0]
        if first.wanted <= left:
            return Next(first.application_id, first.wanted)
        if rules.on_shortfall == "partial" and _is_worth(left, first.wanted, rules):
            return Next(first.application_id, left)
        if rules.on_shortfall != "skip":
            return None
    return None


def _is_worth(left: int, wanted: int, rules: Rules) -> bool:
    return left > 0 and left >= rules.grant_min and left >= rules.partial_min_share * wanted


def _groups(waiting: Sequence[Waiting], lot: str | None, rules: Rules) -> list[list[Waiting]]:
    """Those who may get something, in order; equal ones together, by reference."""
    there = [
        each
        for each in waiting
        if lot in (None, each.lot) and each.application_id not in rules.barred
    ]

    def place(each: Waiting) -> Fraction:
        return -each.total if lot is None else Fraction(each.position)

    places = sorted({place(each) for each in there})
    by_reference = sorted(there, key=lambda each: each.reference)
    return [[each for each in by_reference if place(each) == value] for value in places]
