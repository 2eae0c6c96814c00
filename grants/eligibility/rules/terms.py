"""Until when an application may be completed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from grants.errors import DomainError, Problem
from grants.workdays import Deadline, Term, Unit

LONGEST_TERM = 60
UNITS = (Unit.WORKING_DAYS, Unit.DAYS)
_SARAJEVO = ZoneInfo("Europe/Sarajevo")


def term_of(length: int | None, unit: Unit) -> Term:
    """The term as given, from 1 to 60 days; DomainError `completion_term`."""
    if length is None or not 1 <= length <= LONGEST_TERM or unit not in UNITS:
        raise DomainError(Problem("completion_term", "length", {"longest": LONGEST_TERM}))
    return Term(length, unit)


def end_of_day(day: date) -> datetime:
    """The last second of a day in Sarajevo; that second itself is in time."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=_SARAJEVO)


def counting(counted: Deadline) -> dict[str, Any]:
    """How a term was counted, as plain JSON to keep beside its result."""
    return {
        "start": counted.start.isoformat(),
        "length": counted.term.length,
        "unit": counted.term.unit.value,
        "first_day": counted.first_day.isoformat(),
        "raw_end": counted.raw_end.isoformat(),
        "skipped": [[day.day.isoformat(), day.rest.value, day.name] for day in counted.skipped],
        "ends_on": counted.ends_on.isoformat(),
    }


@dataclass(frozen=True)
class CountedTerm:
    """A kept counting, to be shown."""

    start: date
    length: int
    unit: Unit
    ends_on: date
    skipped: tuple[tuple[date, str, str], ...]


def counted_term(kept: Mapping[str, Any]) -> CountedTerm:
    """The kept counting read back."""
    return CountedTerm(
        start=date.fromisoformat(kept["start"]),
        length=int(kept["length"]),
        unit=Unit(kept["unit"]),
        ends_on=date.fromisoformat(kept["ends_on"]),
        skipped=tuple((date.fromisoformat(day), rest, name) for day, rest, name in kept["skipped"]),
    )
