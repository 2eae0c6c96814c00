"""Contracts and the budget lines they fix."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.acts.models import Act
from grants.applications.models import Application
from grants.contracts.rules.states import ContractStatus
from grants.db import amount_column, related, status_column
from grants.decisions.models import Decision
from grants.tenancy import Tenant


class Contract(Tenant):
    """The contract of one award; its text and PDF are an act of kind contract."""

    __tablename__ = "contracts"
    __table_args__ = (Index("ix_contracts_list", "municipality_id", "status", "id"),)

    slug: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id"))
    status: Mapped[ContractStatus] = status_column(ContractStatus, default=ContractStatus.PREPARED)
    amount: Mapped[int] = amount_column()
    account: Mapped[str]
    bank: Mapped[str] = mapped_column(default="")
    # The instalments as contracted: `{"amount": fening, "condition": text}`; their payment is
    # kept a floor higher.
    plan: Mapped[list[Any]] = mapped_column(JSON, default=list)
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


class RevisedBudget(Tenant):
    """The grant per budget line where less was awarded than asked for."""

    __tablename__ = "revised_budgets"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), unique=True)
    # Fening per line, in the order of the frozen budget.
    grants: Mapped[list[Any]] = mapped_column(JSON)
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decision: Mapped[Decision] = related()
