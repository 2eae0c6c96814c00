"""Calls as lists and figures: how many applications, for how much, out of how much."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import defer, joinedload, selectinload

from grants.applications.models import Application
from grants.applications.queries.messages import unread_messages
from grants.applications.queries.searching import case_words
from grants.applications.rules.states import ApplicationStatus, Outcome
from grants.calls.models import Call, Lot
from grants.calls.rules.states import CallStatus, Stage
from grants.db import db
from grants.desk.queries.seats import get_office
from grants.i18n.script import fold
from grants.people.actors import Actor

_S = ApplicationStatus
# Still before the outcome of the administrative check.
UNCHECKED = (_S.SUBMITTED, _S.REGISTERED, _S.COMPLETION_REQUESTED, _S.COMPLETED)
# What a list shows of an application; its lot is known by the call.
_LISTED = (
    Application.id,
    Application.slug,
    Application.reference,
    Application.title,
    Application.organisation_name,
    Application.lot_id,
    Application.submitted_at,
    Application.requested,
    Application.duration_months,
    Application.status,
    Application.outcome,
    Application.channel,
    unread_messages(is_office=True).label("unread"),
)
# The longest parts of a call, which no page of the desk about a call shows.
_RULES_LEFT_OUT = tuple(
    defer(part, raiseload=True)
    for part in (
        Call.form,
        Call.grid,
        Call.evidence,
        Call.texts,
        Call.allocation,
        Call.budget_rules,
        Call.required_documents,
        Call.instalments,
        Call.conditions,
    )
)
_ENDED = (CallStatus.ARCHIVED, CallStatus.CANCELLED)


@dataclass(frozen=True)
class CallFilter:
    """Which calls a list shows."""

    words: str = ""
    stage: str = ""


@dataclass(frozen=True)
class Counts:
    """Applications of a call by status, drafts apart, and what was asked for in all."""

    by_status: Mapping[ApplicationStatus, int] = field(default_factory=dict)
    requested: int = 0

    @property
    def drafts(self) -> int:
        """Begun, not submitted."""
        return self.by_status.get(_S.DRAFT, 0)

    @property
    def received(self) -> int:
        """Submitted, whatever became of them."""
        return sum(count for status, count in self.by_status.items() if status is not _S.DRAFT)

    @property
    def unchecked(self) -> int:
        """Without an outcome of the administrative check."""
        return sum(self.by_status.get(status, 0) for status in UNCHECKED)

    @property
    def dismissed(self) -> int:
        """Dismissed on formal grounds."""
        return self.by_status.get(_S.DISMISSED, 0)

    @property
    def passed(self) -> int:
        """Found eligible, and on from there."""
        on = (_S.ELIGIBLE, _S.RANKED, _S.DECIDED, _S.CONTRACTED)
        return sum(self.by_status.get(status, 0) for status in on)


NO_COUNTS = Counts()


@dataclass(frozen=True)
class CallRow:
    """One call of a list."""

    call: Call
    counts: Counts
    envelope: int


@dataclass(frozen=True)
class CaseFilter:
    """Which applications of a call a list shows; `lot` is a code."""

    words: str = ""
    status: str = ""
    lot: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether all are shown."""
        return not (self.words or self.status or self.lot)


def get_call_to_look_at(_who: Actor, municipality: str, slug: str) -> Call | None:
    """The call of an address with its lots, its municipality entered."""
    if get_office(_who, municipality) is None:
        return None
    options = (selectinload(Call.lots), joinedload(Call.municipality), *_RULES_LEFT_OUT)
    statement = select(Call).where(Call.slug == slug).options(*options)
    return db.session.execute(statement).scalar()


def list_call_rows(
    wanted: CallFilter, *, at: datetime, offset: int, limit: int
) -> tuple[list[CallRow], int]:
    """One page of the municipality's calls, the latest first, and how many there are."""
    conditions = _conditions(wanted, at)
    total = db.session.execute(select(func.count(Call.id)).where(*conditions)).scalar_one()
    ids = select(Call.id).where(*conditions).order_by(Call.id.desc()).offset(offset).limit(limit)
    return _list_rows(ids), total


def list_running_rows(*, limit: int = 20) -> list[CallRow]:
    """The calls that are not over, the latest first."""
    ids = select(Call.id).where(Call.status.not_in(_ENDED)).order_by(Call.id.desc())
    return _list_rows(ids.limit(limit))


def _list_rows(ids: Select[Any]) -> list[CallRow]:
    """The calls of these ids with envelope and counts in one statement: a row for each count."""
    counts = _counted().subquery()
    # A subquery of its own, since a page may not be cut where the rows of one call repeat it.
    chosen = ids.subquery()
    envelope = select(func.coalesce(func.sum(Lot.envelope), 0)).where(Lot.call_id == Call.id)
    statement = (
        select(Call, envelope.correlate(Call).scalar_subquery(), counts)
        .join(chosen, chosen.c.id == Call.id)
        .outerjoin(counts, counts.c.call_id == Call.id)
        .order_by(Call.id.desc())
    )
    found = db.session.execute(statement).all()
    counted = _read_counts(tuple(row)[2:] for row in found if row.call_id is not None)
    calls = {row[0].id: (row[0], int(row[1])) for row in found}
    return [
        CallRow(call, counted.get(call.id, NO_COUNTS), amount) for call, amount in calls.values()
    ]


def count_applications(call_ids: Iterable[int]) -> dict[int, Counts]:
    """The figures of these calls in one statement; drafts count no money."""
    statement = _counted().where(Application.call_id.in_(list(call_ids)))
    return _read_counts(tuple(row) for row in db.session.execute(statement))


def _counted() -> Select[*tuple[Any, ...]]:
    """How many applications of a call stand where, and what they ask for."""
    return select(
        Application.call_id,
        Application.status,
        Application.outcome,
        func.count(Application.id).label("count"),
        func.coalesce(func.sum(Application.requested), 0).label("amount"),
    ).group_by(Application.call_id, Application.status, Application.outcome)


def _read_counts(rows: Iterable[tuple[Any, ...]]) -> dict[int, Counts]:
    by_call: dict[int, dict[ApplicationStatus, int]] = {}
    requested: dict[int, int] = {}
    for call_id, status, outcome, count, amount in rows:
        # A dismissal stays one after the act about it was issued.
        told = _S.DISMISSED if outcome is Outcome.DISMISSED else status
        counted = by_call.setdefault(call_id, {})
        counted[told] = counted.get(told, 0) + count
        if status is not _S.DRAFT:
            requested[call_id] = requested.get(call_id, 0) + int(amount)
    return {call_id: Counts(found, requested.get(call_id, 0)) for call_id, found in by_call.items()}


def _conditions(wanted: CallFilter, at: datetime) -> list[Any]:
    conditions: list[Any] = []
    if wanted.stage in list(Stage):
        conditions.append(_in_stage(Stage(wanted.stage), at))
    if wanted.words:
        words = fold(wanted.words)
        conditions.append(
            or_(
                Call.title_folded.contains(words, autoescape=True),
                func.lower(Call.reference).contains(wanted.words.strip().lower(), autoescape=True),
            )
        )
    return conditions


def _in_stage(stage: Stage, at: datetime) -> Any:
    """The stage of calls.rules.states.stage as a condition on rows."""
    is_published = Call.status == CallStatus.PUBLISHED
    is_early, is_late = Call.opens_at > at, Call.deadline < at
    return {
        Stage.DRAFT: Call.status.in_((CallStatus.DRAFT, CallStatus.APPROVED)),
        Stage.PUBLICATION: and_(is_published, is_early),
        Stage.APPLICATIONS: and_(is_published, ~is_early, ~is_late),
        Stage.CHECK: or_(Call.status == CallStatus.OPENED, and_(is_published, is_late)),
        Stage.SCORING: Call.status == CallStatus.SCORING,
        Stage.RANKING: Call.status == CallStatus.RANKED,
        Stage.OBJECTIONS: Call.status == CallStatus.OBJECTIONS,
        Stage.DECISION: Call.status == CallStatus.DECIDED,
        Stage.IMPLEMENTATION: Call.status.in_((CallStatus.IMPLEMENTATION, CallStatus.ARCHIVED)),
        Stage.CANCELLED: Call.status == CallStatus.CANCELLED,
    }[stage]


def list_cases(
    call: Call, wanted: CaseFilter, *, counts: Counts, offset: int, limit: int
) -> tuple[Sequence[Any], int]:
    """One page of the submitted applications of a call in the order they came, and how many."""
    conditions = [Application.call_id == call.id, Application.status != _S.DRAFT]
    conditions += _case_conditions(wanted)
    total = counts.received
    if not wanted.is_empty:
        counting = select(func.count(Application.id)).where(*conditions)
        total = db.session.execute(counting).scalar_one()
    statement = select(*_LISTED).where(*conditions).order_by(Application.ordinal, Application.id)
    rows = db.session.execute(statement.offset(offset).limit(limit)).all()
    return rows, total


def list_case_rows(call: Call, wanted: CaseFilter) -> Sequence[Any]:
    """Every submitted application that a list shows, as a table takes it away."""
    statement = (
        select(
            Application.reference,
            Application.title,
            Application.organisation_name,
            Lot.code.label("lot"),
            Application.submitted_at,
            Application.requested,
            Application.duration_months,
            Application.status,
            Application.outcome,
        )
        .outerjoin(Lot, Lot.id == Application.lot_id)
        .where(Application.call_id == call.id, Application.status != _S.DRAFT)
        .where(*_case_conditions(wanted))
        .order_by(Application.ordinal, Application.id)
    )
    return db.session.execute(statement).all()


def _case_conditions(wanted: CaseFilter) -> list[Any]:
    conditions: list[Any] = []
    if wanted.status in list(ApplicationStatus):
        conditions.append(Application.status == ApplicationStatus(wanted.status))
    if wanted.status in list(Outcome):
        conditions.append(Application.outcome == Outcome(wanted.status))
    if wanted.lot:
        conditions.append(Application.lot.has(Lot.code == wanted.lot))
    if wanted.words:
        conditions.append(case_words(wanted.words))
    return conditions


def search(
    words: str, *, at: datetime, limit: int = 25
) -> tuple[Sequence[Call], Sequence[Application]]:
    """The municipality's calls and submitted applications that have these words."""
    calls = (
        select(Call)
        .where(*_conditions(CallFilter(words), at))
        .order_by(Call.id.desc())
        .limit(limit)
    )
    cases = (
        select(Application)
        .where(Application.status != _S.DRAFT, case_words(words))
        .options(joinedload(Application.call))
        .order_by(Application.id.desc())
        .limit(limit)
    )
    return (
        db.session.execute(calls).scalars().all(),
        db.session.execute(cases).scalars().all(),
    )
