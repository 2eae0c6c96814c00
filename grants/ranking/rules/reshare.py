"""Sharing by points again with one application moved, where that can change who gets anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import nsmallest
from itertools import chain

from grants.ranking.rules.inputs import Contender, Lot, Terms
from grants.ranking.rules.limits import Ledger
from grants.ranking.rules.lineup import Lineup, Move, limited, parts
from grants.ranking.rules.order import Group
from grants.ranking.rules.outcomes import Allotments, Outcome
from grants.ranking.rules.proportional import points, share


@dataclass(frozen=True)
class _Shared:
    """One lot as it was shared; `start` is the ledger before it.

    `is_final` where no amount of it can change what a later lot gives.
    """

    lot: Lot
    lineup: Lineup
    start: Ledger
    allotments: Allotments
    is_final: bool
    is_given_to_all: bool
    least_wanted: int
    total: Fraction = Fraction(0)
    lowest: tuple[Contender, ...] = field(default=())


class Reshare:
    """A call that shares its lots by points, ready to be shared again with one moved."""

    def __init__(
        self, contenders: Sequence[Contender], terms: Terms, *, places: Mapping[str, int]
    ) -> None:
        self._terms = terms
        self._limits = limited(contenders, terms)
        ranked = [each for each in contenders if each.reference in places]
        self._organisations = {
            lot.code: {
                each.organisation
                for each in contenders
                if each.lot == lot.code and each.organisation in self._limits
            }
            for lot in terms.lots
        }
        self._lots: list[_Shared] = []
        ledger = Ledger(terms, watched=self._limits)
        for lot in terms.lots:
            lineup = Lineup([each for each in ranked if each.lot == lot.code], places)
            start = ledger.copy()
            self._lots.append(self._shared(lot, lineup, start, ledger))

    def outcomes_after(self, move: Move) -> dict[str, Outcome]:
        """The outcome of everybody whom the move might give another, itself in an order or not."""
        at = next(n for n, each in enumerate(self._lots) if each.lot.code == move.before.lot)
        if self._is_alone(self._lots[at], move):
            return {move.after.reference: Outcome.AWARDED} if move.new is not None else {}
        shared = self._lots[at]
        ledger = shared.start.copy()
        groups = shared.lineup.with_span(shared.lineup.moved(move))
        found = self._share(groups, shared.lot, ledger)
        for number in range(at + 1, len(self._lots)):
            later = self._lots[number]
            if ledger.differing(later.start) & self._organisations[later.lot.code]:
                found.update(self._share(later.lineup.groups, later.lot, ledger))
            else:
                ledger = self._past(number, ledger)
        return {key: each.outcome for key, each in found.items()}

    def _past(self, number: int, ledger: Ledger) -> Ledger:
        """The ledger after a lot that gives what it gave, whatever else is in the ledger."""
        before = self._lots[number].start
        after = self._lots[number + 1].start if number + 1 < len(self._lots) else before
        return after.overlaid(ledger, ledger.differing(before))

    def _share(self, groups: Sequence[Group], lot: Lot, ledger: Ledger) -> Allotments:
        return share(self._parts(groups), envelope=lot.envelope, terms=self._terms, ledger=ledger)

    def _parts(self, groups: Sequence[Group]) -> list[Group]:
        return [part for group in groups for part in parts(group, terms=self._terms)]

    def _shared(self, lot: Lot, lineup: Lineup, start: Ledger, ledger: Ledger) -> _Shared:
        allotments = self._share(lineup.groups, lot, ledger)
        taking = [
            each
            for each in chain.from_iterable(lineup.groups)
            if allotments[each.reference].outcome is not Outcome.REFUSED_LIMIT
        ]
        codes = [each.code for each in self._terms.lots]
        later = codes[codes.index(lot.code) + 1 :]
        own = self._organisations[lot.code]
        return _Shared(
            lot,
            lineup,
            start,
            allotments,
            is_final=all(own.isdisjoint(self._organisations[each]) for each in later),
            is_given_to_all=all(
                allotments[each.reference].outcome is Outcome.AWARDED for each in taking
            ),
            least_wanted=min((each.wanted for each in taking), default=0),
            total=sum((points(each) for each in taking), Fraction(0)),
            lowest=tuple(nsmallest(2, taking, key=points)),
        )

    def _is_alone(self, shared: _Shared, move: Move) -> bool:
        """Whether all others surely keep their outcome, and this one gets money if it is in.

        Nobody's share is less than the envelope over all points, times the own points: caps only
        leave more to the others. Where that is a whole unit for the lowest, everyone gets some.
        """
        if move.before.organisation in self._limits or not self._may_stay(shared):
            return False
        own = move.before.reference
        there = [points(each) for each in shared.lowest if each.reference != own]
        total = shared.total
        if move.old is not None:
            total -= points(move.before)
        if move.new is not None:
            total += points(move.after)
            there.append(points(move.after))
        unit = self._terms.allocation.round_to
        is_enough = move.new is None or move.after.wanted >= unit
        least = min(there, default=Fraction(1))
        return is_enough and least > 0 and least * shared.lot.envelope >= unit * total

    def _may_stay(self, shared: _Shared) -> bool:
        has_units = shared.least_wanted >= self._terms.allocation.round_to or not shared.lowest
        return shared.is_final and shared.is_given_to_all and has_units
