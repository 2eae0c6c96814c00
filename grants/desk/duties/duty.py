"""One thing to do, until when, and where."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from grants.applications.models import Application
from grants.desk.navigation import find_url
from grants.desk.rules import Urgency
from grants.eligibility.rules.terms import end_of_day
from grants.i18n.languages import gettext as _

# How long before its term something of the distant future comes up on the start page.
AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Duty:
    """One thing to do: `text` says what, `note` about what, `label` and `url` where.

    `key` is the same every time the thing is asked for. Without a term it is as urgent as
    `undated` says. `event` is how it reads in a calendar; empty where it does not belong there.
    """

    key: str
    text: str
    note: str
    label: str
    url: str
    until: datetime | None = None
    is_day: bool = False
    undated: Urgency = Urgency.WEEK
    shown_from: datetime | None = None
    missing: tuple[str, ...] = ()
    is_loud: bool = False
    event: str = ""
    is_draft: bool = False


def term(on: date | None) -> datetime | None:
    """The last second of a day as the term of a duty."""
    return end_of_day(on) if on is not None else None


def title_of(application: Application) -> str:
    """Its title, or what stands for one while there is none."""
    return application.title or _("prijava bez naslova")


def own_url(application: Application) -> str:
    """The page of an application for its own organisation."""
    return find_url("desk.my_application", slug=application.slug)
