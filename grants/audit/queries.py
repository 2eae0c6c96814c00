"""Reading the record, and recomputing it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from grants.audit.events import Event
from grants.audit.models import AuditChain, AuditEntry
from grants.audit.rules import GENESIS, link
from grants.db import db


@dataclass(frozen=True)
class Verdict:
    """What recomputing one chain found: its length and the first broken link, if any."""

    chain: str
    length: int
    broken_at: int | None = None
    fault: str = ""


def list_history(subject_kind: str, subject_id: int, *, limit: int = 200) -> Sequence[AuditEntry]:
    """What happened to one case, the latest first."""
    statement = (
        select(AuditEntry)
        .where(AuditEntry.subject_kind == subject_kind, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return db.session.execute(statement).scalars().all()


def list_entries_of(
    happened: Event, subject_kind: str, subject_ids: Select[int]
) -> Sequence[AuditEntry]:
    """Every event of one kind of these cases (a statement of ids), the earliest first."""
    statement = (
        select(AuditEntry)
        .where(AuditEntry.subject_kind == subject_kind, AuditEntry.subject_id.in_(subject_ids))
        .where(AuditEntry.event == happened.value)
        .order_by(AuditEntry.id)
    )
    return db.session.execute(statement).scalars().all()


def verify() -> Iterator[Verdict]:
    """Recompute every chain from its first link; one verdict a chain."""
    for chain in db.session.execute(select(AuditChain).order_by(AuditChain.key)).scalars():
        yield _verify_chain(chain)


def _verify_chain(chain: AuditChain) -> Verdict:
    head, position = GENESIS, 0
    statement = (
        select(AuditEntry)
        .where(AuditEntry.chain_id == chain.id)
        .order_by(AuditEntry.position)
        .execution_options(yield_per=500)
    )
    for entry in db.session.execute(statement).scalars():
        position += 1
        if entry.position != position:
            return Verdict(chain.key, chain.length, position, "a link is missing")
        if entry.previous_hash != head or entry.hash != link(head, entry.sealed_facts()):
            return Verdict(chain.key, chain.length, position, "the link does not match its facts")
        head = entry.hash
    if (chain.length, chain.head) != (position, head):
        return Verdict(chain.key, chain.length, position + 1, "links are missing at the end")
    return Verdict(chain.key, chain.length)


def count_entries() -> int:
    """How many links there are in all chains."""
    return db.session.execute(select(func.count()).select_from(AuditEntry)).scalar_one()
