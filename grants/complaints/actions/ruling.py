"""A ruling: prepared by an officer, issued by the signatory, and what it sets going."""

from datetime import datetime

from grants import clock
from grants.acts.actions import issue_act, prepare_act, signature_of
from grants.acts.models import Act
from grants.applications.actions.cases import advance
from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.queries import get_call_by_id
from grants.calls.rules.states import Origin
from grants.complaints.drafts import Correction, ruling_draft
from grants.complaints.models import Objection
from grants.complaints.queries.hands import count_scorers, list_hands
from grants.complaints.queries.objections import get_own_row, get_preliminary
from grants.complaints.rules.filing import is_late
from grants.complaints.rules.ruling import (
    Proposal,
    effects_for,
    ensure_scorable,
    ensure_sound,
    ensure_unbiased,
    proposal_from,
)
from grants.complaints.rules.states import LIFECYCLE, Effect, ObjectionStatus
from grants.eligibility.actions.reopening import reopen_check
from grants.errors import DomainError, Problem, WrongState
from grants.evaluation.actions.anew import set_sheets_aside
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.people.actors import Actor
from grants.ranking.actions import write_amount
from grants.ranking.rules.closing import ensure_reducible
from grants.ranking.rules.correcting import corrected_standing
from grants.ranking.weighed import Weighed, still_holding

# The reason of a corrected amount is the ruling, whose number comes with its issue.
_REASON = "rješenje"


def prepare_ruling(
    objection: Objection,
    proposal: Proposal,
    *,
    by: Actor,
    at: datetime,
    weighed: Weighed | None = None,
) -> Act:
    """Prepare the act of a ruling; a draft prepared before is written anew.

    One that corrects the ranking says where the application stands by the figures of the day;
    `weighed` is the ranking computed before, Stale where something changed since.
    Raises WrongState once ruled or withdrawn or while the act is approved, DomainError
    `ruling_own_work` for whoever scored or checked the application, Incomplete for what does not
    fit (rules.ruling), also where too few are left for new sheets.
    """
    if objection.status is not ObjectionStatus.FILED:
        raise WrongState(Problem("objection_closed"))
    ensure_unbiased(by.id, list_hands(objection.application))
    call = objection.application.call
    allowed = effects_for(objection.against, is_imported=call.origin is Origin.IMPORTED)
    ensure_sound(proposal, allowed=allowed, is_late=is_late_objection(objection))
    ensure_scorable(proposal, count_scorers(objection))
    if proposal.amount is not None:
        requested = objection.application.requested
        ensure_reducible(proposal.amount, requested=requested, reason=_REASON)
    listed = get_preliminary(call)
    if listed is None:
        raise LookupError(f"objection {objection.id} has no list")
    row = get_own_row(objection.application)
    correction = _correction(objection, proposal, weighed, at=at)
    draft = ruling_draft(objection, proposal, listed=listed, row=row, correction=correction)
    act = prepare_act(draft, by=by, at=at)
    objection.act = act
    return act


def _correction(
    objection: Objection, proposal: Proposal, weighed: Weighed | None, *, at: datetime
) -> Correction | None:
    if proposal.effect is not Effect.CORRECTED_RANKING:
        return None
    application = objection.application
    call = get_call_by_id(application.call_id) or application.call
    shown = still_holding(call, weighed)
    after = corrected_standing(
        shown.contenders,
        terms=shown.terms,
        reference=str(application.reference),
        amount=proposal.amount,
    )
    return Correction(clock.local_day(at), after)


def issue_ruling(objection: Objection, *, by: Actor, at: datetime, typed_number: str = "") -> None:
    """Issue the prepared ruling; from here on its effect runs.

    Raises DomainError `ruling_not_prepared`, `ruling_own_work`, `number_taken`; WrongState once
    it is ruled or withdrawn; Incomplete `ruling_too_few`.
    """
    act = objection.act
    if act is None:
        raise DomainError(Problem("ruling_not_prepared"))
    LIFECYCLE.check(objection.status, ObjectionStatus.RULED)
    ensure_unbiased(by.id, list_hands(objection.application))
    proposal = proposal_from(act.facts["ruling"])
    ensure_scorable(proposal, count_scorers(objection))
    municipality = objection.application.call.municipality
    signature = signature_of(municipality, act.kind, by=by, typed_number=typed_number)
    issue_act(act, signature=signature, by=by, at=at)
    objection.status, objection.ruling = ObjectionStatus.RULED, proposal.ruling
    objection.effect, objection.reasoning = proposal.effect, proposal.reasoning
    objection.ruled_at, objection.ruled_by_id = at, by.id
    facts = {
        "objection": objection.slug,
        "ruling": proposal.ruling.value,
        "effect": proposal.effect.value if proposal.effect else "",
        "number": act.number,
    }
    record(Event.OBJECTION_RULED, objection.application, by=by, at=at, facts=facts)
    _take_effect(objection, amount=proposal.amount, by=by, at=at)


def is_late_objection(objection: Objection) -> bool:
    """Whether it was filed after the term."""
    return is_late(objection.received_on, objection.posted_on, until=objection.filed_until)


def _take_effect(objection: Objection, *, amount: int | None, by: Actor, at: datetime) -> None:
    application = objection.application
    number = f"{objection.act.number}" if objection.act else ""
    match objection.effect:
        case None:
            objection.settled_at = at
        case Effect.RECHECK:
            reopen_check(application, by=by, at=at)
        case Effect.NEW_SHEETS:
            set_sheets_aside(application, reason=number, by=by, at=at)
            if application.status is ApplicationStatus.RANKED:
                advance(application, ApplicationStatus.ELIGIBLE, by=by, at=at)
        case Effect.CORRECTED_RANKING if amount is not None:
            with speaking(application.call.language):
                reason = _("rješenje o prigovoru broj %(number)s.", number=number)
            write_amount(application, amount=amount, reason=reason, by=by, at=at)
