"""Where an act stands, as the pages show it; that it became final is computed from today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.acts.labels import COLOURS, FINAL, STATUSES
from grants.acts.models import Act
from grants.acts.rules import RECORDS, ActStatus, is_final
from grants.i18n.languages import gettext as _
from grants.workdays import Rest


@dataclass(frozen=True)
class Station:
    """One station of the life line."""

    label: str
    note: str
    state: str


@dataclass(frozen=True)
class Standing:
    """The state in one word, with its colour."""

    label: str
    colour: str


@dataclass(frozen=True)
class Counted:
    """How the term of the remedy was counted; each day skipped with why."""

    start: date
    days: int
    raw_end: date
    ends_on: date
    skipped: Sequence[tuple[date, str]]


def standing_of(act: Act, *, today: date) -> Standing:
    """Draft, approved, issued, served or, after the term, final."""
    if is_final(act.remedy_until, today):
        return Standing(str(FINAL), "green")
    return Standing(str(STATUSES[act.status]), COLOURS[act.status])


def stations_of(act: Act, *, today: date) -> list[Station]:
    """The life line of an act; a record ends with its issue."""
    reached = list(ActStatus).index(act.status)
    notes = (act.prepared_at, act.approved_at, act.issued_at, None)
    stations = [
        Station(
            label=str(STATUSES[status]),
            note=_day(act.served_on if at == len(notes) - 1 else notes[at]),
            state="done" if at < reached else "now" if at == reached else "",
        )
        for at, status in enumerate(ActStatus)
    ]
    if act.kind in RECORDS:
        return stations[:3]
    if is_final(act.remedy_until, today):
        stations[-1] = Station(stations[-1].label, stations[-1].note, "done")
        return [*stations, Station(str(FINAL), "", "now")]
    term = _("istekom %(day)s", day=_day(act.remedy_until)) if act.remedy_until else ""
    return [*stations, Station(str(FINAL), term, "")]


def counted_of(act: Act) -> Counted | None:
    """How the remedy's term was counted, once the act is served."""
    kept = act.remedy_counted
    if kept is None or act.remedy_until is None:
        return None
    return read_counted(kept, ends_on=act.remedy_until)


def read_counted(kept: Mapping[str, Any], *, ends_on: date) -> Counted:
    """A term as it was kept when it was counted out."""
    return Counted(
        start=date.fromisoformat(kept["start"]),
        days=kept["days"],
        raw_end=date.fromisoformat(kept["raw_end"]),
        ends_on=ends_on,
        skipped=[(date.fromisoformat(on), _why(rest, name)) for on, rest, name in kept["skipped"]],
    )


def _why(rest: str, name: str) -> str:
    said = {
        Rest.SATURDAY: _("subota"),
        Rest.SUNDAY: _("nedjelja"),
        Rest.HOLIDAY: name or _("praznik"),
    }
    return said.get(Rest(rest), _("neradni dan"))


def _day(on: Any) -> str:
    return f"{on.day}. {on.month}. {on.year}." if on else ""
