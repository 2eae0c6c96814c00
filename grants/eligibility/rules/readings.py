"""Four eyes: two officers answer every question on their own, then differences are settled."""

from collections.abc import Mapping
from dataclasses import dataclass

from grants.eligibility.rules.findings import ITEM_CODES, ITEMS, Answered
from grants.errors import Problem

FIRST, SECOND = 1, 2
NUMBERS = (FIRST, SECOND)


@dataclass(frozen=True)
class Reading:
    """What one officer answered; `by_id` is whose reading it is."""

    by_id: int | None
    answers: Mapping[str, Answered]

    @property
    def is_complete(self) -> bool:
        """Whether every question of the list has an answer."""
        return self.answers.keys() >= ITEM_CODES


Readings = Mapping[int, Reading]


def is_compared(readings: Readings) -> bool:
    """Whether both readings are complete, so that they may be laid side by side."""
    return all(number in readings and readings[number].is_complete for number in NUMBERS)


def own_reading(readings: Readings, who_id: int | None, *, is_twice: bool) -> int | None:
    """Into which reading a person's answers go; None where both belong to others.

    Where one officer is enough there is one reading, whoever answers. Otherwise whoever answers
    first has the first, the next one the second, and nobody both.
    """
    if not is_twice:
        return FIRST
    for number in NUMBERS:
        if number in readings and readings[number].by_id == who_id:
            return number
    return next((number for number in NUMBERS if number not in readings), None)


def seen_readings(readings: Readings, who_id: int | None, *, is_twice: bool) -> frozenset[int]:
    """Which readings a person may see: the own one, and both once both are complete."""
    if not is_twice or is_compared(readings):
        return frozenset(readings)
    return frozenset(number for number, each in readings.items() if each.by_id == who_id)


def differences(readings: Readings) -> list[str]:
    """The questions both readings answered, and not alike, in the order of the list.

    Notes may differ: what is decided upon are the findings.
    """
    if not is_compared(readings):
        return []
    first, second = (readings[number].answers for number in NUMBERS)
    return [item.code for item in ITEMS if first[item.code].finding != second[item.code].finding]


def disagreement(readings: Readings, who_id: int | None) -> list[Problem]:
    """Why no outcome can be entered yet, or not by this person.

    Codes: `readings_open` while one is not complete, `readings_differ` with their count,
    `not_a_reader` for whoever did neither reading.
    """
    if not is_compared(readings):
        return [Problem("readings_open")]
    differing = differences(readings)
    if differing:
        return [Problem("readings_differ", facts={"count": len(differing)})]
    if who_id not in {each.by_id for each in readings.values()}:
        return [Problem("not_a_reader")]
    return []


def changed_after(
    readings: Readings, number: int, answers: Mapping[str, Answered]
) -> frozenset[str]:
    """The questions whose finding these answers change after the readings were compared."""
    if not is_compared(readings):
        return frozenset()
    kept = readings[number].answers
    return frozenset(
        code for code, answer in answers.items() if answer.finding != kept[code].finding
    )
