"""The administrative check of one application, its outcome, and the call's next stage."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from grants.applications.actions.cases import advance
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.calls.rules.states import LIFECYCLE, CallStatus
from grants.db import db
from grants.eligibility.models import Check, EligibilityOutcome
from grants.eligibility.queries import count_cases, get_completion, list_checks
from grants.eligibility.rules.dismissal import Ground, ensure_dismissible
from grants.eligibility.rules.findings import ITEM_CODES, Answered, lacks_note, open_for_eligible
from grants.errors import Incomplete, Problem, WrongState
from grants.people.actors import Actor

_S = ApplicationStatus
IN_CHECK = (_S.REGISTERED, _S.COMPLETION_REQUESTED, _S.COMPLETED)


def record_checks(
    application: Application, answers: Mapping[str, Answered], *, by: Actor, at: datetime
) -> list[str]:
    """Keep the answers that differ from those kept; the codes of what changed come back.

    Raises Incomplete `note_missing` for a "no" without a word why, WrongState `check_closed`
    before the registration and after the outcome.
    """
    ensure_in_check(application)
    known = {code: answer for code, answer in answers.items() if code in ITEM_CODES}
    problems = lacks_note(known)
    if problems:
        raise Incomplete(*problems)
    kept = _kept(application)
    changed = [code for code, answer in known.items() if _differs(kept.get(code), answer)]
    for code in changed:
        check = kept.get(code) or _new_check(application, code)
        check.finding, check.note = known[code].finding, known[code].note.strip()
        check.checked_at, check.checked_by_id = at, by.id
    if changed:
        facts = {code: known[code].finding.value for code in changed}
        record(Event.CHECK_RECORDED, application, by=by, at=at, facts=facts)
    return changed


def mark_eligible(application: Application, *, by: Actor, at: datetime) -> EligibilityOutcome:
    """Let an application go to the committee.

    Raises Incomplete with every question that is open or answered against it, WrongState while a
    completion is waited for whose term still runs.
    """
    ensure_in_check(application)
    findings = {code: each.check.finding for code, each in list_checks(application).items()}
    problems = open_for_eligible(findings)
    if problems:
        raise Incomplete(*problems)
    advance(application, ApplicationStatus.ELIGIBLE, by=by, at=at)
    outcome = _outcome(application, is_eligible=True, by=by, at=at)
    record(Event.APPLICATION_ELIGIBLE, application, by=by, at=at)
    return outcome


def dismiss(
    application: Application, ground: Ground, text: str, *, by: Actor, at: datetime
) -> EligibilityOutcome:
    """Dismiss an application on a formal ground, with the reason in words.

    Raises what rules.dismissal says, WrongState outside the check.
    """
    ensure_in_check(application)
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
    still_open = progress.received - progress.decided
    if still_open > 0:
        raise Incomplete(Problem("cases_open", facts={"count": still_open}))
    if not progress.eligible:
        raise Incomplete(Problem("none_eligible"))
    LIFECYCLE.check(call.status, CallStatus.SCORING)
    call.status = CallStatus.SCORING
    facts = {"stage": CallStatus.SCORING.value, "eligible": progress.eligible}
    record(Event.CALL_STAGE_CHANGED, call, by=by, at=at, facts=facts)


def ensure_in_check(application: Application) -> None:
    """Raise WrongState `check_closed` unless the application is registered and undecided."""
    if application.status not in IN_CHECK or application.call.status is not CallStatus.OPENED:
        raise WrongState(Problem("check_closed"))


def _kept(application: Application) -> dict[str, Check]:
    statement = select(Check).where(Check.application_id == application.id)
    return {check.item: check for check in db.session.execute(statement).scalars()}


def _differs(kept: Check | None, answer: Answered) -> bool:
    return kept is None or (kept.finding, kept.note) != (answer.finding, answer.note.strip())


def _new_check(application: Application, code: str) -> Check:
    check = Check(
        municipality_id=application.municipality_id, application_id=application.id, item=code
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
