"""A private note: kept as it is typed, read by nobody else, no event of the record."""

from datetime import datetime

from grants.db import db
from grants.errors import Problem, Stale
from grants.evaluation.models import Note
from grants.evaluation.queries import Reading
from grants.evaluation.queries.sheets import get_note
from grants.evaluation.rules.notes import ensure_note


def save_note(reading: Reading, text: str, *, version: int, at: datetime) -> Note:
    """Keep the member's own note on an application; `version` is the one typed upon, 0 for none.

    Raises Stale `note_stale` when another tab saved it since, Incomplete (rules.notes).
    """
    note = get_note(reading)
    if (note.version if note else 0) != version:
        raise Stale(Problem("note_stale"))
    ensure_note(text)
    if note is None:
        note = Note(
            municipality_id=reading.application.municipality_id,
            member_id=reading.member.id,
            application_id=reading.application.id,
        )
        db.session.add(note)
    note.text, note.saved_at = text, at
    db.session.flush()
    return note
