"""What an upheld objection sets going: new sheets given out, an amount corrected, all settled."""

from collections.abc import Collection
from datetime import datetime

from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.complaints.models import Objection
from grants.complaints.queries.hands import list_anew, list_candidates, read_progress
from grants.complaints.rules.ruling import proposal_from
from grants.complaints.rules.settling import open_steps
from grants.complaints.rules.states import Effect, ObjectionStatus
from grants.errors import DomainError, Incomplete, NotNow, Problem, WrongState
from grants.evaluation.actions.anew import assign_anew
from grants.evaluation.queries import get_committee
from grants.people.actors import Actor
from grants.ranking.actions import write_amount


def give_sheets_anew(
    objection: Objection, keys: Collection[str], *, by: Actor, at: datetime
) -> None:
    """Ask these members (by key) of the committee to score the application anew.

    Raises WrongState where nothing is left to be scored, NotNow `anew_check_first` while its
    check has no outcome, DomainError `anew_nobody` where none of them may.
    """
    _ensure_unsettled(objection)
    application = objection.application
    if objection.effect is Effect.CORRECTED_RANKING:
        raise WrongState(Problem("settle_nothing"))
    if application.status is not ApplicationStatus.ELIGIBLE:
        raise NotNow(Problem("anew_check_first"))
    committee = get_committee(application.call)
    members = [each for each in list_candidates(objection) if each.key in keys]
    if committee is None or not members:
        raise DomainError(Problem("anew_nobody", "members"))
    assign_anew(application, committee, members, by=by, at=at)


def correct_amount(
    objection: Objection, *, amount: int, reason: str, by: Actor, at: datetime
) -> None:
    """Enter the amount (fening) the final list proposes after an upheld objection.

    Raises WrongState where the ruling did not ask for a corrected ranking or says the amount
    itself, Incomplete for an amount above the requested one or without its reason.
    """
    _ensure_unsettled(objection)
    if objection.effect is not Effect.CORRECTED_RANKING or _is_amount_ruled(objection):
        raise WrongState(Problem("settle_nothing"))
    write_amount(objection.application, amount=amount, reason=reason, by=by, at=at)


def settle_objection(objection: Objection, *, by: Actor, at: datetime) -> None:
    """Note that everything the ruling set going is done; Incomplete with what is not."""
    _ensure_unsettled(objection)
    steps = steps_of(objection)
    if steps:
        raise Incomplete(*steps)
    objection.settled_at = at
    facts = {"objection": objection.slug}
    record(Event.OBJECTION_SETTLED, objection.application, by=by, at=at, facts=facts)


def steps_of(objection: Objection) -> list[Problem]:
    """What is still to be done for an upheld objection; the application's call is loaded."""
    progress = read_progress(objection, list_anew(objection.application))
    return open_steps(objection.effect, progress)


def _ensure_unsettled(objection: Objection) -> None:
    if objection.status is not ObjectionStatus.RULED or objection.settled_at is not None:
        raise WrongState(Problem("settle_nothing"))


def _is_amount_ruled(objection: Objection) -> bool:
    act = objection.act
    return act is not None and proposal_from(act.facts["ruling"]).amount is not None
