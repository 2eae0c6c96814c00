"""The way of a call: sent, approved or returned, published, then taken from stage to stage."""

from datetime import datetime
from typing import Any

from grants.audit.actions import record
from grants.audit.events import Event
from grants.audit.rules import digest
from grants.calls.actions.holding import hold
from grants.calls.actions.versions import keep_first_version
from grants.calls.models import Call
from grants.calls.queries import facts_of, frozen_facts
from grants.calls.rules.editing import ensure_editable
from grants.calls.rules.publication import missing_for_publication, too_late_to_publish
from grants.calls.rules.states import LIFECYCLE, CallStatus
from grants.errors import Incomplete, Problem, WrongState
from grants.notifications.actions import notify
from grants.people.actors import Actor
from grants.people.queries import get_user, list_holders
from grants.people.rules import Role


def send_call(call: Call, *, by: Actor, at: datetime) -> None:
    """Lay a complete draft before the signatory; Incomplete with all that is missing."""
    hold(call)
    ensure_editable(call.status, sent_at=call.sent_at)
    _ensure_complete(call, at=at)
    call.sent_at, call.sent_by_id, call.return_reason = at, by.id, ""
    record(Event.CALL_SENT_FOR_APPROVAL, call, by=by, at=at, facts={"version": call.version})
    _tell(call, Role.SIGNATORY, "sent", by=by, at=at)


def approve_call(call: Call, *, by: Actor, at: datetime) -> None:
    """The signatory wants it so; WrongState unless the draft was sent."""
    hold(call)
    LIFECYCLE.check(call.status, CallStatus.APPROVED)
    _ensure_sent(call)
    call.status, call.approved_at, call.approved_by_id = CallStatus.APPROVED, at, by.id
    record(Event.CALL_APPROVED, call, by=by, at=at, facts={"version": call.version})
    _tell_sender(call, "approved", by=by, at=at)


def return_call(call: Call, *, reason: str, by: Actor, at: datetime) -> None:
    """The signatory sends it back with a reason; it is a free draft again."""
    hold(call)
    if not reason.strip():
        raise Incomplete(Problem("reason_missing", "reason"))
    if call.status is not CallStatus.APPROVED:
        _ensure_sent(call)
    if call.status is not CallStatus.DRAFT:
        LIFECYCLE.check(call.status, CallStatus.DRAFT)
    call.status, call.sent_at, call.return_reason = CallStatus.DRAFT, None, reason.strip()
    call.approved_at, call.approved_by_id = None, None
    record(Event.CALL_RETURNED, call, by=by, at=at, facts={"reason": call.return_reason})
    _tell_sender(call, "returned", by=by, at=at)


def publish_call(call: Call, *, by: Actor, at: datetime) -> None:
    """Publish an approved call and freeze it with its hash.

    Raises WrongState unless it is approved, Incomplete when something is missing or the deadline
    has already passed.
    """
    hold(call)
    LIFECYCLE.check(call.status, CallStatus.PUBLISHED)
    _ensure_complete(call, at=at)
    call.status, call.published_at = CallStatus.PUBLISHED, at
    keep_first_version(call, by=by, at=at)
    call.frozen_sha256 = digest(frozen_facts(call))
    record(Event.CALL_PUBLISHED, call, by=by, at=at, facts={"sha256": call.frozen_sha256})
    for role in (Role.OFFICER, Role.SIGNATORY):
        _tell(call, role, "published", by=by, at=at)


def advance_call(call: Call, status: CallStatus, *, by: Actor, at: datetime) -> None:
    """Take a published call to its next status, and note when it got there.

    Later slices call it with their own acts. Raises WrongState where the step does not follow.
    """
    LIFECYCLE.check(call.status, status)
    call.status = status
    call.reached = {**call.reached, status.value: at.isoformat()}
    record(Event.CALL_STAGE_CHANGED, call, by=by, at=at, facts={"status": status.value})


def _ensure_sent(call: Call) -> None:
    if call.sent_at is None:
        raise WrongState(Problem("call_not_sent"))


def _ensure_complete(call: Call, *, at: datetime) -> None:
    facts = facts_of(call)
    missing = [*missing_for_publication(facts), *too_late_to_publish(call.deadline, at)]
    if missing:
        raise Incomplete(*missing)


def _tell(call: Call, role: Role, what: str, *, by: Actor, at: datetime) -> None:
    holders = list_holders(role, call.municipality_id)
    notify(
        [user.as_recipient() for user in holders if user.id != by.id],
        f"calls/emails/{what}.txt",
        at=at,
        path=_path(call, what),
        facts=_told(call, by),
    )


def _tell_sender(call: Call, what: str, *, by: Actor, at: datetime) -> None:
    sender = get_user(call.sent_by_id) if call.sent_by_id else None
    if sender is not None:
        notify(
            [sender.as_recipient()],
            f"calls/emails/{what}.txt",
            at=at,
            path=_path(call, what),
            facts=_told(call, by),
        )


def _told(call: Call, by: Actor) -> dict[str, Any]:
    return {
        "title": call.title,
        "reference": call.reference,
        "by": by.name,
        "reason": call.return_reason,
        "deadline": call.deadline,
    }


def _path(call: Call, what: str) -> str:
    if what == "published":
        return f"/calls/{call.slug}"
    return f"/m/{call.municipality.slug}/calls/{call.slug}/edit/check"
