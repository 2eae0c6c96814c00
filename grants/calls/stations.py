"""The life line of a call: its stations with their dates, and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from grants import clock
from grants.calls.models import Call
from grants.calls.rules.schedule import read_planned
from grants.calls.rules.states import Stage, stage
from grants.i18n.languages import gettext as _
from grants.i18n.languages import ngettext

_ORDER = (
    Stage.PUBLICATION,
    Stage.APPLICATIONS,
    Stage.CHECK,
    Stage.SCORING,
    Stage.RANKING,
    Stage.OBJECTIONS,
    Stage.DECISION,
    Stage.IMPLEMENTATION,
)


@dataclass(frozen=True)
class Station:
    """One station as the component life_line draws it."""

    label: str
    note: str
    state: str
    url: str = ""


def stations_of(call: Call, *, at: datetime, objections_until: date | None = None) -> list[Station]:
    """The eight stations of a call at a moment; planned dates, the counted one where known."""
    now = stage(call.status, opens_at=call.opens_at, deadline=call.deadline, at=at)
    place = _ORDER.index(now) if now in _ORDER else -1
    notes = dict(_notes(call, objections_until))
    return [
        Station(label, notes.get(station, ""), _state(number, place, now))
        for number, (station, label) in enumerate(_labels())
    ]


def _state(number: int, place: int, now: Stage) -> str:
    if now is Stage.CANCELLED:
        return "stopped" if number == 0 else ""
    if number == place:
        return "now"
    return "done" if number < place else ""


def _labels() -> list[tuple[Stage, str]]:
    return [
        (Stage.PUBLICATION, _("Objava")),
        (Stage.APPLICATIONS, _("Prijave")),
        (Stage.CHECK, _("Provjera")),
        (Stage.SCORING, _("Ocjenjivanje")),
        (Stage.RANKING, _("Rang-lista")),
        (Stage.OBJECTIONS, _("Prigovori")),
        (Stage.DECISION, _("Odluka")),
        (Stage.IMPLEMENTATION, _("Provedba")),
    ]


def _notes(call: Call, objections_until: date | None) -> Iterator[tuple[Stage, str]]:
    days = read_planned(call.planned)
    if call.opens_at is not None:
        on = clock.local_day(call.opens_at)
        yield Stage.PUBLICATION, f"{on.day}. {on.month}. {on.year}."
    if call.deadline is not None:
        until = clock.local(call.deadline)
        day = f"{until.day}. {until.month}."
        yield Stage.APPLICATIONS, _("do %(day)s u %(time)s", day=day, time=f"{until:%H:%M}")
    yield Stage.CHECK, _span(days.get("check_from"), days.get("check_to"))
    yield Stage.SCORING, _span(days.get("scoring_from"), days.get("scoring_to"))
    yield Stage.RANKING, _short(days.get("ranking_on"))
    until_day = objections_until or days.get("objections_until")
    yield Stage.OBJECTIONS, _("do %(day)s", day=_short(until_day)) if until_day else ""
    yield Stage.DECISION, _short(days.get("decision_on"))
    months = f"{call.duration_min} – {call.duration_max}"
    yield (
        Stage.IMPLEMENTATION,
        ngettext("%(months)s mjesec", "%(months)s mjeseci", call.duration_max, months=months),
    )


def _span(start: date | None, end: date | None) -> str:
    """`18. – 24. 1.` within a month, `25. 1. – 5. 2.` over two."""
    if start is None or end is None:
        return _short(start or end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}. – {_short(end)}"
    return f"{_short(start)} – {_short(end)}"


def _short(on: date | None) -> str:
    return f"{on.day}. {on.month}." if on else ""
