"""Who scores what: by area, by hand, or shared out evenly by a min-cost flow.

The flow is networkx's. Applications that everybody may score alike (same area, same members kept
out, same sheets begun) are one node, so that 2,000 applications are a network of a few dozen
arcs. Costs are whole numbers: first the load is level, then whoever knows the area is preferred;
inside a group the pairs of members are varied. The same input always gives the same plan.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, pairwise

import networkx as nx

from grants.errors import Problem
from grants.i18n.script import fold

# One sheet more than level costs more than all expertise together could win.
_UNLEVEL, _UNKNOWN_AREA = 1000, 1
# So many steps a member in the first, broad pass.
_BROAD_STEPS = 40
_SOURCE, _SINK = "source", "sink"


class AssignmentMode(StrEnum):
    """How sheets are handed out; only `everybody` needs no row per sheet."""

    EVERYBODY = "everybody"
    BY_LOT = "by_lot"
    BY_HAND = "by_hand"
    AUTOMATIC = "automatic"


class Why(StrEnum):
    """Why a member got an application."""

    BEGUN = "begun"
    KNOWS_AREA = "knows_area"
    LEVEL = "level"
    OF_LOT = "of_lot"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class Reviewer:
    """A member who scores, by key; `expertise` are codes of lots and words."""

    key: str
    expertise: tuple[str, ...] = ()

    def knows(self, case: "Case") -> bool:
        """Whether the member knows the area of an application."""
        text = f" {case.text} "
        return any(
            word == case.lot or (len(word) > 2 and f" {fold(word)}" in text)
            for word in self.expertise
        )


@dataclass(frozen=True)
class Case:
    """An application to hand out: who may not score it, whose sheets on it are begun.

    `text` is its title, folded, where words of expertise are looked for; `done` are the members
    on whose seat somebody signed it before.
    """

    reference: str
    lot: str = ""
    text: str = ""
    barred: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()

    @property
    def kept_out(self) -> frozenset[str]:
        """To whom it is not handed out."""
        return self.barred | self.done


@dataclass(frozen=True)
class Given:
    """One sheet handed out, and why this member."""

    reference: str
    member: str
    why: Why


@dataclass(frozen=True)
class Plan:
    """Who scores what, and what cannot be: problems with the reference as their place."""

    given: tuple[Given, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def loads(self) -> Counter[str]:
        """How many sheets each member has."""
        return Counter(each.member for each in self.given)

    def members_of(self, reference: str) -> list[Given]:
        """Who scores one application."""
        return [each for each in self.given if each.reference == reference]


def plan_automatic(
    reviewers: Sequence[Reviewer], cases: Sequence[Case], *, sheets_each: int
) -> Plan:
    """`sheets_each` members for every application, begun sheets among them, loads level.

    Nobody gets an application one is kept out of. Where fewer members are left than wanted, all of
    them get it and problem `too_few_members` says so.
    """
    by_key = {each.key: each for each in sorted(reviewers, key=lambda each: each.key)}
    groups = _groups(list(by_key.values()), cases, sheets_each)
    begun = _begun(cases)
    shares = _share_out(groups, list(by_key.values()), Counter(each.member for each in begun))
    given = list(begun)
    met: Counter[frozenset[str]] = Counter()
    for case in cases:
        met.update(_pairs(case.begun))
    for group in groups:
        given += _fill(group, dict(shares.get(group.name, {})), met)
    return Plan(tuple(sorted(given, key=_order)), tuple(_too_few(groups)))


def plan_by_lot(
    lots_of: Mapping[str, Iterable[str]], cases: Sequence[Case], *, min_reviews: int
) -> Plan:
    """Every member scores all applications of the lots (codes) that are the member's.

    Problem `too_few_members` where fewer than `min_reviews` are left for an application.
    """
    members = {key: frozenset(lots) for key, lots in sorted(lots_of.items())}
    given = list(_begun(cases))
    for case in cases:
        given += [
            Given(case.reference, key, Why.OF_LOT)
            for key, lots in members.items()
            if case.lot in lots and key not in case.kept_out | case.begun
        ]
    plan = Plan(tuple(sorted(given, key=_order)))
    return Plan(plan.given, tuple(short_of(plan, cases, wanted=min_reviews)))


def short_of(plan: Plan, cases: Sequence[Case], *, wanted: int) -> list[Problem]:
    """The applications with fewer sheets handed out than `wanted`: `too_few_members`."""
    counted = Counter(each.reference for each in plan.given)
    return [
        _short(case.reference, counted[case.reference], wanted)
        for case in cases
        if counted[case.reference] < wanted
    ]


@dataclass(frozen=True)
class _Group:
    """Applications that are alike for everybody, `wanted` sheets still to hand out for each."""

    name: str
    cases: tuple[Case, ...]
    wanted: int
    asked: int
    allowed: tuple[str, ...]
    knowing: frozenset[str] = field(default_factory=frozenset)


def _groups(reviewers: Sequence[Reviewer], cases: Sequence[Case], sheets_each: int) -> list[_Group]:
    alike: dict[tuple[str, ...], list[Case]] = {}
    for case in sorted(cases, key=lambda each: each.reference):
        free = [each for each in reviewers if each.key not in case.kept_out | case.begun]
        allowed = tuple(each.key for each in free)
        knowing = tuple(each.key for each in free if each.knows(case))
        asked = max(0, sheets_each - len(case.begun))
        key = ("|".join(allowed), "|".join(knowing), str(asked))
        alike.setdefault(key, []).append(case)
    return [
        _Group(
            name=f"group {number}",
            cases=tuple(found),
            wanted=min(int(key[2]), len(key[0].split("|")) if key[0] else 0),
            asked=int(key[2]),
            allowed=tuple(key[0].split("|")) if key[0] else (),
            knowing=frozenset(key[1].split("|")) if key[1] else frozenset(),
        )
        for number, (key, found) in enumerate(sorted(alike.items()))
    ]


def _share_out(
    groups: Sequence[_Group], reviewers: Sequence[Reviewer], begun: Counter[str]
) -> dict[str, dict[str, int]]:
    """How many applications of each group each member gets.

    The cost of a load is convex, so a solution that touches no edge of the window in which every
    single sheet has its own step is the best there is: first the whole range in broad steps, then
    windows around what came out, moved until none is touched.
    """
    most = {each.key: _most_of(each.key, groups) for each in reviewers}
    total = sum(group.wanted * len(group.cases) for group in groups)
    width = max(1, total // (_BROAD_STEPS * max(1, len(reviewers))))
    shares = _flow(groups, {key: range(0, most[key] + 1, width) for key in most}, most, begun)
    reach, is_touched = width * (len(reviewers) + 1), width > 1
    while is_touched:
        loads = _loads(shares, most)
        windows = {
            key: range(max(0, load - reach), min(most[key], load + reach) + 1)
            for key, load in loads.items()
        }
        shares = _flow(groups, windows, most, begun)
        is_touched = any(
            (load == windows[key][0] > 0) or (load == windows[key][-1] < most[key])
            for key, load in _loads(shares, most).items()
        )
    return shares


def _flow(
    groups: Sequence[_Group],
    steps: Mapping[str, range],
    most: Mapping[str, int],
    begun: Mapping[str, int],
) -> dict[str, dict[str, int]]:
    """The min-cost flow from the groups over the members; `steps` are where a load's cost rises."""
    network = nx.MultiDiGraph()
    total = sum(group.wanted * len(group.cases) for group in groups)
    network.add_node(_SOURCE, demand=-total)
    network.add_node(_SINK, demand=total)
    for group in groups:
        network.add_edge(_SOURCE, group.name, capacity=group.wanted * len(group.cases), weight=0)
        for key in group.allowed:
            cost = 0 if key in group.knowing else _UNKNOWN_AREA
            network.add_edge(group.name, key, capacity=len(group.cases), weight=cost)
    for key, limit in most.items():
        network.add_node(key)
        for low, high in pairwise((0, *steps[key][1 if steps[key][0] == 0 else 0 :], limit)):
            weight = (begun.get(key, 0) + low) * _UNLEVEL
            network.add_edge(key, _SINK, capacity=high - low, weight=weight)
    flow = nx.min_cost_flow(network)
    return {
        group.name: {key: sum(arcs.values()) for key, arcs in flow[group.name].items()}
        for group in groups
    }


def _loads(shares: Mapping[str, Mapping[str, int]], keys: Iterable[str]) -> dict[str, int]:
    return {key: sum(share.get(key, 0) for share in shares.values()) for key in keys}


def _most_of(key: str, groups: Iterable[_Group]) -> int:
    return sum(len(group.cases) for group in groups if key in group.allowed and group.wanted)


def _fill(group: _Group, shares: dict[str, int], met: Counter[frozenset[str]]) -> list[Given]:
    """Who of a group scores which of its applications; colleagues take turns.

    A member whose share is as large as what is left must be taken, or the share would not fit.
    """
    given = []
    for place, case in enumerate(group.cases):
        left = len(group.cases) - place
        chosen = [key for key in sorted(shares) if shares[key] == left and left > 0]
        while len(chosen) < group.wanted:
            beside = [*chosen, *case.begun]
            chosen.append(
                min(
                    (key for key in shares if shares[key] > 0 and key not in chosen),
                    key=lambda key: (_met(met, key, beside), -shares[key], key),
                )
            )
        for key in chosen:
            shares[key] -= 1
            why = Why.KNOWS_AREA if key in group.knowing else Why.LEVEL
            given.append(Given(case.reference, key, why))
        met.update(_pairs([*chosen, *case.begun]))
    return given


def _met(met: Counter[frozenset[str]], key: str, beside: Iterable[str]) -> int:
    return sum(met[frozenset((key, other))] for other in beside)


def _pairs(keys: Iterable[str]) -> Iterable[frozenset[str]]:
    return (frozenset(pair) for pair in combinations(sorted(keys), 2))


def _begun(cases: Iterable[Case]) -> list[Given]:
    return [Given(case.reference, key, Why.BEGUN) for case in cases for key in sorted(case.begun)]


def _too_few(groups: Iterable[_Group]) -> Iterable[Problem]:
    for group in groups:
        if group.wanted < group.asked:
            for case in group.cases:
                given = group.wanted + len(case.begun)
                yield _short(case.reference, given, group.asked + len(case.begun))


def _short(reference: str, given: int, wanted: int) -> Problem:
    return Problem("too_few_members", reference, {"count": given, "limit": wanted})


def _order(given: Given) -> tuple[str, str]:
    return given.reference, given.member
