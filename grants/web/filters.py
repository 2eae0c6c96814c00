"""Filters of the templates: amounts, days and moments as they are written here."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from flask import Flask
from flask_babel import format_date

from grants import clock, money
from grants.i18n.languages import gettext as _
from grants.i18n.languages import ngettext

MONEY_FACTS = frozenset(
    ("amount", "numerator", "base", "allowed", "over", "excess", "sum", "expected", "least", "cap")
)


def install(app: Flask) -> None:
    """Make the filters known to the templates."""
    app.jinja_env.filters.update(
        money=money.form,
        money_km=money_km,
        day=day,
        local_day=clock.local_day,
        written_day=written_day,
        written_moment=written_moment,
        written_second=written_second,
        moment=moment,
        moment_long=moment_long,
        moment_seconds=moment_seconds,
        clock_seconds=clock_seconds,
        until=until,
        number=number,
        percent=percent,
        points=points,
        file_size=file_size,
    )


def money_km(fening: int) -> str:
    """`1.234,50 KM`; the currency in the script of the page."""
    return _("%(amount)s\u00a0KM", amount=money.form(fening))


def day(value: date | datetime | None) -> str:
    """`17. 1. 2022.`"""
    if value is None:
        return "–"
    on = clock.local_day(value) if isinstance(value, datetime) else value
    return f"{on.day}.\u00a0{on.month}.\u00a0{on.year}."


def written_day(value: date | str | None) -> str:
    """`17. 1. 2022. godine`, as acts write it; a text is an ISO day of an act's facts."""
    on = date.fromisoformat(value) if isinstance(value, str) else value
    return _("%(day)s godine", day=day(on)) if on else "–"


def written_moment(value: str) -> str:
    """A moment as acts keep it (ISO): `17. 1. 2022. u 15:00`."""
    return moment(datetime.fromisoformat(value))


def written_second(value: str) -> str:
    """The same where a second decides: `17. 1. 2022. u 15:00:00`."""
    return moment_seconds(datetime.fromisoformat(value))


def moment(value: datetime | None) -> str:
    """`17. 1. 2022. u 15:00`"""
    if value is None:
        return "–"
    at = clock.local(value)
    return _("%(day)s u %(time)s", day=day(at.date()), time=f"{at:%H:%M}")


def moment_seconds(value: datetime) -> str:
    """`17. 1. 2022. u 15:00:00`"""
    return _("%(day)s u %(time)s", day=day(value), time=clock_seconds(value))


def clock_seconds(value: datetime) -> str:
    """`15:00:00`"""
    return f"{clock.local(value):%H:%M:%S}"


def moment_long(value: datetime) -> str:
    """`ponedjeljak, 17. 1. 2022. u 15:00`"""
    weekday = str(format_date(clock.local_day(value), "EEEE", rebase=False))
    return f"{weekday}, {moment(value)}"


def until(value: datetime, now: datetime) -> str:
    """`još 4 dana i 6 sati`, `prije 3 sata`; always shown beside the moment itself."""
    distance = value - now
    is_past = distance < timedelta(0)
    text = _span(abs(distance), is_past=is_past)
    if is_past:
        return _("prije %(span)s", span=text)
    return _("još %(span)s", span=text)


def _span(distance: timedelta, *, is_past: bool) -> str:
    minutes = int(distance.total_seconds() // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        in_days = ngettext("%(num)d dan", "%(num)d dana", days)
        in_hours = ngettext("%(num)d sat", "%(num)d sati", hours)
        return _("%(days)s i %(hours)s", days=in_days, hours=in_hours) if hours else in_days
    if hours:
        in_hours = ngettext("%(num)d sat", "%(num)d sati", hours)
        in_minutes = _minutes(minutes % 60, is_past=is_past)
        both = _("%(hours)s i %(minutes)s", hours=in_hours, minutes=in_minutes)
        return both if minutes % 60 else in_hours
    if minutes:
        return _minutes(minutes, is_past=is_past)
    seconds = int(distance.total_seconds())
    if is_past:
        return ngettext("%(num)d sekundu", "%(num)d sekundi", seconds)
    return ngettext("%(num)d sekunda", "%(num)d sekundi", seconds)


def _minutes(count: int, *, is_past: bool) -> str:
    # "Još 1 minuta", but "prije 1 minutu": only what is feminine shows its case.
    if is_past:
        return ngettext("%(num)d minutu", "%(num)d minuta", count)
    return ngettext("%(num)d minuta", "%(num)d minuta", count)


def number(value: int | Fraction) -> str:
    """A whole number with dots, a fraction with up to two decimals and a comma."""
    if isinstance(value, int) or value.denominator == 1:
        return f"{int(value):,}".replace(",", ".")
    return points(value).rstrip("0").rstrip(",")


def points(value: Fraction | int) -> str:
    """Points with two decimals, half up: `86,20`."""
    return money.form(money.round_half_up(Fraction(value) * 100))


def percent(value: Fraction) -> str:
    """A share as `22,8 %`, half up."""
    tenths = money.round_half_up(Fraction(value) * 1000)
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest} %" if rest else f"{whole} %"


def file_size(size: int) -> str:
    """`310 KB`, `2,4 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def fact_text(name: str, fact: Any) -> Any:
    """A fact of a problem as it reads inside its sentence.

    Moments and days by their type; a whole number is an amount when its name says so: `amount`,
    `base`, `over` …, or ends with `_amount`.
    """
    if isinstance(fact, datetime):
        return moment_seconds(fact)
    if isinstance(fact, date):
        return day(fact)
    if isinstance(fact, Fraction):
        return percent(fact) if name in ("share", "limit") else number(fact)
    if isinstance(fact, int) and not isinstance(fact, bool):
        is_amount = name in MONEY_FACTS or name.endswith("_amount")
        return money_km(fact) if is_amount else fact
    return fact
