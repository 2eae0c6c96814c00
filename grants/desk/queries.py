"""What the start pages need to know."""

from collections.abc import Iterable

from grants.db import db
from grants.municipalities.models import Municipality


def list_seats(ids: Iterable[int]) -> list[Municipality]:
    """The municipalities of these ids; one that the request has loaded costs no statement."""
    found = (db.session.get(Municipality, municipality_id) for municipality_id in ids)
    return [municipality for municipality in found if municipality is not None]
