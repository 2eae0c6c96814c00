"""The municipalities somebody works in."""

from collections.abc import Iterable

from grants.db import db
from grants.municipalities.entering import enter_by_slug
from grants.municipalities.models import Municipality
from grants.people.actors import Actor


def list_seats(ids: Iterable[int]) -> list[Municipality]:
    """The municipalities of these ids; one that the request has loaded costs no statement."""
    found = (db.session.get(Municipality, municipality_id) for municipality_id in ids)
    return [municipality for municipality in found if municipality is not None]


def get_office(_who: Actor, municipality: str) -> Municipality | None:
    """The municipality of an address, entered."""
    return enter_by_slug(municipality)
