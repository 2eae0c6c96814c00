"""Calls of the story: made from the preset, approved by the signatory, published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from grants import clock
from grants.calls.actions.deciding import approve_call, publish_call, send_call
from grants.calls.actions.files import add_file
from grants.calls.actions.making import NewCall, change_call, make_call
from grants.calls.models import Call
from grants.calls.presets import presets
from grants.calls.queries import get_call_by_id
from grants.calls.rules.publication import FundingFacts, LotFacts
from grants.calls.rules.schedule import PLANNED, write_planned
from grants.demo.cast import Cast, settle
from grants.documents.actions import add_document

PRESET = "lod-reload"


@dataclass(frozen=True)
class Notice:
    """What the officer and the signatory put into a call; amounts in fening.

    `opens` and `closes` count days from now, days gone by below zero. `stretch` gives the
    committee so many days more than the preset; what comes after its work moves with it.
    """

    town: str
    officer: str
    signatory: str
    reference: str
    title: str
    opens: int
    closes: int
    lots: Sequence[LotFacts]
    funding: Sequence[FundingFacts]
    changes: Mapping[str, Any]
    stretch: int = 0


def publish(notice: Notice, cast: Cast) -> Call:
    """A call from the preset to its publication, on the morning of its opening day."""
    officer, signatory = cast.people[notice.officer], cast.people[notice.signatory]
    opened = -notice.opens
    call = _make(notice, cast)
    send_call(read(call), by=officer, at=cast.moments.before(opened + 7, "13:45"))
    settle()
    approve_call(read(call), by=signatory, at=cast.moments.before(opened + 4, "10:30"))
    settle()
    publish_call(read(call), by=officer, at=cast.moments.before(opened, "07:50"))
    settle()
    return read(call)


def _make(notice: Notice, cast: Cast) -> Call:
    officer, begun = cast.people[notice.officer], cast.moments.before(14 - notice.opens, "09:30")
    opens_at = cast.moments.before(-notice.opens, "08:00")
    new = NewCall(notice.reference, notice.title, clock.local_day(opens_at))
    town = cast.towns[notice.town]
    call = make_call(town, new, preset=presets()[PRESET], by=officer, at=begun)
    settle()
    changes = _changes(notice, cast) | {"opens_at": opens_at}
    at = begun + timedelta(hours=2)
    change_call(read(call), changes, version=read(call).version, by=officer, at=at)
    settle()
    guidelines = add_document(cast.files["smjernice"], by_id=officer.id, at=at)
    add_file(read(call), guidelines, title="Smjernice za podnosioce prijava", by=officer, at=at)
    settle()
    return call


def _changes(notice: Notice, cast: Cast) -> dict[str, Any]:
    preset, town = presets()[PRESET], cast.towns[notice.town]
    closes = (
        cast.moments.after(notice.closes)
        if notice.closes > 0
        else cast.moments.before(-notice.closes, "15:00")
    )
    contact = f"{town.unit}, {town.phone}, {town.email}"
    texts = {**preset.call["texts"], "contact": contact}
    return {
        **notice.changes,
        "texts": texts,
        "lots": list(notice.lots),
        "funding": list(notice.funding),
        "deadline": closes,
        "planned": _planned(notice, clock.local_day(closes), preset.schedule),
    }


def _planned(notice: Notice, closes_on: date, pattern: Mapping[str, int]) -> dict[str, str]:
    later = PLANNED[PLANNED.index("scoring_to") :]
    return write_planned(
        {
            name: closes_on + timedelta(days=pattern[name] + (name in later) * notice.stretch)
            for name in PLANNED
        }
    )


def read(call: Call) -> Call:
    """The call with everything that is shown of it, as the database has it now."""
    found = get_call_by_id(call.id)
    if found is None:
        raise LookupError(call.id)
    return found
