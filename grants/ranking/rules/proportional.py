"""Sharing an envelope by points, capped at what is wanted (scoring.md 5, `proportional`)."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from grants.ranking.rules.inputs import Contender, Terms
from grants.ranking.rules.limits import Ledger
from grants.ranking.rules.order import Group
from grants.ranking.rules.outcomes import Allotment, Allotments, Outcome


def share(groups: Sequence[Group], *, envelope: int, terms: Terms, ledger: Ledger) -> Allotments:
    """Share the envelope (fening) among all that no limit refuses; the ledger is written on."""
    admitted, allotments = _admitted(groups, ledger)
    sharing = [contender for contender in admitted if points(contender) > 0]
    amounts = _amounts(sharing, envelope=envelope, round_to=terms.allocation.round_to)
    for contender in admitted:
        amount = amounts.get(contender.reference, 0)
        if amount > 0:
            ledger.award(contender, amount)
            allotments[contender.reference] = Allotment(Outcome.AWARDED, amount)
        else:  # no award: neither points nor money
            allotments[contender.reference] = Allotment(Outcome.RESERVE)
    return allotments


def _admitted(groups: Sequence[Group], ledger: Ledger) -> tuple[list[Contender], Allotments]:
    """Who stays within the limits, taken one after the other in the shown order.

    Within the lot the wanted amounts of those admitted so far count, whatever they get later.
    """
    provisional = ledger.copy()
    admitted: list[Contender] = []
    refused: Allotments = {}
    for contender in (each for group in groups for each in group):
        reason = provisional.refusal(contender)
        if reason is None:
            provisional.award(contender, contender.wanted)
            admitted.append(contender)
        else:
            before = provisional.amount_of(contender)
            refusal = Allotment(Outcome.REFUSED_LIMIT, reason=reason, before=before)
            refused[contender.reference] = refusal
    return admitted, refused


def _amounts(sharing: Sequence[Contender], *, envelope: int, round_to: int) -> dict[str, int]:
    """Whole multiples of `round_to` (fening) by reference, single units handed out in passes.

    `sharing` stands in the shown order: by rank, then by reference.
    """
    exact = _exact_shares(sharing, envelope)
    amounts = {reference: floor(part / round_to) * round_to for reference, part in exact.items()}
    to_give = min(envelope, sum(contender.wanted for contender in sharing))
    units = (to_give - sum(amounts.values())) // round_to
    # Sorting is stable: equal remainders stay in the shown order.
    takers = sorted(sharing, key=lambda each: amounts[each.reference] - exact[each.reference])
    while units > 0:
        takers = [each for each in takers if amounts[each.reference] + round_to <= each.wanted]
        if not takers:
            break
        for contender in takers[:units]:
            amounts[contender.reference] += round_to
        units -= len(takers[:units])
    return amounts


def _exact_shares(sharing: Sequence[Contender], envelope: int) -> dict[str, Fraction]:
    """The exact shares: F times p over the sum of p, capped, what caps free shared out again.

    Caps only ever raise what is left per point, so whoever wants least per point is capped first
    and one pass in that order ends where sharing out again and again would end.
    """
    shares: dict[str, Fraction] = {}
    left, weight = Fraction(envelope), sum((points(each) for each in sharing), Fraction(0))
    uncapped = sorted(sharing, key=lambda each: each.wanted / points(each))
    for number, contender in enumerate(uncapped):
        per_point = left / weight
        if per_point * points(contender) < contender.wanted:
            shares.update({each.reference: per_point * points(each) for each in uncapped[number:]})
            break
        shares[contender.reference] = Fraction(contender.wanted)
        left -= contender.wanted
        weight -= points(contender)
    return shares


def points(contender: Contender) -> Fraction:
    """What an envelope is shared by."""
    return contender.score.total if contender.score is not None else Fraction(0)
