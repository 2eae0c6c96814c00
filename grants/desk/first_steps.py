"""The three steps of somebody who is here for the first time."""

from dataclasses import dataclass

from grants.desk.navigation import find_url
from grants.desk.queries.mine import Mine
from grants.i18n.languages import gettext as _


@dataclass(frozen=True)
class FirstStep:
    """One step: what, why, and where; only the one whose turn it is has a button."""

    title: str
    text: str
    label: str
    url: str
    is_done: bool = False
    is_next: bool = False


def first_steps(mine: Mine) -> list[FirstStep]:
    """The way to the first application; empty once there is one."""
    if mine.applications:
        return []
    has_one = bool(mine.organisations)
    return [
        FirstStep(
            _("Upišite organizaciju"),
            _("Jednom, za sve općine. Ako je već upisana, pridružite joj se po njenom JIB-u."),
            _("Upiši organizaciju"),
            find_url("organisations.new"),
            is_done=has_one,
            is_next=not has_one,
        ),
        FirstStep(
            _("Nađite javni poziv"),
            _("Pogledajte ko može da se prijavi, koliko se dodjeljuje i do kada."),
            _("Javni pozivi"),
            find_url("register.index"),
            is_next=has_one,
        ),
        FirstStep(
            _("Započnite prijavu"),
            _("Piše se u dijelovima i čuva sama; predaje je zakonski zastupnik, do roka."),
            "",
            "",
        ),
    ]
