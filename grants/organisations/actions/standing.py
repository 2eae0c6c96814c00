"""What stands open between an organisation and a municipality; later stages write it here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from grants.db import db
from grants.organisations.models import Standing
from grants.organisations.queries import get_standing
from grants.organisations.rules.standing import StandingKind


@dataclass(frozen=True)
class Matter:
    """What it is about: the number of the contract, say, its page for the staff, its term."""

    reference: str
    due_on: date | None = None
    path: str = ""


def note_standing(
    organisation_id: int, kind: StandingKind, matter: Matter, *, at: datetime
) -> Standing:
    """Note in the scope's municipality what an organisation owes; a second time renews the term."""
    row = get_standing(organisation_id, kind, matter.reference)
    if row is None:
        row = Standing(
            organisation_id=organisation_id, kind=kind, reference=matter.reference, noted_at=at
        )
        db.session.add(row)
    row.due_on, row.path, row.cleared_at = matter.due_on, matter.path, None
    db.session.flush()
    return row


def clear_standing(
    organisation_id: int, reference: str, *, kinds: Iterable[StandingKind], at: datetime
) -> None:
    """What was owed has come: of these kinds nothing stands open any more about a reference."""
    for kind in kinds:
        row = get_standing(organisation_id, kind, reference)
        if row is not None and row.cleared_at is None:
            row.cleared_at = at
