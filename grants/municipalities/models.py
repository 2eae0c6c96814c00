"""Municipalities and what they decide for themselves."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.db import Base, status_column
from grants.municipalities.rules import Entity, Kind
from grants.tenancy import Tenant


class Municipality(Base):
    """A tenant; keyed by its code, because names repeat (two Novi Grad, two Trnovo)."""

    __tablename__ = "municipalities"

    code: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[Kind] = status_column(Kind)
    entity: Mapped[Entity] = status_column(Entity)
    canton: Mapped[str | None]
    place: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    web: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    # Contracts name both parties by it.
    jib: Mapped[str] = mapped_column(default="")
    mayor_name: Mapped[str] = mapped_column(default="")
    mayor_title: Mapped[str] = mapped_column(default="")
    # Legal texts are the municipality's own: legal basis and remedy by kind of act, see acts.
    legal_texts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @property
    def municipality_id(self) -> int:
        """Its own id: what is done to it goes into its own chain of the record."""
        return self.id

    @property
    def full_name(self) -> str:
        """`Općina Novo Sarajevo`."""
        return f"{self.kind.value.capitalize()} {self.name}"


class Holiday(Tenant):
    """A day on which this municipality does not work, beside Saturdays and Sundays."""

    __tablename__ = "holidays"
    __table_args__ = (UniqueConstraint("municipality_id", "on"),)

    on: Mapped[date]
    name: Mapped[str]


class Unit(Tenant):
    """A department that leads calls."""

    __tablename__ = "units"

    name: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
