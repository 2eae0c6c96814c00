"""What a member may know of: one set of predicates for every list, count and lookup."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, and_, exists, false, func, or_, true
from sqlalchemy.orm import aliased

from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus, Outcome
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.evaluation.models import Assignment, Committee, Conflict, Member, Sheet
from grants.evaluation.queries.succeeding import earlier_holders
from grants.evaluation.rules.assigning import AssignmentMode
from grants.evaluation.rules.committee import VOTING

_S = ApplicationStatus
IN_EVALUATION = (_S.ELIGIBLE, _S.RANKED, _S.DECIDED, _S.CONTRACTED)
_C = CallStatus
WITH_COMMITTEE = (_C.SCORING, _C.RANKED, _C.OBJECTIONS, _C.DECIDED, _C.IMPLEMENTATION)


def visible(statement: Select[Any], member: Member) -> Select[Any]:
    """What a member works on: what one may know of and, where sheets are handed out, one's own.

    Whoever has no vote is handed no sheets and sees the whole list; a deputy who scores anew after
    an objection sees that alone. What an earlier holder of the seat signed is done.
    """
    known = knowable(statement, member)
    is_shared = member.committee.assignment is AssignmentMode.EVERYBODY and not member.is_deputy
    if member.role not in VOTING:
        return known
    if is_shared:
        earlier = earlier_holders([member])
        return known.where(~_is_signed_by(earlier[member.id])) if earlier else known
    return known.where(is_assigned(member.id, Application.id))


def knowable(statement: Select[Any], member: Member) -> Select[Any]:
    """What a member may know of: the eligible ones of a call in evaluation, without conflict."""
    return (
        statement.join(Call, Call.id == Application.call_id)
        .where(Application.call_id == member.committee.call_id, *is_evaluated())
        .where(~conflicts(member.id, Application.id))
    )


def is_evaluated() -> tuple[Any, ...]:
    """Whether an application is before the committee; the call must be joined."""
    return (
        Call.status.in_(WITH_COMMITTEE),
        Application.status.in_(IN_EVALUATION),
        func.coalesce(Application.outcome, "") != Outcome.DISMISSED.value,
    )


def conflicts(member_id: Any, application_id: Any) -> Any:
    """Whether a member has a conflict with an application; ids or columns."""
    return exists().where(
        Conflict.member_id == member_id, Conflict.application_id == application_id
    )


def is_assigned(member_id: Any, application_id: Any) -> Any:
    """Whether a member was handed the sheet of an application; ids or columns."""
    return exists().where(
        Assignment.member_id == member_id, Assignment.application_id == application_id
    )


def is_expected(holders: Mapping[int, Collection[int]]) -> Any:
    """Whether the joined member has the joined application to score; the committee joined too.

    `holders` are the earlier holders of their seats, see succeeding.earlier_holders.
    """
    return or_(
        and_(
            Committee.assignment == AssignmentMode.EVERYBODY,
            ~_is_signed_before(holders) if holders else true(),
        ),
        Member.role.not_in(VOTING),
        is_assigned(Member.id, Application.id),
    )


def _is_signed_by(ids: Collection[int]) -> Any:
    """Whether one of these members gave the application of the statement a sheet that counts."""
    sheet = aliased(Sheet)
    return exists().where(
        sheet.application_id == Application.id,
        sheet.member_id.in_(ids),
        sheet.signed_at.is_not(None),
        sheet.is_consensus.is_(False),
        sheet.is_recused.is_(False),
        sheet.set_aside_at.is_(None),
        ~conflicts(sheet.member_id, sheet.application_id),
    )


def _is_signed_before(holders: Mapping[int, Collection[int]]) -> Any:
    """Whether the seat of the statement's member signed it before, see is_expected."""
    each_of = [and_(Member.id == key, _is_signed_by(ids)) for key, ids in holders.items()]
    return or_(false(), *each_of)
