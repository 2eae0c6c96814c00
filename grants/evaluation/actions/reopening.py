"""A signed sheet opened again by the chair: what was signed is kept beside what comes."""

from datetime import datetime

from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.errors import Incomplete, Problem, WrongState
from grants.evaluation.actions.scoring import ensure_scoring
from grants.evaluation.models import SignedSheet
from grants.evaluation.queries.sheets import SignedOne
from grants.evaluation.rules.sheets import SheetStatus
from grants.notifications.actions import notify
from grants.people.actors import Actor
from grants.people.queries import get_user


def reopen_sheet(signed: SignedOne, reason: str, *, by: Actor, at: datetime) -> SignedSheet:
    """Let a member change a signed sheet; until it is signed again it does not count.

    The member is told why. Raises NotNow once scoring is closed, Incomplete `why_missing`,
    WrongState `sheet_not_signed`.
    """
    sheet, member = signed.sheet, signed.sheet.member
    ensure_scoring(signed.seat.committee)
    if not reason.strip():
        raise Incomplete(Problem("why_missing", "reason"))
    if sheet.signed_at is None or sheet.status is not SheetStatus.SIGNED:
        raise WrongState(Problem("sheet_not_signed"))
    kept = SignedSheet(
        municipality_id=sheet.municipality_id,
        sheet_id=sheet.id,
        scores=dict(sheet.scores),
        comments=dict(sheet.comments),
        signed_at=sheet.signed_at,
        signed_sha256=sheet.signed_sha256 or "",
        reopened_at=at,
        reopened_by_id=by.id,
        reason=reason.strip(),
    )
    db.session.add(kept)
    facts = {
        "application": signed.application.reference,
        "member": member.key,
        "sha256": sheet.signed_sha256,
        "reason": reason.strip(),
    }
    sheet.status, sheet.signed_at, sheet.signed_sha256 = SheetStatus.IN_WORK, None, None
    record(Event.SHEET_REOPENED, sheet, by=by, at=at, facts=facts)
    _tell(signed, reason.strip(), at=at)
    return kept


def _tell(signed: SignedOne, reason: str, *, at: datetime) -> None:
    member = signed.sheet.member
    user = get_user(member.user_id) if member.user_id else None
    if user is not None:
        notify(
            [user.as_recipient()],
            "evaluation/emails/reopened.txt",
            at=at,
            path=f"/committee/{signed.seat.committee.slug}/{signed.application.slug}",
            facts={"reference": signed.application.reference, "reason": reason},
        )
