"""The record of the administrative check of a whole call."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from grants.acts.actions import Draft, Signature, issue_act, prepare_act
from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.eligibility.listing import ListedCase, list_cases
from grants.eligibility.models import CheckRecord
from grants.eligibility.queries import count_cases, get_check_record, list_names
from grants.eligibility.rules.dismissal import Ground
from grants.eligibility.rules.readings import NUMBERS
from grants.eligibility.rules.settling import Entered, settled
from grants.eligibility.settling import list_entered
from grants.eligibility.words import FINDINGS, GROUNDS, QUESTIONS
from grants.errors import Incomplete, NotNow, Problem, WrongState
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.people.actors import Actor

_BEFORE = (CallStatus.DRAFT, CallStatus.APPROVED, CallStatus.PUBLISHED)


def make_record_of_check(
    call: Call, remarks: str, signature: Signature, *, by: Actor, at: datetime
) -> CheckRecord:
    """Make the record of the check with its number; the worker prints it.

    Raises NotNow `opening_early` before the opening, WrongState `record_of_check_made` the second
    time, Incomplete `cases_open` while an application has no outcome.
    """
    if call.status in _BEFORE:
        raise NotNow(Problem("opening_early", facts={"deadline": call.deadline}))
    if get_check_record(call) is not None:
        raise WrongState(Problem("record_of_check_made"))
    progress = count_cases(call)
    if progress.still_open:
        raise Incomplete(Problem("cases_open", facts={"count": progress.still_open}))
    with speaking(call.language):
        act = prepare_act(_draft(call, remarks.strip(), signature), by=by, at=at)
    issue_act(act, signature=signature, by=by, at=at)
    made = _keep(call, remarks.strip(), act, by=by, at=at)
    facts = {"number": act.number, "sha256": act.facts_sha256}
    record(Event.RECORD_OF_CHECK_MADE, call, by=by, at=at, facts=facts)
    return made


def _keep(call: Call, remarks: str, act: Act, *, by: Actor, at: datetime) -> CheckRecord:
    made = CheckRecord(
        municipality_id=call.municipality_id,
        call_id=call.id,
        remarks=remarks,
        made_at=at,
        made_by_id=by.id,
        act=act,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _draft(call: Call, remarks: str, signature: Signature) -> Draft:
    cases, _total = list_cases(call)
    deciders = [each.outcome.decided_by_id for each in cases if each.outcome]
    names = list_names(each for each in deciders if each is not None)
    entered = list_entered(call) if call.is_checked_twice else {}
    rows = [_row(each, names) | _settled(entered.get(each.application.id, [])) for each in cases]
    officers = sorted({name for row in rows for name in row["officers"]})
    facts: dict[str, Any] = {
        "record": {
            "kind": _("Zapisnik"),
            "about": _("o administrativnoj provjeri prijava na javni poziv"),
            "signatories": [
                {"function": signature.title, "name": signature.name},
                *(
                    {"function": _("Provjera prijava"), "name": name}
                    for name in officers
                    if name != signature.name
                ),
            ],
        },
        "call": {"title": call.title, "reference": call.reference},
        "is_checked_twice": call.is_checked_twice,
        "officers": officers,
        "remarks": remarks,
        "applications": rows,
    }
    return Draft(
        key=f"record_of_check:{call.id}",
        kind=ActKind.RECORD_OF_CHECK,
        title=_("Zapisnik o administrativnoj provjeri"),
        template="eligibility/checks.pdf.html",
        facts=facts,
        subject=call.as_subject(),
    )


def _row(case: ListedCase, names: Mapping[int, str]) -> dict[str, Any]:
    """One application as the record names it."""
    application, outcome = case.application, case.outcome
    is_withdrawn = application.status is ApplicationStatus.WITHDRAWN
    return {
        "protocol": application.protocol_number or "",
        "reference": application.reference or "",
        "applicant": application.organisation_name,
        "title": application.title,
        "outcome": "withdrawn" if is_withdrawn else _said(case),
        "ground": _ground(outcome.reason) if outcome else "",
        "text": outcome.text if outcome else "",
        "decided_at": outcome.decided_at.isoformat() if outcome else None,
        "asked_until": case.until.isoformat() if case.until else None,
        "answered_at": case.answered_at.isoformat() if case.answered_at else None,
        "officers": _officers(case, names),
    }


def _settled(entries: Sequence[Entered]) -> dict[str, Any]:
    """What two officers settled of an application, in words."""
    return {
        "settled": [
            {
                "question": str(QUESTIONS[each.code]),
                "first": str(FINDINGS[each.first]),
                "second": str(FINDINGS[each.second]),
                "agreed": str(FINDINGS[each.agreed]) if each.agreed else "",
                "reasons": [{"by": by, "text": text} for by, text in each.reasons],
            }
            for each in settled(entries)
        ]
    }


def _said(case: ListedCase) -> str:
    return "eligible" if case.outcome and case.outcome.is_eligible else "dismissed"


def _ground(reason: str) -> str:
    """The ground in words; one brought by an imported call may be none of the catalogue."""
    return str(GROUNDS[Ground(reason)]) if reason in list(Ground) else reason


def _officers(case: ListedCase, names: Mapping[int, str]) -> list[str]:
    """Both readers where two checked, else who decided."""
    readers = [case.tallies[number].by for number in NUMBERS if number in case.tallies]
    if len(readers) == len(NUMBERS):
        return readers
    decider = case.outcome.decided_by_id if case.outcome else None
    return [names[decider]] if decider is not None and decider in names else readers
