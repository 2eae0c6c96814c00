"""The ranking of a call: every application with one outcome (scoring.md 3 to 6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grants.calls.rules.allocation import Leftover, Mode
from grants.ranking.rules import cutoff, proportional
from grants.ranking.rules.inputs import Contender, Lot, Terms
from grants.ranking.rules.limits import Ledger
from grants.ranking.rules.order import Group, in_order, missed_threshold, ranks
from grants.ranking.rules.outcomes import (
    Allotment,
    Allotments,
    Blocking,
    BlockingReason,
    LotResult,
    Outcome,
    PoolResult,
    RankedApplication,
    RankingResult,
)


@dataclass(frozen=True)
class _Standing:
    """One lot: its applications by reference, and those above the thresholds in order."""

    lot: Lot
    contenders: tuple[Contender, ...]
    groups: tuple[Group, ...]


def rank(contenders: Sequence[Contender], *, terms: Terms) -> RankingResult:
    """Rank and allocate a call; the order of the contenders makes no difference.

    Amounts in fening, points exact. References are unique, every contender's lot is one of the
    terms' lots (KeyError otherwise), every score holds every section.
    """
    allotments = _without_allocation(contenders, terms)
    standings = _standings(contenders, terms, ranked_out=allotments)
    ledger = Ledger(terms)
    lots = []
    for standing in standings:
        given = _allocate(standing, terms, ledger)
        allotments.update(given)
        awarded = sum(allotment.amount for allotment in given.values())
        lots.append(LotResult(standing.lot.code, standing.lot.envelope, awarded))
    pool = None
    from_pool: Allotments = {}
    if terms.allocation.leftover is Leftover.POOL:
        from_pool = _walk_pool(standings, lots, terms, allotments=allotments, ledger=ledger)
        allotments.update(from_pool)
        spent = sum(allotment.amount for allotment in from_pool.values())
        pool = PoolResult(sum(lot.left for lot in lots), spent)
    return RankingResult(
        applications=tuple(
            each for lot in standings for each in _ranked(lot, allotments, from_pool)
        ),
        lots=tuple(lots),
        pool=pool,
        blocking=tuple(sorted(_blocking(contenders, allotments))),
    )


def _without_allocation(contenders: Sequence[Contender], terms: Terms) -> Allotments:
    """Those who never come to the money: dismissed, not scored, below a threshold."""
    found: Allotments = {}
    for contender in contenders:
        if contender.is_dismissed:
            dismissed = Allotment(Outcome.DISMISSED, reason=contender.dismissal_reason)
            found[contender.reference] = dismissed
        elif contender.score is None:
            found[contender.reference] = Allotment(Outcome.NOT_SCORED)
        elif (reason := missed_threshold(contender.score, terms)) is not None:
            found[contender.reference] = Allotment(Outcome.REFUSED_THRESHOLD, reason=reason)
    return found


def _standings(
    contenders: Sequence[Contender], terms: Terms, *, ranked_out: Allotments
) -> list[_Standing]:
    by_lot: dict[str, list[Contender]] = {lot.code: [] for lot in terms.lots}
    for contender in sorted(contenders, key=lambda each: each.reference):
        by_lot[contender.lot].append(contender)
    standings = []
    for lot in terms.lots:
        there = by_lot[lot.code]
        above = [each for each in there if each.reference not in ranked_out]
        standings.append(_Standing(lot, tuple(there), tuple(in_order(above, terms=terms))))
    return standings


def _allocate(standing: _Standing, terms: Terms, ledger: Ledger) -> Allotments:
    groups, envelope = standing.groups, standing.lot.envelope
    if terms.allocation.mode is Mode.PROPORTIONAL:
        return proportional.share(groups, envelope=envelope, terms=terms, ledger=ledger)
    return cutoff.walk(groups, available=envelope, terms=terms, ledger=ledger)


def _walk_pool(
    standings: Sequence[_Standing],
    lots: Sequence[LotResult],
    terms: Terms,
    *,
    allotments: Allotments,
    ledger: Ledger,
) -> Allotments:
    """What the leftovers bring to the reserve applications of all lots, in one order.

    Not walked in a proportional call, nor while any lot has an unresolved tie.
    """
    unresolved = any(each.outcome is Outcome.TIE_UNRESOLVED for each in allotments.values())
    if unresolved or terms.allocation.mode is Mode.PROPORTIONAL:
        return {}
    reserve = [
        contender
        for standing in standings
        for contender in standing.contenders
        if allotments[contender.reference].outcome is Outcome.RESERVE
    ]
    available = sum(lot.left for lot in lots)
    groups = in_order(reserve, terms=terms)
    return cutoff.walk(groups, available=available, terms=terms, ledger=ledger)


def _ranked(
    standing: _Standing, allotments: Allotments, from_pool: Allotments
) -> Iterator[RankedApplication]:
    """The lot's applications as they are shown: by rank, then those without one."""
    rank_of = ranks(standing.groups)
    reserve = _reserve_positions(standing.groups, allotments)
    tied = {each.reference for group in standing.groups if len(group) > 1 for each in group}
    unranked = [each for each in standing.contenders if each.reference not in rank_of]
    for contender in [*(each for group in standing.groups for each in group), *unranked]:
        reference, score = contender.reference, contender.scored
        allotment = allotments[reference]
        yield RankedApplication(
            reference=reference,
            lot=contender.lot,
            outcome=allotment.outcome,
            amount=allotment.amount,
            reason=allotment.reason,
            rank=rank_of.get(reference),
            is_tied=reference in tied,
            reserve=reserve.get(reference),
            sections=score.sections if score else None,
            total=score.total if score else None,
            before=allotment.before,
            is_from_pool=allotment.outcome is Outcome.AWARDED and reference in from_pool,
        )


def _reserve_positions(groups: Sequence[Group], allotments: Allotments) -> dict[str, int]:
    """1 + how many reserve applications of the lot have a better rank: 1, 2, 2, 4."""
    waiting = [
        [each for each in group if allotments[each.reference].outcome is Outcome.RESERVE]
        for group in groups
    ]
    return ranks(waiting)


def _blocking(contenders: Sequence[Contender], allotments: Allotments) -> Iterator[Blocking]:
    for contender in contenders:
        outcome = allotments[contender.reference].outcome
        if outcome is Outcome.NOT_SCORED:
            yield Blocking(contender.reference, BlockingReason.NOT_SCORED)
        if outcome is Outcome.TIE_UNRESOLVED:
            yield Blocking(contender.reference, BlockingReason.TIE_UNRESOLVED)
        if contender.scored is not None and contender.scored.diverges:
            yield Blocking(contender.reference, BlockingReason.DIVERGENCE)
