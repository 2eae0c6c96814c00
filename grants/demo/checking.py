"""From the deadline to the committee: opening, protocol numbers, the administrative check."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from grants.acts.actions import Signature, signature_of
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind
from grants.applications.models import Application
from grants.applications.queries import get_case
from grants.calls.models import Call
from grants.demo.calls import read
from grants.demo.cast import settle, signed_in
from grants.eligibility.actions.checking import mark_eligible, record_checks
from grants.eligibility.actions.completing import CompletionAsk, ask_completion
from grants.eligibility.actions.opening import (
    OpeningFacts,
    make_record_of_opening,
    open_call,
    register_from_series,
)
from grants.eligibility.queries import list_unregistered
from grants.eligibility.rules.findings import ITEM_CODES, Answered, Finding
from grants.people.actors import Actor

SERIES = "05-14"
# What does not concern a call without own contribution.
_NOT_APPLICABLE = frozenset({"cofinancing"})


def open_applications(call: Call, present: Sequence[str], *, by: Actor, at: datetime) -> None:
    """Open them in front of two colleagues, number them, write the record."""
    open_call(read(call), OpeningFacts(present), by=by, at=at)
    settle()
    later = at + timedelta(minutes=20)
    register_from_series(list_unregistered(read(call)), SERIES, by=by, at=later)
    settle()
    opened = read(call)
    signature = leads(opened, ActKind.RECORD_OF_OPENING, by=by)
    make_record_of_opening(opened, signature, by=by, at=at + timedelta(minutes=55))
    settle()


def leads(call: Call, kind: ActKind, *, by: Actor) -> Signature:
    """How the officer in charge of a call signs a record."""
    series = legal_texts(call.municipality, kind).series
    return Signature(by.name, "voditeljica postupka", series=series)


def read_case(call: Call, slug: str, *, by: Actor) -> Application:
    """A case as the officer has it on the screen."""
    found = get_case(signed_in(by), read(call).municipality.slug, slug)
    if found is None:
        raise LookupError(slug)
    return found


def find_eligible(call: Call, slug: str, *, by: Actor, at: datetime) -> None:
    """Every question of the list answered with yes; the application goes to the committee."""
    record_checks(read_case(call, slug, by=by), all_right(), by=by, at=at)
    settle()
    mark_eligible(read_case(call, slug, by=by), by=by, at=at + timedelta(minutes=10))
    settle()


def ask_to_complete(
    call: Call,
    slug: str,
    asked: Mapping[str, Answered],
    ask: CompletionAsk,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Everything is right but what is asked for; the applicant gets the request with its term."""
    record_checks(read_case(call, slug, by=by), {**all_right(), **asked}, by=by, at=at)
    settle()
    signature = signature_of(read(call).municipality, ActKind.COMPLETION_REQUEST, by=by)
    ask_completion(read_case(call, slug, by=by), ask, signature, by=by, at=at)
    settle()


def all_right() -> dict[str, Answered]:
    """Yes to every question that concerns the call."""
    return {
        code: Answered(Finding.NOT_APPLICABLE if code in _NOT_APPLICABLE else Finding.YES)
        for code in sorted(ITEM_CODES)
    }
