"""What a municipality changes about itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from grants import tenancy
from grants.db import db
from grants.errors import DomainError, Problem
from grants.municipalities.models import Holiday, Municipality
from grants.municipalities.queries import get_municipality_by_code
from grants.municipalities.rules import Entity, Kind
from grants.workdays import default_holidays


@dataclass(frozen=True)
class NewMunicipality:
    """What is known of a municipality when it is opened."""

    code: str
    name: str
    kind: Kind
    entity: Entity
    canton: str | None
    place: str


def open_municipality(new: NewMunicipality, *, years: Iterable[int]) -> Municipality:
    """Open a municipality with the default holidays of its entity, and enter it.

    DomainError `municipality_known` when the code is taken: names repeat, codes do not.
    """
    if get_municipality_by_code(new.code) is not None:
        raise DomainError(Problem("municipality_known", "code", {"code": new.code}))
    municipality = Municipality(
        code=new.code,
        slug=new.code.lower().removeprefix("ba-"),
        name=new.name,
        kind=new.kind,
        entity=new.entity,
        canton=new.canton,
        place=new.place,
        legal_texts={},
    )
    db.session.add(municipality)
    db.session.flush()
    tenancy.enter(municipality.id)
    for on, name in default_holidays(new.entity, over=years).items():
        db.session.add(Holiday(municipality_id=municipality.id, on=on, name=name))
    return municipality


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
