"""Finding a municipality and its calendar."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from grants.db import db
from grants.municipalities.models import Holiday, Municipality


def get_municipality(slug: str) -> Municipality | None:
    """The municipality of an address."""
    statement = select(Municipality).where(Municipality.slug == slug)
    return db.session.execute(statement).scalar()


def get_municipality_by_id(municipality_id: int) -> Municipality:
    """The municipality of a row."""
    statement = select(Municipality).where(Municipality.id == municipality_id)
    return db.session.execute(statement).scalar_one()


def get_municipality_by_code(code: str) -> Municipality | None:
    """The municipality of a dossier."""
    statement = select(Municipality).where(Municipality.code == code)
    return db.session.execute(statement).scalar()


def list_municipalities() -> Sequence[Municipality]:
    """All of them, by name."""
    statement = select(Municipality).order_by(Municipality.name, Municipality.code)
    return db.session.execute(statement).scalars().all()


def list_holidays(municipality_id: int) -> dict[date, str]:
    """The days this municipality does not work, each with its name."""
    statement = select(Holiday).where(Holiday.municipality_id == municipality_id)
    return {day.on: day.name for day in db.session.execute(statement).scalars()}
