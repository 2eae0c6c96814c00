"""Walking down the order again from where one application moved, as far as that makes a change.

The walk itself is that of `cutoff`. What has been kept of the first one says where it stood after
every so many groups: a second walk starts there, and ends where it stands as the first one did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grants.calls.rules.allocation import Leftover
from grants.ranking.rules.cutoff import Walker, walk
from grants.ranking.rules.inputs import Contender, Terms
from grants.ranking.rules.limits import Ledger
from grants.ranking.rules.lineup import Lineup, Move, Span, limited, parts
from grants.ranking.rules.outcomes import Allotment, Allotments, Outcome

# Each kept standing costs a copy of the ledger, each group walked twice some microseconds.
STRIDE = 32
NOWHERE = Span(0, 0, ())
_WAITS = Allotment(Outcome.RESERVE)


class Trail:
    """One walk as it was, with where it stood on the way."""

    def __init__(
        self, lineup: Lineup, walker: Walker, *, terms: Terms, stride: int, is_last: bool
    ) -> None:
        self.lineup = lineup
        self.end = walker
        self.organisations = {each.organisation for group in lineup.groups for each in group}
        self._terms = terms
        self._stride = stride
        self._is_last = is_last
        self._kept: list[Walker] = []
        self._stopped_at = len(lineup.groups) + 1
        for at, group in enumerate(lineup.groups):
            if at % stride == 0:
                self._kept.append(walker.copy())
            self._reach(walker, group)
            if walker.has_stopped:
                self._stopped_at = min(at + 1, self._stopped_at)
        self._kept.append(walker)
        self.start = self._kept[0]

    def moved(self, move: Move) -> Walker:
        """Walk again with an application moved, as `again` does."""
        if self.lineup.first_of(move) < self._stopped_at:
            return self.again(self.lineup.moved(move), since=None)
        # After a stop nothing is awarded, so that everybody passed is looked at as before.
        walker = self.end.copy()
        if move.new is not None:
            walker.reach([move.after])
        return self._as_ended(walker)

    def again(self, span: Span, *, since: Walker | None) -> Walker:
        """Walk with the span in place of what was there; what is decided otherwise or again.

        Starts as the first walk did, or `since`; the returned walker is `end` itself where both
        end alike, but for `allotments`, which are only those of the groups walked again.
        """
        first = 0 if since else span.start // self._stride * self._stride
        walker = since or self._kept[first // self._stride].copy()
        groups = self.lineup.groups
        for group in (*groups[first : span.start], *span.groups):
            self._reach(walker, group)
        for at in range(span.end, len(groups)):
            is_kept = at % self._stride == 0
            if is_kept and self._is_alike(walker, self._kept[at // self._stride]):
                return self._as_ended(walker)
            self._reach(walker, groups[at])
        return self._as_ended(walker) if self._is_alike(walker, self.end) else walker

    def _as_ended(self, walker: Walker) -> Walker:
        ended = Walker(self.end.remains, terms=self._terms, ledger=self.end.ledger)
        ended.allotments = walker.allotments
        return ended

    def _reach(self, walker: Walker, group: Sequence[Contender]) -> None:
        for part in parts(list(group), terms=self._terms):
            walker.reach(part)

    def _is_alike(self, one: Walker, other: Walker) -> bool:
        """Whether both decide alike from here on; what is left after a stop may go to a pool."""
        is_settled = one.has_stopped and self._is_last
        return (
            one.has_stopped == other.has_stopped
            and (is_settled or one.remains == other.remains)
            and not one.ledger.differing(other.ledger)
        )


class _Carried:
    """What a changed lot hands on to the later ones: figures of organisations, and money left."""

    def __init__(self, walker: Walker, trail: Trail) -> None:
        self.found = walker.allotments
        self.ledger = walker.ledger
        self.changed = walker.ledger.differing(trail.end.ledger)
        self.more = walker.remains - trail.end.remains

    def into(self, later: Trail) -> None:
        """Walk a later lot again where an organisation of it stands otherwise than it did."""
        if self.changed.isdisjoint(later.organisations):
            return
        since = later.start.copy()
        since.ledger = since.ledger.overlaid(self.ledger, self.changed)
        walker = later.again(NOWHERE, since=since)
        self.found.update(walker.allotments)
        self.ledger = walker.ledger
        self.changed = walker.ledger.differing(later.end.ledger)
        self.more += walker.remains - later.end.remains


@dataclass(frozen=True)
class _Lots:
    """What is decided in the lots with a move made, and what the pool would start from.

    `ledger` is None where the pool would start as it did.
    """

    found: Allotments
    ledger: Ledger | None = None
    remains: int = 0


class Rewalk:
    """A call that awards down its order, ready to be walked again with one application moved."""

    def __init__(
        self,
        contenders: Sequence[Contender],
        terms: Terms,
        *,
        places: Mapping[str, int],
        stride: int = STRIDE,
    ) -> None:
        self._terms = terms
        self._places = places
        self._stride = stride
        self._ranked = {each.reference: each for each in contenders if each.reference in places}
        self._trails: dict[str, Trail] = {}
        self._decided: Allotments = {}
        self._walk_lots(Ledger(terms, watched=limited(contenders, terms)))
        self._remains = sum(trail.end.remains for trail in self._trails.values())
        self._tied = self._with(Outcome.TIE_UNRESOLVED)
        self._reserve = self._with(Outcome.RESERVE)
        self._pool = None if self._tied or not self._has_pool() else self._first_pool()
        self._pooled = self._pool.end.allotments if self._pool else {}

    def outcomes_after(self, move: Move) -> dict[str, Outcome]:
        """The outcome of everybody whom the move might give another, itself in an order or not."""
        lots = self._lots_after(move)
        if not self._has_pool():
            return {reference: each.outcome for reference, each in lots.found.items()}
        pool = self._pool_after(move, lots)
        touched = lots.found.keys() | pool.keys()
        if move.new is None:
            touched -= {move.before.reference}
        return {each: self._decided_after(each, lots, pool).outcome for each in touched}

    def _walk_lots(self, ledger: Ledger) -> None:
        for lot in self._terms.lots:
            there = [each for each in self._ranked.values() if each.lot == lot.code]
            walker = Walker(lot.envelope, terms=self._terms, ledger=ledger.copy())
            trail = self._trail(Lineup(there, self._places), walker, is_last=not self._has_pool())
            self._trails[lot.code], ledger = trail, trail.end.ledger
            self._decided.update(trail.end.allotments)

    def _trail(self, lineup: Lineup, walker: Walker, *, is_last: bool) -> Trail:
        return Trail(lineup, walker, terms=self._terms, stride=self._stride, is_last=is_last)

    def _with(self, outcome: Outcome) -> frozenset[str]:
        return frozenset(key for key, each in self._decided.items() if each.outcome is outcome)

    def _has_pool(self) -> bool:
        return self._terms.allocation.leftover is Leftover.POOL

    def _first_pool(self) -> Trail:
        last = self._trails[self._terms.lots[-1].code]
        walker = Walker(self._remains, terms=self._terms, ledger=last.end.ledger.copy())
        reserve = [self._ranked[each] for each in self._reserve]
        return self._trail(Lineup(reserve, self._places), walker, is_last=True)

    def _lots_after(self, move: Move) -> _Lots:
        """Walk the lot of the move, and of the later ones those in which it changes a limit."""
        codes = list(self._trails)
        trail = self._trails[move.before.lot]
        carried = _Carried(trail.moved(move), trail)
        for code in codes[codes.index(move.before.lot) + 1 :]:
            carried.into(self._trails[code])
        if not carried.changed and not carried.more:
            return _Lots(carried.found)
        ledger = self._trails[codes[-1]].end.ledger.overlaid(carried.ledger, carried.changed)
        return _Lots(carried.found, ledger, self._remains + carried.more)

    def _pool_after(self, move: Move, lots: _Lots) -> Mapping[str, Allotment]:
        """What the pool decides with the move made, on everybody it might decide otherwise on."""
        own = move.before.reference
        reserve = _after(self._reserve, move, lots, outcome=Outcome.RESERVE)
        if _after(self._tied, move, lots, outcome=Outcome.TIE_UNRESOLVED):
            return dict.fromkeys(self._pooled, _WAITS)  # with a tie the pool is not walked
        if self._pool is None or lots.ledger is not None or not reserve ^ self._reserve <= {own}:
            return self._fresh_pool(move, lots, reserve)
        old = move.old if own in self._reserve else None
        pooled = replace(move, old=old, new=move.new if own in reserve else None)
        return self._pool.moved(pooled).allotments if pooled.places else {}

    def _fresh_pool(
        self, move: Move, lots: _Lots, reserve: frozenset[str]
    ) -> Mapping[str, Allotment]:
        last = self._trails[self._terms.lots[-1].code].end
        ledger = (lots.ledger or last.ledger).copy()
        remains = self._remains if lots.ledger is None else lots.remains
        places, ranked = self._places, self._ranked
        if move.new is not None:
            own = move.after.reference
            places, ranked = {**places, own: move.new}, {**ranked, own: move.after}
        lineup = Lineup([ranked[each] for each in reserve], places)
        groups = (part for group in lineup.groups for part in parts(group, terms=self._terms))
        return walk(groups, available=remains, terms=self._terms, ledger=ledger)

    def _decided_after(self, key: str, lots: _Lots, pool: Mapping[str, Allotment]) -> Allotment:
        decided = lots.found.get(key) or self._decided[key]
        if decided.outcome is not Outcome.RESERVE:
            return decided
        return pool.get(key) or self._pooled.get(key) or decided


def _after(keys: frozenset[str], move: Move, lots: _Lots, *, outcome: Outcome) -> frozenset[str]:
    """The keys, were there those that have this outcome in the lots before the move."""
    gone = lots.found.keys() if move.new is not None else {*lots.found, move.before.reference}
    joined = {key for key, each in lots.found.items() if each.outcome is outcome}
    return (keys - gone) | joined
