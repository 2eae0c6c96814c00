"""The administrative check of one application, its outcome, and the call's next stage."""

from collections.abc import Mapping
from datetime import datetime

from grants.applications.actions.cases import advance
from grants.applications.models import Application
from grants.applications.queries import lock_status
from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.calls.queries import criteria_of
from grants.calls.rules.states import LIFECYCLE, CallStatus
from grants.db import db
from grants.eligibility.models import Check, EligibilityOutcome
from grants.eligibility.queries import (
    count_cases,
    get_completion,
    get_submitted,
    list_checks,
    readings_of,
)
from grants.eligibility.rules.computed import computed
from grants.eligibility.rules.dismissal import Ground, ensure_dismissible
from grants.eligibility.rules.findings import (
    ITEM_CODES,
    Answered,
    Finding,
    lacks_note,
    open_for_eligible,
)
from grants.eligibility.rules.readings import (
    FIRST,
    Readings,
    changed_after,
    disagreement,
    own_reading,
)
from grants.eligibility.rules.settling import READING, REASON, TAKEN_OVER
from grants.errors import Incomplete, Problem, WrongState
from grants.jobs.actions import enqueue
from grants.people.actors import Actor

_S = ApplicationStatus
IN_CHECK = (_S.REGISTERED, _S.COMPLETION_REQUESTED, _S.COMPLETED)
# After an upheld objection a single application is checked again while the others wait.
CHECKING = (CallStatus.OPENED, CallStatus.OBJECTIONS)


def record_checks(
    application: Application,
    answers: Mapping[str, Answered],
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> list[str]:
    """Keep the answers that differ from those kept; the codes of what changed come back.

    Where the call wants two officers, they go into the person's own reading. Raises Incomplete
    `note_missing` for a "no" without a word why, `change_reason` for a change without a reason
    after the readings were compared; WrongState `check_closed` before the registration and after
    the outcome, `reading_taken` for a third officer.
    """
    ensure_in_check(application)
    known = {code: answer for code, answer in answers.items() if code in ITEM_CODES}
    lock_status(application)
    checks = list_checks(application)
    number = _reading_for(application, readings_of(checks), by=by)
    later = changed_after(readings_of(checks), number, known)
    problems = lacks_note(known)
    if later and not reason.strip():
        problems.append(Problem("change_reason", REASON))
    if problems:
        raise Incomplete(*problems)
    kept = {code: each.check for code, each in checks.get(number, {}).items()}
    changed = [code for code, answer in known.items() if _differs(kept.get(code), answer)]
    for code in changed:
        check = kept.get(code) or _new_check(application, code, number)
        check.finding, check.note = known[code].finding, known[code].note.strip()
        check.checked_at, check.checked_by_id = at, by.id
    if changed:
        facts: dict[str, object] = {code: known[code].finding.value for code in changed}
        facts |= {READING: number} if application.call.is_checked_twice else {}
        facts |= {REASON: reason.strip()} if later else {}
        record(Event.CHECK_RECORDED, application, by=by, at=at, facts=facts)
    return changed


def confirm_computed(application: Application, *, by: Actor, at: datetime) -> int:
    """Confirm every computed "yes" that has no answer yet; how many there were comes back.

    Raises what `record_checks` does, Incomplete `nothing_to_confirm` where nothing is left.
    """
    ensure_in_check(application)
    readings = readings_of(list_checks(application))
    number = _reading_for(application, readings, by=by)
    answered = readings[number].answers if number in readings else {}
    figures = computed(criteria_of(application.call), get_submitted(application))
    confirmed = {
        code: Answered(Finding.YES)
        for code, figure in figures.items()
        if figure.finding is Finding.YES and code not in answered
    }
    if not confirmed:
        raise Incomplete(Problem("nothing_to_confirm"))
    return len(record_checks(application, confirmed, by=by, at=at))


def take_over_reading(application: Application, number: int, *, by: Actor, at: datetime) -> None:
    """Begin anew a reading that somebody else left unfinished; its answers go.

    Raises WrongState `reading_whole` for a finished one, `reading_own` for whoever has the other.
    """
    ensure_in_check(application)
    lock_status(application)
    checks = list_checks(application)
    readings = readings_of(checks)
    if not application.call.is_checked_twice or number not in readings:
        raise WrongState(Problem("check_closed"))
    if readings[number].is_complete:
        raise WrongState(Problem("reading_whole"))
    if by.id in {each.by_id for each in readings.values()}:
        raise WrongState(Problem("reading_own"))
    left = next(iter(checks[number].values())).by
    for each in checks[number].values():
        db.session.delete(each.check)
    db.session.flush()
    facts = {READING: number, TAKEN_OVER: left}
    record(Event.CHECK_RECORDED, application, by=by, at=at, facts=facts)


def mark_eligible(application: Application, *, by: Actor, at: datetime) -> EligibilityOutcome:
    """Let an application go to the committee.

    Raises Incomplete with every question that is open or answered against it, or with what two
    officers have not settled; WrongState outside the check.
    """
    ensure_in_check(application)
    readings = readings_of(list_checks(application))
    _ensure_agreed(application, readings, by=by)
    answers = readings[FIRST].answers if FIRST in readings else {}
    problems = open_for_eligible({code: each.finding for code, each in answers.items()})
    if problems:
        raise Incomplete(*problems)
    advance(application, ApplicationStatus.ELIGIBLE, by=by, at=at)
    outcome = _outcome(application, is_eligible=True, by=by, at=at)
    record(Event.APPLICATION_ELIGIBLE, application, by=by, at=at)
    # Who sits on the committee is compared with whoever comes before it, see evaluation.jobs.
    facts = {
        "call_id": application.call_id,
        "municipality_id": application.municipality_id,
        "application_id": application.id,
    }
    enqueue("search_hits", facts, at=at)
    return outcome


def dismiss(
    application: Application, ground: Ground, text: str, *, by: Actor, at: datetime
) -> EligibilityOutcome:
    """Dismiss an application on a formal ground, with the reason in words.

    Raises what rules.dismissal says, Incomplete with what two officers have not settled,
    WrongState outside the check.
    """
    ensure_in_check(application)
    if application.call.is_checked_twice:
        _ensure_agreed(application, readings_of(list_checks(application)), by=by)
    asked = get_completion(application)
    ensure_dismissible(
        ground,
        text=text,
        completion_until=asked.reopening.until if asked else None,
        is_answered=asked is not None and asked.reopening.answered_at is not None,
        at=at,
    )
    advance(application, ApplicationStatus.DISMISSED, by=by, at=at)
    outcome = _outcome(application, is_eligible=False, by=by, at=at)
    outcome.reason, outcome.text = ground.value, text.strip()
    facts = {"ground": ground.value, "text": text.strip()}
    record(Event.APPLICATION_DISMISSED, application, by=by, at=at, facts=facts)
    return outcome


def send_to_scoring(call: Call, *, by: Actor, at: datetime) -> None:
    """Hand a call whose applications are all decided to its committee.

    Raises Incomplete `cases_open` or `none_eligible`, WrongState outside the check.
    """
    progress = count_cases(call)
    if progress.still_open:
        raise Incomplete(Problem("cases_open", facts={"count": progress.still_open}))
    if not progress.eligible:
        raise Incomplete(Problem("none_eligible"))
    LIFECYCLE.check(call.status, CallStatus.SCORING)
    call.status = CallStatus.SCORING
    facts = {"stage": CallStatus.SCORING.value, "eligible": progress.eligible}
    record(Event.CALL_STAGE_CHANGED, call, by=by, at=at, facts=facts)


def ensure_in_check(application: Application) -> None:
    """Raise WrongState `check_closed` unless the application is registered and undecided."""
    if application.status not in IN_CHECK or application.call.status not in CHECKING:
        raise WrongState(Problem("check_closed"))


def _reading_for(application: Application, readings: Readings, *, by: Actor) -> int:
    number = own_reading(readings, by.id, is_twice=application.call.is_checked_twice)
    if number is None:
        raise WrongState(Problem("reading_taken"))
    return number


def _ensure_agreed(application: Application, readings: Readings, *, by: Actor) -> None:
    if not application.call.is_checked_twice:
        return
    problems = disagreement(readings, by.id)
    if problems:
        raise Incomplete(*problems)


def _differs(kept: Check | None, answer: Answered) -> bool:
    return kept is None or (kept.finding, kept.note) != (answer.finding, answer.note.strip())


def _new_check(application: Application, code: str, reading: int) -> Check:
    check = Check(
        municipality_id=application.municipality_id,
        application_id=application.id,
        item=code,
        reading=reading,
    )
    db.session.add(check)
    return check


def _outcome(
    application: Application, *, is_eligible: bool, by: Actor, at: datetime
) -> EligibilityOutcome:
    outcome = EligibilityOutcome(
        municipality_id=application.municipality_id,
        application_id=application.id,
        is_eligible=is_eligible,
        reason="",
        text="",
        decided_at=at,
        decided_by_id=by.id,
    )
    db.session.add(outcome)
    db.session.flush()
    return outcome
