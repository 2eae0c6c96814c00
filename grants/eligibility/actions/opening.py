"""Opening a call's applications, giving them protocol numbers, recording how it went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grants import clock
from grants.acts.actions import Draft, Signature, issue_act, next_number, prepare_act
from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.applications.actions.cases import advance
from grants.applications.models import Application
from grants.applications.queries.paper import is_protocol_taken
from grants.applications.rules.states import ApplicationStatus, Channel
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.calls.queries import criteria_of
from grants.calls.rules.criteria import Criteria, document_problems
from grants.calls.rules.states import LIFECYCLE, CallStatus
from grants.db import db
from grants.eligibility.models import Opening
from grants.eligibility.queries import (
    get_opening,
    list_present_documents,
    list_received,
    list_unregistered,
)
from grants.errors import DomainError, Incomplete, NotNow, Problem, WrongState
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.people.actors import Actor

LONGEST_NUMBER = 60


@dataclass(frozen=True)
class OpeningFacts:
    """Who was there when the applications were opened, and what was remarked."""

    present: Sequence[str]
    remarks: str = ""


def open_call(call: Call, facts: OpeningFacts, *, by: Actor, at: datetime) -> Opening:
    """Open the applications of a call after its deadline.

    Raises NotNow `opening_early` up to and at the deadline itself, WrongState when it is opened
    already, DomainError `nobody_present`.
    """
    if call.deadline is None or at <= call.deadline:
        raise NotNow(Problem("opening_early", facts={"deadline": call.deadline}))
    if not facts.present:
        raise DomainError(Problem("nobody_present", "present"))
    LIFECYCLE.check(call.status, CallStatus.OPENED)
    call.status = CallStatus.OPENED
    opening = Opening(
        municipality_id=call.municipality_id,
        call_id=call.id,
        opened_at=at,
        opened_by_id=by.id,
        present=list(facts.present),
        remarks=facts.remarks,
    )
    db.session.add(opening)
    db.session.flush()
    record(Event.CALL_OPENED, call, by=by, at=at, facts={"present": list(facts.present)})
    return opening


def register_application(application: Application, number: str, *, by: Actor, at: datetime) -> None:
    """Give an application its protocol number as typed from the registry.

    Raises DomainError `protocol_number`, `protocol_long` or `protocol_taken`, WrongState when it
    is registered already.
    """
    number = " ".join(number.split())
    if not number:
        raise DomainError(Problem("protocol_number"))
    if len(number) > LONGEST_NUMBER:
        raise DomainError(Problem("protocol_long", facts={"most": LONGEST_NUMBER}))
    if is_protocol_taken(number):
        raise DomainError(Problem("protocol_taken", facts={"number": number}))
    advance(application, ApplicationStatus.REGISTERED, by=by, at=at)
    application.protocol_number, application.registered_at = number, at
    db.session.flush()
    record(
        Event.APPLICATION_REGISTERED,
        application,
        by=by,
        at=at,
        facts={"protocol": number, "reference": application.reference},
    )


def register_from_series(
    applications: Iterable[Application], series: str, *, by: Actor, at: datetime
) -> None:
    """Give these applications the next numbers of a series of the registry, in their order."""
    if not series.strip():
        raise DomainError(Problem("protocol_series", "series"))
    year = clock.local_day(at).year
    for application in applications:
        number = _free_number(series.strip(), year, application.municipality_id)
        register_application(application, number, by=by, at=at)


def make_record_of_opening(call: Call, signature: Signature, *, by: Actor, at: datetime) -> Act:
    """Make the record of opening with its number; the worker prints it.

    Raises NotNow `opening_early` before the opening, Incomplete `registry_open` while an
    application has no protocol number, WrongState when the record exists.
    """
    opening = get_opening(call)
    if opening is None:
        raise NotNow(Problem("opening_early", facts={"deadline": call.deadline}))
    if opening.act_id is not None:
        raise WrongState(Problem("record_made"))
    unregistered = list_unregistered(call)
    if unregistered:
        raise Incomplete(Problem("registry_open", facts={"count": len(unregistered)}))
    with speaking(call.language):
        act = prepare_act(_draft(opening, call, signature), by=by, at=at)
    issue_act(act, signature=signature, by=by, at=at)
    opening.act = act
    facts = {"number": act.number, "sha256": act.facts_sha256}
    record(Event.RECORD_OF_OPENING_MADE, call, by=by, at=at, facts=facts)
    return act


def _free_number(series: str, year: int, municipality_id: int) -> str:
    """The next number of a series that no application carries, typed ones included."""
    number = next_number(series, year=year, municipality_id=municipality_id)
    while is_protocol_taken(number):
        number = next_number(series, year=year, municipality_id=municipality_id)
    return number


def _draft(opening: Opening, call: Call, signature: Signature) -> Draft:
    criteria = criteria_of(call)
    present = list_present_documents(call)
    rows = [
        _row(application, criteria, present.get(application.id, frozenset()))
        for application in list_received(call)
    ]
    facts: dict[str, Any] = {
        "record": {
            "kind": _("Zapisnik"),
            "about": _("o otvaranju prijava na javni poziv"),
            "signatories": _signatories(opening, signature),
        },
        "call": {"title": call.title, "reference": call.reference},
        "deadline": criteria.deadline.isoformat(),
        "opened_at": opening.opened_at.isoformat(),
        "present": list(opening.present),
        "remarks": opening.remarks,
        "applications": rows,
    }
    return Draft(
        key=f"record_of_opening:{call.id}",
        kind=ActKind.RECORD_OF_OPENING,
        title=_("Zapisnik o otvaranju prijava"),
        template="eligibility/opening.pdf.html",
        facts=facts,
        subject=call.as_subject(),
    )


def _signatories(opening: Opening, signature: Signature) -> list[dict[str, str]]:
    others = [name for name in opening.present if not name.startswith(signature.name)]
    led = {"function": signature.title, "name": signature.name}
    return [led] + [{"function": _("Prisutan/na"), "name": name} for name in others]


def _row(application: Application, criteria: Criteria, present: frozenset[str]) -> dict[str, Any]:
    """One application as the record names it; by post the day of posting stands beside."""
    missing = document_problems(criteria, present=present)
    posted = application.posted_at if application.channel is Channel.POST else None
    received = application.submitted_at or application.started_at
    return {
        "protocol": application.protocol_number or "",
        "reference": application.reference or "",
        "applicant": application.organisation_name,
        "title": application.title,
        "channel": application.channel.value,
        "received_at": received.isoformat(),
        "posted_at": posted.isoformat() if posted else None,
        "missing": [str(problem.facts["title"]) for problem in missing],
    }
