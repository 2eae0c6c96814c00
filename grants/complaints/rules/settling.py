"""What an upheld objection still asks for before the final list can be made."""

from dataclasses import dataclass

from grants.applications.rules.states import ApplicationStatus
from grants.complaints.rules.states import Effect
from grants.errors import Problem

_S = ApplicationStatus
_IN_CHECK = (_S.REGISTERED, _S.COMPLETION_REQUESTED, _S.COMPLETED)


@dataclass(frozen=True)
class Progress:
    """How far an application is that is checked or scored anew."""

    status: ApplicationStatus
    # Members who were given a sheet anew and have no conflict, and how many of them signed.
    assigned: int
    signed: int
    # Signed sheets that count, whoever gave them.
    counted: int
    min_reviews: int


def open_steps(effect: Effect | None, progress: Progress) -> list[Problem]:
    """What is still to be done; [] once it is.

    Codes: `settle_check` (the check has no outcome), `settle_unassigned` (too few were given a
    sheet), `settle_unsigned` (some have not signed), `settle_too_few` (too few sheets count). A
    corrected ranking has nothing that could be counted: whoever corrected it says so.
    """
    if effect in (None, Effect.CORRECTED_RANKING):
        return []
    if effect is Effect.RECHECK:
        if progress.status in _IN_CHECK:
            return [Problem("settle_check")]
        if progress.status in (_S.DISMISSED, _S.WITHDRAWN):
            return []
    return _sheet_steps(progress)


def _sheet_steps(progress: Progress) -> list[Problem]:
    if progress.status is _S.WITHDRAWN:
        return []
    if progress.assigned < progress.min_reviews:
        facts = {"assigned": progress.assigned, "needed": progress.min_reviews}
        return [Problem("settle_unassigned", facts=facts)]
    if progress.signed < progress.assigned:
        facts = {"signed": progress.signed, "assigned": progress.assigned}
        return [Problem("settle_unsigned", facts=facts)]
    if progress.counted < progress.min_reviews:
        facts = {"counted": progress.counted, "needed": progress.min_reviews}
        return [Problem("settle_too_few", facts=facts)]
    return []
