"""What the municipality made of an expenditure."""

from enum import StrEnum

from grants.lifecycle import Lifecycle


class ExpenditureStatus(StrEnum):
    """Entered by the organisation; accepted in full or part, or refused, by the municipality."""

    ENTERED = "entered"
    ACCEPTED = "accepted"
    REFUSED = "refused"


LIFECYCLE: Lifecycle[ExpenditureStatus] = Lifecycle(
    {
        ExpenditureStatus.ENTERED: (ExpenditureStatus.ACCEPTED, ExpenditureStatus.REFUSED),
    }
)
