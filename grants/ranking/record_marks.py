"""The mark of everything the record of a committee is composed from, and what is kept under it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.sql.functions import Function

from grants.acts.models import Act
from grants.applications.models import Application
from grants.audit.rules import digest
from grants.calls.models import Call
from grants.db import db
from grants.evaluation.models import (
    Committee,
    Conflict,
    Hit,
    Meeting,
    MeetingItem,
    Member,
    Sheet,
    SignedSheet,
)
from grants.ranking.keeping import RECORD
from grants.ranking.marks import CALL, line_of, text_of
from grants.ranking.models import Ranking, RankingPreview, Reduction, Scenario, TieVote
from grants.ranking.record_parts import at_hand


def read_kept_record(
    call: Call, committee: Committee, ranking: Ranking
) -> tuple[Mapping[str, Any] | None, str]:
    """The record that is kept of a call, if it still holds, and the mark as it is now."""
    statement = (
        select(_mark(), RankingPreview.content[RECORD])
        .select_from(Call)
        .outerjoin(RankingPreview, RankingPreview.call_id == Call.id)
        .where(Call.id == CALL)
    )
    found, kept = db.session.execute(statement, {"call": call.id}).one()
    own = at_hand(call, committee, ranking)
    more = {"id": ranking.id, "summary": ranking.summary, "remarks": ranking.remarks}
    mark = digest({"rows": found, **own, **more, "language": call.language})
    return (kept if kept and kept["mark"] == mark else None), mark


@cache
def _mark() -> ColumnElement[str]:
    """Counts, sums and latest moments of what happened, one after the other."""
    parts = [
        text_of(each)
        for each in (
            _applications(),
            _conflicts(),
            _hits(),
            _sheets(),
            _reopenings(),
            _meetings(),
            _items(),
            _reductions(),
            _scenarios(),
            select(line_of(func.max(TieVote.voted_at))).where(TieVote.call_id == CALL),
        )
    ]
    whole: ColumnElement[str] = parts[0]
    for part in parts[1:]:
        whole = whole.concat("|").concat(part)
    return whole


def _long(*texts: Any) -> Function[int]:
    """How long texts are together: another text is seldom just as long."""
    return func.sum(sum((func.length(each) for each in texts[1:]), func.length(texts[0])))


def _applications() -> Select[Any]:
    return select(
        line_of(
            func.count(),
            func.sum(Application.requested),
            func.sum(Application.snapshot_version),
            _long(Application.title, Application.organisation_name),
        )
    ).where(Application.call_id == CALL)


def _conflicts() -> Select[Any]:
    decided = func.count(Conflict.decided_by_id)
    line = line_of(func.count(), func.sum(Conflict.id), decided, _long(Conflict.ground))
    return (
        select(line)
        .join(Application, Application.id == Conflict.application_id)
        .where(Application.call_id == CALL)
    )


def _hits() -> Select[Any]:
    yes, no = (func.count().filter(Hit.is_conflict.is_(each)) for each in (True, False))
    return (
        select(line_of(func.count(), yes, no))
        .select_from(Hit)
        .join(Member, Member.id == Hit.member_id)
        .join(Committee, Committee.id == Member.committee_id)
        .where(Committee.call_id == CALL)
    )


def _sheets() -> Select[Any]:
    is_signed = Sheet.signed_at.is_not(None)
    line = line_of(
        func.sum(Sheet.version),
        func.count(Sheet.set_aside_at),
        func.count().filter(is_signed),
        func.sum(Sheet.member_id).filter(is_signed),
        func.count().filter(is_signed, Sheet.is_consensus.is_(True)),
    )
    return (
        select(line)
        .join(Application, Application.id == Sheet.application_id)
        .where(Application.call_id == CALL)
    )


def _reopenings() -> Select[Any]:
    latest = func.max(SignedSheet.reopened_at)
    return (
        select(line_of(func.count(), latest, func.sum(SignedSheet.id)))
        .join(Sheet, Sheet.id == SignedSheet.sheet_id)
        .join(Application, Application.id == Sheet.application_id)
        .where(Application.call_id == CALL)
    )


def _meetings() -> Select[Any]:
    line = line_of(func.count(), func.max(Meeting.begins_at), func.count(Act.number))
    return (
        select(line)
        .select_from(Meeting)
        .join(Committee, Committee.id == Meeting.committee_id)
        .outerjoin(Act, Act.id == Meeting.act_id)
        .where(Committee.call_id == CALL)
    )


def _items() -> Select[Any]:
    item = MeetingItem
    votes = (item.votes_for, item.votes_against, item.votes_abstained)
    agreed = (func.count(item.agreed_at), func.max(item.agreed_at))
    line = line_of(func.count(), func.sum(item.id), *agreed, *(func.sum(each) for each in votes))
    return (
        select(line)
        .select_from(item)
        .join(Meeting, Meeting.id == item.meeting_id)
        .join(Committee, Committee.id == Meeting.committee_id)
        .where(Committee.call_id == CALL)
    )


def _reductions() -> Select[Any]:
    latest, amounts = func.max(Reduction.entered_at), func.sum(Reduction.amount)
    return (
        select(line_of(func.count(), amounts, latest, _long(Reduction.reason)))
        .join(Application, Application.id == Reduction.application_id)
        .where(Application.call_id == CALL)
    )


def _scenarios() -> Select[Any]:
    line = line_of(func.max(Scenario.chosen_at), _long(Scenario.name, Scenario.reason))
    return select(line).where(Scenario.call_id == CALL)
