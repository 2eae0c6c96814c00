"""Finding instalments: of a contract, of the whole municipality."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from grants.acts.models import Act
from grants.applications.models import Application
from grants.calls.models import Call
from grants.contracts.models import Contract
from grants.contracts.queries import has_words
from grants.db import db
from grants.decisions.models import Decision
from grants.municipalities import entering
from grants.organisations.models import Organisation
from grants.payments.models import Instalment
from grants.payments.rules import Committed, InstalmentStatus
from grants.people.actors import Actor


@dataclass(frozen=True)
class InstalmentFilter:
    """Which instalments of a list: of a status, with these words in project or organisation."""

    status: InstalmentStatus | None = None
    words: str = ""


def get_instalment(slug: str) -> Instalment | None:
    """The instalment of an address within the scope, its contract and parties loaded."""
    statement = (
        select(Instalment)
        .where(Instalment.slug == slug)
        .options(
            joinedload(Instalment.contract).options(
                joinedload(Contract.act).options(joinedload(Act.document), joinedload(Act.scan)),
                joinedload(Contract.decision).joinedload(Decision.act),
                joinedload(Contract.application).options(
                    joinedload(Application.organisation),
                    joinedload(Application.lot),
                    joinedload(Application.call).joinedload(Call.municipality),
                ),
            )
        )
    )
    return db.session.execute(statement).scalar()


def get_instalment_to_work_on(_who: Actor, municipality: str, slug: str) -> Instalment | None:
    """The instalment of `/m/<municipality>/payments/<slug>`, its municipality entered."""
    return get_instalment(slug) if entering.enter_by_slug(municipality) else None


def list_instalments_of(contract: Contract) -> Sequence[Instalment]:
    """The instalments of a contract in their order; none before it is in force."""
    statement = (
        select(Instalment)
        .where(Instalment.contract_id == contract.id)
        .order_by(Instalment.position)
    )
    return db.session.execute(statement).scalars().all()


def list_others(instalment: Instalment) -> list[Committed]:
    """What the other instalments of the same contract take of it, read under a lock.

    The contract's row is locked, so that two orders at once see one another.
    """
    lock = select(Contract.id).where(Contract.id == instalment.contract_id).with_for_update()
    db.session.execute(lock).scalar_one()
    statement = select(Instalment.status, Instalment.amount).where(
        Instalment.contract_id == instalment.contract_id, Instalment.id != instalment.id
    )
    return [Committed(status, amount) for status, amount in db.session.execute(statement)]


def list_instalments(wanted: InstalmentFilter, *, limit: int, offset: int) -> Sequence[Instalment]:
    """One page of the instalments of the scope: what waits longest first."""
    statement = (
        _filtered(select(Instalment), wanted)
        .options(
            contains_eager(Instalment.contract).options(
                contains_eager(Contract.application).joinedload(Application.call),
                joinedload(Contract.act),
            )
        )
        .order_by(Instalment.contract_id.desc(), Instalment.position)
    )
    return db.session.execute(statement.limit(limit).offset(offset)).scalars().all()


def count_instalments(wanted: InstalmentFilter) -> int:
    """How many instalments of the scope a filter leaves."""
    statement = _filtered(select(func.count(Instalment.id)), wanted)
    return int(db.session.execute(statement).scalar_one())


def sum_by_status() -> Mapping[InstalmentStatus, int]:
    """The fening of the instalments of the scope by where they stand."""
    statement = select(Instalment.status, func.sum(Instalment.amount)).group_by(Instalment.status)
    return {status: int(amount) for status, amount in db.session.execute(statement)}


def sum_paid(contract: Contract) -> int:
    """What of a contract the bank has paid, in fening."""
    statement = select(func.coalesce(func.sum(Instalment.amount), 0)).where(
        Instalment.contract_id == contract.id, Instalment.status == InstalmentStatus.PAID
    )
    return int(db.session.execute(statement).scalar_one())


def _filtered(statement: Select[Any], wanted: InstalmentFilter) -> Select[Any]:
    statement = statement.join(Contract, Contract.id == Instalment.contract_id).join(
        Application, Application.id == Contract.application_id
    )
    if wanted.status is not None:
        statement = statement.where(Instalment.status == wanted.status)
    if not wanted.words.strip():
        return statement
    statement = statement.outerjoin(Organisation, Organisation.id == Application.organisation_id)
    return statement.where(has_words(wanted.words))
