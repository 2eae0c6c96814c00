"""A ranking as somebody with a conflict may see it: as if the hidden applications were not there.

Places are counted among what is shown and sums are of it; what remains of the money is not told,
because it could only be wrong or give a hidden amount away. See docs/decisions/0011.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from grants.errors import Problem
from grants.ranking.lines import Line
from grants.ranking.rules.outcomes import Outcome

# The sentence of an outcome that waits for something the reader may not know of.
OPEN = "ranked_open"
# These tell what else an organisation was given in this call.
_OF_ORGANISATION = frozenset({"ranked_cap_passed", "ranked_awards_passed"})
# These tell what remains, which a hidden amount could be reckoned from, and that there was a tie.
_OF_OTHERS = frozenset({"ranked_tie_voted"}) | frozenset(
    f"ranked_{place}_{code}"
    for place in ("lot", "pool")
    for code in ("short", "short_of_part", "stopped")
)


def withheld_lines(
    lines: Sequence[Line],
    *,
    hidden: Collection[int],
    ties: Iterable[Sequence[str]] = (),
) -> list[Line]:
    """The lines (all of a ranking) without the hidden applications (ids), their places closed up.

    `ties` are the groups of references equal in everything but a vote, over all lots.
    """
    gone = [line for line in lines if line.case.id in hidden]
    if not gone:
        return list(lines)
    known = [line for line in lines if line.case.id not in hidden]
    ranks = _places((line.lot, line.rank) for line in known)
    reserves = _places((line.lot, line.reserve) for line in known)
    tied_with = _tied_with(gone, lines, ties)
    organisations = {line.case.organisation for line in gone}
    return [
        replace(
            line,
            rank=ranks.get((line.lot, line.rank), (None, 0))[0],
            is_tied=line.is_tied and ranks.get((line.lot, line.rank), (None, 0))[1] > 1,
            reserve=reserves.get((line.lot, line.reserve), (None, 0))[0],
            notes=_notes(
                line,
                is_open=line.case.reference in tied_with,
                is_same=line.case.organisation in organisations,
            ),
        )
        for line in known
    ]


def withheld_summary(
    summary: Mapping[str, Any], lines: Sequence[Line], *, sheets: Mapping[str, int]
) -> dict[str, Any]:
    """The figures of a ranking (previews.summary_of) counted over the lines that are shown.

    `sheets` are `given`, `expected` and `recused` without the hidden applications. Envelopes were
    published and stay.
    """
    by_lot: dict[str, list[Line]] = {lot["code"]: [] for lot in summary["lots"]}
    for line in lines:
        by_lot[line.lot].append(line)
    return {
        **summary,
        **sheets,
        "applications": len(lines),
        "eligible": sum(line.outcome is not Outcome.DISMISSED for line in lines),
        "awarded": sum(line.amount for line in lines),
        "ties": sum(is_tie_open(line) for line in lines),
        "lots": [
            {
                **lot,
                "awarded": sum(line.amount for line in by_lot[lot["code"]]),
                "left": None,
                "applications": len(by_lot[lot["code"]]),
            }
            for lot in summary["lots"]
        ],
        "pool": None,
    }


def is_tie_open(line: Line) -> bool:
    """Whether a vote on applications that are all shown is missing."""
    return line.outcome is Outcome.TIE_UNRESOLVED and not is_open(line)


def is_open(line: Line) -> bool:
    """Whether the outcome waits for something that is not told."""
    return any(note.code == OPEN for note in line.notes)


def _places(
    found: Iterable[tuple[str, int | None]],
) -> dict[tuple[str, int | None], tuple[int, int]]:
    """The place each (lot, place) has when nobody else is there, and how many share it."""
    counted: dict[tuple[str, int], int] = {}
    for lot, place in found:
        if place is not None:
            counted[lot, place] = counted.get((lot, place), 0) + 1
    closed: dict[tuple[str, int | None], tuple[int, int]] = {}
    before: dict[str, int] = {}
    for lot, place in sorted(counted):
        number = counted[lot, place]
        closed[lot, place] = (before.get(lot, 0) + 1, number)
        before[lot] = before.get(lot, 0) + number
    return closed


def _tied_with(
    gone: Sequence[Line], lines: Sequence[Line], ties: Iterable[Sequence[str]]
) -> set[str]:
    """References of those that wait for a vote together with a hidden one."""
    secret = {line.case.reference for line in gone}
    shared = {(line.lot, line.rank) for line in gone if line.rank is not None}
    found = {line.case.reference for line in lines if (line.lot, line.rank) in shared}
    return found.union(*(group for group in ties if not secret.isdisjoint(group)))


def _notes(line: Line, *, is_open: bool, is_same: bool) -> list[Problem]:
    if line.outcome is Outcome.TIE_UNRESOLVED and is_open:
        return [Problem(OPEN)]
    untold = _OF_OTHERS | (_OF_ORGANISATION if is_same else frozenset())
    return [note for note in line.notes if note.code not in untold]
