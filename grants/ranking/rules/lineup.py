"""Who stands where in an order, and what of it is another when one application moves."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grants.ranking.rules.inputs import Contender, Terms
from grants.ranking.rules.order import Group, missed_threshold, order_key, voted


class Places:
    """Whole numbers in place of totals and tie breaks: quick to compare, equal for a tie.

    A key that nobody had gets a number between its neighbours.
    """

    def __init__(self, contenders: Iterable[Contender], terms: Terms) -> None:
        self._terms = terms
        self._key = order_key(terms)
        self._keys: list[Any] = sorted(
            {self._key(each) for each in contenders if self._is_ranked(each)}
        )

    def of(self, contender: Contender) -> int | None:
        """The number of its place, best first; None for one that never comes to the money."""
        if not self._is_ranked(contender):
            return None
        key = self._key(contender)
        at = bisect_left(self._keys, key)
        is_known = at < len(self._keys) and self._keys[at] == key
        return 2 * at + (1 if is_known else 0)

    def _is_ranked(self, contender: Contender) -> bool:
        score = contender.scored
        return score is not None and missed_threshold(score, self._terms) is None


@dataclass(frozen=True)
class Span:
    """Between two positions (end excluded) an order has these groups in place of its own."""

    start: int
    end: int
    groups: Sequence[Group]


@dataclass(frozen=True)
class Move:
    """An application leaves its place and comes back elsewhere; None where it is in no order."""

    before: Contender
    after: Contender
    old: int | None
    new: int | None

    @property
    def places(self) -> list[int]:
        """The places it touches."""
        return [each for each in (self.old, self.new) if each is not None]


class Lineup:
    """Applications in order; those of one group share a total and every tie break but a vote."""

    def __init__(self, contenders: Iterable[Contender], places: Mapping[str, int]) -> None:
        grouped: dict[int, Group] = {}
        for contender in sorted(contenders, key=lambda each: each.reference):
            grouped.setdefault(places[contender.reference], []).append(contender)
        self._places = sorted(grouped)
        self.groups: list[Group] = [grouped[place] for place in self._places]

    def first_of(self, move: Move) -> int:
        """The position of the first group that a move touches; it touches at least one place."""
        return bisect_left(self._places, min(move.places))

    def moved(self, move: Move) -> Span:
        """What changes in the order with this move; it touches at least one place."""
        start = self.first_of(move)
        end = bisect_right(self._places, max(move.places))
        passed = dict(zip(self._places[start:end], self.groups[start:end], strict=True))
        if move.old is not None:
            gone = move.before.reference
            passed[move.old] = [each for each in passed[move.old] if each.reference != gone]
        if move.new is not None:
            joined = [*passed.get(move.new, ()), move.after]
            passed[move.new] = sorted(joined, key=lambda each: each.reference)
        return Span(start, end, [passed[place] for place in sorted(passed) if passed[place]])

    def with_span(self, span: Span) -> list[Group]:
        """All groups with the move made."""
        return [*self.groups[: span.start], *span.groups, *self.groups[span.end :]]


def parts(group: Group, *, terms: Terms) -> Sequence[Group]:
    """A group as the walk meets it: one rank each, apart where a vote has put them in order."""
    return [group] if len(group) == 1 else voted([group], terms=terms)


def limited(contenders: Iterable[Contender], terms: Terms) -> frozenset[str]:
    """The organisations that a limit could ever refuse, were all they ask for awarded."""
    number: dict[str, int] = {}
    amount = dict(terms.prior_awards)
    for each in contenders:
        if each.scored is not None:
            number[each.organisation] = number.get(each.organisation, 0) + 1
            amount[each.organisation] = amount.get(each.organisation, 0) + each.wanted
    most, cap = terms.awards_per_organisation, terms.organisation_cap
    return frozenset(
        each
        for each in number
        if (most is not None and number[each] > most) or (cap is not None and amount[each] > cap)
    )
