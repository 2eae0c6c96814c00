"""Instalments of a contract."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.contracts.models import Contract
from grants.db import amount_column, related, status_column
from grants.payments.rules import InstalmentStatus
from grants.tenancy import Tenant


class Instalment(Tenant):
    """One part of the grant, with what must be true before it is paid."""

    __tablename__ = "instalments"
    __table_args__ = (
        UniqueConstraint("contract_id", "position"),
        Index("ix_instalments_list", "municipality_id", "status", "id"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    position: Mapped[int]
    amount: Mapped[int] = amount_column()
    condition: Mapped[str]
    status: Mapped[InstalmentStatus] = status_column(
        InstalmentStatus, default=InstalmentStatus.PLANNED
    )
    met_at: Mapped[datetime | None]
    met_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    met_note: Mapped[str] = mapped_column(default="")
    ordered_at: Mapped[datetime | None]
    ordered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # The payment order as it was written: to which account, for what, under which reference.
    order_account: Mapped[str] = mapped_column(default="")
    order_purpose: Mapped[str] = mapped_column(default="")
    order_reference: Mapped[str] = mapped_column(default="")
    # Why the signatory sent the order back; empty again once it was written anew.
    return_reason: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    paid_on: Mapped[date | None]
    bank_reference: Mapped[str] = mapped_column(default="")
    contract: Mapped[Contract] = related()
