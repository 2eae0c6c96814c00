"""One line of a list: what it says and where it leads."""

from dataclasses import dataclass
from datetime import datetime

from grants.applications.models import Application
from grants.calls.life_line import stage_of
from grants.calls.models import Call
from grants.calls.rules.states import Stage
from grants.desk.labels import STAGE_COLOURS, STAGES, state_colour, state_label
from grants.desk.navigation import find_url
from grants.desk.next_steps import NextStep, next_step
from grants.desk.queries.calls import CallRow, Counts
from grants.i18n.languages import gettext as _


@dataclass(frozen=True)
class CallLine:
    """One call of a list."""

    call: Call
    counts: Counts
    envelope: int
    stage: Stage
    label: str
    colour: str
    url: str
    step: NextStep


@dataclass(frozen=True)
class CaseLine:
    """One application of a list."""

    application: Application
    label: str
    colour: str
    url: str
    # Messages of the other side that nobody of this one has read.
    unread: int = 0


@dataclass(frozen=True)
class FoundLine:
    """One thing that was searched for."""

    kind: str
    title: str
    note: str
    url: str


def call_line(row: CallRow, slug: str, *, at: datetime) -> CallLine:
    """A call of the municipality with that slug."""
    stage = stage_of(row.call, at=at)
    return CallLine(
        call=row.call,
        counts=row.counts,
        envelope=row.envelope,
        stage=stage,
        label=str(STAGES[stage]),
        colour=STAGE_COLOURS.get(stage, "blue"),
        url=find_url("desk.call", municipality=slug, slug=row.call.slug),
        step=next_step(row.call, row.counts, slug=slug, at=at),
    )


def case_line(application: Application, slug: str, *, unread: int = 0) -> CaseLine:
    """An application to a call of the municipality with that slug."""
    return CaseLine(
        application=application,
        label=state_label(application),
        colour=state_colour(application),
        url=find_url("desk.case", municipality=slug, slug=application.slug),
        unread=unread,
    )


def found_line(found: Call | Application, slug: str) -> FoundLine:
    """A call or an application that has the words."""
    if isinstance(found, Call):
        url = find_url("desk.call", municipality=slug, slug=found.slug)
        return FoundLine(_("poziv"), found.title, found.reference, url)
    url = find_url("desk.case", municipality=slug, slug=found.slug)
    note = " · ".join(filter(None, (found.organisation_name, found.reference)))
    return FoundLine(_("prijava"), found.title, note, url)


def own_line(application: Application, *, unread: int = 0) -> CaseLine:
    """An application for its own organisation."""
    return CaseLine(
        application=application,
        label=state_label(application),
        colour=state_colour(application),
        url=find_url("desk.my_application", slug=application.slug),
        unread=unread,
    )
