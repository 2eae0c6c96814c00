"""What a member may note for oneself."""

from grants.errors import Incomplete, Problem

LONGEST_NOTE = 20_000


def ensure_note(text: str) -> None:
    """Raise Incomplete `note_long` above 20,000 characters."""
    if len(text) > LONGEST_NOTE:
        raise Incomplete(Problem("note_long", "text", {"most": LONGEST_NOTE}))
