"""The record of a case or a call: its own events and those of everything that hangs on it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, func, or_, select

from grants.acts.models import Act
from grants.applications.models import Application
from grants.audit.events import Event
from grants.audit.models import AuditEntry
from grants.calls.models import Call
from grants.contracts.models import Contract
from grants.db import db
from grants.decisions.models import Decision
from grants.eligibility.models import CompletionRequest, Opening
from grants.evaluation.models import (
    Candidate,
    Committee,
    Meeting,
    Member,
    SeatCall,
    Sheet,
    SheetStatus,
)
from grants.payments.models import Instalment
from grants.ranking.models import Ranking
from grants.reports.models import Expenditure

# What else is recorded of a member tells of the applications it has to do with.
_ALONE = {"Member": (Event.MEMBER_LEFT.value, Event.MEMBER_SEATED.value)}


def list_case_events(
    application: Application, *, offset: int, limit: int
) -> tuple[Sequence[AuditEntry], int]:
    """One page of the events of a case, the latest first, and how many there are.

    Sheets appear once they are locked: before, nobody but their members knows of them.
    """
    of_contract = select(Contract.id).where(Contract.application_id == application.id)
    subjects = {
        "Application": [application.id],
        "Act": select(Act.id).where(
            Act.subject_kind == "Application", Act.subject_id == application.id
        ),
        "CompletionRequest": select(CompletionRequest.id).where(
            CompletionRequest.application_id == application.id
        ),
        "Sheet": select(Sheet.id).where(
            Sheet.application_id == application.id, Sheet.status == SheetStatus.LOCKED
        ),
        "Decision": select(Decision.id).where(Decision.application_id == application.id),
        "Contract": of_contract,
        "Instalment": select(Instalment.id).where(Instalment.contract_id.in_(of_contract)),
        "Expenditure": select(Expenditure.id).where(Expenditure.contract_id.in_(of_contract)),
    }
    return _list_events(subjects, offset=offset, limit=limit)


def list_call_events(call: Call, *, offset: int, limit: int) -> tuple[Sequence[AuditEntry], int]:
    """One page of the events of a call itself, its committee and rankings, the latest first.

    With them goes how the organisations chose their member of the committee, who came and went
    since, and the meetings that were called and closed.
    """
    committees = select(Committee.id).where(Committee.call_id == call.id)
    seat_calls = select(SeatCall.id).where(SeatCall.call_id == call.id)
    subjects = {
        "Call": [call.id],
        "Opening": select(Opening.id).where(Opening.call_id == call.id),
        "Committee": committees,
        "Member": select(Member.id).where(Member.committee_id.in_(committees)),
        "Meeting": select(Meeting.id).where(Meeting.committee_id.in_(committees)),
        "SeatCall": seat_calls,
        "Candidate": select(Candidate.id).where(Candidate.seat_call_id.in_(seat_calls)),
        "Ranking": select(Ranking.id).where(Ranking.call_id == call.id),
        "Act": select(Act.id).where(Act.subject_kind == "Call", Act.subject_id == call.id),
    }
    return _list_events(subjects, offset=offset, limit=limit)


def _list_events(
    subjects: Mapping[str, Any], *, offset: int, limit: int
) -> tuple[Sequence[AuditEntry], int]:
    condition = or_(*_conditions(subjects.items()))
    total = db.session.execute(select(func.count(AuditEntry.id)).where(condition)).scalar_one()
    statement = select(AuditEntry).where(condition).order_by(AuditEntry.id.desc())
    return db.session.execute(statement.offset(offset).limit(limit)).scalars().all(), total


def _conditions(subjects: Iterable[tuple[str, Any]]) -> list[Any]:
    return [
        and_(
            AuditEntry.subject_kind == kind,
            AuditEntry.subject_id.in_(ids),
            *([AuditEntry.event.in_(_ALONE[kind])] if kind in _ALONE else []),
        )
        for kind, ids in subjects
    ]
