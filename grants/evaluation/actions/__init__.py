"""What happens to committees, declarations and score sheets."""

from grants.evaluation.actions.appointing import (
    Appointment,
    appoint_committee,
    propose_committee,
)
from grants.evaluation.actions.declaring import (
    declare_conflict,
    declare_impartiality,
    declare_interests,
)
from grants.evaluation.actions.scoring import (
    lock_sheets,
    save_sheet,
    sign_sheet,
    unlock_sheets,
)

__all__ = [
    "Appointment",
    "appoint_committee",
    "declare_conflict",
    "declare_impartiality",
    "declare_interests",
    "lock_sheets",
    "propose_committee",
    "save_sheet",
    "sign_sheet",
    "unlock_sheets",
]
