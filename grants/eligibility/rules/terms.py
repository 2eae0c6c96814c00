"""Until when an application may be completed."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from grants.errors import DomainError, Problem
from grants.workdays import Term, Unit

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
