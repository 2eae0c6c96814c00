"""The life line of one application, and the one thing its applicant or officer does next."""

from dataclasses import dataclass
from datetime import datetime

from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus, Outcome
from grants.i18n.languages import gettext as _
from grants.web.filters import day

_S = ApplicationStatus
# How far each status is along the six stations.
_PLACE = {
    _S.DRAFT: 0,
    _S.SUBMITTED: 1,
    _S.REGISTERED: 2,
    _S.COMPLETION_REQUESTED: 2,
    _S.COMPLETED: 2,
    _S.DISMISSED: 2,
    _S.ELIGIBLE: 3,
    _S.RANKED: 4,
    _S.DECIDED: 5,
    _S.CONTRACTED: 6,
    _S.WITHDRAWN: 0,
}


@dataclass(frozen=True)
class Station:
    """One station as the life line draws it."""

    label: str
    note: str
    state: str


def case_stations(application: Application) -> list[Station]:
    """Where an application stands: a dismissed or refused one has stopped."""
    place = _PLACE[application.status]
    stops = _has_stopped(application)
    notes = (_day(application.submitted_at), _day(application.registered_at), "", "", "", "")
    labels = (
        _("Prijava"),
        _("Prijem"),
        _("Provjera"),
        _("Ocjena"),
        _("Odluka"),
        _("Ugovor"),
    )
    return [
        Station(label, note, _state(number, place, stops=stops))
        for number, (label, note) in enumerate(zip(labels, notes, strict=True))
    ]


def _state(number: int, place: int, *, stops: bool) -> str:
    if number == place:
        return "stopped" if stops else "now"
    return "done" if number < place else ""


def _has_stopped(application: Application) -> bool:
    is_over = application.status in (_S.DISMISSED, _S.WITHDRAWN)
    return is_over or application.outcome in (Outcome.REFUSED, Outcome.DISMISSED, Outcome.DECLINED)


def _day(at: datetime | None) -> str:
    return day(at) if at is not None else ""
