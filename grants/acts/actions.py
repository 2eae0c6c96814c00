"""The way of every act: prepared, approved, issued with a number, scanned, served."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from grants import clock
from grants.acts.legal import legal_texts
from grants.acts.models import Act, NumberSeries
from grants.acts.queries import get_act_by_key, is_number_taken
from grants.acts.rules import (
    LIFECYCLE,
    RECORDS,
    ActKind,
    ActStatus,
    ServiceWay,
    Subject,
    ensure_replaceable,
    ensure_servable,
    make_verification_code,
    write_number,
)
from grants.audit.actions import Doer, record
from grants.audit.events import Event
from grants.audit.rules import digest
from grants.db import db
from grants.documents.models import Document
from grants.errors import DomainError, Problem
from grants.i18n.script import fold
from grants.jobs.actions import enqueue
from grants.municipalities.models import Municipality
from grants.municipalities.queries import get_municipality_by_id
from grants.notifications.actions import notify
from grants.people.queries import get_user, list_memberships
from grants.people.rules import ScopeKind
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
    subject: Subject
    remedy_days: int | None = None
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
            municipality_id=draft.subject.municipality_id,
            verification_code=make_verification_code(),
            status=ActStatus.DRAFT,
        )
        db.session.add(act)
    ensure_replaceable(act.status)
    _write(act, draft)
    act.prepared_at, act.prepared_by_id, act.return_reason = at, by.id, ""
    db.session.flush()
    record(Event.ACT_PREPARED, act, by=by, at=at, facts={"kind": act.kind.value})
    return act


def unsaved_act(draft: Draft, *, at: datetime) -> Act:
    """A draft as an act that is kept nowhere, to be read before it is signed."""
    act = Act(verification_code="", prepared_at=at, status=ActStatus.DRAFT)
    _write(act, draft)
    return act


def _write(act: Act, draft: Draft) -> None:
    act.kind, act.title, act.template = draft.kind, draft.title, draft.template
    act.facts, act.corrects_id = dict(draft.facts), draft.corrects_id
    act.remedy_days = draft.remedy_days
    about = draft.subject
    act.subject_kind, act.subject_id = about.kind, about.id
    act.recipient_name, act.organisation_id = about.recipient_name, about.organisation_id
    act.call_reference, act.language = about.call_reference, about.language
    act.folded = fold(f"{act.title} {act.recipient_name}")


def approve_act(act: Act, *, by: Doer, at: datetime) -> None:
    """The signatory has read it and wants it so."""
    LIFECYCLE.check(act.status, ActStatus.APPROVED)
    act.status, act.approved_at, act.approved_by_id = ActStatus.APPROVED, at, by.id
    record(Event.ACT_APPROVED, act, by=by, at=at)


def return_act(act: Act, *, by: Doer, at: datetime, reason: str = "") -> None:
    """The signatory sends an approved or a prepared act back, saying what to change.

    Who prepared it is told. Raises WrongState once it is issued.
    """
    take_back_approval(act, by=by, at=at, reason=reason)
    officer = get_user(act.prepared_by_id) if act.prepared_by_id else None
    if officer is not None:
        municipality = get_municipality_by_id(act.municipality_id)
        notify(
            [officer.as_recipient()],
            "acts/emails/returned.txt",
            at=at,
            path=f"/m/{municipality.slug}/acts/{act.slug}",
            facts={"act": act},
        )


def take_back_approval(act: Act, *, by: Doer, at: datetime, reason: str = "") -> None:
    """Make an act a draft again, to be written anew; nobody is told.

    Raises WrongState once it is issued.
    """
    if act.status is not ActStatus.DRAFT:
        LIFECYCLE.check(act.status, ActStatus.DRAFT)
    act.status, act.approved_at, act.approved_by_id = ActStatus.DRAFT, None, None
    act.return_reason = reason
    record(Event.ACT_RETURNED, act, by=by, at=at, facts={"reason": reason})


@dataclass(frozen=True)
class Signature:
    """Who signs, in which function; a number typed in from the registry, or of which series."""

    name: str
    title: str
    series: str = ""
    typed_number: str = ""


def signature_of(
    municipality: Municipality, kind: ActKind, *, by: Doer, typed_number: str = ""
) -> Signature:
    """The signature of a municipality's acts of a kind: its mayor, its series of numbers."""
    return Signature(
        name=municipality.mayor_name or by.name,
        title=municipality.mayor_title,
        series=legal_texts(municipality, kind).series,
        typed_number=typed_number.strip(),
    )


def issue_act(act: Act, *, signature: Signature, by: Doer, at: datetime) -> None:
    """Give an act its number and freeze it; the worker makes its PDF.

    The number is the next of its series and year, without gaps, or the one typed in from the
    registry; DomainError `number_taken` when the municipality has given that one this year.
    """
    LIFECYCLE.check(act.status, ActStatus.ISSUED)
    act.acted_on, act.year = clock.local_day(at), clock.local_day(at).year
    if signature.typed_number:
        _take_typed_number(act, signature.typed_number.strip(), at=at)
    else:
        _take_next_number(act, signature.series)
    act.status, act.issued_at, act.issued_by_id = ActStatus.ISSUED, at, by.id
    act.signatory_name, act.signatory_title = signature.name, signature.title
    act.folded = fold(f"{act.number} {act.title} {act.recipient_name}")
    act.facts_sha256 = digest(act.facts)
    db.session.flush()
    facts = {"kind": act.kind.value, "number": act.number, "sha256": act.facts_sha256}
    record(Event.ACT_ISSUED, act, by=by, at=at, facts=facts)
    if act.corrects_id is not None:
        _note_correction(act, by=by, at=at)
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


def attach_pdf(act: Act, document: Document) -> bool:
    """Tie the rendered PDF to its act; False when a second run finds one there."""
    if act.document_id is not None:
        return False
    act.document_id = document.id
    return True


def tell_of_act(act: Act, municipality: Municipality, *, at: datetime) -> None:
    """Write to everybody of the organisation that its act can be downloaded."""
    if act.organisation_id is None:
        return
    held = list_memberships(ScopeKind.ORGANISATION, [act.organisation_id])
    people = {membership.user_id: membership.user for membership in held}
    notify(
        [user.as_recipient() for user in people.values()],
        "acts/emails/issued.txt",
        at=at,
        path=f"/my/acts/{act.slug}/pdf",
        facts={"act": act, "municipality": municipality},
        is_urgent=True,
    )


def _note_correction(act: Act, *, by: Doer, at: datetime) -> None:
    corrected = db.session.execute(select(Act).where(Act.id == act.corrects_id)).scalar_one()
    facts = {"number": corrected.number, "corrected_by": act.number}
    record(Event.ACT_CORRECTED, corrected, by=by, at=at, facts=facts)


def _take_next_number(act: Act, series: str) -> None:
    """The next free number; one typed in from the registry counts as given."""
    year = int(act.year or 0)
    counter = _lock_series(series, year=year, municipality_id=act.municipality_id)
    counter.last += 1
    while is_number_taken(write_number(series, counter.last, year), year=year):
        counter.last += 1
    act.series, act.ordinal = series, counter.last
    act.number = write_number(series, counter.last, year)


def next_number(series: str, *, year: int, municipality_id: int) -> str:
    """The next number of a series for what is no act: an application that comes in."""
    counter = _lock_series(series, year=year, municipality_id=municipality_id)
    counter.last += 1
    return write_number(series, counter.last, year)


def _lock_series(series: str, *, year: int, municipality_id: int) -> NumberSeries:
    """The row of a series, locked until the commit: whoever comes second waits for the first.

    The first number of a year makes the row; of two who do that at once, one waits for the other
    at the unique index and then finds it.
    """
    counter = _find_series(series, year)
    if counter is not None:
        return counter
    try:
        with db.session.begin_nested():
            fresh = NumberSeries(municipality_id=municipality_id, series=series, year=year, last=0)
            db.session.add(fresh)
    except IntegrityError:
        counter = _find_series(series, year)
        if counter is None:
            raise
        return counter
    return fresh


def _find_series(series: str, year: int) -> NumberSeries | None:
    statement = select(NumberSeries).where(NumberSeries.series == series, NumberSeries.year == year)
    locked = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.execute(locked).scalar()


def ensure_number_free(number: str, *, at: datetime) -> None:
    """Raise DomainError `number_taken` where a number typed in was given this year; "" is none."""
    year = clock.local_day(at).year
    if number and is_number_taken(number, year=year):
        raise DomainError(Problem("number_taken", "typed_number", {"number": number, "year": year}))


def _take_typed_number(act: Act, number: str, *, at: datetime) -> None:
    ensure_number_free(number, at=at)
    act.number = number
