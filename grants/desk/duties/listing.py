"""All duties in the order of their terms, and in groups of how soon they are."""

from dataclasses import dataclass
from datetime import datetime

from grants.desk.duties.cases import duties_of_cases
from grants.desk.duties.drafts import duties_of_drafts
from grants.desk.duties.duty import Duty
from grants.desk.duties.organisations import duties_of_organisations
from grants.desk.queries.work import Work
from grants.desk.rules import Urgency, order_of, urgency_of
from grants.i18n.languages import lazy_gettext as _l

GROUPS = {
    Urgency.NOW: _l("Hitno"),
    Urgency.WEEK: _l("Ova sedmica"),
    Urgency.LATER: _l("Kasnije"),
}


@dataclass(frozen=True)
class Group:
    """Duties that are equally soon."""

    urgency: Urgency
    label: str
    duties: list[Duty]


def list_duties(work: Work, *, at: datetime) -> list[Duty]:
    """All of them, those with the nearest term first; each leads somewhere."""
    found = [
        *duties_of_drafts(work, at=at),
        *duties_of_cases(work, at=at),
        *duties_of_organisations(work, at=at),
    ]
    return sorted(
        (duty for duty in found if duty.url),
        key=lambda duty: order_of(duty.until, undated=duty.undated, at=at),
    )


def grouped(duties: list[Duty], *, at: datetime) -> list[Group]:
    """The duties of the start page; what comes up later is left out, and so are empty groups."""
    shown = [duty for duty in duties if duty.shown_from is None or duty.shown_from <= at]
    found: dict[Urgency, list[Duty]] = {urgency: [] for urgency in Urgency}
    for duty in shown:
        found[urgency_of(duty.until, undated=duty.undated, at=at)].append(duty)
    return [
        Group(urgency, str(GROUPS[urgency]), duties) for urgency, duties in found.items() if duties
    ]
