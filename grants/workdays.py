"""Working days and deadlines, and how they were counted; the holidays are handed in."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6
WEEKEND = frozenset({_SATURDAY, _SUNDAY})
NO_HOLIDAYS: Mapping[date, str] = MappingProxyType({})


class Entity(StrEnum):
    """Whose law sets the holidays."""

    FBIH = "FBiH"
    RS = "RS"
    BD = "BD"


class Unit(StrEnum):
    """What a term is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


class Rest(StrEnum):
    """Why nobody works on a day."""

    HOLIDAY = "holiday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    CLOSED = "closed"


@dataclass(frozen=True)
class Term:
    """How long somebody has: at least one of its unit."""

    length: int
    unit: Unit = Unit.DAYS

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ValueError(f"a term of {self.length} {self.unit}")


@dataclass(frozen=True)
class Calendar:
    """On which days a municipality does not work: holidays by name, and days of the week."""

    holidays: Mapping[date, str] = field(default_factory=lambda: NO_HOLIDAYS)
    weekend: frozenset[int] = WEEKEND

    def __post_init__(self) -> None:
        if not self.weekend < frozenset(range(7)):
            raise ValueError("a week needs a working day")

    def is_working(self, day: date) -> bool:
        """Whether the municipality works on this day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def rest(self, day: date) -> "Skipped | None":
        """Why nobody works on this day; None on a working day. A holiday outranks a Sunday."""
        if day in self.holidays:
            return Skipped(day, Rest.HOLIDAY, self.holidays[day])
        if day.weekday() not in self.weekend:
            return None
        named = {_SATURDAY: Rest.SATURDAY, _SUNDAY: Rest.SUNDAY}
        return Skipped(day, named.get(day.weekday(), Rest.CLOSED))


@dataclass(frozen=True)
class Skipped:
    """A day on which no term ends, and why; the name is that of the holiday."""

    day: date
    rest: Rest
    name: str = ""


@dataclass(frozen=True)
class Deadline:
    """A term counted out: what it rests on, where it ended at first, and where it ends."""

    start: date
    term: Term
    first_day: date
    raw_end: date
    skipped: tuple[Skipped, ...]
    ends_on: date

    @property
    def is_moved(self) -> bool:
        """Whether the end moved because nobody works on the day it fell on."""
        return self.ends_on != self.raw_end

    def is_kept(self, received_on: date, *, posted_on: date | None = None) -> bool:
        """Whether a filing of these days is in time."""
        return filing_day(received_on, posted_on=posted_on) <= self.ends_on


@dataclass(frozen=True)
class CountedTerm:
    """A kept counting, to be shown."""

    start: date
    length: int
    unit: Unit
    ends_on: date
    skipped: tuple[tuple[date, str, str], ...]


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


def counted_term(kept: Mapping[str, Any]) -> CountedTerm:
    """The kept counting read back."""
    return CountedTerm(
        start=date.fromisoformat(kept["start"]),
        length=int(kept["length"]),
        unit=Unit(kept["unit"]),
        ends_on=date.fromisoformat(kept["ends_on"]),
        skipped=tuple((date.fromisoformat(day), rest, name) for day, rest, name in kept["skipped"]),
    )


def days(length: int) -> Term:
    """A term of calendar days."""
    return Term(length)


def working_days(length: int) -> Term:
    """A term of working days."""
    return Term(length, Unit.WORKING_DAYS)


def months(length: int) -> Term:
    """A term of months."""
    return Term(length, Unit.MONTHS)


def years(length: int) -> Term:
    """A term of years."""
    return Term(length, Unit.YEARS)


def deadline(start: date, *, term: Term, calendar: Calendar) -> Deadline:
    """The last day of a term that starts with the service or publication on `start`.

    That day itself is not counted. Months and years end on the same number, or on the last day of
    the month. An end on a day on which nobody works moves to the next working day. Of a term in
    working days every day of rest on the way is skipped. Sources: general administrative procedure
    acts of BiH and FBiH (domain rules on counting of terms). OverflowError beyond the year 9999.
    """
    if term.unit is Unit.WORKING_DAYS:
        return _count_working_days(start, term, calendar)
    raw_end = _raw_end(start, term)
    skipped = _days_of_rest(raw_end, calendar)
    ends_on = raw_end + len(skipped) * _DAY
    return Deadline(start, term, start + _DAY, raw_end, skipped, ends_on)


def next_working_day(day: date, *, calendar: Calendar) -> date:
    """This day when it is a working day, else the first one after it."""
    return day + len(_days_of_rest(day, calendar)) * _DAY


def working_days_between(start: date, end: date, *, calendar: Calendar) -> int:
    """How many working days lie after `start` up to and with `end`; 0 when it is not later."""
    span = range(1, (end - start).days + 1)
    return sum(calendar.is_working(start + step * _DAY) for step in span)


def filing_day(received_on: date, *, posted_on: date | None = None) -> date:
    """The day that counts for a filing: of posting by registered post, else of receipt.

    ValueError when it was posted after it was received.
    """
    if posted_on is None:
        return received_on
    if posted_on > received_on:
        raise ValueError(f"posted on {posted_on}, received on {received_on}")
    return posted_on


# Defaults to edit, not the law: religious holidays and local days differ from year to year and
# from body to body, and each municipality keeps its own list.
_NEW_YEAR = {(1, 1): "Nova godina", (1, 2): "Nova godina"}
_LABOUR_DAY = {(5, 1): "Međunarodni praznik rada", (5, 2): "Međunarodni praznik rada"}
_YEARLY: Mapping[Entity, Mapping[tuple[int, int], str]] = {
    Entity.FBIH: {
        **_NEW_YEAR,
        (3, 1): "Dan nezavisnosti Bosne i Hercegovine",
        **_LABOUR_DAY,
        (11, 25): "Dan državnosti Bosne i Hercegovine",
    },
    Entity.RS: {
        **_NEW_YEAR,
        **_LABOUR_DAY,
        (5, 9): "Dan pobjede nad fašizmom",
        (11, 21): "Dan uspostave Opšteg okvirnog sporazuma za mir u Bosni i Hercegovini",
    },
    Entity.BD: {
        **_NEW_YEAR,
        (3, 8): "Dan uspostave Brčko distrikta Bosne i Hercegovine",
        **_LABOUR_DAY,
    },
}


def default_holidays(entity: Entity, *, over: Iterable[int]) -> dict[date, str]:
    """The fixed public holidays of an entity in these years, by day, in order: a list to edit."""
    return {
        date(year, month, day): name
        for year in sorted(set(over))
        for (month, day), name in _YEARLY[entity].items()
    }


def _raw_end(start: date, term: Term) -> date:
    if term.unit is Unit.DAYS:
        return start + term.length * _DAY
    span = term.length * (12 if term.unit is Unit.YEARS else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + span, 12)
    if year > date.max.year:
        raise OverflowError(f"{term.length} {term.unit} after {start}")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _days_of_rest(day: date, calendar: Calendar) -> tuple[Skipped, ...]:
    """The days of rest from this one on, up to the next working day."""
    resting: list[Skipped] = []
    while rest := calendar.rest(day + len(resting) * _DAY):
        resting.append(rest)
    return tuple(resting)


def _count_working_days(start: date, term: Term, calendar: Calendar) -> Deadline:
    skipped: list[Skipped] = []
    day = start
    for _ in range(term.length):
        skipped += (resting := _days_of_rest(day + _DAY, calendar))
        day += (len(resting) + 1) * _DAY
    return Deadline(start, term, start + _DAY, day, tuple(skipped), day)
