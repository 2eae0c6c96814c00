"""What the last call of a municipality teaches whoever fills in the next one."""

from dataclasses import dataclass

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import aliased

from grants.applications.models import Application, Reopening
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db

# Fewer applications would tell about applicants, not about the form.
FEWEST = 5
_S = CallStatus
# Once its check is over, nobody is asked to complete anything any more.
_CHECKED = (_S.SCORING, _S.RANKED, _S.OBJECTIONS, _S.DECIDED, _S.IMPLEMENTATION, _S.ARCHIVED)


@dataclass(frozen=True)
class Lesson:
    """From how many of the last call's applications a part was asked to be completed."""

    asked: int
    applications: int


def last_lesson(call: Call, section: str) -> Lesson | None:
    """How often the part of a key was to be completed in the call before this one.

    None where there was none, where it had fewer than five applications, and where nobody was
    asked. One statement, whatever the number of applications.
    """
    before = aliased(Call)
    last = (
        select(before.id)
        .where(before.id != call.id, before.status.in_(_CHECKED))
        .where(before.municipality_id == call.municipality_id)
        .where(before.deadline < call.opens_at)
        .order_by(before.deadline.desc())
        .limit(1)
        .scalar_subquery()
    )
    # The keys stand in JSON, as text in both databases; a key is letters, digits and underscores.
    is_asked = cast(Reopening.parts, Text).contains(f'"{section}"', autoescape=True)
    statement = (
        select(
            func.count(Application.id.distinct()),
            func.count(Reopening.application_id.distinct()).filter(is_asked),
        )
        .select_from(Application)
        .outerjoin(Reopening, Reopening.application_id == Application.id)
        .where(Application.call_id == last, Application.status != ApplicationStatus.DRAFT)
    )
    applications, asked = db.session.execute(statement).one()
    return Lesson(asked, applications) if asked and applications >= FEWEST else None
