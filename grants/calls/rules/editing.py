"""When a call may be edited, and how its address is made from its title."""

import re
from datetime import datetime

from grants.calls.rules.states import CallStatus
from grants.errors import Problem, Stale, WrongState
from grants.i18n.script import fold

LONGEST_SLUG = 60


def ensure_editable(status: CallStatus, *, sent_at: datetime | None) -> None:
    """Only a draft that does not lie with the signatory is edited.

    Raises WrongState: `call_sent`, `call_approved` or, for everything later, `call_frozen`.
    """
    if status is CallStatus.DRAFT:
        if sent_at is not None:
            raise WrongState(Problem("call_sent"))
        return
    code = "call_approved" if status is CallStatus.APPROVED else "call_frozen"
    raise WrongState(Problem(code))


def ensure_same_version(stored: int, *, seen: int) -> None:
    """Raise Stale (`call_stale`) when somebody saved after the page was opened."""
    if stored != seen:
        raise Stale(Problem("call_stale"))


def slug_of(title: str, *, year: int) -> str:
    """A readable address: `javni-poziv-organizacijama-civilnog-drustva-2026`."""
    words = re.findall(r"[a-z0-9]+", fold(title))
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word
        if len(longer) > LONGEST_SLUG:
            break
        kept = longer
    return f"{kept or 'javni-poziv'}-{year}"


def code_of(title: str, *, taken: set[str]) -> str:
    """A code for a thing with a title, unique among those taken: `statut`, `statut-2`."""
    base = "-".join(re.findall(r"[a-z0-9]+", fold(title)))[:40].strip("-") or "dokument"
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code
