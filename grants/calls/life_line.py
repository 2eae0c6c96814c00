"""The life line of a call: where it stands, with the days planned and the days really reached."""

from dataclasses import dataclass
from datetime import date, datetime

from grants import clock
from grants.calls.models import Call
from grants.calls.rules.schedule import read_planned
from grants.calls.rules.states import CallStatus, Stage, stage
from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l
from grants.i18n.languages import ngettext
from grants.web.filters import day

LABELS = {
    Stage.PUBLICATION: _l("Objava"),
    Stage.APPLICATIONS: _l("Prijave"),
    Stage.CHECK: _l("Provjera"),
    Stage.SCORING: _l("Ocjenjivanje"),
    Stage.RANKING: _l("Rang-lista"),
    Stage.OBJECTIONS: _l("Prigovori"),
    Stage.DECISION: _l("Odluka"),
    Stage.IMPLEMENTATION: _l("Provedba"),
}
# The status whose moment is the real day of a station; scoring and check last, so they keep both.
REACHED = {
    Stage.RANKING: CallStatus.RANKED,
    Stage.DECISION: CallStatus.DECIDED,
}


@dataclass(frozen=True)
class Station:
    """One station as the life line draws it."""

    label: str
    note: str
    state: str


def stage_of(call: Call, *, at: datetime) -> Stage:
    """Where a call stands at a moment."""
    return stage(call.status, opens_at=call.opens_at, deadline=call.deadline, at=at)


def life_line(call: Call, *, at: datetime) -> list[Station]:
    """The stations of a call; what is past is done, and a cancelled call stops where it was."""
    order = list(LABELS)
    current = stage_of(call, at=at)
    place = order.index(current) if current in LABELS else -1
    is_over = call.status is CallStatus.ARCHIVED
    stations = []
    for number, each in enumerate(order):
        state = "done" if number < place or is_over else "now" if number == place else ""
        stations.append(Station(str(LABELS[each]), _note(call, each), state))
    if current is Stage.CANCELLED:
        first = Station(stations[0].label, stations[0].note, "stopped")
        stations = [first, *stations[1:]]
    return stations


def _note(call: Call, station: Stage) -> str:
    reached = call.reached.get(REACHED[station].value) if station in REACHED else None
    if reached:
        return day(datetime.fromisoformat(reached))
    match station:
        case Stage.PUBLICATION:
            published = call.published_at or call.opens_at
            return day(published) if published else ""
        case Stage.APPLICATIONS:
            return _until(call.deadline)
        case Stage.IMPLEMENTATION:
            return _months(call.duration_min, call.duration_max)
        case _:
            return _planned(call, station)


def _planned(call: Call, station: Stage) -> str:
    planned = read_planned(call.planned)
    match station:
        case Stage.CHECK:
            return _span(planned.get("check_from"), planned.get("check_to"))
        case Stage.SCORING:
            return _span(planned.get("scoring_from"), planned.get("scoring_to"))
        case Stage.RANKING:
            return _short(planned.get("ranking_on"))
        case Stage.OBJECTIONS:
            until = planned.get("objections_until")
            return _("do %(day)s", day=_short(until)) if until else ""
        case _:
            return _short(planned.get("decision_on"))


def _until(deadline: datetime | None) -> str:
    if deadline is None:
        return ""
    wall = clock.local(deadline)
    return _("do %(day)s u %(time)s", day=_short(wall.date()), time=f"{wall:%H:%M}")


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return _short(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}. – {_short(last)}"
    return f"{_short(first)} – {_short(last)}"


def _short(on: date | None) -> str:
    return f"{on.day}.\u00a0{on.month}." if on else ""


def _months(least: int, most: int) -> str:
    if least == most:
        return ngettext("%(num)d mjesec", "%(num)d mjeseci", most)
    return _("%(min)d – %(max)d mjeseci", min=least, max=most)
