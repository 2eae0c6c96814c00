"""The cut and what it hangs on: points across it, and single sheets that would move it."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from grants.calls.rules.allocation import Leftover, Mode, Shortfall
from grants.evaluation.rules.scoring import Score, Scorer, ScoringTerms, Sheet
from grants.evaluation.rules.tally import PointTable
from grants.ranking.rules.inputs import Contender, Terms
from grants.ranking.rules.order import missed_threshold, order_key
from grants.ranking.rules.outcomes import Outcome, RankedApplication, RankingResult
from grants.ranking.rules.result import rank


@dataclass(frozen=True)
class Cut:
    """One lot's line of money: the last funded, the first not funded, and the points between."""

    lot: str
    last: str
    first: str
    gap: Fraction


@dataclass(frozen=True)
class Tip:
    """A sheet without which an outcome would be another; `others` are further ones that change."""

    application: str
    evaluator: str
    before: Outcome
    after: Outcome
    others: tuple[str, ...] = ()


def cuts(result: RankingResult) -> list[Cut]:
    """Every lot that has money on one side and a reserve on the other.

    The gap is below zero where the last funded has fewer points than one that was passed over.
    """
    found = []
    for lot in result.lots:
        there = [each for each in result.applications if each.lot == lot.code and each.rank]
        funded = [each for each in there if each.outcome is Outcome.AWARDED]
        waiting = [
            each for each in there if each.outcome in (Outcome.RESERVE, Outcome.TIE_UNRESOLVED)
        ]
        if funded and waiting:
            last, first = funded[-1], waiting[0]
            gap = _total(last) - _total(first)
            found.append(Cut(lot.code, last.reference, first.reference, gap))
    return found


def tips(
    contenders: Sequence[Contender],
    sheets: Mapping[str, Sequence[Sheet]],
    *,
    scoring: ScoringTerms,
    terms: Terms,
    table: PointTable | None = None,
) -> Iterator[Tip]:
    """Leave out one counted sheet after the other and see whose outcome changes.

    `sheets` are those that count, by reference. The least number of sheets is not asked of what
    is left; the only sheet of an application cannot be left out. Nothing is decided by this.
    """
    scorer = Scorer(replace(scoring, min_reviews=1, divergence_limit=None), table=table)
    field = _Field(contenders, terms)
    for contender in sorted(contenders, key=lambda each: each.reference):
        own = sheets.get(contender.reference, ())
        if contender.scored is None or len(own) < 2:
            continue
        for left_out in own:
            score = scorer.score(sheet for sheet in own if sheet is not left_out)
            if score is not None:
                yield from _tip(field, contender, score, left_out.evaluator)


def _tip(field: "_Field", contender: Contender, score: Score, evaluator: str) -> Iterator[Tip]:
    if field.is_out_of_reach(contender, score):
        return
    changed = field.changed_by(contender, score)
    if changed:
        reference = contender.reference
        others = tuple(sorted(changed.keys() - {reference}))
        before = field.outcomes[reference]
        yield Tip(reference, evaluator, before, changed.get(reference, before), others)


class _Field:
    """The ranking as it is, and quick answers about what one other total would change."""

    def __init__(self, contenders: Sequence[Contender], terms: Terms) -> None:
        self._contenders = contenders
        self._terms = terms
        self._key = order_key(terms)
        ranked = rank(contenders, terms=terms).applications
        self.outcomes = {each.reference: each.outcome for each in ranked}
        self._ranked = {each.reference: each for each in ranked}
        by_reference = {each.reference: each for each in contenders}
        self._lots: dict[str, list[Contender]] = {}
        for each in ranked:
            if each.rank is not None:
                self._lots.setdefault(each.lot, []).append(by_reference[each.reference])
        self._keys = {lot: [self._key(one) for one in own] for lot, own in self._lots.items()}

    def changed_by(self, contender: Contender, score: Score) -> dict[str, Outcome]:
        """The new outcomes, of those only that change, with this score in place of the own."""
        other = replace(contender, score=score)
        contenders = [other if each is contender else each for each in self._contenders]
        found = rank(contenders, terms=self._terms).applications
        return {
            each.reference: each.outcome
            for each in found
            if each.outcome is not self.outcomes[each.reference]
        }

    def is_out_of_reach(self, contender: Contender, score: Score) -> bool:
        """Whether no outcome can change, without ranking again; False where that is not sure.

        Sure is: below a threshold with both scores; or, walking down the order, a move that only
        passes applications paid in full, or only such as wait after the walk has stopped.
        """
        old = contender.score
        if old is None:
            return True
        is_above = missed_threshold(score, self._terms) is None
        was_above = missed_threshold(old, self._terms) is None
        if not is_above and not was_above:
            return True
        if is_above != was_above or self._terms.allocation.mode is not Mode.RANKED_CUTOFF:
            return False
        return self._is_safe_move(contender, replace(contender, score=score))

    def _is_safe_move(self, contender: Contender, moved: Contender) -> bool:
        keys, lot = self._keys[contender.lot], self._lots[contender.lot]
        old, new = self._key(contender), self._key(moved)
        if self._has(keys, old, least=2) or (new != old and self._has(keys, new, least=1)):
            return False  # a tie is looked at as a whole
        start, end = sorted((bisect_left(keys, old), bisect_left(keys, new)))
        passed = lot[start : end + 1]
        return (
            self._are_paid(passed)
            or self._are_waiting(passed, lot)
            or self._is_alone(contender, passed)
        )

    def _has(self, keys: Sequence[Any], key: Any, *, least: int) -> bool:
        at = bisect_left(keys, key)
        return keys[at : at + least].count(key) >= least

    def _are_paid(self, passed: Sequence[Contender]) -> bool:
        return all(
            self._of(each).outcome is Outcome.AWARDED
            and not self._of(each).is_from_pool
            and self._of(each).amount == each.wanted
            for each in passed
        )

    def _are_waiting(self, passed: Sequence[Contender], lot: Sequence[Contender]) -> bool:
        """Where nobody passed gets money, none of them sees other money or limits than before.

        Whoever stands behind the place where the walk stopped was never tried, so that place
        itself must not be passed.
        """
        allocation = self._terms.allocation
        if allocation.leftover is Leftover.POOL or not all(
            self._is_unpaid(each) for each in passed
        ):
            return False
        if allocation.on_shortfall is Shortfall.SKIP:
            return True
        stopped = next((at for at, each in enumerate(lot) if self._is_stop(each)), len(lot))
        after = {each.reference for each in lot[stopped + 1 :]}
        return all(each.reference in after for each in passed)

    def _is_alone(self, contender: Contender, passed: Sequence[Contender]) -> bool:
        """Paid in full past others paid in full or refused by a limit, none of its organisation.

        Then every limit is looked at as before, and the money lasts as it did.
        """
        others = [each for each in passed if each.reference != contender.reference]
        is_apart = all(each.organisation != contender.organisation for each in others)
        return (
            is_apart
            and self._are_paid([contender])
            and all(
                self._are_paid([each]) or self._of(each).outcome is Outcome.REFUSED_LIMIT
                for each in others
            )
        )

    def _is_unpaid(self, contender: Contender) -> bool:
        return self._of(contender).outcome in (Outcome.RESERVE, Outcome.REFUSED_LIMIT)

    def _is_stop(self, contender: Contender) -> bool:
        """Where the walk stopped: the first that waits, is tied, or was paid in part."""
        ranked = self._of(contender)
        if ranked.outcome is Outcome.AWARDED:
            return ranked.amount < contender.wanted
        return ranked.outcome in (Outcome.RESERVE, Outcome.TIE_UNRESOLVED)

    def _of(self, contender: Contender) -> RankedApplication:
        return self._ranked[contender.reference]


def _total(ranked: RankedApplication) -> Fraction:
    return ranked.total or Fraction(0)
