"""Finding contracts, the awards they come from, and the budgets they copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from grants import tenancy
from grants.acts.models import Act
from grants.applications.models import Application, BudgetRow
from grants.applications.rules.budget import BudgetLine
from grants.calls.models import Call
from grants.contracts.models import Contract, RevisedBudget
from grants.contracts.rules.states import ContractStatus
from grants.db import db
from grants.decisions.models import Decision, DecisionKind
from grants.i18n.script import fold
from grants.municipalities import entering
from grants.municipalities.models import Municipality
from grants.municipalities.queries import get_municipality_by_id
from grants.organisations.models import Organisation
from grants.people.actors import Actor

# What gives an organisation the right to a contract, once its act is issued.
AWARDING = (DecisionKind.AWARD, DecisionKind.RESERVE_ACTIVATION)
_APPLICATION = (
    joinedload(Application.call).joinedload(Call.municipality),
    joinedload(Application.organisation),
    joinedload(Application.lot),
)


@dataclass(frozen=True)
class ContractFilter:
    """Which contracts of a list: of a status, with these words in project or organisation."""

    status: ContractStatus | None = None
    words: str = ""


@dataclass(frozen=True)
class StatusTotal:
    """How many contracts stand somewhere, and their sum in fening."""

    count: int
    amount: int


def enter_municipality(_who: Actor, municipality: str) -> Municipality | None:
    """The municipality of `/m/<municipality>/…`, entered."""
    return entering.enter_by_slug(municipality)


def get_contract(slug: str) -> Contract | None:
    """The contract of an address within the scope, with all its page shows."""
    return db.session.execute(_whole().where(Contract.slug == slug)).scalar()


def get_contract_of(application_id: int) -> Contract | None:
    """The contract of an application within the scope, if one was prepared."""
    return db.session.execute(_whole().where(Contract.application_id == application_id)).scalar()


def get_contract_to_work_on(_who: Actor, municipality: str, slug: str) -> Contract | None:
    """The contract of `/m/<municipality>/contracts/<slug>`, its municipality entered."""
    return get_contract(slug) if entering.enter_by_slug(municipality) else None


def get_own_contract(_who: Actor, slug: str) -> Contract | None:
    """The contract of `/my/contracts/<slug>`, its municipality entered."""
    with tenancy.across("own contracts"):
        contract = get_contract(slug)
    if contract is not None:
        entering.enter(contract.application.call.municipality)
    return contract


def get_award(slug: str) -> Decision | None:
    """An issued award that nobody declined, of an address within the scope."""
    statement = _awards().where(Decision.slug == slug)
    return db.session.execute(statement.options(joinedload(Decision.ranking))).scalar()


def get_award_to_work_on(_who: Actor, municipality: str, slug: str) -> Decision | None:
    """The award of `/m/<municipality>/awards/<slug>/…`, its municipality entered."""
    return get_award(slug) if entering.enter_by_slug(municipality) else None


def get_own_award(_who: Actor, slug: str) -> Decision | None:
    """The award of `/my/awards/<slug>/…`, its municipality entered."""
    with tenancy.across("own awards"):
        award = get_award(slug)
    if award is not None:
        entering.enter(get_municipality_by_id(award.municipality_id))
    return award


def list_contracts(wanted: ContractFilter, *, limit: int, offset: int) -> Sequence[Contract]:
    """One page of the contracts of the scope, the newest first."""
    statement = (
        _filtered(select(Contract), wanted)
        .options(
            contains_eager(Contract.application).joinedload(Application.call),
            joinedload(Contract.act),
        )
        .order_by(Contract.id.desc())
    )
    return db.session.execute(statement.limit(limit).offset(offset)).scalars().all()


def count_contracts(wanted: ContractFilter) -> int:
    """How many contracts of the scope a filter leaves."""
    return int(db.session.execute(_filtered(select(func.count(Contract.id)), wanted)).scalar_one())


def total_by_status() -> Mapping[ContractStatus, StatusTotal]:
    """Number and sum of the contracts of the scope by where they stand."""
    statement = select(Contract.status, func.count(Contract.id), func.sum(Contract.amount))
    rows = db.session.execute(statement.group_by(Contract.status)).all()
    return {status: StatusTotal(count, int(amount)) for status, count, amount in rows}


def list_waiting_awards(words: str, *, limit: int, offset: int) -> Sequence[Decision]:
    """One page of the issued awards without a contract, the oldest first."""
    statement = _waiting(_awards(), words).order_by(Decision.id).limit(limit).offset(offset)
    return db.session.execute(statement).scalars().all()


def count_waiting_awards(words: str = "") -> int:
    """How many issued awards of the scope have no contract yet."""
    statement = select(func.count(Decision.id)).join(Act, Act.id == Decision.act_id)
    statement = statement.join(Application, Application.id == Decision.application_id)
    return int(db.session.execute(_waiting(_only_awards(statement), words)).scalar_one())


def list_budget(application: Application) -> list[BudgetLine]:
    """The lines of the frozen budget, in their order."""
    statement = (
        select(BudgetRow)
        .where(
            BudgetRow.application_id == application.id,
            BudgetRow.version == application.snapshot_version,
        )
        .order_by(BudgetRow.position)
    )
    return [row.as_line() for row in db.session.execute(statement).scalars()]


def get_revised_budget(decision: Decision) -> RevisedBudget | None:
    """The grants entered for an award below what was asked for, if any."""
    statement = select(RevisedBudget).where(RevisedBudget.decision_id == decision.id)
    return db.session.execute(statement).scalar()


def _whole() -> Select[Contract]:
    return select(Contract).options(
        joinedload(Contract.application).options(*_APPLICATION),
        joinedload(Contract.decision).options(
            joinedload(Decision.act), joinedload(Decision.application)
        ),
        joinedload(Contract.act).options(joinedload(Act.document), joinedload(Act.scan)),
        selectinload(Contract.lines),
    )


def _awards() -> Select[Decision]:
    statement = (
        select(Decision)
        .join(Act, Act.id == Decision.act_id)
        .join(Application, Application.id == Decision.application_id)
        .options(
            contains_eager(Decision.application).options(*_APPLICATION),
            contains_eager(Decision.act),
        )
    )
    return _only_awards(statement)


def _only_awards(statement: Select[Any]) -> Select[Any]:
    return statement.where(
        Decision.kind.in_(AWARDING),
        Decision.amount > 0,
        Decision.declined_at.is_(None),
        Act.issued_at.is_not(None),
    )


def _waiting(statement: Select[Any], words: str) -> Select[Any]:
    contracted = select(Contract.id).where(Contract.application_id == Decision.application_id)
    return _with_words(statement.where(~contracted.exists()), words)


def _filtered(statement: Select[Any], wanted: ContractFilter) -> Select[Any]:
    statement = statement.join(Application, Application.id == Contract.application_id)
    if wanted.status is not None:
        statement = statement.where(Contract.status == wanted.status)
    return _with_words(statement, wanted.words)


def _with_words(statement: Select[Any], words: str) -> Select[Any]:
    if not words.strip():
        return statement
    statement = statement.outerjoin(Organisation, Organisation.id == Application.organisation_id)
    return statement.where(has_words(words))


def has_words(words: str) -> ColumnElement[bool]:
    """Project, organisation or reference hold the words, however they are typed."""
    folded = fold(words).replace("\\", "").replace("%", "").replace("_", "")
    return or_(
        Application.title_folded.contains(folded),
        Organisation.name_folded.contains(folded),
        Application.reference.ilike(f"%{words.strip()}%"),
    )
