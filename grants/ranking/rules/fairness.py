"""How members score against each other, and what the order would be without their habits.

Nothing here changes a score: the figures are for the chair to ask questions by. Square roots are
taken to a millionth of a point, down, so that the same sheets always give the same figures.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, lcm
from typing import TypeVar

from grants.evaluation.rules.scoring import Sheet

# With fewer sheets a member's mean and spread say more of the applications than of the member.
FEWEST = 5
_PARTS = 1_000_000
Key = TypeVar("Key", int, str)


@dataclass(frozen=True)
class Total:
    """The points one member gave to one application in all, exact."""

    application: int
    member: str
    points: Fraction


@dataclass(frozen=True)
class Habits:
    """One member against the others on the same applications; points.

    `others` is the mean of what the others gave where they scored the same, None where nobody
    did; `apart` how much more (or less) the member gave on those.
    """

    member: str
    sheets: int
    mean: Fraction
    spread: Fraction
    lowest: Fraction
    highest: Fraction
    others: Fraction | None = None
    apart: Fraction | None = None

    @property
    def is_few(self) -> bool:
        """Whether there are too few sheets to say anything."""
        return self.sheets < FEWEST


@dataclass(frozen=True)
class Levelled:
    """Totals by application with each member's habits taken out; none where sheets are few."""

    totals: Mapping[int, Fraction]
    too_few: Mapping[str, int]


def counted(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets that enter means: valid, and not replaced by a consensus."""
    valid = [sheet for sheet in sheets if sheet.is_valid]
    settled = {sheet.application for sheet in valid if sheet.is_consensus}
    return [sheet for sheet in valid if sheet.application not in settled]


def habits(totals: Sequence[Total]) -> list[Habits]:
    """Every member's figures, by key."""
    by_application = _by(totals, lambda each: each.application)
    by_member = _by(totals, lambda each: each.member)
    return [_habits(key, by_member[key], by_application) for key in sorted(by_member)]


def levelled(totals: Sequence[Total]) -> Levelled:
    """Each sheet as so many spreads from its member's mean, put back on the scale of all.

    Only where every member has at least `FEWEST` sheets: the short sample of one would move the
    applications of all others.
    """
    by_member = _by(totals, lambda each: each.member)
    few = {key: len(own) for key, own in sorted(by_member.items()) if len(own) < FEWEST}
    if few or not totals:
        return Levelled({}, few)
    means = {key: mean([each.points for each in own]) for key, own in by_member.items()}
    spreads = {key: deviation([each.points for each in own]) for key, own in by_member.items()}
    points = [each.points for each in totals]
    centre, width = mean(points), deviation(points)
    # Away from the own mean in own spreads, put back on the scale of all: a line for each member.
    slopes = {key: width / each if each else Fraction(0) for key, each in spreads.items()}
    shifts = {key: centre - means[key] * slope for key, slope in slopes.items()}
    found: dict[int, list[Fraction]] = {}
    for each in totals:
        value = each.points * slopes[each.member] + shifts[each.member]
        found.setdefault(each.application, []).append(value)
    return Levelled({key: mean(values) for key, values in found.items()}, {})


def places(totals: Mapping[int, Fraction]) -> dict[int, int]:
    """The rank of each application by its total; equal ones share it: 1, 2, 2, 4."""
    ordered = sorted(totals, key=lambda each: (-totals[each], each))
    first: dict[Fraction, int] = {}
    for number, key in enumerate(ordered, start=1):
        first.setdefault(totals[key], number)
    return {key: first[totals[key]] for key in ordered}


def mean(values: Sequence[Fraction]) -> Fraction:
    """The exact mean."""
    parts, size = _in_parts(values)
    return Fraction(sum(parts), size * len(parts))


def deviation(values: Sequence[Fraction]) -> Fraction:
    """The standard deviation over all values, to a millionth, down."""
    parts, size = _in_parts(values)
    number = len(parts)
    squared = number * sum(each * each for each in parts) - sum(parts) ** 2
    return Fraction(isqrt(squared * _PARTS**2 // (number * size) ** 2), _PARTS)


def _in_parts(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """The values as whole numbers of one common part, and how many parts make one.

    Adding thousands of fractions one by one would look for a common part each time.
    """
    size = lcm(*(each.denominator for each in values))
    return [each.numerator * (size // each.denominator) for each in values], size


def _habits(key: str, own: Sequence[Total], by_application: Mapping[int, list[Total]]) -> Habits:
    points = [each.points for each in own]
    shared: list[tuple[Fraction, Fraction]] = []
    for each in own:
        theirs = [one.points for one in by_application[each.application] if one.member != key]
        if theirs:
            shared.append((each.points, mean(theirs)))
    others = mean([theirs for _, theirs in shared]) if shared else None
    apart = mean([mine - theirs for mine, theirs in shared]) if shared else None
    return Habits(
        key, len(own), mean(points), deviation(points), min(points), max(points), others, apart
    )


def _by(totals: Iterable[Total], key: Callable[[Total], Key]) -> dict[Key, list[Total]]:
    found: dict[Key, list[Total]] = {}
    for each in totals:
        found.setdefault(key(each), []).append(each)
    return found
