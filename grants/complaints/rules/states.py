"""Where an objection stands, against what it is, and what a ruling sets going."""

from enum import StrEnum

from grants.lifecycle import Lifecycle


class ObjectionStatus(StrEnum):
    """The stored status; that a term has passed is computed."""

    FILED = "filed"
    WITHDRAWN = "withdrawn"
    RULED = "ruled"


class Against(StrEnum):
    """What is objected to."""

    DISMISSAL = "dismissal"
    SCORE = "score"
    RANKING = "ranking"


class Ruling(StrEnum):
    """How it was ruled; dismissed is formal (late, unauthorised), rejected is on the merits."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    DISMISSED = "dismissed"


class Effect(StrEnum):
    """What an upheld objection sets going."""

    RECHECK = "recheck"
    NEW_SHEETS = "new_sheets"
    CORRECTED_RANKING = "corrected_ranking"


class Channel(StrEnum):
    """How it came."""

    ONLINE = "online"
    POST = "post"
    IN_PERSON = "in_person"


LIFECYCLE: Lifecycle[ObjectionStatus] = Lifecycle(
    {ObjectionStatus.FILED: (ObjectionStatus.WITHDRAWN, ObjectionStatus.RULED)}
)
