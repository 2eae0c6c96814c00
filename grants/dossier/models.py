"""Everything of one call in one file, as the worker built it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from grants.calls.models import Call
from grants.db import related, status_column
from grants.dossier.rules.bundles import BundleStatus
from grants.tenancy import Tenant


class Bundle(Tenant):
    """One zip of one call: asked for, how far it is, where it lies."""

    __tablename__ = "bundles"
    __table_args__ = (Index("ix_bundles_call", "call_id", "id"),)

    slug: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    status: Mapped[BundleStatus] = status_column(BundleStatus, default=BundleStatus.WAITING)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # Files packed, of how many.
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    # The file in the store, its size in bytes, and why there is none.
    sha256: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(default="")
    call: Mapped[Call] = related()
