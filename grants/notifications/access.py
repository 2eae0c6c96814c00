"""Who may: everybody who is signed in has an inbox, and only the own one."""

from typing import Protocol


class Asker(Protocol):
    """What an inbox needs to know of whoever asks; people stand on a higher floor."""

    @property
    def is_signed_in(self) -> bool:
        """Whether this is somebody."""


def may_read_inbox(who: Asker) -> bool:
    """Whoever is signed in, the own one."""
    return who.is_signed_in
