"""Finding acts: by their address, by what they are about, by their verification code."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.db import db

_FILES = (joinedload(Act.document), joinedload(Act.scan))


def get_act(slug: str) -> Act | None:
    """The act of an address, its files loaded."""
    statement = select(Act).where(Act.slug == slug).options(*_FILES)
    return db.session.execute(statement).scalar()


def get_act_by_key(key: str) -> Act | None:
    """The act that was asked for under a key, if any."""
    return db.session.execute(select(Act).where(Act.key == key).options(*_FILES)).scalar()


def get_act_by_code(code: str) -> Act | None:
    """The issued act of a verification code."""
    statement = select(Act).where(Act.verification_code == code, Act.issued_at.is_not(None))
    return db.session.execute(statement.options(*_FILES)).scalar()


def get_correction(act: Act) -> Act | None:
    """The issued act that corrects this one, if any."""
    statement = select(Act).where(Act.corrects_id == act.id, Act.issued_at.is_not(None))
    return db.session.execute(statement).scalar()


def count_corrections(act: Act) -> int:
    """How many issued acts correct this one."""
    statement = select(func.count(Act.id)).where(
        Act.corrects_id == act.id, Act.issued_at.is_not(None)
    )
    return db.session.execute(statement).scalar_one()


def list_acts(subject_kind: str, subject_ids: Iterable[int]) -> Sequence[Act]:
    """The acts about these things, in the order they were prepared, their files loaded."""
    statement = (
        select(Act)
        .where(Act.subject_kind == subject_kind, Act.subject_id.in_(list(subject_ids)))
        .options(*_FILES)
        .order_by(Act.id)
    )
    return db.session.execute(statement).scalars().all()


def list_issued_acts(*kinds: ActKind) -> Sequence[Act]:
    """Every issued act with its files, of these kinds or of all, in the order of issue."""
    conditions: list[Any] = [Act.issued_at.is_not(None)]
    if kinds:
        conditions.append(Act.kind.in_(kinds))
    statement = select(Act).where(*conditions).options(*_FILES).order_by(Act.issued_at, Act.id)
    return db.session.execute(statement).scalars().all()


def is_number_taken(number: str, *, year: int) -> bool:
    """Whether the municipality of the scope has given the number in that year."""
    statement = select(Act.id).where(Act.number == number, Act.year == year)
    return db.session.execute(statement).first() is not None
