"""The same scores under another envelope or rule: what may differ, and what comes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from grants.calls.rules.allocation import Leftover, Mode, Shortfall
from grants.errors import Problem
from grants.ranking.rules.inputs import Lot, Terms

LONGEST_NAME, MOST = 80, 12


@dataclass(frozen=True)
class Changes:
    """What differs from the call; envelopes in fening by lot, None where the call's rule stays.

    Thresholds, tie breaks and limits are not here: without them scores would mean something else.
    """

    envelopes: Mapping[str, int] = field(default_factory=dict)
    mode: Mode | None = None
    on_shortfall: Shortfall | None = None
    partial_min_share: Fraction | None = None
    leftover: Leftover | None = None

    @property
    def is_of_rules(self) -> bool:
        """Whether a rule differs, not only money."""
        rules = (self.mode, self.on_shortfall, self.partial_min_share, self.leftover)
        return any(each is not None for each in rules)


@dataclass(frozen=True)
class Gain:
    """What one application gets officially and in a scenario, in fening."""

    reference: str
    official: int
    imagined: int


def changes_from(asked: Changes, terms: Terms) -> Changes:
    """What of the asked really differs from the call."""
    envelopes = {lot.code: lot.envelope for lot in terms.lots}
    own = terms.allocation
    return Changes(
        {
            code: amount
            for code, amount in asked.envelopes.items()
            if code in envelopes and amount != envelopes[code]
        },
        mode=None if asked.mode == own.mode else asked.mode,
        on_shortfall=None if asked.on_shortfall == own.on_shortfall else asked.on_shortfall,
        partial_min_share=None
        if asked.partial_min_share == own.partial_min_share
        else asked.partial_min_share,
        leftover=None if asked.leftover == own.leftover else asked.leftover,
    )


def applied(changes: Changes, terms: Terms) -> Terms:
    """The call's terms with the changes; everything else as the call says."""
    lots = tuple(Lot(lot.code, changes.envelopes.get(lot.code, lot.envelope)) for lot in terms.lots)
    rules: dict[str, Any] = {
        name: value
        for name in ("mode", "on_shortfall", "partial_min_share", "leftover")
        if (value := getattr(changes, name)) is not None
    }
    return replace(terms, lots=lots, allocation=replace(terms.allocation, **rules))


def scenario_problems(name: str, changes: Changes, *, names: Iterable[str]) -> list[Problem]:
    """`scenario_name`, `scenario_name_long`, `scenario_twice`, `scenario_same`,
    `scenario_share`, `scenario_many`.
    """
    standing = list(names)
    problems = []
    if not name.strip():
        problems.append(Problem("scenario_name", "name"))
    if len(name) > LONGEST_NAME:
        problems.append(Problem("scenario_name_long", "name", {"most": LONGEST_NAME}))
    if name.strip() in standing:
        problems.append(Problem("scenario_twice", "name"))
    if changes == Changes():
        problems.append(Problem("scenario_same", "name"))
    if changes.partial_min_share is not None and not 0 <= changes.partial_min_share <= 1:
        problems.append(Problem("scenario_share", "partial_min_share"))
    if len(standing) >= MOST:
        problems.append(Problem("scenario_many", "name", {"most": MOST}))
    return problems


def is_choosable(changes: Changes, terms: Terms) -> bool:
    """Whether the committee may make it its own: money moved between lots, none added.

    The rules of a published call are frozen, and so is its whole sum (docs/decisions/0006).
    """
    if changes.is_of_rules:
        return False
    moved = applied(changes, terms)
    return sum(lot.envelope for lot in moved.lots) == sum(lot.envelope for lot in terms.lots)


def gains(official: Mapping[str, int], imagined: Mapping[str, int]) -> list[Gain]:
    """Who gets another amount, the most gained first; amounts by reference."""
    changed = [
        Gain(reference, official.get(reference, 0), imagined.get(reference, 0))
        for reference in sorted({*official, *imagined})
        if official.get(reference, 0) != imagined.get(reference, 0)
    ]
    return sorted(changed, key=lambda each: (each.official - each.imagined, each.reference))


def changes_json(changes: Changes) -> dict[str, Any]:
    """Changes as plain JSON; what does not differ is not there."""
    share = changes.partial_min_share
    members = {
        "envelopes": dict(changes.envelopes) or None,
        "mode": changes.mode.value if changes.mode else None,
        "on_shortfall": changes.on_shortfall.value if changes.on_shortfall else None,
        "partial_min_share": None if share is None else str(share),
        "leftover": changes.leftover.value if changes.leftover else None,
    }
    return {name: value for name, value in members.items() if value is not None}


def changes_of(json: Mapping[str, Any]) -> Changes:
    """The same back."""
    share = json.get("partial_min_share")
    return Changes(
        json.get("envelopes", {}),
        mode=Mode(json["mode"]) if "mode" in json else None,
        on_shortfall=Shortfall(json["on_shortfall"]) if "on_shortfall" in json else None,
        partial_min_share=None if share is None else Fraction(share),
        leftover=Leftover(json["leftover"]) if "leftover" in json else None,
    )
