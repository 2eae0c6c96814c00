"""The two municipalities of the demo: one in each entity, so that scoping and calendars show."""

from datetime import datetime

from grants.db import db
from grants.demo.people import LAKTASI, NOVO_SARAJEVO
from grants.municipalities.models import Holiday, Municipality, Unit
from grants.municipalities.rules import Entity, Kind
from grants.tenancy import within
from grants.workdays import default_holidays

YEARS_AHEAD = 3


def add_municipalities(*, at: datetime) -> dict[str, Municipality]:
    """Both municipalities by code, with calendar and units; the years around `at`."""
    found = {}
    for municipality, units in ((_novo_sarajevo(), _UNITS), (_laktasi(), _UNITS[:1])):
        db.session.add(municipality)
        db.session.flush()
        with within(municipality.id):
            _add_calendar(municipality, at=at)
            for name, code in units:
                db.session.add(Unit(name=name, code=code))
            db.session.flush()
        found[municipality.code] = municipality
    return found


_UNITS = (
    ("Služba za društvene djelatnosti", "05"),
    ("Služba za finansije", "03"),
)


def _add_calendar(municipality: Municipality, *, at: datetime) -> None:
    years = range(at.year - YEARS_AHEAD, at.year + YEARS_AHEAD + 1)
    for on, name in default_holidays(municipality.entity, over=years).items():
        db.session.add(Holiday(on=on, name=name))


def _novo_sarajevo() -> Municipality:
    return Municipality(
        code=NOVO_SARAJEVO,
        slug="novo-sarajevo",
        name="Novo Sarajevo",
        kind=Kind.OPCINA,
        entity=Entity.FBIH,
        canton="KS",
        place="Sarajevo",
        address="Ulica Primjera 1, 71000 Sarajevo",
        phone="+387 33 000 000",
        email="opcina.novo-sarajevo@example.ba",
        web="https://novo-sarajevo.example.ba",
        unit="Služba za društvene djelatnosti",
        jib="4200000000012",
        mayor_name="Jasna Perić",
        mayor_title="općinska načelnica",
    )


def _laktasi() -> Municipality:
    return Municipality(
        code=LAKTASI,
        slug="laktasi",
        name="Laktaši",
        kind=Kind.OPSTINA,
        entity=Entity.RS,
        canton=None,
        place="Laktaši",
        address="Ulica Primjera 2, 78250 Laktaši",
        phone="+387 51 000 000",
        email="opstina.laktasi@example.ba",
        web="https://laktasi.example.ba",
        unit="Odjeljenje za društvene djelatnosti",
        jib="4400000000020",
        mayor_name="Zoran Lukić",
        mayor_title="načelnik opštine",
    )
