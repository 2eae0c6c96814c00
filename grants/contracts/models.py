"""Contracts and the budget lines they fix."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.acts.models import Act
from grants.applications.models import Application
from grants.db import amount_column, related, status_column
from grants.decisions.models import Decision
from grants.tenancy import Tenant


class ContractStatus(StrEnum):
    """Where a contract stands."""

    PREPARED = "prepared"
    SIGNED = "signed"
    ACTIVE = "active"
    FINAL_REPORT = "final_report"
    CLOSED = "closed"
    TERMINATED = "terminated"


class Contract(Tenant):
    """The contract of one award; its text and PDF are an act of kind contract."""

    __tablename__ = "contracts"

    slug: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id"))
    status: Mapped[ContractStatus] = status_column(ContractStatus, default=ContractStatus.PREPARED)
    amount: Mapped[int] = amount_column()
    account: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    prepared_at: Mapped[datetime]
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_on: Mapped[date | None]
    application: Mapped[Application] = related()
    decision: Mapped[Decision] = related()
    act: Mapped[Act] = related()
    lines: Mapped[list["ContractLine"]] = related(
        back_populates="contract", order_by="ContractLine.position"
    )


class ContractLine(Tenant):
    """One budget line as contracted: the grant's part and the organisation's own."""

    __tablename__ = "contract_lines"
    __table_args__ = (UniqueConstraint("contract_id", "position"),)

    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    position: Mapped[int]
    code: Mapped[str]
    heading: Mapped[str]
    description: Mapped[str]
    grant: Mapped[int] = amount_column()
    own: Mapped[int] = amount_column()
    contract: Mapped[Contract] = related(back_populates="lines")
