"""The way of every act: prepared, approved, issued with a number, scanned, served."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from grants import clock
from grants.acts.models import Act, NumberSeries
from grants.acts.queries import get_act_by_key, is_number_taken
from grants.acts.rules import (
    LIFECYCLE,
    RECORDS,
    ActKind,
    ActStatus,
    ServiceWay,
    ensure_servable,
    make_verification_code,
    write_number,
)
from grants.audit.actions import Doer, record
from grants.audit.events import Event
from grants.audit.rules import canonical
from grants.db import db
from grants.documents.models import Document
from grants.errors import DomainError, Problem
from grants.jobs.actions import enqueue
from grants.workdays import Calendar, days, deadline


@dataclass(frozen=True)
class Draft:
    """What an act says and about what; `facts` hold plain JSON: texts, whole numbers, lists.

    `template` is rendered with the facts as `facts` and the act's own data, see acts.jobs.
    """

    key: str
    kind: ActKind
    title: str
    template: str
    facts: Mapping[str, Any]
    subject_kind: str
    subject_id: int
    municipality_id: int
    recipient_name: str = ""
    remedy_days: int | None = None
    language: str = "bs"
    corrects_id: int | None = None


def prepare_act(draft: Draft, *, by: Doer, at: datetime) -> Act:
    """Prepare an act; one prepared before under the same key is replaced while it is a draft.

    Raises WrongState when that one is already approved or issued.
    """
    act = get_act_by_key(draft.key)
    if act is None:
        act = Act(
            slug=secrets.token_urlsafe(9),
            key=draft.key,
            municipality_id=draft.municipality_id,
            verification_code=make_verification_code(),
            status=ActStatus.DRAFT,
        )
        db.session.add(act)
    elif act.status is not ActStatus.DRAFT:
        LIFECYCLE.check(act.status, ActStatus.DRAFT)
    act.kind, act.title, act.template = draft.kind, draft.title, draft.template
    act.facts, act.language = dict(draft.facts), draft.language
    act.subject_kind, act.subject_id = draft.subject_kind, draft.subject_id
    act.recipient_name, act.remedy_days = draft.recipient_name, draft.remedy_days
    act.corrects_id, act.prepared_at, act.prepared_by_id = draft.corrects_id, at, by.id
    db.session.flush()
    record(Event.ACT_PREPARED, act, by=by, at=at, facts={"kind": act.kind.value})
    return act


def approve_act(act: Act, *, by: Doer, at: datetime) -> None:
    """The signatory has read it and wants it so."""
    LIFECYCLE.check(act.status, ActStatus.APPROVED)
    act.status, act.approved_at, act.approved_by_id = ActStatus.APPROVED, at, by.id
    record(Event.ACT_APPROVED, act, by=by, at=at)


def return_act(act: Act, *, by: Doer, at: datetime) -> None:
    """The signatory sends it back to be prepared again."""
    LIFECYCLE.check(act.status, ActStatus.DRAFT)
    act.status, act.approved_at, act.approved_by_id = ActStatus.DRAFT, None, None
    record(Event.ACT_PREPARED, act, by=by, at=at, facts={"returned": True})


@dataclass(frozen=True)
class Signature:
    """Who signs, in which function; a number typed in from the registry, or of which series."""

    name: str
    title: str
    series: str = ""
    typed_number: str = ""


def issue_act(act: Act, *, signature: Signature, by: Doer, at: datetime) -> None:
    """Give an act its number and freeze it; the worker makes its PDF.

    The number is the next of its series and year, without gaps, or the one typed in from the
    registry; DomainError `number_taken` when the municipality has given that one this year.
    """
    LIFECYCLE.check(act.status, ActStatus.ISSUED)
    act.acted_on, act.year = clock.local_day(at), clock.local_day(at).year
    if signature.typed_number:
        _take_typed_number(act, signature.typed_number.strip())
    else:
        _take_next_number(act, signature.series)
    act.status, act.issued_at, act.issued_by_id = ActStatus.ISSUED, at, by.id
    act.signatory_name, act.signatory_title = signature.name, signature.title
    act.facts_sha256 = hashlib.sha256(canonical(act.facts).encode()).hexdigest()
    db.session.flush()
    facts = {"kind": act.kind.value, "number": act.number, "sha256": act.facts_sha256}
    record(Event.ACT_ISSUED, act, by=by, at=at, facts=facts)
    enqueue(
        "render_act",
        {"act_id": act.id, "municipality_id": act.municipality_id},
        at=at,
        key=f"render_act:{act.id}",
    )


def attach_scan(act: Act, scan: Document, *, by: Doer, at: datetime) -> None:
    """Keep the scan of the printed, signed and stamped act beside its PDF."""
    if act.issued_at is None:
        raise DomainError(Problem("act_not_issued"))
    act.scan_id = scan.id
    record(Event.ACT_SCANNED, act, by=by, at=at, facts={"sha256": scan.sha256})


@dataclass(frozen=True)
class Service:
    """On which day and in which way an act reached the party."""

    on: date
    way: ServiceWay
    note: str = ""


def record_service(
    act: Act, service: Service, *, calendar: Calendar, by: Doer, at: datetime
) -> None:
    """Note when and how an act was served; from that day its remedy's term runs.

    Raises DomainError `served_before_issue` or `served_in_future`, WrongState before issue.
    """
    LIFECYCLE.check(act.status, ActStatus.SERVED)
    ensure_servable(service.on, acted_on=act.acted_on, today=clock.local_day(at))
    act.status = ActStatus.SERVED
    act.served_on, act.service_way, act.service_note = service.on, service.way, service.note
    if act.remedy_days and act.kind not in RECORDS:
        counted = deadline(service.on, term=days(act.remedy_days), calendar=calendar)
        act.remedy_until = counted.ends_on
        act.remedy_counted = {
            "start": counted.start.isoformat(),
            "days": act.remedy_days,
            "raw_end": counted.raw_end.isoformat(),
            "skipped": [[day.day.isoformat(), day.rest.value, day.name] for day in counted.skipped],
        }
    facts = {"on": service.on.isoformat(), "way": service.way.value}
    record(Event.ACT_SERVED, act, by=by, at=at, facts=facts)


def attach_pdf(act: Act, document: Document) -> None:
    """Tie the rendered PDF to its act; a second run changes nothing."""
    if act.document_id is None:
        act.document_id = document.id


def _take_next_number(act: Act, series: str) -> None:
    year = int(act.year or 0)
    statement = select(NumberSeries).where(NumberSeries.series == series, NumberSeries.year == year)
    counter = db.session.execute(statement.with_for_update()).scalar()
    if counter is None:
        counter = NumberSeries(
            municipality_id=act.municipality_id, series=series, year=year, last=0
        )
        db.session.add(counter)
    counter.last += 1
    act.series, act.ordinal = series, counter.last
    act.number = write_number(series, counter.last, year)


def _take_typed_number(act: Act, number: str) -> None:
    if is_number_taken(number, year=int(act.year or 0)):
        raise DomainError(Problem("number_taken", facts={"number": number, "year": act.year}))
    act.number = number
