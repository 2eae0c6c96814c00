"""Whom one writes to, and when what is told is mailed."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

# When the daily letter goes out, by the clock of Sarajevo.
DIGEST_TIME = time(7, 0)
_SARAJEVO = ZoneInfo("Europe/Sarajevo")


class MailMode(StrEnum):
    """When a notice goes out as a mail; what has a legal term always goes at once."""

    AT_ONCE = "at_once"
    DAILY = "daily"


@dataclass(frozen=True)
class Recipient:
    """Whom to tell: frozen when it is decided, so that later changes do not rewrite it."""

    email: str
    name: str
    language: str
    user_id: int | None = None


def next_digest(at: datetime) -> datetime:
    """The moment, in UTC, of the first daily letter after a moment; at seven itself the next."""
    wall = at.astimezone(_SARAJEVO)
    for days in (0, 1):
        on = wall.date() + timedelta(days=days)
        turn = datetime.combine(on, DIGEST_TIME, _SARAJEVO).astimezone(UTC)
        if turn > at:
            return turn
    raise AssertionError("tomorrow at seven is always ahead")


def waits_until(mode: MailMode, at: datetime, *, is_urgent: bool) -> datetime | None:
    """Until when a notice waits to be mailed; None where its mail goes at once.

    What has a legal term never waits, whatever a person has chosen.
    """
    return next_digest(at) if mode is MailMode.DAILY and not is_urgent else None
