"""Entering what was awarded under a programme, so that its caps hold everywhere."""

from dataclasses import dataclass
from datetime import datetime

from grants.audit.actions import Doer, record
from grants.audit.events import Event
from grants.db import db
from grants.programmes.models import AwardEntry, EntryOrigin, Programme
from grants.programmes.queries import get_award_entry, get_programme_by_name


@dataclass(frozen=True)
class Award:
    """So much (fening) to whom under which programme; `source` names the ground, once per
    municipality: `decision:12`."""

    programme_id: int
    organisation_id: int
    amount: int
    source: str
    origin: EntryOrigin = EntryOrigin.DECIDED


def ensure_programme(name: str) -> Programme:
    """The programme of a name, made where it is new."""
    programme = get_programme_by_name(name)
    if programme is None:
        programme = Programme(name=name)
        db.session.add(programme)
        db.session.flush()
    return programme


def enter_award(award: Award, *, by: Doer, at: datetime) -> AwardEntry:
    """Enter an award in the scope's municipality; entering its source again changes the amount."""
    entry = get_award_entry(award.source)
    if entry is None:
        entry = AwardEntry(
            programme_id=award.programme_id,
            organisation_id=award.organisation_id,
            source=award.source,
            origin=award.origin,
            entered_at=at,
        )
        db.session.add(entry)
    entry.amount, entry.withdrawn_at = award.amount, None
    db.session.flush()
    record(Event.AWARD_ENTERED, entry, by=by, at=at, facts=_facts(entry))
    return entry


def withdraw_award(entry: AwardEntry, *, by: Doer, at: datetime) -> None:
    """An award that no longer holds stops counting; its row stays. A second time does nothing."""
    if entry.withdrawn_at is not None:
        return
    entry.withdrawn_at = at
    record(Event.AWARD_WITHDRAWN, entry, by=by, at=at, facts=_facts(entry))


def _facts(entry: AwardEntry) -> dict[str, object]:
    return {
        "programme": entry.programme_id,
        "organisation": entry.organisation_id,
        "amount": entry.amount,
        "source": entry.source,
    }
