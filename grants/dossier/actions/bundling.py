"""A zip of a call asked for, its building noted, its end."""

import secrets
from datetime import datetime

from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.documents.storage import StoredFile
from grants.dossier.models import Bundle
from grants.dossier.queries import list_bundles
from grants.dossier.rules.bundles import UNDER_WAY, BundleStatus, ensure_askable
from grants.jobs.actions import enqueue
from grants.people.actors import Actor

# Before the opening nobody of the office sees an application.
_UNOPENED = (CallStatus.DRAFT, CallStatus.APPROVED, CallStatus.PUBLISHED, CallStatus.CANCELLED)


def ask_for_bundle(call: Call, *, by: Actor, at: datetime) -> Bundle:
    """Let the worker build a zip of everything of a call.

    Raises NotNow `bundle_call_open` before the opening, DomainError `bundle_under_way` while
    another one of the call is being built.
    """
    standing = list_bundles(call, limit=1)
    ensure_askable(
        is_under_way=any(each.status in UNDER_WAY for each in standing),
        is_open=call.status in _UNOPENED,
    )
    bundle = Bundle(
        municipality_id=call.municipality_id,
        slug=secrets.token_urlsafe(9),
        call_id=call.id,
        status=BundleStatus.WAITING,
        asked_at=at,
        asked_by_id=by.id,
    )
    db.session.add(bundle)
    db.session.flush()
    facts = {"bundle_id": bundle.id, "municipality_id": call.municipality_id}
    enqueue("build_bundle", facts, at=at)
    record(Event.BUNDLE_ASKED, call, by=by, at=at)
    return bundle


def note_progress(bundle: Bundle, *, done: int, total: int) -> None:
    """How many of the call's applications are packed."""
    bundle.status, bundle.done, bundle.total = BundleStatus.BUILDING, done, total


def finish_bundle(bundle: Bundle, stored: StoredFile, *, at: datetime) -> None:
    """The zip lies in the store."""
    bundle.status, bundle.finished_at = BundleStatus.READY, at
    bundle.sha256, bundle.size, bundle.fault = stored.sha256, stored.size, ""


def fail_bundle(bundle: Bundle, fault: str, *, at: datetime) -> None:
    """There is no zip, and why (a problem's code); it can be asked for again."""
    bundle.status, bundle.finished_at, bundle.fault = BundleStatus.FAILED, at, fault
