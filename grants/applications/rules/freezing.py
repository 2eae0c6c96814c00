"""The frozen version of an application: one canonical text, and the hash that seals it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from grants.applications.rules.facts import (
    activities,
    answers_by_section,
    budget_rows,
    logframe,
    partners,
)
from grants.applications.rules.parsing import Typed
from grants.audit.rules import canonical
from grants.calls.rules.form import Fact

FORMAT = "poziv-application/1"


@dataclass(frozen=True)
class Seal:
    """What goes with the answers: which version of what, when, by whom, with which files."""

    version: int
    call: str
    reference: str
    at: datetime
    by: str
    organisation: Mapping[str, Any]
    documents: Sequence[Mapping[str, Any]]
    # Only of a paper: how and when it came, who keyed it in.
    paper: Mapping[str, Any] | None = None
    # Who signed for each partner, by the row of the partner.
    statements: Mapping[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Frozen:
    """A frozen version as text, and its SHA-256 in hex."""

    facts: Mapping[str, Any]
    text: str
    sha256: str


def freeze(typed: Typed, seal: Seal) -> Frozen:
    """The version of a draft that is submitted now; amounts in fening, moments in ISO, UTC."""
    facts = {
        "format": FORMAT,
        "version": seal.version,
        "form_version": typed.form.version,
        "call": seal.call,
        "reference": seal.reference,
        "submitted_at": seal.at.isoformat(),
        "submitted_by": seal.by,
        "title": typed.value(Fact.TITLE) or "",
        "lot": typed.value(Fact.LOT) or "",
        "requested": typed.value(Fact.REQUESTED) or 0,
        "duration_months": typed.value(Fact.DURATION) or 0,
        "starts_on": typed.value(Fact.STARTS_ON),
        "location": typed.value(Fact.LOCATION) or "",
        "summary": typed.value(Fact.SUMMARY) or "",
        "organisation": dict(seal.organisation),
        "answers": answers_by_section(typed),
        "logframe": logframe(typed),
        "activities": activities(typed),
        "budget": budget_rows(typed),
        "partners": partners(typed, seal.statements),
        "documents": [dict(document) for document in seal.documents],
    }
    if seal.paper is not None:
        facts["paper"] = dict(seal.paper)
    text = canonical(facts)
    return Frozen(facts, text, hashlib.sha256(text.encode()).hexdigest())


def write_reference(call: str, ordinal: int) -> str:
    """`NS-2026-1-003`: the call's reference and the application's ordinal in it."""
    return f"{call}-{ordinal:03d}"
