"""Whether a member scores anew after an upheld objection, scoring being closed for the rest."""

from typing import Any

from sqlalchemy import exists, select

from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.evaluation.models import Assignment, Member


def is_scored_anew(member: Member, application: Application) -> bool:
    """Whether the member was given a sheet of this application anew and it is open.

    Costs a statement only while objections are dealt with.
    """
    is_open = application.status is ApplicationStatus.ELIGIBLE
    if member.committee.call.status is not CallStatus.OBJECTIONS or not is_open:
        return False
    statement = select(Assignment.id).where(
        Assignment.member_id == member.id,
        Assignment.application_id == application.id,
        Assignment.is_anew.is_(True),
    )
    return db.session.execute(statement).first() is not None


def scores_anew() -> Any:
    """Whether the member of a statement was given any sheet anew: a deputy then has work."""
    return exists().where(Assignment.member_id == Member.id, Assignment.is_anew.is_(True))


def has_sheets_anew(member: Member) -> bool:
    """Whether the member was given any sheet anew: then it still declares and scores."""
    statement = select(Assignment.id).where(
        Assignment.member_id == member.id, Assignment.is_anew.is_(True)
    )
    return db.session.execute(statement.limit(1)).first() is not None
