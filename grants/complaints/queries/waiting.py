"""What the objections of a municipality ask of its office."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.complaints.models import Objection
from grants.complaints.queries.objections import is_open, is_unsettled
from grants.db import db
from grants.ranking.models import Ranking
from grants.ranking.rules.kinds import RankingKind


@dataclass(frozen=True)
class ObjectedCall:
    """A call at its objections: how many wait, until when, and whether its final list is there."""

    slug: str
    title: str
    open: int
    overdue: int
    unsettled: int
    due_on: date | None
    is_over: bool
    has_final: bool

    @property
    def is_waiting(self) -> bool:
        """Whether an objection keeps the final list from being made."""
        return self.open + self.unsettled > 0

    @property
    def is_ready_for_final(self) -> bool:
        """Whether the final list is the next thing to do."""
        return self.is_over and not self.has_final and not self.is_waiting


def list_objected_calls(*, today: date) -> list[ObjectedCall]:
    """The calls of the municipality at their objections, in one statement."""
    lists = _lists()
    of_list, waiting = (lists.c.until, lists.c.finals), is_open()
    statement = (
        select(
            Call.slug,
            Call.title,
            func.count(Objection.id).filter(waiting),
            func.count(Objection.id).filter(waiting, Objection.ruling_due_on < today),
            func.count(Objection.id).filter(is_unsettled()),
            func.min(Objection.ruling_due_on).filter(waiting),
            *of_list,
        )
        .join(lists, lists.c.call_id == Call.id)
        .outerjoin(Objection, Objection.call_id == Call.id)
        .where(Call.status == CallStatus.OBJECTIONS)
        .group_by(Call.id, Call.slug, Call.title, *of_list)
        .order_by(Call.id)
    )
    return [
        ObjectedCall(
            slug=row[0],
            title=row[1],
            open=row[2],
            overdue=row[3],
            unsettled=row[4],
            due_on=row[5],
            is_over=row[6] is not None and row[6] < today,
            has_final=row[7] > 0,
        )
        for row in db.session.execute(statement)
    ]


def _lists() -> Any:
    """Of each call the last day of its term, and how many final lists it has."""
    until = func.max(Ranking.objections_until).filter(Ranking.kind == RankingKind.PRELIMINARY)
    return (
        select(
            Ranking.call_id,
            until.label("until"),
            func.count().filter(Ranking.kind == RankingKind.FINAL).label("finals"),
        )
        .where(Ranking.published_at.is_not(None))
        .group_by(Ranking.call_id)
        .subquery()
    )
