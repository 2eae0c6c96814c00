"""Thresholds, order and ties (scoring.md 3 and 4)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from typing import Any

from grants.calls.rules.allocation import VOTE, Leftover
from grants.evaluation.rules.scoring import Score
from grants.ranking.rules.inputs import (
    REQUESTED_ASC,
    REQUESTED_DESC,
    SECTION,
    SUBMITTED_ASC,
    Contender,
    Terms,
)
from grants.ranking.rules.outcomes import Outcome, RankedApplication

_POOLED = (Outcome.RESERVE, Outcome.TIE_UNRESOLVED)
Group = list[Contender]
"""Applications that share one rank, by reference; a tie where there is more than one."""


def missed_threshold(score: Score, terms: Terms) -> str | None:
    """The first threshold not met (`section:<code>` or `total`), None where all are.

    Compared on exact values: 59.9967 fails 60.
    """
    for code, threshold in terms.section_thresholds:
        if score.sections[code] < threshold:
            return f"{SECTION}{code}"
    return "total" if score.total < terms.threshold_total else None


def in_order(contenders: Iterable[Contender], *, terms: Terms) -> list[Group]:
    """The scored applications as groups of one rank each, best first.

    By total, then by the tie breaks of the call. ValueError for a tie break nobody knows.
    """
    key = order_key(terms)
    # Inside a group the order shown is by reference; sorting is stable.
    by_reference = sorted(contenders, key=lambda each: each.reference)
    ordered = sorted(by_reference, key=key)
    return voted([list(group) for _, group in groupby(ordered, key=key)], terms=terms)


def tied_groups(
    contenders: Iterable[Contender], *, terms: Terms, ranked: Iterable[RankedApplication]
) -> list[list[str]]:
    """References equal in everything but a vote, best group first; [] where no vote is foreseen.

    Lot by lot; then across lots those whom the pool walks in one order, as `ranked` came out.
    """
    if VOTE not in terms.tie_breaks:
        return []
    asked = replace(terms, tie_votes=())
    scored = [
        each
        for each in contenders
        if each.scored is not None and missed_threshold(each.scored, asked) is None
    ]
    found = [
        group
        for lot in asked.lots
        for group in in_order((each for each in scored if each.lot == lot.code), terms=asked)
    ]
    if asked.allocation.leftover is Leftover.POOL:
        pooled = {each.reference for each in ranked if each.is_from_pool or each.outcome in _POOLED}
        together = in_order((each for each in scored if each.reference in pooled), terms=asked)
        found += [group for group in together if len({each.lot for each in group}) > 1]
    return [[each.reference for each in group] for group in found if len(group) > 1]


def voted(groups: Iterable[Group], *, terms: Terms) -> list[Group]:
    """The groups, those apart that a vote of the committee has put in order."""
    if VOTE not in terms.tie_breaks:
        return list(groups)
    place = {reference: number for number, reference in enumerate(terms.tie_votes)}
    return [part for group in groups for part in _voted(group, place)]


def order_key(terms: Terms) -> Callable[[Contender], tuple[Any, ...]]:
    """What scored applications are sorted by, a vote aside; equal keys are a tie."""
    keys = [_total, *(_key(name) for name in terms.tie_breaks if name != VOTE)]

    def key(contender: Contender) -> tuple[Any, ...]:
        return tuple(part(contender) for part in keys)

    return key


def ranks(groups: Sequence[Group]) -> dict[str, int]:
    """The rank of each application by reference; equal ones share it: 1, 2, 2, 4."""
    found: dict[str, int] = {}
    for group in groups:
        rank = len(found) + 1
        found.update({contender.reference: rank for contender in group})
    return found


def _voted(group: Group, place: dict[str, int]) -> list[Group]:
    """The group in the order of the vote, if the vote names every one of them."""
    if len(group) == 1 or any(each.reference not in place for each in group):
        return [group]
    return [[each] for each in sorted(group, key=lambda each: place[each.reference])]


def _key(name: str) -> Callable[[Contender], Any]:
    if name.startswith(SECTION):
        code = name.removeprefix(SECTION)
        return lambda contender: -_score(contender).sections[code]
    return _KEYS[name]


def _total(contender: Contender) -> Fraction:
    return -_score(contender).total


def _score(contender: Contender) -> Score:
    if contender.score is None:
        raise ValueError(f"{contender.reference} is not scored")
    return contender.score


_KEYS: dict[str, Callable[[Contender], Any]] = {
    REQUESTED_ASC: lambda contender: contender.requested,
    REQUESTED_DESC: lambda contender: -contender.requested,
    SUBMITTED_ASC: lambda contender: contender.submitted_at,
}
