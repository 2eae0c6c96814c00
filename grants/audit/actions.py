"""Writing the record: noted in the caller's transaction, sealed just before it commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from grants.audit.events import Event
from grants.audit.models import AuditChain, AuditEntry
from grants.audit.rules import GENESIS, link
from grants.db import db

INSTALLATION = "installation"


class Doer(Protocol):
    """Who did it: a person, or the system with no id."""

    @property
    def id(self) -> int | None:
        """The person's id."""

    @property
    def name(self) -> str:
        """The person's name as it was then."""


class Subject(Protocol):
    """What it was done to: any row."""

    id: Any


def record(
    happened: Event,
    subject: Subject,
    *,
    by: Doer,
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Note one event with its exact facts (whole numbers, texts, ISO moments).

    The chain is that of the subject's municipality, else the installation's. Sealing waits for the
    commit, so that the lock on the chain's head is the last and the shortest.
    """
    municipality_id = getattr(subject, "municipality_id", None)
    chain = f"municipality:{municipality_id}" if municipality_id else INSTALLATION
    notes = db.session().info.setdefault("audit", [])
    notes.append((chain, happened, subject, by, at, dict(facts or {})))


@event.listens_for(Session, "before_commit")
def _seal(session: Session) -> None:
    notes = session.info.pop("audit", [])
    if not notes:
        return
    session.flush()  # the subjects get their ids
    for chain_key in sorted({note[0] for note in notes}):
        chain = _lock_chain(session, chain_key)
        for _, happened, subject, by, at, facts in (n for n in notes if n[0] == chain_key):
            entry = AuditEntry(
                chain_id=chain.id,
                position=chain.length + 1,
                at=at,
                event=happened.value,
                actor_id=by.id,
                actor_name=by.name,
                subject_kind=type(subject).__name__,
                subject_id=subject.id,
                facts=facts,
                previous_hash=chain.head,
            )
            entry.hash = link(chain.head, entry.sealed_facts())
            chain.length, chain.head = entry.position, entry.hash
            session.add(entry)
    session.flush()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("audit", None)


def _lock_chain(session: Session, key: str) -> AuditChain:
    statement = select(AuditChain).where(AuditChain.key == key).with_for_update()
    chain = session.execute(statement.execution_options(populate_existing=True)).scalar()
    if chain is None:
        chain = AuditChain(key=key, length=0, head=GENESIS)
        session.add(chain)
        session.flush()
    return chain
