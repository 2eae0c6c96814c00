"""A ranking in brief, outcome and amount alone: what scenarios are put beside."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from grants.applications.models import Application
from grants.db import db
from grants.ranking.lines import Line
from grants.ranking.models import RankedRow, Ranking

# Under which name the preview of a ranking keeps it.
BRIEF = "brief"


class Brief(NamedTuple):
    """One application of a ranking; the amount in fening."""

    reference: str
    title: str
    outcome: str
    amount: int


def briefs_of(lines: Iterable[Line]) -> list[Brief]:
    """The same lines in brief, in their order."""
    return [
        Brief(line.case.reference, line.case.title, line.outcome.value, line.amount)
        for line in lines
    ]


def briefs_from(kept: Iterable[Sequence[Any]]) -> list[Brief]:
    """What was kept as plain JSON."""
    return [Brief(*each) for each in kept]


def list_briefs(ranking: Ranking) -> list[Brief]:
    """The applications of a closed ranking in its order."""
    statement = (
        select(Application.reference, Application.title, RankedRow.outcome, RankedRow.amount)
        .join(RankedRow, RankedRow.application_id == Application.id)
        .where(RankedRow.ranking_id == ranking.id)
        .order_by(RankedRow.position)
    )
    return [Brief(str(each[0]), *each[1:]) for each in db.session.execute(statement)]
