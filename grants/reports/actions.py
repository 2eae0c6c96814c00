"""What happens to bills: the receipt is uploaded, the figures entered, controlled."""

import secrets
from datetime import datetime

from grants import clock
from grants.audit.actions import record
from grants.audit.events import Event
from grants.contracts.actions import tell_organisation
from grants.contracts.models import Contract, ContractLine
from grants.contracts.rules.states import RUNNING
from grants.db import db
from grants.documents.models import Document
from grants.errors import DomainError, Incomplete, NotNow, Problem
from grants.people.actors import Actor
from grants.reports.models import Expenditure, Receipt
from grants.reports.queries import list_same_bills
from grants.reports.rules.bills import Bill, Control, Period, bill_key, ensure_bill, judge
from grants.reports.rules.states import LIFECYCLE, ExpenditureStatus


def add_receipt(contract: Contract, document: Document, *, by: Actor, at: datetime) -> Receipt:
    """Keep a scanned bill until its figures are entered. NotNow outside a contract in force."""
    _ensure_open(contract)
    receipt = Receipt(
        municipality_id=contract.municipality_id,
        slug=secrets.token_urlsafe(9),
        contract=contract,
        document=document,
        added_at=at,
        added_by_id=by.id,
    )
    db.session.add(receipt)
    db.session.flush()
    facts = {"name": document.name, "sha256": document.sha256}
    record(Event.RECEIPT_ADDED, contract, by=by, at=at, facts=facts)
    return receipt


def remove_receipt(receipt: Receipt, *, by: Actor, at: datetime) -> None:
    """Take back a receipt whose figures nobody has entered."""
    facts = {"name": receipt.document.name, "sha256": receipt.document.sha256}
    record(Event.RECEIPT_REMOVED, receipt.contract, by=by, at=at, facts=facts)
    db.session.delete(receipt)


def enter_expenditure(
    receipt: Receipt,
    bill: Bill,
    *,
    is_another: bool = False,
    by: Actor,
    at: datetime,
) -> Expenditure:
    """Enter the figures of a waiting receipt (fening) on a line of its contract.

    Raises Incomplete with all that is wrong; `bill_repeated` when the same bill stands already
    and nobody has said `is_another`; NotNow outside a contract in force.
    """
    contract = receipt.contract
    _ensure_open(contract)
    line = next((line for line in contract.lines if line.id == bill.line_id), None)
    if line is None:
        raise Incomplete(Problem("bill_line", "line_id"))
    period = Period(contract.starts_on, contract.ends_on)
    ensure_bill(bill, period=period, today=clock.local_day(at))
    if not is_another:
        _ensure_new(contract, bill_key(bill))
    expenditure = _new_expenditure(receipt, line, bill, by=by, at=at)
    db.session.add(expenditure)
    db.session.delete(receipt)
    db.session.flush()
    facts = _facts_of(expenditure)
    record(Event.EXPENDITURE_ENTERED, expenditure, by=by, at=at, facts=facts)
    return expenditure


def _new_expenditure(
    receipt: Receipt, line: ContractLine, bill: Bill, *, by: Actor, at: datetime
) -> Expenditure:
    return Expenditure(
        municipality_id=receipt.municipality_id,
        slug=secrets.token_urlsafe(9),
        contract=receipt.contract,
        line=line,
        document=receipt.document,
        bill_key=bill_key(bill),
        spent_on=bill.spent_on,
        supplier=bill.supplier,
        bill_number=bill.number,
        description=bill.description,
        amount=bill.amount,
        status=ExpenditureStatus.ENTERED,
        entered_at=at,
        entered_by_id=by.id,
    )


def remove_expenditure(expenditure: Expenditure, *, by: Actor, at: datetime) -> Receipt:
    """Take a bill out again while nobody has controlled it; its receipt waits for new figures.

    Raises DomainError `bill_controlled`.
    """
    if expenditure.status is not ExpenditureStatus.ENTERED:
        raise DomainError(Problem("bill_controlled"))
    facts = _facts_of(expenditure)
    record(Event.EXPENDITURE_REMOVED, expenditure, by=by, at=at, facts=facts)
    receipt = Receipt(
        municipality_id=expenditure.municipality_id,
        slug=secrets.token_urlsafe(9),
        contract=expenditure.contract,
        document=expenditure.document,
        added_at=at,
        added_by_id=by.id,
    )
    db.session.add(receipt)
    db.session.delete(expenditure)
    db.session.flush()
    return receipt


def control_expenditure(
    expenditure: Expenditure, control: Control, *, by: Actor, at: datetime
) -> None:
    """Accept a bill in full or part, or refuse it; what is not accepted in full is told.

    Raises Incomplete (`control_note`, `control_part`), WrongState when it was controlled before.
    """
    status, accepted = judge(control, amount=expenditure.amount)
    LIFECYCLE.check(expenditure.status, status)
    expenditure.status, expenditure.accepted_amount = status, accepted
    expenditure.note = control.note.strip()
    expenditure.controlled_at, expenditure.controlled_by_id = at, by.id
    facts = {**_facts_of(expenditure), "accepted": accepted, "note": expenditure.note}
    record(Event.EXPENDITURE_CONTROLLED, expenditure, by=by, at=at, facts=facts)
    if accepted < expenditure.amount:
        tell_organisation(
            expenditure.contract,
            "reports/emails/not_accepted.txt",
            at=at,
            part="/expenditure",
            facts={"expenditure": expenditure},
        )


def _ensure_open(contract: Contract) -> None:
    if contract.status not in RUNNING:
        raise NotNow(Problem("entry_closed"))


def _ensure_new(contract: Contract, key: str) -> None:
    same = list_same_bills(contract, key)
    if same:
        first = same[0]
        facts = {
            "number": first.bill_number,
            "supplier": first.supplier,
            "amount": first.amount,
            "on": clock.local_day(first.entered_at),
        }
        raise Incomplete(Problem("bill_repeated", "is_another", facts))


def _facts_of(expenditure: Expenditure) -> dict[str, object]:
    return {
        "line": expenditure.line.code,
        "supplier": expenditure.supplier,
        "number": expenditure.bill_number,
        "spent_on": expenditure.spent_on.isoformat(),
        "amount": expenditure.amount,
        "sha256": expenditure.document.sha256,
    }
