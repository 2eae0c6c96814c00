"""The only reader of the clock: one moment per request or job, in UTC."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SARAJEVO = ZoneInfo("Europe/Sarajevo")

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)
_offset: list[Callable[[], timedelta]] = []


def now() -> datetime:
    """The moment of this request or job where one is held, else the present moment, in UTC."""
    held = _moment.get()
    return held if held is not None else _read()


@contextmanager
def held_at(moment: datetime | None = None) -> Iterator[datetime]:
    """Hold one moment for everything inside: a request, a job; the one a test holds goes first."""
    token = _moment.set(moment or now())
    try:
        yield now()
    finally:
        _moment.reset(token)


def move_by(offset: Callable[[], timedelta]) -> None:
    """Add an offset to every reading (the demo clock); only demo mode calls this."""
    _offset[:] = [offset]


def local(moment: datetime) -> datetime:
    """The moment on the clock of a town hall in Bosnia and Herzegovina."""
    return moment.astimezone(SARAJEVO)


def local_day(moment: datetime) -> date:
    """The calendar day of a moment in Europe/Sarajevo."""
    return local(moment).date()


def from_local(moment: datetime) -> datetime:
    """A naive wall-clock moment of Europe/Sarajevo as an instant in UTC."""
    return moment.replace(tzinfo=SARAJEVO).astimezone(UTC)


def _read() -> datetime:
    moment = datetime.now(UTC)  # noqa: TID251  the one place that may
    return moment + _offset[0]() if _offset else moment
