"""What a member declares before seeing anything, and what the member may not see at all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from grants.applications.models import Application
from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.errors import DomainError, Problem, WrongState
from grants.evaluation.actions.matching import order_search
from grants.evaluation.actions.rereading import ask_who_reads_again
from grants.evaluation.actions.scoring import ensure_scoring
from grants.evaluation.models import Conflict, Member
from grants.evaluation.queries import Reading, list_applicants
from grants.evaluation.queries.anew import has_sheets_anew
from grants.evaluation.rules.committee import ConflictGround
from grants.evaluation.rules.sheets import SheetStatus, ensure_writable
from grants.people.actors import Actor


def declare_impartiality(
    member: Member,
    text: str,
    *,
    by: Actor,
    at: datetime,
    ties: Mapping[str, Any] | None = None,
) -> None:
    """Sign the declaration of impartiality and confidentiality; its text is kept as signed.

    `ties` are what the member declares of itself (Member.ties): they are compared with every
    applicant, and what matches is shown to the chair. The account is tied to the seat here. Raises
    WrongState when it was signed before.
    """
    if member.declared_at is not None:
        raise WrongState(Problem("declared_already"))
    member.declared_at, member.declaration, member.user_id = at, text, by.id
    member.ties = {key: value for key, value in (ties or {}).items() if value}
    order_search(member.committee, at=at, member_id=member.id)
    record(Event.INTEREST_DECLARED, member, by=by, at=at, facts={"member": member.key})


def declare_interests(
    member: Member, grounds: Mapping[str, ConflictGround], *, by: Actor, at: datetime
) -> None:
    """Declare conflicts by the addresses of applications; the rest is without conflict.

    Once only: later conflicts are declared from the application itself. Raises DomainError
    `declaration_open` before the first declaration, WrongState the second time, NotNow before the
    list of applicants is settled.
    """
    if member.declared_at is None:
        raise DomainError(Problem("declaration_open"))
    if member.interests_at is not None:
        raise WrongState(Problem("declared_already"))
    if not has_sheets_anew(member):
        ensure_scoring(member.committee)
    for application in list_applicants(member):
        if application.slug in grounds:
            _add_conflict(member, application, grounds[application.slug], by=by, at=at)
    member.interests_at = at
    record(
        Event.INTEREST_DECLARED,
        member,
        by=by,
        at=at,
        facts={"member": member.key, "conflicts": len(grounds)},
    )


def declare_conflict(reading: Reading, ground: ConflictGround, *, by: Actor, at: datetime) -> None:
    """Declare a conflict found while scoring; the own sheet stays, recused, and never counts.

    Raises WrongState when the own sheet is already signed: then the chair decides.
    """
    if reading.sheet is not None:
        ensure_writable(reading.sheet.status)
        reading.sheet.is_recused, reading.sheet.status = True, SheetStatus.LOCKED
    _add_conflict(reading.member, reading.application, ground, by=by, at=at)
    ask_who_reads_again(reading.call, at=at)


def _add_conflict(
    member: Member, application: Application, ground: ConflictGround, *, by: Actor, at: datetime
) -> None:
    conflict = Conflict(
        municipality_id=member.municipality_id,
        member_id=member.id,
        application_id=application.id,
        ground=ground.value,
        declared_at=at,
    )
    db.session.add(conflict)
    facts = {
        "member": member.key,
        "application": application.reference,
        "ground": ground.value,
    }
    record(Event.CONFLICT_DECLARED, conflict, by=by, at=at, facts=facts)
