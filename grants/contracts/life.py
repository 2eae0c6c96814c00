"""Where a contract stands, as the line on each of its pages."""

from dataclasses import dataclass

from grants.contracts.models import Contract
from grants.contracts.rules.states import ContractStatus
from grants.i18n.languages import gettext as _
from grants.web.filters import day

_ORDER = (
    ContractStatus.PREPARED,
    ContractStatus.SIGNED,
    ContractStatus.ACTIVE,
    ContractStatus.FINAL_REPORT,
    ContractStatus.CLOSED,
)


@dataclass(frozen=True)
class Stage:
    """One stage of the line: done, now, stopped or still to come."""

    label: str
    note: str
    state: str


def life_of(contract: Contract) -> list[Stage]:
    """From the award to the closing; a terminated contract stopped on its way."""
    steps = (
        (_("Dodjela"), day(contract.decision.act.acted_on)),
        (_("Priprema ugovora"), day(contract.prepared_at)),
        (_("Potpisivanje"), _signing_note(contract)),
        (_("Provedba"), _("%(from)s – %(to)s", **_period(contract))),
        (_("Završni izvještaj"), ""),
        (_("Završetak"), ""),
    )
    at = _place(contract.status)
    stopped = contract.status is ContractStatus.TERMINATED
    return [
        Stage(label, note, _state(number, at, stopped=stopped))
        for number, (label, note) in enumerate(steps)
    ]


def _place(status: ContractStatus) -> int:
    """The stage in hand: a prepared contract waits in the signing."""
    if status is ContractStatus.TERMINATED:
        return 3
    if status is ContractStatus.CLOSED:
        return len(_ORDER) + 1
    return max(2, _ORDER.index(status) + 1)


def _state(number: int, at: int, *, stopped: bool) -> str:
    if number == at:
        return "stopped" if stopped else "now"
    return "done" if number < at else ""


def _signing_note(contract: Contract) -> str:
    return day(contract.signed_on) if contract.signed_on else ""


def _period(contract: Contract) -> dict[str, str]:
    return {"from": day(contract.starts_on), "to": day(contract.ends_on)}
