"""On which formal grounds an application is dismissed, and when that may be said."""

from datetime import datetime
from enum import StrEnum

from grants.errors import DomainError, NotNow, Problem


class Ground(StrEnum):
    """The catalogue of formal grounds; the merits are judged by the committee alone."""

    LATE = "late"
    INCOMPLETE = "incomplete"
    UNAUTHORISED = "unauthorised"
    APPLICANT_NOT_ELIGIBLE = "applicant_not_eligible"
    OUT_OF_RANGE = "out_of_range"
    TOO_MANY = "too_many"
    BUDGET_RULES = "budget_rules"
    OUTSTANDING_REPORTS = "outstanding_reports"
    CONFLICT = "conflict"
    OTHER = "other"


# A filing with a formal defect is not dismissed at once: a term to mend it must be given first
# (general administrative procedure, domain.md 5.3).
MENDABLE = frozenset({Ground.INCOMPLETE, Ground.UNAUTHORISED, Ground.BUDGET_RULES})


def ensure_dismissible(
    ground: Ground,
    *,
    text: str,
    completion_until: datetime | None,
    is_answered: bool,
    at: datetime,
) -> None:
    """Raise DomainError `dismissal_text`, or NotNow `completion_first`, `completion_runs`.

    `completion_until` is the end of the term given to complete, None where none was given.
    """
    if not text.strip():
        raise DomainError(Problem("dismissal_text", "reason"))
    if completion_until is None:
        if ground in MENDABLE:
            raise NotNow(Problem("completion_first", "ground"))
    elif at <= completion_until and not is_answered:
        raise NotNow(Problem("completion_runs", facts={"until": completion_until}))
