"""Moments of the story, counted from now, so that the demo is fresh whenever it is loaded."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from grants import clock

_SATURDAY = 5


@dataclass(frozen=True)
class Moments:
    """The days around `now` on the clock of a town hall; nobody works on Saturdays and Sundays.

    A day moves by two at most: what lies three days apart never changes its order.
    """

    now: datetime

    def before(self, days: int, at: str = "09:00") -> datetime:
        """So many days ago at `HH:MM`; a weekend's day is the Friday before."""
        day = clock.local_day(self.now) - timedelta(days=days)
        return _instant(_worked(day, step=-1), at)

    def after(self, days: int, at: str = "15:00") -> datetime:
        """In so many days at `HH:MM`; a weekend's day is the Monday after."""
        day = clock.local_day(self.now) + timedelta(days=days)
        return _instant(_worked(day, step=1), at)


def _worked(day: date, *, step: int) -> date:
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=step)
    return day


def _instant(day: date, at: str) -> datetime:
    return clock.from_local(datetime.combine(day, time.fromisoformat(at)))
