"""What a municipality changes about itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from grants.db import db
from grants.errors import DomainError, Problem
from grants.municipalities.models import Holiday, Municipality


def change_settings(
    municipality: Municipality, *, letterhead: Mapping[str, str], legal_texts: Mapping[str, Any]
) -> None:
    """Change what stands on acts from now on; issued ones keep what they say."""
    for name, text in letterhead.items():
        setattr(municipality, name, text)
    municipality.legal_texts = {**(municipality.legal_texts or {}), **legal_texts}


def add_holiday(municipality: Municipality, *, on: date, name: str) -> None:
    """Write a day into the calendar; DomainError `holiday_known` when it is there already."""
    if _get_holiday(on) is not None:
        raise DomainError(Problem("holiday_known", "on", {"on": on}))
    db.session.add(Holiday(municipality_id=municipality.id, on=on, name=name))


def remove_holiday(municipality: Municipality, *, on: str) -> None:
    """Take a day (`2026-03-01`) out; one that is not there changes nothing."""
    try:
        holiday = _get_holiday(date.fromisoformat(on))
    except ValueError:
        return
    if holiday is not None and holiday.municipality_id == municipality.id:
        db.session.delete(holiday)


def _get_holiday(on: date) -> Holiday | None:
    return db.session.execute(select(Holiday).where(Holiday.on == on)).scalar()
