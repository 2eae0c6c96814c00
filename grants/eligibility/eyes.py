"""The readings of one application as one person sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grants.applications.models import Application
from grants.eligibility.queries import CheckedItem, Checks, readings_of
from grants.eligibility.rules.findings import ITEM_CODES, Answered
from grants.eligibility.rules.readings import (
    FIRST,
    NUMBERS,
    Readings,
    differences,
    is_compared,
    own_reading,
    seen_readings,
)
from grants.eligibility.words import QUESTIONS, READINGS


@dataclass(frozen=True)
class Seat:
    """One of the two readings: how it is called, who has it, how far it is."""

    number: int
    title: Any
    by: str
    is_own: bool
    answered: int
    is_complete: bool
    at: datetime | None


@dataclass(frozen=True)
class Difference:
    """One question on which two officers differ, with both answers."""

    code: str
    question: Any
    first: Answered
    second: Answered


@dataclass(frozen=True)
class Eyes:
    """Which reading is the person's own, what may be seen, and where the two differ.

    `number` is None for whoever comes third. Where one officer is enough there are no seats.
    """

    number: int | None
    own: dict[str, CheckedItem]
    seats: tuple[Seat, ...]
    is_compared: bool
    differences: tuple[Difference, ...]

    @staticmethod
    def of(application: Application, checks: Checks, who_id: int | None) -> "Eyes":
        """The readings of an application for one person."""
        is_twice, readings = application.call.is_checked_twice, readings_of(checks)
        number = own_reading(readings, who_id, is_twice=is_twice)
        seen = seen_readings(readings, who_id, is_twice=is_twice)
        shown = number if number in checks else FIRST
        compared = is_twice and is_compared(readings)
        return Eyes(
            number=number,
            own=checks[shown] if shown in seen and shown is not None else {},
            seats=tuple(_seat(n, checks, readings, who_id) for n in NUMBERS) if is_twice else (),
            is_compared=compared,
            differences=_differences(readings) if compared else (),
        )

    @property
    def is_reader(self) -> bool:
        """Whether the person has one of the two readings."""
        return any(seat.is_own for seat in self.seats)

    @property
    def may_take_over(self) -> tuple[int, ...]:
        """The unfinished readings of others, for whoever has none."""
        if self.is_reader:
            return ()
        return tuple(seat.number for seat in self.seats if seat.by and not seat.is_complete)


def _seat(number: int, checks: Checks, readings: Readings, who_id: int | None) -> Seat:
    items = list(checks.get(number, {}).values())
    return Seat(
        number=number,
        title=READINGS[number],
        by=items[0].by if items else "",
        is_own=bool(items) and readings[number].by_id == who_id,
        answered=len(ITEM_CODES.intersection(checks.get(number, {}))),
        is_complete=bool(items) and readings[number].is_complete,
        at=max((each.check.checked_at for each in items), default=None),
    )


def _differences(readings: Readings) -> tuple[Difference, ...]:
    first, second = (readings[number].answers for number in NUMBERS)
    return tuple(
        Difference(code, QUESTIONS[code], first[code], second[code])
        for code in differences(readings)
    )
