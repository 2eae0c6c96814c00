"""What the pages of one application on a member's table share."""

from typing import Any

from flask import url_for

from grants.calls.rules.states import CallStatus
from grants.errors import DomainError, Incomplete
from grants.evaluation.drawing import Typed, say
from grants.evaluation.queries import Reading
from grants.evaluation.rules.sheets import Changes, SheetStatus, merged
from grants.web.errors import Refused, refused_by

OF_SHEET = "/committee/<slug>/<application>"


def typed_of(reading: Reading, changes: Changes | None = None) -> Typed:
    """The sheet as kept, or with what was just typed and refused."""
    kept = reading.sheet
    scores = dict(kept.scores) if kept else {}
    comments = dict(kept.comments) if kept else {}
    if changes is not None:
        scores, comments = merged(scores, changes.scores), merged(comments, changes.comments)
    return Typed(scores, comments)


def said(refusal: DomainError) -> Refused:
    """The sentences of a refused sheet, at their questions."""
    if isinstance(refusal, Incomplete):
        return [(say(problem), f"q-{problem.place}") for problem in refusal.problems]
    return refused_by(refusal)


def address_of(reading: Reading, endpoint: str, **more: Any) -> str:
    """The address of a page of this application."""
    return url_for(
        endpoint,
        slug=reading.member.committee.slug,
        application=reading.application.slug,
        **more,
    )


def is_signed(reading: Reading) -> bool:
    """Whether the own sheet is signed."""
    return reading.sheet is not None and reading.sheet.signed_at is not None


def is_open(reading: Reading) -> bool:
    """Whether the own sheet may still be written into."""
    committee, kept = reading.member.committee, reading.sheet
    is_scoring = reading.call.status is CallStatus.SCORING and not committee.scoring_closed_at
    is_asked = is_scoring or reading.is_anew
    return is_asked and (kept is None or kept.status is SheetStatus.IN_WORK)
