"""Finding acts: by their address, by what they are about, by their verification code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from grants import tenancy
from grants.acts.models import Act
from grants.acts.rules import ActKind, ActStatus
from grants.db import db
from grants.i18n.script import fold
from grants.municipalities.entering import enter, enter_by_slug
from grants.municipalities.models import Municipality
from grants.municipalities.queries import get_municipality_by_id
from grants.people.actors import Actor

FINAL = "final"
_FILES = (joinedload(Act.document), joinedload(Act.scan))


@dataclass(frozen=True)
class ActFilter:
    """Which acts a list shows; `status` may also be `final`, which only today tells."""

    kind: str = ""
    status: str = ""
    call: str = ""
    words: str = ""


def enter_office(_who: Actor, municipality: str) -> Municipality | None:
    """The municipality of an address, entered."""
    return enter_by_slug(municipality)


def get_act_in(_who: Actor, municipality: str, slug: str) -> Act | None:
    """An act of the municipality of an address."""
    return get_act(slug) if enter_by_slug(municipality) else None


def get_own_act(_who: Actor, slug: str) -> Act | None:
    """An act of whatever municipality, whose scope is then entered."""
    with tenancy.across("own acts"):
        act = get_act(slug)
    if act is not None:
        enter(get_municipality_by_id(act.municipality_id))
    return act


def list_filtered_acts(
    wanted: ActFilter, *, today: date, offset: int, limit: int
) -> tuple[Sequence[Act], int]:
    """One page of the municipality's acts, the latest first, and how many there are."""
    conditions = _conditions(wanted, today)
    total = db.session.execute(select(func.count(Act.id)).where(*conditions)).scalar_one()
    statement = select(Act).where(*conditions).order_by(Act.id.desc())
    rows = db.session.execute(statement.offset(offset).limit(limit)).scalars().all()
    return rows, total


def list_call_references() -> Sequence[str]:
    """The calls that have acts, by reference."""
    statement = select(Act.call_reference).where(Act.call_reference != "").distinct()
    return db.session.execute(statement.order_by(Act.call_reference)).scalars().all()


def _conditions(wanted: ActFilter, today: date) -> list[Any]:
    conditions: list[Any] = []
    if wanted.kind in list(ActKind):
        conditions.append(Act.kind == ActKind(wanted.kind))
    if wanted.status in list(ActStatus):
        conditions.append(Act.status == ActStatus(wanted.status))
    if wanted.status == FINAL:
        conditions.append(Act.remedy_until < today)
    if wanted.call:
        conditions.append(Act.call_reference == wanted.call)
    if wanted.words:
        conditions.append(Act.folded.contains(fold(wanted.words), autoescape=True))
    return conditions


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
