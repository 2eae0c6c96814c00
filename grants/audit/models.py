"""The chains of the record and their links."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.db import Base


class AuditChain(Base):
    """The head of one chain: a municipality's, or the installation's."""

    __tablename__ = "audit_chains"

    key: Mapped[str] = mapped_column(unique=True)
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[str]


class AuditEntry(Base):
    """One thing a person did to one case; never changed, never removed."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        UniqueConstraint("chain_id", "position"),
        Index("ix_audit_entries_subject", "subject_kind", "subject_id"),
    )

    chain_id: Mapped[int] = mapped_column(ForeignKey("audit_chains.id"))
    position: Mapped[int]
    at: Mapped[datetime]
    event: Mapped[str]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_hash: Mapped[str]
    hash: Mapped[str]

    def sealed_facts(self) -> dict[str, object]:
        """What the hash covers."""
        return {
            "position": self.position,
            "at": self.at.isoformat(),
            "event": self.event,
            "actor": self.actor_id,
            "name": self.actor_name,
            "kind": self.subject_kind,
            "subject": self.subject_id,
            "facts": self.facts,
        }
