"""After an upheld objection others score anew; what was scored before stays to be read."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from grants.applications.models import Application
from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.evaluation.actions.appointing import ROLES
from grants.evaluation.models import Assignment, Committee, Member, Sheet
from grants.evaluation.queries import list_users_by_email
from grants.notifications.actions import notify
from grants.people.actions import Invitation, give_role, invite
from grants.people.actors import Actor


def set_sheets_aside(
    application: Application, *, reason: str, by: Actor, at: datetime
) -> Sequence[Sheet]:
    """Let no sheet of an application count any more; each is kept as it was signed."""
    statement = select(Sheet).where(
        Sheet.application_id == application.id, Sheet.set_aside_at.is_(None)
    )
    sheets = db.session.execute(statement.order_by(Sheet.id)).scalars().all()
    for sheet in sheets:
        sheet.set_aside_at, sheet.set_aside_reason = at, reason
        facts = {"application": application.reference, "reason": reason}
        record(Event.SHEET_SET_ASIDE, sheet, by=by, at=at, facts=facts)
    db.session.flush()
    return sheets


def assign_anew(
    application: Application,
    committee: Committee,
    members: Sequence[Member],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Give these members a sheet of the application, whatever was handed out before.

    A deputy gets the role on the committee with it, or an invitation that gives it. The caller
    has loaded the call and sees to it that none of them scored it or has a conflict.
    """
    known = list_users_by_email([member.email for member in members])
    for member in members:
        _hand_out(application, member, by=by, at=at)
        user = known.get(member.email)
        if user is None:
            _invite(member, application, by=by, at=at)
            continue
        member.user_id = user.id
        give_role(user, role=ROLES[member.role], scope_id=committee.id, by=by, at=at)
        notify(
            [user.as_recipient()],
            "evaluation/emails/anew.txt",
            at=at,
            path=f"/committee/{committee.slug}",
            facts={"call": application.call.title, "reference": application.reference},
        )
    facts = {"application": application.reference, "members": [each.key for each in members]}
    record(Event.SHEETS_ASSIGNED, application, by=by, at=at, facts=facts)


def _hand_out(application: Application, member: Member, *, by: Actor, at: datetime) -> None:
    standing = _standing(application, member)
    if standing is None:
        standing = Assignment(
            municipality_id=application.municipality_id,
            application_id=application.id,
            member_id=member.id,
            assigned_at=at,
            explanation=[],
        )
        db.session.add(standing)
    standing.is_anew, standing.assigned_by_id = True, by.id


def _invite(member: Member, application: Application, *, by: Actor, at: datetime) -> None:
    if not member.email:
        return
    call = application.call
    place = f"„{call.title}“"
    invitation = Invitation(
        member.email,
        member.name,
        call.language,
        ROLES[member.role],
        member.committee_id,
        {"place": place},
    )
    invite(invitation, by=by, at=at)


def _standing(application: Application, member: Member) -> Assignment | None:
    statement = select(Assignment).where(
        Assignment.application_id == application.id, Assignment.member_id == member.id
    )
    return db.session.execute(statement).scalar()
