"""Expenditure against the lines of a contract."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from grants.contracts.models import Contract, ContractLine
from grants.db import amount_column, related, status_column
from grants.documents.models import Document
from grants.reports.rules.states import ExpenditureStatus
from grants.tenancy import Tenant


class Receipt(Tenant):
    """A scanned bill that waits for its figures; gone from here once they are entered."""

    __tablename__ = "receipts"

    slug: Mapped[str] = mapped_column(unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    contract: Mapped[Contract] = related()
    document: Mapped[Document] = related()


class Expenditure(Tenant):
    """One paid bill: date, supplier, amount, its budget line, its receipt."""

    __tablename__ = "expenditures"

    slug: Mapped[str] = mapped_column(unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("contract_lines.id"), index=True)
    spent_on: Mapped[date]
    supplier: Mapped[str]
    bill_number: Mapped[str]
    # Supplier, number and amount as one folded text: the same bill has the same key.
    bill_key: Mapped[str] = mapped_column(index=True)
    description: Mapped[str]
    amount: Mapped[int] = amount_column()
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    status: Mapped[ExpenditureStatus] = status_column(
        ExpenditureStatus, default=ExpenditureStatus.ENTERED
    )
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    controlled_at: Mapped[datetime | None]
    controlled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    accepted_amount: Mapped[int | None] = amount_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    contract: Mapped[Contract] = related()
    line: Mapped[ContractLine] = related()
    document: Mapped[Document] = related()
