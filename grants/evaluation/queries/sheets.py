"""Sheets beyond the one on the table: own earlier ones, notes, who has signed what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from grants.applications.models import Application
from grants.db import db
from grants.evaluation.models import Conflict, Member, Note, Sheet, SignedSheet
from grants.evaluation.queries import Reading, get_member
from grants.evaluation.queries.seeing import conflicts, knowable, visible
from grants.people.actors import Actor

# Enough to see how one has scored so far, whatever the size of the call.
MOST_COMPARED = 60


@dataclass(frozen=True)
class OwnSheet:
    """An own sheet with its application."""

    application: Application
    sheet: Sheet


@dataclass(frozen=True)
class SignedOne:
    """A signed sheet as the chair has it: whose, on what; never what it says."""

    seat: Member
    application: Application
    sheet: Sheet


@dataclass(frozen=True)
class StateRow:
    """An application with how far each member is: sheets and conflicts by the member's id."""

    application: Application
    sheets: Mapping[int, Sheet]
    conflicted: frozenset[int]

    def done_for(self, earlier: Mapping[int, Collection[int]]) -> set[int]:
        """The members (ids) on whose seat an earlier holder signed it; those by member's id."""
        signed = {key for key, each in self.sheets.items() if each.signed_at is not None}
        return {key for key, ids in earlier.items() if signed.intersection(ids) - self.conflicted}


def list_own_sheets(
    member: Member, *, without: int = 0, offset: int = 0, limit: int = MOST_COMPARED
) -> list[OwnSheet]:
    """The member's own begun sheets, the one saved last first, but for one application's id."""
    both: Select[Any] = select(Application, Sheet)  # type: ignore[assignment]  # of any rows
    statement = (
        visible(both, member)
        .join(Sheet, Sheet.application_id == Application.id)
        .where(
            Sheet.member_id == member.id,
            Sheet.is_consensus.is_(False),
            Sheet.set_aside_at.is_(None),
            Application.id != without,
        )
        .order_by(Sheet.saved_at.desc(), Sheet.id.desc())
    )
    found = db.session.execute(statement.offset(offset).limit(limit)).all()
    return [OwnSheet(row[0], row[1]) for row in found]


def count_own_sheets(member: Member) -> int:
    """How many there are."""
    statement = (
        visible(select(func.count(Sheet.id)).select_from(Application), member)
        .join(Sheet, Sheet.application_id == Application.id)
        .where(
            Sheet.member_id == member.id,
            Sheet.is_consensus.is_(False),
            Sheet.set_aside_at.is_(None),
        )
    )
    return int(db.session.execute(statement).scalar_one())


def get_note(reading: Reading) -> Note | None:
    """The member's own note on an application."""
    statement = select(Note).where(
        Note.member_id == reading.member.id, Note.application_id == reading.application.id
    )
    return db.session.execute(statement).scalar()


def list_former(sheet: Sheet | None) -> Sequence[SignedSheet]:
    """What was signed before a sheet was opened again, the newest first; the member's own."""
    if sheet is None:
        return []
    statement = select(SignedSheet).where(SignedSheet.sheet_id == sheet.id)
    return db.session.execute(statement.order_by(SignedSheet.id.desc())).scalars().all()


def get_signed_one(who: Actor, slug: str, application: str, member: str) -> SignedOne | None:
    """The signed sheet of `/committee/<slug>/<application>/sheets/<member>/reopen`.

    None for an application that the seat of whoever asks may not know of, or that does not exist.
    """
    seat = get_member(who, slug)
    if seat is None or seat.interests_at is None:
        return None
    both: Select[Any] = select(Application, Sheet)  # type: ignore[assignment]  # of any rows
    statement = (
        knowable(both, seat)
        .join(Sheet, Sheet.application_id == Application.id)
        .join(Member, Member.id == Sheet.member_id)
        .where(
            Application.slug == application,
            Member.key == member,
            Sheet.signed_at.is_not(None),
            Sheet.is_consensus.is_(False),
            Sheet.is_recused.is_(False),
            Sheet.set_aside_at.is_(None),
            # Nobody could sign it again: what whoever left has signed stays as it is.
            Member.left_at.is_(None),
            ~conflicts(Sheet.member_id, Sheet.application_id),
        )
        .options(joinedload(Sheet.member))
    )
    found = db.session.execute(statement).first()
    return SignedOne(seat, found[0], found[1]) if found else None


def list_states(seat: Member, *, offset: int, limit: int) -> list[StateRow]:
    """Who has signed what of the applications the chair may know of: three statements."""
    statement = knowable(select(Application), seat).order_by(Application.reference, Application.id)
    found = db.session.execute(statement.offset(offset).limit(limit)).scalars().all()
    ids = [each.id for each in found]
    sheets: dict[int, dict[int, Sheet]] = {}
    kept = select(Sheet).where(
        Sheet.application_id.in_(ids),
        Sheet.is_consensus.is_(False),
        Sheet.set_aside_at.is_(None),
    )
    for sheet in db.session.execute(kept).scalars():
        sheets.setdefault(sheet.application_id, {})[sheet.member_id] = sheet
    out: dict[int, set[int]] = {}
    declared = select(Conflict.application_id, Conflict.member_id).where(
        Conflict.application_id.in_(ids)
    )
    for application_id, member_id in db.session.execute(declared):
        out.setdefault(application_id, set()).add(member_id)
    return [
        StateRow(each, sheets.get(each.id, {}), frozenset(out.get(each.id, ()))) for each in found
    ]


def count_states(seat: Member) -> int:
    """How many applications the chair may know of."""
    statement = knowable(select(func.count(Application.id)), seat)
    return int(db.session.execute(statement).scalar_one())
