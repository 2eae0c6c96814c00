"""Walking down the order until the money ends (scoring.md 5, `ranked_cutoff`)."""

from collections.abc import Iterable

from grants.calls.rules.allocation import Shortfall
from grants.ranking.rules.inputs import Contender, Terms
from grants.ranking.rules.limits import Ledger
from grants.ranking.rules.order import Group
from grants.ranking.rules.outcomes import Allotment, Allotments, Outcome

_RESERVE = Allotment(Outcome.RESERVE)


def walk(groups: Iterable[Group], *, available: int, terms: Terms, ledger: Ledger) -> Allotments:
    """Award down the order from the available fening; the ledger is written on."""
    walker = Walker(available, terms=terms, ledger=ledger)
    for group in groups:
        walker.reach(group)
    return walker.allotments


class Walker:
    """One walk: what remains, whether it has stopped, and what was decided on the way."""

    def __init__(self, available: int, *, terms: Terms, ledger: Ledger) -> None:
        self.allotments: Allotments = {}
        self.remains = available
        self.has_stopped = False
        self.ledger = ledger
        self._terms = terms

    def copy(self) -> "Walker":
        """A walker who goes on from here without consequences, nothing decided by it yet."""
        twin = Walker(self.remains, terms=self._terms, ledger=self.ledger.copy())
        twin.has_stopped = self.has_stopped
        return twin

    def reach(self, group: Group) -> None:
        """Decide on the applications of one rank."""
        left = self._within_limits(group)
        if self.has_stopped:
            self._decide(left, _RESERVE)
        elif len(left) == 1:
            self._single(left[0])
        else:
            self._tie(left)

    def _within_limits(self, group: Group) -> Group:
        """Those whom no limit refuses as things stand before the group."""
        left = []
        for contender in group:
            reason = self.ledger.refusal(contender)
            if reason is None:
                left.append(contender)
            else:
                before = self.ledger.amount_of(contender)
                refused = Allotment(Outcome.REFUSED_LIMIT, reason=reason, before=before)
                self.allotments[contender.reference] = refused
        return left

    def _single(self, contender: Contender) -> None:
        if contender.wanted <= self.remains:
            self._award(contender, contender.wanted)
            return
        shortfall = self._terms.allocation.on_shortfall
        self.has_stopped = shortfall is not Shortfall.SKIP
        if shortfall is Shortfall.PARTIAL and self._is_worth_it(contender):
            self._award(contender, self.remains)
        else:
            self._decide([contender], _RESERVE)

    def _is_worth_it(self, contender: Contender) -> bool:
        least = self._terms.allocation.partial_min_share * contender.wanted
        return 0 < self.remains >= self._terms.grant_min and self.remains >= least

    def _tie(self, left: Group) -> None:
        wanted = sum(contender.wanted for contender in left)
        if wanted > self.remains or not self.ledger.admits_all(left):
            self._decide(left, Allotment(Outcome.TIE_UNRESOLVED))
            self.has_stopped = True
            return
        for contender in left:
            self._award(contender, contender.wanted)

    def _award(self, contender: Contender, amount: int) -> None:
        self.ledger.award(contender, amount)
        self.remains -= amount
        self.allotments[contender.reference] = Allotment(Outcome.AWARDED, amount)

    def _decide(self, contenders: Group, allotment: Allotment) -> None:
        self.allotments.update({each.reference: allotment for each in contenders})
