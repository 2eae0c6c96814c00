"""Who had a hand in an application, and who may still score it anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, func, select

from grants.applications.models import Application
from grants.complaints.models import Objection
from grants.complaints.rules.ruling import Scorers
from grants.complaints.rules.settling import Progress
from grants.db import db
from grants.eligibility.models import Check, CompletionRequest, EligibilityOutcome
from grants.evaluation.models import Assignment, Committee, Conflict, Member, Sheet
from grants.evaluation.queries.seeing import conflicts
from grants.evaluation.rules.committee import VOTING


@dataclass(frozen=True)
class Anew:
    """One member who was given a sheet anew, and whether it is signed."""

    name: str
    is_signed: bool
    has_conflict: bool


def list_hands(application: Application) -> frozenset[int]:
    """The ids of the people who checked or scored an application; they do not rule upon it."""
    of_case = [
        select(model_column).where(owner == application.id)
        for model_column, owner in (
            (Check.checked_by_id, Check.application_id),
            (CompletionRequest.asked_by_id, CompletionRequest.application_id),
            (EligibilityOutcome.decided_by_id, EligibilityOutcome.application_id),
        )
    ]
    scored = (
        select(Member.user_id)
        .join(Sheet, Sheet.member_id == Member.id)
        .where(Sheet.application_id == application.id)
    )
    whole = of_case[0].union(*of_case[1:], scored)
    found = db.session.execute(whole).scalars()
    return frozenset(person for person in found if person is not None)


def list_candidates(objection: Objection) -> Sequence[Member]:
    """Members and deputies who have not scored the application and have no conflict with it."""
    statement = (
        select(Member)
        .join(Committee, Committee.id == Member.committee_id)
        .where(
            Committee.call_id == objection.call_id,
            Member.role.in_(VOTING),
            Member.left_at.is_(None),
            ~_has(Sheet, objection.application_id),
            ~_has(Conflict, objection.application_id),
            ~_is_assigned_anew(objection.application_id),
        )
        .order_by(Member.position, Member.id)
    )
    return db.session.execute(statement).scalars().all()


def count_scorers(objection: Objection) -> Scorers:
    """How many may score the application anew; its call is loaded."""
    return Scorers(len(list_candidates(objection)), objection.application.call.min_reviews)


def list_anew(application: Application) -> list[Anew]:
    """Who was given a sheet anew and has not left, in the order of the committee."""
    own = and_(
        Sheet.application_id == application.id,
        Sheet.member_id == Member.id,
        Sheet.is_consensus.is_(False),
        Sheet.set_aside_at.is_(None),
    )
    statement = (
        select(Member.name, Sheet.signed_at, _has(Conflict, application.id))
        .join(Assignment, Assignment.member_id == Member.id)
        .outerjoin(Sheet, own)
        .where(
            Assignment.application_id == application.id,
            Assignment.is_anew.is_(True),
            Member.left_at.is_(None),
        )
        .order_by(Member.position, Member.id)
    )
    return [
        Anew(name, signed_at is not None, bool(has_conflict))
        for name, signed_at, has_conflict in db.session.execute(statement)
    ]


def read_progress(objection: Objection, anew: Sequence[Anew]) -> Progress:
    """How far what the ruling set going has come; the call is loaded."""
    application = objection.application
    working = [each for each in anew if not each.has_conflict]
    return Progress(
        status=application.status,
        assigned=len(working),
        signed=sum(each.is_signed for each in working),
        counted=_count_counted(application),
        min_reviews=application.call.min_reviews,
    )


def _count_counted(application: Application) -> int:
    statement = select(func.count(Sheet.id)).where(
        Sheet.application_id == application.id,
        Sheet.signed_at.is_not(None),
        Sheet.set_aside_at.is_(None),
        Sheet.is_recused.is_(False),
        Sheet.is_consensus.is_(False),
        ~conflicts(Sheet.member_id, application.id),
    )
    return db.session.execute(statement).scalar_one()


def _has(model: type[Sheet] | type[Conflict], application_id: int) -> Any:
    return exists().where(model.member_id == Member.id, model.application_id == application_id)


def _is_assigned_anew(application_id: int) -> Any:
    return exists().where(
        Assignment.member_id == Member.id,
        Assignment.application_id == application_id,
        Assignment.is_anew.is_(True),
    )
