"""Whom one writes to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipient:
    """Whom to tell: frozen when it is decided, so that later changes do not rewrite it."""

    email: str
    name: str
    language: str
    user_id: int | None = None
