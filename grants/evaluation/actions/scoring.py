"""Score sheets: saved as one goes, signed once, locked when scoring closes."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, select, update

from grants.applications.models import Application
from grants.audit.actions import record
from grants.audit.events import Event
from grants.audit.rules import digest
from grants.calls.queries import grid_of
from grants.calls.rules.grid import Answer
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.errors import Incomplete, NotNow, Problem, Stale
from grants.evaluation.models import Committee, Member, Sheet
from grants.evaluation.queries import Reading
from grants.evaluation.rules.sheets import (
    Changes,
    SheetStatus,
    ensure_writable,
    merged_comments,
    merged_scores,
    signed_facts,
)
from grants.evaluation.rules.signing import missing_for_signing
from grants.people.actors import Actor


def save_sheet(
    reading: Reading, changes: Changes, *, version: int, by: Actor, at: datetime
) -> Sheet:
    """Keep what was typed; `version` is that of the sheet it was typed upon, 0 for none yet.

    Raises NotNow outside scoring, WrongState once signed, Stale when saved elsewhere since,
    Incomplete for a score the grid does not offer. An autosave is no event.
    """
    ensure_scorable(reading)
    sheet = reading.sheet
    if (sheet.version if sheet else 0) != version:
        raise Stale(Problem("sheet_stale"))
    if sheet is None:
        sheet = _new_sheet(reading.application, reading.member)
    ensure_writable(sheet.status)
    grid = grid_of(reading.call)
    sheet.scores = merged_scores(grid, sheet.scores, changes)
    sheet.comments = merged_comments(grid, sheet.comments, changes)
    sheet.saved_at = at
    db.session.add(sheet)
    db.session.flush()
    return sheet


def sign_sheet(reading: Reading, *, version: int, by: Actor, at: datetime) -> Sheet:
    """Sign a whole sheet: from here on it never changes, and its hash says what it was.

    Raises Incomplete with everything that is missing (rules.signing), WrongState when signed
    already, Stale when the page signed shows an older version.
    """
    ensure_scorable(reading)
    sheet = reading.sheet
    scores: Mapping[str, Answer] = sheet.scores if sheet else {}
    comments: Mapping[str, str] = sheet.comments if sheet else {}
    if sheet is not None:
        ensure_writable(sheet.status)
    missing = missing_for_signing(grid_of(reading.call), answers=scores, comments=comments)
    if missing or sheet is None:
        raise Incomplete(*missing)
    if sheet.version != version:
        raise Stale(Problem("sheet_stale"))
    reference = str(reading.application.reference)
    facts = signed_facts(reference, reading.member.key, scores=scores, comments=comments)
    sheet.status, sheet.signed_at = SheetStatus.SIGNED, at
    sheet.signed_sha256 = digest(facts)
    record(
        Event.SHEET_SIGNED,
        sheet,
        by=by,
        at=at,
        facts={
            "application": reference,
            "member": reading.member.key,
            "sha256": sheet.signed_sha256,
        },
    )
    return sheet


def lock_sheets(committee: Committee, *, by: Actor, at: datetime) -> None:
    """Freeze every sheet of a call, signed or not; what is not signed never counts.

    The caller closes scoring and records it. One statement whatever the number of sheets.
    """
    committee.scoring_closed_at = at
    db.session.execute(
        update(Sheet)
        .where(Sheet.application_id.in_(_applications_of(committee)))
        .values(status=SheetStatus.LOCKED, version=Sheet.version + 1)
        .execution_options(synchronize_session="fetch")
    )


def unlock_sheets(committee: Committee, *, by: Actor, at: datetime) -> None:
    """Open scoring again: what was signed stays signed, the rest is in work again."""
    committee.scoring_closed_at = None
    for is_signed, status in ((True, SheetStatus.SIGNED), (False, SheetStatus.IN_WORK)):
        signed = Sheet.signed_at.is_not(None) if is_signed else Sheet.signed_at.is_(None)
        db.session.execute(
            update(Sheet)
            .where(Sheet.application_id.in_(_applications_of(committee)), signed)
            .where(Sheet.is_recused.is_(False))
            .values(status=status, version=Sheet.version + 1)
            .execution_options(synchronize_session="fetch")
        )


def ensure_scorable(reading: Reading) -> None:
    """Raise NotNow `scoring_not_open` unless scoring is open, or open for this reading alone."""
    if not reading.is_anew:
        ensure_scoring(reading.member.committee)


def ensure_scoring(committee: Committee) -> None:
    """Raise NotNow `scoring_not_open` unless the call is at scoring and nobody closed it."""
    is_open = committee.call.status is CallStatus.SCORING and committee.scoring_closed_at is None
    if not is_open:
        raise NotNow(Problem("scoring_not_open"))


def _new_sheet(application: Application, member: Member) -> Sheet:
    return Sheet(
        municipality_id=application.municipality_id,
        application_id=application.id,
        member_id=member.id,
        status=SheetStatus.IN_WORK,
        is_consensus=False,
        is_recused=False,
        scores={},
        comments={},
    )


def _applications_of(committee: Committee) -> Select[int]:
    return select(Application.id).where(Application.call_id == committee.call_id)
