"""Entering a municipality: from here to the end of the request its rows are the only ones."""

from dataclasses import dataclass

from flask import g

from grants import tenancy
from grants.municipalities.models import Municipality
from grants.municipalities.queries import get_municipality


@dataclass(frozen=True)
class Seat:
    """The municipality in the masthead."""

    name: str
    url: str = ""
    crest_url: str = ""


def enter_by_slug(slug: str) -> Municipality | None:
    """The municipality of an address `/m/<slug>/…`, entered; None when there is none."""
    municipality = get_municipality(slug)
    if municipality is not None:
        enter(municipality)
    return municipality


def enter(municipality: Municipality) -> None:
    """Enter the scope of a municipality found otherwise: by a call, a case, a committee."""
    tenancy.enter(municipality.id)
    g.municipality_seat = Seat(municipality.full_name)
