"""Where a contract stands."""

from enum import StrEnum

from grants.lifecycle import Lifecycle


class ContractStatus(StrEnum):
    """Prepared by the officer, signed by the signatory, active once both have signed."""

    PREPARED = "prepared"
    SIGNED = "signed"
    ACTIVE = "active"
    FINAL_REPORT = "final_report"
    CLOSED = "closed"
    TERMINATED = "terminated"


_S = ContractStatus
LIFECYCLE: Lifecycle[ContractStatus] = Lifecycle(
    {
        # Written anew while the signatory has not signed.
        _S.PREPARED: (_S.PREPARED, _S.SIGNED),
        _S.SIGNED: (_S.ACTIVE,),
        _S.ACTIVE: (_S.FINAL_REPORT, _S.TERMINATED),
        _S.FINAL_REPORT: (_S.ACTIVE, _S.CLOSED, _S.TERMINATED),
    }
)
# While a contract stands here, money flows and bills are entered.
RUNNING = frozenset({_S.ACTIVE, _S.FINAL_REPORT})
