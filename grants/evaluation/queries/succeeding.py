"""Who holds a seat after whom: a successor takes over only what was not signed before."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from grants.db import db
from grants.evaluation.models import Assignment, Member, Sheet
from grants.evaluation.rules.committee import VOTING
from grants.evaluation.rules.replacing import held_before


def earlier_holders(members: Iterable[Member]) -> dict[int, frozenset[int]]:
    """Who (ids) held the seat of each of these who took one over, by the member's id.

    One statement, and none where nobody of them took a seat over.
    """
    taken = [each for each in members if each.stands_in_for_id and not each.is_deputy]
    if not taken:
        return {}
    statement = select(Member.id, Member.stands_in_for_id).where(
        Member.committee_id.in_({each.committee_id for each in taken}),
        Member.stands_in_for_id.is_not(None),
        Member.is_deputy.is_(False),
    )
    before = {row[0]: int(row[1] or 0) for row in db.session.execute(statement)}
    return {each.id: held_before(before, each.id) for each in taken}


def list_scorers(committee_id: int) -> Sequence[Member]:
    """Who has or had a vote, those who left included, in the order of the seats."""
    statement = select(Member).where(
        Member.committee_id == committee_id,
        Member.role.in_(VOTING),
        Member.is_deputy.is_(False),
    )
    return db.session.execute(statement.order_by(Member.position, Member.id)).scalars().all()


def list_unsigned_assignments(leaving: Member, *, besides: Member) -> Sequence[Assignment]:
    """What was handed out to a member who has not signed it, but for what the other has too."""
    others, signed, scored = aliased(Assignment), aliased(Sheet), aliased(Sheet)
    statement = select(Assignment).where(
        Assignment.member_id == leaving.id,
        ~exists().where(
            signed.member_id == leaving.id,
            signed.application_id == Assignment.application_id,
            signed.signed_at.is_not(None),
            signed.is_consensus.is_(False),
            signed.set_aside_at.is_(None),
        ),
        ~exists().where(
            others.member_id == besides.id, others.application_id == Assignment.application_id
        ),
        ~exists().where(
            scored.member_id == besides.id, scored.application_id == Assignment.application_id
        ),
    )
    return db.session.execute(statement.order_by(Assignment.id)).scalars().all()
