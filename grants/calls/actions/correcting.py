"""Corrections of a published call: written, sent to the signatory, published with a number."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from grants.audit.actions import record
from grants.audit.events import Event
from grants.audit.rules import digest
from grants.calls.actions.files import put_file
from grants.calls.actions.holding import hold
from grants.calls.actions.versions import correction_problems as form_correction_problems
from grants.calls.actions.versions import publish_form_version
from grants.calls.corrected import (
    changes_of,
    correctable,
    get_open_correction,
    names_of_parts,
    next_number,
)
from grants.calls.labels import lazy_label
from grants.calls.models import Call, Correction
from grants.calls.queries import frozen_facts, list_followers
from grants.calls.rules.corrections import (
    FILE,
    FORM,
    KEPT_HASH,
    Change,
    correction_problems,
    differences,
    ensure_correctable,
)
from grants.calls.rules.form_json import read_form
from grants.calls.rules.states import CORRECTIONS, CorrectionStatus
from grants.db import db
from grants.errors import Incomplete, Problem, WrongState
from grants.i18n.script import fold
from grants.notifications.actions import notify
from grants.people.actors import Actor
from grants.people.queries import get_user, list_holders
from grants.people.rules import Role


def write_correction(
    call: Call,
    wanted: Mapping[str, Any],
    *,
    reason: str,
    correction: Correction | None = None,
    by: Actor,
    at: datetime,
) -> Correction:
    """Keep a correction as a draft: what is wanted otherwise than the call has it, and why.

    Raises WrongState (`correction_closed`, `correction_open` while another is in work,
    `correction_sent`), Incomplete with everything that would not be fair or is missing.
    """
    hold(call)
    ensure_correctable(call.status, deadline=call.deadline, at=at)
    _ensure_free(call, correction)
    before = correctable(call)
    _ensure_allowed(call, before, wanted, reason=reason)
    if correction is None:
        correction = Correction(
            municipality_id=call.municipality_id,
            slug=secrets.token_urlsafe(9),
            call=call,
            made_at=at,
            made_by_id=by.id,
            status=CorrectionStatus.DRAFT,
        )
        db.session.add(correction)
    changes = differences(before, wanted)
    correction.reason = reason.strip()
    correction.after = {change.part: change.after for change in changes}
    names = names_of_parts(call)
    correction.changes = [_kept(change, names) for change in changes]
    db.session.flush()
    facts = {"changed": [change.part for change in changes], "reason": correction.reason}
    record(Event.CORRECTION_WRITTEN, call, by=by, at=at, facts=facts)
    return correction


def discard_correction(correction: Correction, *, by: Actor, at: datetime) -> None:
    """Throw a draft away; WrongState once it lies with the signatory or is published."""
    _hold(correction)
    if correction.status is not CorrectionStatus.DRAFT:
        raise WrongState(Problem("correction_sent"))
    facts = {"reason": correction.reason}
    record(Event.CORRECTION_DISCARDED, correction.call, by=by, at=at, facts=facts)
    db.session.delete(correction)


def send_correction(correction: Correction, *, by: Actor, at: datetime) -> None:
    """Lay it before the signatory, whole and still fair as the call stands now."""
    _hold(correction)
    CORRECTIONS.check(correction.status, CorrectionStatus.SENT)
    _ensure_fair(correction, at=at)
    correction.status, correction.sent_at, correction.return_reason = CorrectionStatus.SENT, at, ""
    record(Event.CORRECTION_SENT, correction.call, by=by, at=at, facts=_facts(correction))
    signatories = list_holders(Role.SIGNATORY, correction.municipality_id)
    recipients = [user.as_recipient() for user in signatories if user.id != by.id]
    _tell(correction, recipients, "correction_sent", by=by, at=at)


def return_correction(correction: Correction, *, reason: str, by: Actor, at: datetime) -> None:
    """The signatory sends it back with a reason; it is a draft again."""
    _hold(correction)
    CORRECTIONS.check(correction.status, CorrectionStatus.DRAFT)
    if not reason.strip():
        raise Incomplete(Problem("reason_missing", "reason"))
    correction.status, correction.sent_at = CorrectionStatus.DRAFT, None
    correction.return_reason = reason.strip()
    record(Event.CORRECTION_RETURNED, correction.call, by=by, at=at, facts={"reason": reason})
    writer = get_user(correction.made_by_id) if correction.made_by_id else None
    recipients = [writer.as_recipient()] if writer is not None else []
    _tell(correction, recipients, "correction_returned", by=by, at=at)


def publish_correction(correction: Correction, *, by: Actor, at: datetime) -> None:
    """Publish it: the next number, the call changed and frozen anew, everybody who follows told.

    Raises WrongState unless it was sent and the call can still be corrected, Incomplete when it is
    not fair any more. The hash before and after is kept among the correction's changes.
    """
    call = correction.call
    _hold(correction)
    CORRECTIONS.check(correction.status, CorrectionStatus.PUBLISHED)
    _ensure_fair(correction, at=at)
    names = names_of_parts(call)
    old_hash = call.frozen_sha256
    changes = differences(correctable(call), correction.after)
    if FORM in correction.after:
        corrected = read_form(correction.after[FORM])
        publish_form_version(call, corrected, note=correction.reason, by=by, at=at)
    # The form has just become a version of its own; everything else is written here.
    _apply_files(call, correction.after, at=at)
    _apply(call, {part: new for part, new in correction.after.items() if not _is_apart(part)})
    call.frozen_sha256 = digest(frozen_facts(call))
    hashes = {"part": KEPT_HASH, "before": old_hash, "after": call.frozen_sha256}
    correction.number = next_number(call)
    correction.changes = [*(_kept(change, names) for change in changes), hashes]
    correction.status = CorrectionStatus.PUBLISHED
    correction.published_at, correction.published_by_id = at, by.id
    db.session.flush()
    facts = _facts(correction) | {"sha256": call.frozen_sha256, "before_sha256": old_hash}
    record(Event.CALL_CORRECTED, call, by=by, at=at, facts=facts)
    followers = [user.as_recipient() for user in list_followers(call)]
    _tell(correction, followers, "corrected", by=by, at=at)


def _hold(correction: Correction) -> None:
    """Hold the call first, so that numbers follow and nothing of it changes in between."""
    hold(correction.call)
    db.session.refresh(correction, ["status"], with_for_update=True)


def _ensure_free(call: Call, correction: Correction | None) -> None:
    if correction is not None:
        db.session.refresh(correction, ["status"], with_for_update=True)
        if correction.status is not CorrectionStatus.DRAFT:
            raise WrongState(Problem("correction_sent"))
    elif get_open_correction(call) is not None:
        raise WrongState(Problem("correction_open"))


def _ensure_fair(correction: Correction, *, at: datetime) -> None:
    call = correction.call
    ensure_correctable(call.status, deadline=call.deadline, at=at)
    _ensure_allowed(call, correctable(call), correction.after, reason=correction.reason)


def _ensure_allowed(
    call: Call, before: Mapping[str, Any], wanted: Mapping[str, Any], *, reason: str
) -> None:
    problems = correction_problems(before, wanted, reason=reason)
    if FORM in wanted and wanted[FORM] != before[FORM]:
        problems += form_correction_problems(call, read_form(wanted[FORM]))
    if problems:
        raise Incomplete(*problems)


def _kept(change: Change, names: Mapping[str, str]) -> dict[str, Any]:
    kept = {"part": change.part, "before": change.before, "after": change.after}
    return kept | {"name": names[change.part]} if change.part in names else kept


def _is_apart(part: str) -> bool:
    return part == FORM or part.startswith(FILE)


def _apply_files(call: Call, after: Mapping[str, Any], *, at: datetime) -> None:
    for part, wanted in after.items():
        if part.startswith(FILE):
            put_file(call, part.removeprefix(FILE), wanted, at=at)


def _apply(call: Call, after: Mapping[str, Any]) -> None:
    """Write what a correction wants into the call; JSON columns get new values."""
    lots = {f"lot:{lot.code}": lot for lot in call.lots}
    funding = {f"funding:{each.position}": each for each in call.funding}
    for part, value in after.items():
        kind, _, of = part.partition(":")
        if part in lots:
            lots[part].envelope = value
        elif part in funding:
            funding[part].amount = value
        elif kind == "text":
            call.texts = {**call.texts, of: value}
        elif kind == "planned":
            call.planned = {**call.planned, of: value}
        elif kind == "document":
            call.required_documents = _with_document(call.required_documents, of, value)
        elif kind in ("deadline", "questions_until"):
            setattr(call, kind, datetime.fromisoformat(value).astimezone(UTC))
        else:
            setattr(call, kind, value)
    call.title_folded = fold(call.title)


def _with_document(
    documents: list[dict[str, Any]], code: str, wanted: Mapping[str, Any] | None
) -> list[dict[str, Any]]:
    if wanted is None:
        return [each for each in documents if each["code"] != code]
    if not any(each["code"] == code for each in documents):
        return [*documents, {"code": code, **wanted}]
    return [each | dict(wanted) if each["code"] == code else each for each in documents]


def _facts(correction: Correction) -> dict[str, object]:
    return {
        "number": correction.number,
        "reason": correction.reason,
        "changed": [change.part for change in changes_of(correction)],
    }


def _tell(correction: Correction, recipients: Any, what: str, *, by: Actor, at: datetime) -> None:
    call = correction.call
    inner = f"/m/{call.municipality.slug}/calls/{call.slug}/corrections/{correction.slug}"
    moved = next((each for each in changes_of(correction) if each.part == "deadline"), None)
    notify(
        recipients,
        f"calls/emails/{what}.txt",
        at=at,
        path=f"/calls/{call.slug}#ispravke" if what == "corrected" else inner,
        facts={
            "title": call.title,
            "number": correction.number,
            "reason": correction.reason,
            "return_reason": correction.return_reason,
            "by": by.name,
            "changed": [lazy_label(change) for change in changes_of(correction)],
            "old_deadline": datetime.fromisoformat(moved.before) if moved else None,
            "deadline": call.deadline,
        },
    )
