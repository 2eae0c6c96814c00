"""Where an application stands."""

from enum import StrEnum

from grants.lifecycle import Lifecycle


class ApplicationStatus(StrEnum):
    """The stored status, changed by people's acts only."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REGISTERED = "registered"
    COMPLETION_REQUESTED = "completion_requested"
    COMPLETED = "completed"
    ELIGIBLE = "eligible"
    DISMISSED = "dismissed"
    RANKED = "ranked"
    DECIDED = "decided"
    CONTRACTED = "contracted"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What was decided; empty until then."""

    AWARDED = "awarded"
    RESERVE = "reserve"
    REFUSED = "refused"
    DISMISSED = "dismissed"
    DECLINED = "declined"


class Channel(StrEnum):
    """How an application came."""

    ONLINE = "online"
    POST = "post"
    IN_PERSON = "in_person"


_S = ApplicationStatus
LIFECYCLE: Lifecycle[ApplicationStatus] = Lifecycle(
    {
        _S.DRAFT: (_S.SUBMITTED, _S.WITHDRAWN),
        _S.SUBMITTED: (_S.REGISTERED, _S.DRAFT, _S.WITHDRAWN),
        _S.REGISTERED: (_S.COMPLETION_REQUESTED, _S.ELIGIBLE, _S.DISMISSED, _S.WITHDRAWN),
        _S.COMPLETION_REQUESTED: (_S.COMPLETED, _S.ELIGIBLE, _S.DISMISSED, _S.WITHDRAWN),
        _S.COMPLETED: (_S.ELIGIBLE, _S.DISMISSED, _S.WITHDRAWN),
        _S.ELIGIBLE: (_S.RANKED, _S.REGISTERED, _S.WITHDRAWN),
        _S.DISMISSED: (_S.REGISTERED, _S.DECIDED),
        _S.RANKED: (_S.ELIGIBLE, _S.DECIDED, _S.WITHDRAWN),
        _S.DECIDED: (_S.CONTRACTED, _S.WITHDRAWN),
        _S.CONTRACTED: (),
    }
)
