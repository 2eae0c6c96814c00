"""Finding drafts whose deadline comes near, with all that says what they lack."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from grants import tenancy
from grants.applications.models import Application, ApplicationDocument
from grants.applications.queries.drafts import (
    count_submitted,
    grounds_of,
    is_being_keyed_in,
    typed_of,
)
from grants.applications.rules.checking import Finding, find_all
from grants.applications.rules.reminders import LONGEST
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call, FormVersion
from grants.calls.rules.states import CallStatus
from grants.db import db

_WHOLE: tuple[ORMOption, ...] = (
    joinedload(Application.call).options(joinedload(Call.municipality), selectinload(Call.lots)),
    joinedload(Application.organisation),
    selectinload(Application.sections),
    selectinload(Application.documents).joinedload(ApplicationDocument.document),
)


def list_drafts_near_deadline(at: datetime) -> Sequence[Application]:
    """Every draft to an open call whose deadline is at most a week away, its call loaded."""
    with tenancy.across("reminders of drafts"):
        statement = (
            select(Application)
            .join(Application.call)
            .where(
                Application.status == ApplicationStatus.DRAFT,
                ~is_being_keyed_in(),
                Application.organisation_id.is_not(None),
                Call.status == CallStatus.PUBLISHED,
                Call.deadline >= at,
                Call.deadline <= at + LONGEST,
            )
            .options(joinedload(Application.call))
            .order_by(Application.id)
        )
        return db.session.execute(statement).scalars().all()


def get_draft_to_remind_of(application_id: int) -> Application | None:
    """A draft within the scope with all it says, held until the transaction ends."""
    lock = select(Application.id).where(
        Application.id == application_id, Application.status == ApplicationStatus.DRAFT
    )
    if db.session.execute(lock.with_for_update()).scalar() is None:
        return None
    statement = select(Application).where(Application.id == application_id).options(*_WHOLE)
    return db.session.execute(statement.execution_options(populate_existing=True)).scalar()


def findings_of(
    application: Application,
    *,
    at: datetime,
    submitted_before: int | None = None,
    unseen: Sequence[FormVersion] | None = None,
) -> list[Finding]:
    """What keeps a draft from being submitted at a moment; its sections, files and lots are loaded.

    Whoever asks about many drafts has read the other two for all of them. A call that was keyed
    in without a form asks for nothing.
    """
    typed = typed_of(application)
    if not typed.form.sections:
        return []
    before = count_submitted(application)[1] if submitted_before is None else submitted_before
    return find_all(typed, grounds_of(application, submitted_before=before, at=at, unseen=unseen))
