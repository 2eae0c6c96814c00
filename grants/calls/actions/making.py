"""A call made from a preset and edited part by part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.actions.holding import hold
from grants.calls.models import Call, Funding, Lot
from grants.calls.presets import Preset
from grants.calls.queries import is_reference_taken, is_slug_taken
from grants.calls.rules.editing import ensure_editable, ensure_same_version, slug_of
from grants.calls.rules.publication import FundingFacts, LotFacts
from grants.calls.rules.schedule import propose, write_planned
from grants.db import db
from grants.errors import DomainError, Problem
from grants.i18n.script import fold
from grants.municipalities.models import Municipality
from grants.people.actors import Actor
from grants.programmes.actions import ensure_programme


@dataclass(frozen=True)
class NewCall:
    """What is asked of the officer first; everything else comes from the preset."""

    reference: str
    title: str
    opens_on: date


def make_call(
    municipality: Municipality, new: NewCall, *, preset: Preset, by: Actor, at: datetime
) -> Call:
    """A draft from a preset, its dates proposed; DomainError `reference_taken`."""
    if is_reference_taken(new.reference):
        raise DomainError(Problem("reference_taken", "reference", {"reference": new.reference}))
    dates = propose(new.opens_on, pattern=preset.schedule)
    call = Call(
        **(dict(preset.call) | {"title": new.title}),
        municipality=municipality,
        slug=_free_slug(new.title, year=new.opens_on.year),
        reference=new.reference,
        title_folded=fold(new.title),
        preset=preset.name,
        form=dict(preset.form),
        opens_at=dates.opens_at,
        questions_until=dates.questions_until,
        deadline=dates.deadline,
        planned=write_planned(dates.planned),
        created_at=at,
        created_by_id=by.id,
        lots=[],
        funding=[],
        documents=[],
    )
    db.session.add(call)
    _tie_programme(call)
    lots = enumerate(preset.lots, start=1)
    _set_lots(call, [LotFacts(code=str(number), envelope=0, **lot) for number, lot in lots])
    _set_funding(call, [FundingFacts(source, 0) for source in preset.funding])
    db.session.flush()
    record(Event.CALL_CREATED, call, by=by, at=at, facts={"preset": preset.name})
    return call


def change_call(
    call: Call, changes: Mapping[str, Any], *, version: int, by: Actor, at: datetime
) -> None:
    """Save one part of a draft as typed; `lots` and `funding` are lists of their facts.

    Raises WrongState when the call is no longer a free draft, Stale when somebody else saved
    after `version` was read.
    """
    hold(call)
    ensure_editable(call.status, sent_at=call.sent_at)
    ensure_same_version(call.version, seen=version)
    for name, value in changes.items():
        if name == "lots":
            _set_lots(call, value)
        elif name == "funding":
            _set_funding(call, value)
        else:
            setattr(call, name, value)
    call.title_folded = fold(call.title)
    if "programme_name" in changes:
        _tie_programme(call)
    flag_modified(call, "title")  # the version counts changes of lots and funding too
    db.session.flush()
    record(Event.CALL_CHANGED, call, by=by, at=at, facts={"changed": sorted(changes)})


def _free_slug(title: str, *, year: int) -> str:
    base = slug_of(title, year=year)
    slug, number = base, 1
    while is_slug_taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _tie_programme(call: Call) -> None:
    call.programme_id = ensure_programme(call.programme_name).id if call.programme_name else None


def _set_lots(call: Call, lots: list[LotFacts]) -> None:
    """Rows keep their identity by place; what is beyond the new list goes."""
    for at, facts in enumerate(lots):
        if at == len(call.lots):
            call.lots.append(Lot(municipality_id=call.municipality_id, position=at))
        lot = call.lots[at]
        lot.position, lot.code, lot.title = at, facts.code, facts.title
        lot.description, lot.provenance = facts.description, facts.provenance
        lot.economic_code, lot.envelope = facts.economic_code, facts.envelope
    for extra in call.lots[len(lots) :]:
        call.lots.remove(extra)
        db.session.delete(extra)


def _set_funding(call: Call, funding: list[FundingFacts]) -> None:
    for at, facts in enumerate(funding):
        if at == len(call.funding):
            call.funding.append(Funding(municipality_id=call.municipality_id, position=at))
        each = call.funding[at]
        each.position, each.source, each.amount = at, facts.source, facts.amount
    for extra in call.funding[len(funding) :]:
        call.funding.remove(extra)
        db.session.delete(extra)
