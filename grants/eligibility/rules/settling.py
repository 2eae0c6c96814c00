"""What two officers answered before they saw each other, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from grants.eligibility.rules.findings import ITEM_CODES, ITEMS, Finding
from grants.eligibility.rules.readings import FIRST, NUMBERS, SECOND

# The names of the facts with which answers are recorded, beside the codes of the questions.
READING, REASON, TAKEN_OVER = "reading", "reason", "taken_over_from"

_Answers = Mapping[str, Finding]


@dataclass(frozen=True)
class Entered:
    """One recorded entry of answers: who made it, with which facts."""

    by: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Settled:
    """One question on which two differed, or whose answer was changed after they were compared.

    `agreed` is None where the two still differ; the reasons are (who, why) in their order.
    """

    code: str
    first: Finding
    second: Finding
    agreed: Finding | None
    reasons: tuple[tuple[str, str], ...]


def settled(entries: Iterable[Entered]) -> list[Settled]:
    """What of one application's answers was settled, in the order of the list.

    Nothing while one of the two readings is not complete.
    """
    answers: dict[int, dict[str, Finding]] = {number: {} for number in NUMBERS}
    before: dict[int, _Answers] | None = None
    reasons: dict[str, list[tuple[str, str]]] = {}
    for entry in entries:
        number = entry.facts.get(READING, FIRST)
        if TAKEN_OVER in entry.facts:
            answers[number] = {}
            continue
        given = {code: Finding(entry.facts[code]) for code in ITEM_CODES & entry.facts.keys()}
        for code in given if before is not None else ():
            reasons.setdefault(code, []).append((entry.by, entry.facts.get(REASON, "")))
        answers[number].update(given)
        if before is None and all(each.keys() >= ITEM_CODES for each in answers.values()):
            before = {n: dict(each) for n, each in answers.items()}
    return [] if before is None else _laid_out(before, answers, reasons)


def _laid_out(
    before: Mapping[int, _Answers],
    after: Mapping[int, _Answers],
    reasons: Mapping[str, list[tuple[str, str]]],
) -> list[Settled]:
    found = []
    for item in ITEMS:
        first, second = before[FIRST][item.code], before[SECOND][item.code]
        last = {after[number][item.code] for number in NUMBERS}
        changed = [each for each in reasons.get(item.code, ()) if each[1]]
        if first is not second or last != {first}:
            agreed = last.pop() if len(last) == 1 else None
            found.append(Settled(item.code, first, second, agreed, tuple(changed)))
    return found
