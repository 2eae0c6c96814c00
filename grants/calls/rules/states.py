"""Where a call stands."""

from datetime import datetime
from enum import StrEnum

from grants.lifecycle import Lifecycle


class CallStatus(StrEnum):
    """The stored status; that the deadline has passed is computed, see `stage`."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    OPENED = "opened"
    SCORING = "scoring"
    RANKED = "ranked"
    OBJECTIONS = "objections"
    DECIDED = "decided"
    IMPLEMENTATION = "implementation"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class Origin(StrEnum):
    """Whether the call was led here or came as history in a dossier."""

    OWN = "own"
    IMPORTED = "imported"


class CorrectionStatus(StrEnum):
    """A correction is written, lies with the signatory, and is published once."""

    DRAFT = "draft"
    SENT = "sent"
    PUBLISHED = "published"


class QuestionStatus(StrEnum):
    """What became of a question to a call."""

    OPEN = "open"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"


class Stage(StrEnum):
    """The stations of the life line, as people see them."""

    DRAFT = "draft"
    PUBLICATION = "publication"
    APPLICATIONS = "applications"
    CHECK = "check"
    SCORING = "scoring"
    RANKING = "ranking"
    OBJECTIONS = "objections"
    DECISION = "decision"
    IMPLEMENTATION = "implementation"
    CANCELLED = "cancelled"


LIFECYCLE: Lifecycle[CallStatus] = Lifecycle(
    {
        CallStatus.DRAFT: (CallStatus.APPROVED, CallStatus.CANCELLED),
        CallStatus.APPROVED: (CallStatus.DRAFT, CallStatus.PUBLISHED, CallStatus.CANCELLED),
        CallStatus.PUBLISHED: (CallStatus.OPENED, CallStatus.CANCELLED),
        CallStatus.OPENED: (CallStatus.SCORING, CallStatus.CANCELLED),
        CallStatus.SCORING: (CallStatus.RANKED, CallStatus.CANCELLED),
        CallStatus.RANKED: (CallStatus.SCORING, CallStatus.OBJECTIONS, CallStatus.CANCELLED),
        CallStatus.OBJECTIONS: (CallStatus.RANKED, CallStatus.DECIDED, CallStatus.CANCELLED),
        CallStatus.DECIDED: (CallStatus.IMPLEMENTATION,),
        CallStatus.IMPLEMENTATION: (CallStatus.ARCHIVED,),
    }
)
CORRECTIONS: Lifecycle[CorrectionStatus] = Lifecycle(
    {
        CorrectionStatus.DRAFT: (CorrectionStatus.SENT,),
        CorrectionStatus.SENT: (CorrectionStatus.DRAFT, CorrectionStatus.PUBLISHED),
    }
)
QUESTIONS: Lifecycle[QuestionStatus] = Lifecycle(
    {
        QuestionStatus.OPEN: (QuestionStatus.ANSWERED, QuestionStatus.SET_ASIDE),
        # A new version of the answer, and an answer after all.
        QuestionStatus.ANSWERED: (QuestionStatus.ANSWERED,),
        QuestionStatus.SET_ASIDE: (QuestionStatus.ANSWERED,),
    }
)
_STAGES = {
    CallStatus.DRAFT: Stage.DRAFT,
    CallStatus.APPROVED: Stage.DRAFT,
    CallStatus.OPENED: Stage.CHECK,
    CallStatus.SCORING: Stage.SCORING,
    CallStatus.RANKED: Stage.RANKING,
    CallStatus.OBJECTIONS: Stage.OBJECTIONS,
    CallStatus.DECIDED: Stage.DECISION,
    CallStatus.IMPLEMENTATION: Stage.IMPLEMENTATION,
    CallStatus.ARCHIVED: Stage.IMPLEMENTATION,
    CallStatus.CANCELLED: Stage.CANCELLED,
}


def stage(
    status: CallStatus, *, opens_at: datetime | None, deadline: datetime | None, at: datetime
) -> Stage:
    """Where a call stands at a moment; the deadline's own instant still takes applications."""
    if status is not CallStatus.PUBLISHED:
        return _STAGES[status]
    if opens_at is not None and at < opens_at:
        return Stage.PUBLICATION
    if deadline is not None and at > deadline:
        return Stage.CHECK
    return Stage.APPLICATIONS
