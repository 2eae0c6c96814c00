"""Whom one writes to."""

from dataclasses import dataclass
from enum import StrEnum


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
