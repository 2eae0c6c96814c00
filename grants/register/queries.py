"""What visitors find: published calls of all municipalities, filtered and in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, and_, case, cast, func, or_, select
from sqlalchemy.orm import contains_eager

from grants import tenancy
from grants.calls.asked import AnswerCount, counting_answers
from grants.calls.models import Call, Lot
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.evaluation.queries.seats import is_seat_call_public
from grants.i18n.script import fold
from grants.municipalities.models import Municipality

INNER = (CallStatus.DRAFT, CallStatus.APPROVED)


class Openness(StrEnum):
    """What a visitor filters by."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Wanted:
    """What a visitor looks for; blank and None filter nothing."""

    municipality: str = ""
    openness: Openness | None = None
    text: str = ""


@dataclass(frozen=True)
class Beside:
    """What a call's page tells of its other public pages."""

    answers: AnswerCount
    has_seat_call: bool


def look_beside(call: Call) -> Beside:
    """How many answers there are, and whether civil society chooses a member; one statement."""
    statement = counting_answers(call).add_columns(is_seat_call_public(call))
    count, latest_at, has_seat_call = db.session.execute(statement).one()
    return Beside(AnswerCount(count, latest_at), bool(has_seat_call))


def list_public_calls(
    wanted: Wanted, *, at: datetime, offset: int, limit: int
) -> tuple[Sequence[Row[Any]], int]:
    """One page of (call, envelope in fening), open calls first by deadline; and how many in all.

    The municipality of each call is loaded.
    """
    conditions = _conditions(wanted, at=at)
    envelope = (
        # PostgreSQL sums whole numbers into decimals; amounts stay whole.
        select(cast(func.coalesce(func.sum(Lot.envelope), 0), BigInteger))
        .where(Lot.call_id == Call.id)
        .correlate(Call)
        .scalar_subquery()
    )
    is_open = _is_open(at)
    statement = (
        select(Call, envelope.label("envelope"))
        .join(Call.municipality)
        .options(contains_eager(Call.municipality))
        .where(*conditions)
        .order_by(
            case((is_open, 0), (_is_coming(at), 1), else_=2),
            case((is_open, Call.deadline)),
            Call.deadline.desc(),
            Call.id.desc(),
        )
        .offset(offset)
        .limit(limit)
    )
    counted = select(func.count(Call.id)).join(Call.municipality).where(*conditions)
    with tenancy.across("the public list of calls"):
        rows = db.session.execute(statement).all()
        total = db.session.execute(counted).scalar_one()
    return rows, total


def list_calling_municipalities() -> Sequence[Municipality]:
    """Every municipality with a public call, by name."""
    statement = (
        select(Municipality)
        .where(Municipality.id.in_(select(Call.municipality_id).where(_is_public())))
        .order_by(Municipality.name, Municipality.code)
    )
    with tenancy.across("the public list of calls"):
        return db.session.execute(statement).scalars().all()


def _conditions(wanted: Wanted, *, at: datetime) -> list[ColumnElement[bool]]:
    conditions = [_is_public()]
    if wanted.municipality:
        conditions.append(Municipality.slug == wanted.municipality)
    if wanted.openness is Openness.OPEN:
        conditions.append(_is_open(at))
    if wanted.openness is Openness.CLOSED:
        conditions.append(~or_(_is_open(at), _is_coming(at)))
    conditions += [
        Call.title_folded.contains(word, autoescape=True) for word in fold(wanted.text).split()[:8]
    ]
    return conditions


def _is_public() -> ColumnElement[bool]:
    is_cancelled = Call.status == CallStatus.CANCELLED
    return and_(Call.status.not_in(INNER), or_(~is_cancelled, Call.published_at.is_not(None)))


def _is_open(at: datetime) -> ColumnElement[bool]:
    is_published = Call.status == CallStatus.PUBLISHED
    return and_(is_published, Call.opens_at <= at, Call.deadline >= at)


def _is_coming(at: datetime) -> ColumnElement[bool]:
    return and_(Call.status == CallStatus.PUBLISHED, Call.opens_at > at)
