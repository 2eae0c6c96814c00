"""Asking an applicant to complete an application, with a term that is counted and shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grants import clock
from grants.acts.actions import Draft, Signature, issue_act, prepare_act
from grants.acts.legal import legal_texts
from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.applications.actions.completing import reopen
from grants.applications.models import Application, Reopening
from grants.applications.queries import answered_form
from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.eligibility.actions.checking import ensure_in_check
from grants.eligibility.models import CompletionRequest
from grants.eligibility.queries import get_completion, list_applicants_of
from grants.eligibility.rules.terms import end_of_day
from grants.errors import DomainError, Problem, WrongState
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.municipalities.queries import list_holidays
from grants.notifications.actions import notify
from grants.people.actors import Actor
from grants.workdays import Calendar, Deadline, Term, counting, deadline


@dataclass(frozen=True)
class CompletionAsk:
    """Which sections of the form to open again, what to do there, and for how long."""

    parts: Sequence[str]
    text: str
    term: Term


def count_term(application: Application, term: Term, *, at: datetime) -> Deadline:
    """The term counted from today on the municipality's own calendar."""
    calendar = Calendar(list_holidays(application.municipality_id))
    return deadline(clock.local_day(at), term=term, calendar=calendar)


def ask_completion(
    application: Application, ask: CompletionAsk, signature: Signature, *, by: Actor, at: datetime
) -> CompletionRequest:
    """Ask once for completion: the parts open again, an act says so, the applicant is written to.

    Raises DomainError `completion_parts`, `completion_text`, WrongState `completion_asked` the
    second time and `check_closed` outside the check.
    """
    ensure_in_check(application)
    if get_completion(application) is not None:
        raise WrongState(Problem("completion_asked"))
    _ensure_said(application, ask)
    counted = count_term(application, ask.term, at=at)
    reopening = reopen(application, ask.parts, until=end_of_day(counted.ends_on), by=by, at=at)
    request = CompletionRequest(
        municipality_id=application.municipality_id,
        application_id=application.id,
        reopening=reopening,
        text=ask.text.strip(),
        asked_at=at,
        asked_by_id=by.id,
        counted=counting(counted),
    )
    db.session.add(request)
    db.session.flush()
    request.act = _issue(application, request, signature, by=by, at=at)
    _tell(application, request, reopening, by=by, at=at)
    return request


def _ensure_said(application: Application, ask: CompletionAsk) -> None:
    known = {section.key for section in answered_form(application).sections}
    if not ask.parts or not known.issuperset(ask.parts):
        raise DomainError(Problem("completion_parts", "parts"))
    if not ask.text.strip():
        raise DomainError(Problem("completion_text", "text"))


def _issue(
    application: Application,
    request: CompletionRequest,
    signature: Signature,
    *,
    by: Actor,
    at: datetime,
) -> Act:
    with speaking(application.call.language):
        act = prepare_act(_draft(application, request), by=by, at=at)
    issue_act(act, signature=signature, by=by, at=at)
    return act


def _draft(application: Application, request: CompletionRequest) -> Draft:
    call = application.call
    titles = {section.key: section.title for section in answered_form(application).sections}
    facts: dict[str, Any] = {
        "act": {
            "kind": _("Poziv"),
            "about": _("za dopunu prijave"),
            "served_to": [application.organisation_name],
        },
        "legal": {"basis": legal_texts(call.municipality, ActKind.COMPLETION_REQUEST).basis},
        "call": {"title": call.title, "reference": call.reference},
        "application": {
            "title": application.title,
            "reference": application.reference,
            "protocol": application.protocol_number,
            "organisation": application.organisation_name,
        },
        "parts": [titles[part] for part in request.reopening.parts],
        "text": request.text,
        "counted": dict(request.counted),
    }
    return Draft(
        key=f"completion_request:{application.id}",
        kind=ActKind.COMPLETION_REQUEST,
        title=_("Poziv za dopunu prijave"),
        template="eligibility/completion.pdf.html",
        facts=facts,
        subject=application.as_subject(call),
    )


def _tell(
    application: Application,
    request: CompletionRequest,
    reopening: Reopening,
    *,
    by: Actor,
    at: datetime,
) -> None:
    record(
        Event.COMPLETION_REQUESTED,
        application,
        by=by,
        at=at,
        facts={"parts": list(reopening.parts), "until": reopening.until.isoformat()},
    )
    notify(
        [user.as_recipient() for user in list_applicants_of(application.organisation)],
        "eligibility/emails/completion.txt",
        at=at,
        path=f"/my/applications/{application.slug}/completion",
        facts={
            "application": application,
            "text": request.text,
            "until": reopening.until,
        },
        is_urgent=True,
    )
