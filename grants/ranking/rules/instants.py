"""Instants and days as a dossier writes them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

_INSTANT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})"
    r"(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def instant(text: str) -> datetime:
    """The instant in UTC out of `YYYY-MM-DDTHH:MM[:SS[.f]]` with `Z` or `±HH:MM`; else ValueError.

    It has to exist on the calendar (no 30 February, no second 60) and to lie in the years 1 to
    9999 in UTC, which is how it is kept and written.
    """
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
    second, fraction, sign, hours, minutes = found.groups()[5:]
    offset = timedelta(0)
    if sign is not None:
        offset = _offset(sign, int(hours), int(minutes))
    micro = int((fraction or "0").ljust(6, "0"))
    zone = timezone(offset)
    moment = datetime(year, month, day, hour, minute, int(second or 0), micro, zone)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def instant_text(moment: datetime) -> str:
    """The canonical form in UTC: `2022-01-17T14:00:00Z`, a fraction only where there is one."""
    there = moment.astimezone(UTC).replace(tzinfo=None)
    whole = there.replace(microsecond=0).isoformat()
    fraction = f".{there.microsecond:06d}".rstrip("0") if there.microsecond else ""
    return f"{whole}{fraction}Z"


def day(text: str) -> date:
    """The day out of `YYYY-MM-DD`; ValueError where there is no such day."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, number = (int(part) for part in found.groups())
    return date(year, month, number)


def _offset(sign: str, hours: int, minutes: int) -> timedelta:
    if hours > 23 or minutes > 59:
        raise ValueError(f"{sign}{hours:02d}:{minutes:02d}")
    return timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
