"""Programmes, and the awards entered under them: the ground for caps over calls."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.db import Base, amount_column, status_column
from grants.tenancy import Tenant


class EntryOrigin(StrEnum):
    """How an award came to be known."""

    DECIDED = "decided"
    TYPED = "typed"


class Programme(Base):
    """What a donor pays for over several calls and municipalities."""

    __tablename__ = "programmes"

    name: Mapped[str] = mapped_column(unique=True)


class AwardEntry(Tenant):
    """So much awarded to an organisation under a programme; withdrawn entries keep their row."""

    __tablename__ = "award_entries"
    __table_args__ = (
        UniqueConstraint("municipality_id", "source"),
        Index("ix_award_entries_cap", "programme_id", "organisation_id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    amount: Mapped[int] = amount_column()
    source: Mapped[str]
    origin: Mapped[EntryOrigin] = status_column(EntryOrigin)
    entered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
