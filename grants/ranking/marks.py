"""The mark of everything a ranking is computed from: it changes when any of that changes."""

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.orm import undefer

from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call, Lot
from grants.db import db
from grants.eligibility.models import EligibilityOutcome
from grants.evaluation.models import Committee, Conflict, Member, Sheet
from grants.programmes.queries import mark_of_awards
from grants.ranking.models import RankingPreview, Reduction, Scenario, TieVote

# The call asked about; the statement itself is built once.
CALL = bindparam("call", type_=Integer)
_OUT = (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)


def mark_of(call: Call) -> str:
    """The mark as it is now."""
    statement = select(_mark()).where(Call.id == CALL)
    return _whole(call, db.session.execute(statement, {"call": call.id}).scalar_one())


def read_kept(call: Call) -> tuple[RankingPreview | None, str]:
    """The preview that is kept of a call, if any, and the mark as it is now."""
    statement = (
        select(_mark(), RankingPreview)
        .select_from(Call)
        .outerjoin(RankingPreview, RankingPreview.call_id == Call.id)
        .where(Call.id == CALL)
        .options(undefer(RankingPreview.content))
    )
    found, kept = db.session.execute(statement, {"call": call.id}).one()
    return kept, _whole(call, found)


def read_part(call: Call, part: str) -> tuple[RankingPreview | None, Any, str]:
    """The same with one part of the content alone, None where it is not kept."""
    statement = (
        select(_mark(), RankingPreview, RankingPreview.content[part])
        .select_from(Call)
        .outerjoin(RankingPreview, RankingPreview.call_id == Call.id)
        .where(Call.id == CALL)
    )
    found, kept, content = db.session.execute(statement, {"call": call.id}).one()
    return kept, content, _whole(call, found)


def _whole(call: Call, found: str) -> str:
    return f"{found}|{mark_of_awards(call.programme_id)}"


@cache
def _mark() -> ColumnElement[str]:
    """Counts, sums and latest moments of each table, one after the other."""
    parts = [
        cast(Call.version, Text),
        text_of(select(line_of(func.count(), func.sum(Lot.envelope))).where(Lot.call_id == CALL)),
        text_of(_applications()),
        text_of(_outcomes()),
        text_of(_sheets()),
        text_of(_seats()),
        text_of(_decided()),
        text_of(select(line_of(func.max(TieVote.voted_at))).where(TieVote.call_id == CALL)),
        text_of(select(line_of(func.max(Scenario.chosen_at))).where(Scenario.call_id == CALL)),
    ]
    whole: ColumnElement[str] = parts[0]
    for part in parts[1:]:
        whole = whole.concat("|").concat(part)
    return whole


def text_of(statement: Select[Any]) -> ColumnElement[str]:
    """The one line of a statement as a part of a mark, empty where it finds nothing."""
    return func.coalesce(statement.scalar_subquery(), "")


def line_of(*parts: ColumnElement[Any]) -> ColumnElement[str]:
    """Counts, sums and moments side by side as text."""
    line: ColumnElement[str] = literal("", Text)
    for part in parts:
        line = line.concat("/").concat(func.coalesce(cast(part, Text), ""))
    return line


def _is_in() -> ColumnElement[bool]:
    return and_(
        Application.call_id == CALL,
        Application.status.not_in(_OUT),
        Application.reference.is_not(None),
    )


def _applications() -> Select[Any]:
    return select(
        line_of(
            func.count(),
            func.count().filter(Application.status == ApplicationStatus.DISMISSED),
            func.sum(Application.requested),
            func.sum(Application.lot_id),
            func.sum(Application.organisation_id),
            func.sum(Application.snapshot_version),
            func.max(Application.submitted_at),
        )
    ).where(_is_in())


def _outcomes() -> Select[Any]:
    outcome = EligibilityOutcome
    eligible = func.count().filter(outcome.is_eligible)
    return (
        select(line_of(func.count(), eligible, func.max(outcome.decided_at)))
        .join(Application, Application.id == outcome.application_id)
        .where(_is_in())
    )


def _sheets() -> Select[Any]:
    signed, recused = func.count(Sheet.signed_at), func.count().filter(Sheet.is_recused)
    return (
        select(line_of(func.count(), signed, recused, func.sum(Sheet.version)))
        .join(Application, Application.id == Sheet.application_id)
        .where(_is_in())
    )


def _seats() -> Select[Any]:
    members = func.count(Member.id.distinct())
    return (
        select(line_of(members, func.count(Conflict.id), func.max(Conflict.id)))
        .select_from(Member)
        .join(Committee, Committee.id == Member.committee_id)
        .outerjoin(Conflict, Conflict.member_id == Member.id)
        .where(Committee.call_id == CALL)
    )


def _decided() -> Select[Any]:
    latest = func.max(Reduction.entered_at)
    return (
        select(line_of(func.count(), func.sum(Reduction.amount), latest))
        .join(Application, Application.id == Reduction.application_id)
        .where(_is_in())
    )
