"""Where one application would stand with another amount, all else being as it is."""

from collections.abc import Sequence
from dataclasses import replace

from grants.ranking.rules.changes import Standing
from grants.ranking.rules.inputs import Contender, Terms
from grants.ranking.rules.outcomes import Outcome
from grants.ranking.rules.result import rank


def corrected_standing(
    contenders: Sequence[Contender], *, terms: Terms, reference: str, amount: int | None
) -> Standing | None:
    """How the application comes out with this amount (fening), None for the one it has.

    None while another application waits for its sheets, for then no place is known. KeyError for
    a reference that is none of the contenders.
    """
    by_reference = {each.reference: each for each in contenders}
    own = by_reference[reference]
    if amount is not None:
        by_reference[reference] = replace(own, proposed=min(amount, own.requested))
    result = rank(list(by_reference.values()), terms=terms)
    if any(each.outcome is Outcome.NOT_SCORED for each in result.applications):
        return None
    found = next(each for each in result.applications if each.reference == reference)
    return Standing(found.outcome, found.rank, found.total, found.amount, found.reserve)
