"""What happens to a call: made from a preset, edited, sent, approved, returned, published."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from grants import clock
from grants.audit.actions import record
from grants.audit.events import Event
from grants.audit.rules import canonical
from grants.calls.models import Call, CallDocument, Follower, Funding, Lot
from grants.calls.presets import Preset
from grants.calls.queries import (
    facts_of,
    frozen_facts,
    get_follower,
    is_reference_taken,
    is_slug_taken,
)
from grants.calls.rules.editing import ensure_editable, ensure_same_version, slug_of
from grants.calls.rules.publication import (
    FundingFacts,
    LotFacts,
    missing_for_publication,
    too_late_to_publish,
)
from grants.calls.rules.schedule import propose, write_planned
from grants.calls.rules.states import LIFECYCLE, CallStatus
from grants.db import db
from grants.documents.models import Document
from grants.errors import DomainError, Incomplete, Problem, WrongState
from grants.i18n.script import fold
from grants.municipalities.models import Municipality
from grants.notifications.actions import notify
from grants.people.actors import Actor
from grants.people.queries import get_user, list_holders
from grants.people.rules import Role
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
    _lock(call)
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


def add_file(call: Call, document: Document, *, title: str, by: Actor, at: datetime) -> None:
    """Put a file beside a draft, to be downloaded by everybody once the call is public."""
    ensure_editable(call.status, sent_at=call.sent_at)
    file = CallDocument(
        municipality_id=call.municipality_id,
        call_id=call.id,
        title=title,
        document_id=document.id,
        added_at=at,
    )
    db.session.add(file)
    record(Event.DOCUMENT_ADDED, call, by=by, at=at, facts=_file_facts(title, document))


def rename_file(call: Call, file: CallDocument, *, title: str) -> None:
    """Call a file of a draft otherwise."""
    ensure_editable(call.status, sent_at=call.sent_at)
    file.title = title


def remove_file(call: Call, file: CallDocument, *, by: Actor, at: datetime) -> None:
    """Take a file away from a draft."""
    ensure_editable(call.status, sent_at=call.sent_at)
    db.session.delete(file)
    facts = _file_facts(file.title, file.document)
    record(Event.DOCUMENT_REMOVED, call, by=by, at=at, facts=facts)


def send_call(call: Call, *, by: Actor, at: datetime) -> None:
    """Lay a complete draft before the signatory; Incomplete with all that is missing."""
    _lock(call)
    ensure_editable(call.status, sent_at=call.sent_at)
    _ensure_complete(call, at=at)
    call.sent_at, call.sent_by_id, call.return_reason = at, by.id, ""
    record(Event.CALL_SENT_FOR_APPROVAL, call, by=by, at=at, facts={"version": call.version})
    _tell(call, Role.SIGNATORY, "sent", by=by, at=at)


def approve_call(call: Call, *, by: Actor, at: datetime) -> None:
    """The signatory wants it so; WrongState unless the draft was sent."""
    _lock(call)
    LIFECYCLE.check(call.status, CallStatus.APPROVED)
    _ensure_sent(call)
    call.status, call.approved_at, call.approved_by_id = CallStatus.APPROVED, at, by.id
    record(Event.CALL_APPROVED, call, by=by, at=at, facts={"version": call.version})
    _tell_sender(call, "approved", by=by, at=at)


def return_call(call: Call, *, reason: str, by: Actor, at: datetime) -> None:
    """The signatory sends it back with a reason; it is a free draft again."""
    _lock(call)
    if not reason.strip():
        raise Incomplete(Problem("reason_missing", "reason"))
    if call.status is not CallStatus.APPROVED:
        _ensure_sent(call)
    if call.status is not CallStatus.DRAFT:
        LIFECYCLE.check(call.status, CallStatus.DRAFT)
    call.status, call.sent_at, call.return_reason = CallStatus.DRAFT, None, reason.strip()
    call.approved_at, call.approved_by_id = None, None
    record(Event.CALL_RETURNED, call, by=by, at=at, facts={"reason": call.return_reason})
    _tell_sender(call, "returned", by=by, at=at)


def publish_call(call: Call, *, by: Actor, at: datetime) -> None:
    """Publish an approved call and freeze it with its hash.

    Raises WrongState unless it is approved, Incomplete when something is missing or the deadline
    has already passed.
    """
    _lock(call)
    LIFECYCLE.check(call.status, CallStatus.PUBLISHED)
    _ensure_complete(call, at=at)
    call.status, call.published_at = CallStatus.PUBLISHED, at
    call.frozen_sha256 = hashlib.sha256(canonical(frozen_facts(call)).encode()).hexdigest()
    record(Event.CALL_PUBLISHED, call, by=by, at=at, facts={"sha256": call.frozen_sha256})
    for role in (Role.OFFICER, Role.SIGNATORY):
        _tell(call, role, "published", by=by, at=at)


def advance_call(call: Call, status: CallStatus, *, by: Actor, at: datetime) -> None:
    """Take a published call to its next status, and note when it got there.

    Later slices call it with their own acts. Raises WrongState where the step does not follow.
    """
    LIFECYCLE.check(call.status, status)
    call.status = status
    call.reached = {**call.reached, status.value: at.isoformat()}
    record(Event.CALL_STAGE_CHANGED, call, by=by, at=at, facts={"status": status.value})


def follow_call(call: Call, *, user_id: int, at: datetime) -> None:
    """Whoever starts an application hears of every correction; a second time does nothing."""
    if get_follower(call, user_id) is None:
        follower = Follower(
            municipality_id=call.municipality_id,
            call_id=call.id,
            user_id=user_id,
            since=clock.local_day(at),
        )
        db.session.add(follower)


def _lock(call: Call) -> None:
    """Hold the row until the end, and see what somebody else saved a moment ago."""
    db.session.flush()
    columns = ["status", "version", "sent_at"]
    db.session.refresh(call, columns, with_for_update=True)


def _ensure_sent(call: Call) -> None:
    if call.sent_at is None:
        raise WrongState(Problem("call_not_sent"))


def _ensure_complete(call: Call, *, at: datetime) -> None:
    facts = facts_of(call)
    missing = [*missing_for_publication(facts), *too_late_to_publish(call.deadline, at)]
    if missing:
        raise Incomplete(*missing)


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


def _file_facts(title: str, document: Document) -> dict[str, object]:
    return {"title": title, "name": document.name, "sha256": document.sha256}


def _tell(call: Call, role: Role, what: str, *, by: Actor, at: datetime) -> None:
    holders = list_holders(role, call.municipality_id)
    notify(
        [user.as_recipient() for user in holders if user.id != by.id],
        f"calls/emails/{what}.txt",
        at=at,
        path=_path(call, what),
        facts=_told(call, by),
    )


def _tell_sender(call: Call, what: str, *, by: Actor, at: datetime) -> None:
    sender = get_user(call.sent_by_id) if call.sent_by_id else None
    if sender is not None:
        notify(
            [sender.as_recipient()],
            f"calls/emails/{what}.txt",
            at=at,
            path=_path(call, what),
            facts=_told(call, by),
        )


def _told(call: Call, by: Actor) -> dict[str, Any]:
    return {
        "title": call.title,
        "reference": call.reference,
        "by": by.name,
        "reason": call.return_reason,
        "deadline": call.deadline,
    }


def _path(call: Call, what: str) -> str:
    if what == "published":
        return f"/calls/{call.slug}"
    return f"/m/{call.municipality.slug}/calls/{call.slug}/edit/check"
