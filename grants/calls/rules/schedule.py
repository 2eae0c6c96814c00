"""The planned dates of a call: proposed from a preset's pattern, and whether they follow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from grants.errors import Problem

SARAJEVO = ZoneInfo("Europe/Sarajevo")
# In the order in which they come; what follows must not lie before what precedes.
PLANNED = (
    "check_from",
    "check_to",
    "scoring_from",
    "scoring_to",
    "ranking_on",
    "objections_until",
    "decision_on",
)


Window = tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class Schedule:
    """Opening, cut-off of questions and deadline as instants, the later stages as days."""

    opens_at: datetime
    questions_until: datetime
    deadline: datetime
    planned: Mapping[str, date]


def propose(opens_on: date, *, pattern: Mapping[str, int]) -> Schedule:
    """Dates by a preset's pattern: hours on the town hall's clock, days after the deadline."""
    closes_on = opens_on + timedelta(days=pattern["open_days"])
    closing = pattern["closes_hour"]
    return Schedule(
        opens_at=_wall_clock(opens_on, pattern["opens_hour"]),
        questions_until=_wall_clock(_asking_ends(opens_on, closes_on, pattern), closing),
        deadline=_wall_clock(closes_on, closing),
        planned={name: closes_on + timedelta(days=pattern[name]) for name in PLANNED},
    )


def read_planned(written: Mapping[str, str]) -> dict[str, date]:
    """The planned days of a call's JSON; those that are not set are left out."""
    return {name: date.fromisoformat(written[name]) for name in PLANNED if written.get(name)}


def write_planned(planned: Mapping[str, date | None]) -> dict[str, str]:
    """The planned days as JSON."""
    return {name: day.isoformat() for name, day in planned.items() if day is not None}


def asking_problems(questions_until: datetime | None, schedule: Window) -> Iterator[Problem]:
    """`questions_early` before the opening, `questions_late` after the deadline, with both."""
    if questions_until is None:
        return
    opens_at, deadline = schedule
    if opens_at is not None and questions_until < opens_at:
        yield Problem("questions_early", "dates", {"wanted": questions_until, "opens_at": opens_at})
    if deadline is not None and questions_until > deadline:
        yield Problem("questions_late", "dates", {"wanted": questions_until, "deadline": deadline})


def schedule_problems(
    opens_at: datetime | None, deadline: datetime | None, planned: Mapping[str, date]
) -> Iterator[Problem]:
    """`opening_missing`, `deadline_missing`, `deadline_before_opening`, `planned_missing`,
    `planned_order` with both days."""
    if opens_at is None:
        yield Problem("opening_missing", "dates")
    if deadline is None:
        yield Problem("deadline_missing", "dates")
    if opens_at is not None and deadline is not None and deadline <= opens_at:
        facts = {"opens_at": opens_at, "deadline": deadline}
        yield Problem("deadline_before_opening", "dates", facts)
    missing = [name for name in PLANNED if name not in planned]
    if missing:
        yield Problem("planned_missing", "dates", {"count": len(missing)})
    yield from _order_problems(deadline, planned)


def _order_problems(deadline: datetime | None, planned: Mapping[str, date]) -> Iterator[Problem]:
    days = [planned[name] for name in PLANNED if name in planned]
    if deadline is not None:
        days.insert(0, deadline.astimezone(SARAJEVO).date())
    for earlier, later in pairwise(days):
        if later < earlier:
            yield Problem("planned_order", "dates", {"earlier": earlier, "later": later})


def _asking_ends(opens_on: date, closes_on: date, pattern: Mapping[str, int]) -> date:
    return min(opens_on + timedelta(days=pattern["questions_days"]), closes_on)


def _wall_clock(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), SARAJEVO)
