"""Instalments of a contract."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.contracts.models import Contract
from grants.db import amount_column, related, status_column
from grants.tenancy import Tenant


class InstalmentStatus(StrEnum):
    """Where an instalment stands; ordered means finance asked and the signatory has not yet
    approved, approved means the bank may be told."""

    PLANNED = "planned"
    CONDITION_MET = "condition_met"
    ORDERED = "ordered"
    APPROVED = "approved"
    PAID = "paid"
    RETURNED = "returned"


class Instalment(Tenant):
    """One part of the grant, with what must be true before it is paid."""

    __tablename__ = "instalments"
    __table_args__ = (UniqueConstraint("contract_id", "position"),)

    slug: Mapped[str] = mapped_column(unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    position: Mapped[int]
    amount: Mapped[int] = amount_column()
    condition: Mapped[str]
    status: Mapped[InstalmentStatus] = status_column(
        InstalmentStatus, default=InstalmentStatus.PLANNED
    )
    met_at: Mapped[datetime | None]
    ordered_at: Mapped[datetime | None]
    ordered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    order_reference: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    paid_on: Mapped[date | None]
    bank_reference: Mapped[str] = mapped_column(default="")
    contract: Mapped[Contract] = related()
