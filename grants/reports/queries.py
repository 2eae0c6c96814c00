"""Finding bills and receipts, and the sums of a contract line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, joinedload

from grants import tenancy
from grants.acts.models import Act
from grants.applications.models import Application
from grants.calls.models import Call
from grants.contracts.models import Contract, ContractLine
from grants.contracts.queries import get_own_contract
from grants.db import db
from grants.municipalities import entering
from grants.organisations.models import Standing
from grants.organisations.rules.standing import StandingKind
from grants.people.actors import Actor
from grants.reports.models import Expenditure, Receipt
from grants.reports.rules.balances import Balance, total_of
from grants.reports.rules.states import ExpenditureStatus


@dataclass(frozen=True)
class LineBalance:
    """One contracted line and where it stands."""

    line: ContractLine
    balance: Balance


@dataclass(frozen=True)
class Ledger:
    """All lines of a contract and their sum."""

    lines: Sequence[LineBalance]
    total: Balance


def read_ledger(contract: Contract) -> Ledger:
    """Contracted, spent and accepted per line of a contract, and in total."""
    statement = (
        select(
            Expenditure.line_id,
            func.sum(Expenditure.amount),
            func.sum(func.coalesce(Expenditure.accepted_amount, 0)),
        )
        .where(Expenditure.contract_id == contract.id)
        .group_by(Expenditure.line_id)
    )
    sums = {
        line_id: (int(spent), int(accepted))
        for line_id, spent, accepted in db.session.execute(statement)
    }
    lines = [
        LineBalance(line, Balance(line.grant, *sums.get(line.id, (0, 0))))
        for line in contract.lines
    ]
    return Ledger(lines, total_of(each.balance for each in lines))


def list_expenditures(
    contract: Contract, status: ExpenditureStatus | None, *, limit: int, offset: int
) -> Sequence[Expenditure]:
    """One page of the bills of a contract, the newest first."""
    statement = (
        select(Expenditure)
        .where(Expenditure.contract_id == contract.id)
        .options(joinedload(Expenditure.line), joinedload(Expenditure.document))
        .order_by(Expenditure.id.desc())
    )
    if status is not None:
        statement = statement.where(Expenditure.status == status)
    return db.session.execute(statement.limit(limit).offset(offset)).scalars().all()


def count_by_status(contract: Contract) -> Mapping[ExpenditureStatus, int]:
    """How many bills of a contract stand where."""
    statement = (
        select(Expenditure.status, func.count(Expenditure.id))
        .where(Expenditure.contract_id == contract.id)
        .group_by(Expenditure.status)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def list_repeated_keys(contract: Contract) -> frozenset[str]:
    """The keys of bills that were entered more than once in this contract."""
    statement = (
        select(Expenditure.bill_key)
        .where(Expenditure.contract_id == contract.id)
        .group_by(Expenditure.bill_key)
        .having(func.count(Expenditure.id) > 1)
    )
    return frozenset(db.session.execute(statement).scalars())


def list_same_bills(contract: Contract, key: str) -> Sequence[Expenditure]:
    """The bills with this key in any contract of the same organisation in this municipality."""
    organisation_id = contract.application.organisation_id
    statement = (
        select(Expenditure)
        .join(Contract, Contract.id == Expenditure.contract_id)
        .join(Application, Application.id == Contract.application_id)
        .where(Expenditure.bill_key == key)
        .where(
            (Contract.id == contract.id)
            if organisation_id is None
            else (Application.organisation_id == organisation_id)
        )
        .order_by(Expenditure.id)
    )
    return db.session.execute(statement).scalars().all()


def list_waiting_receipts(contract: Contract) -> Sequence[Receipt]:
    """The receipts whose figures nobody has entered yet, the oldest first."""
    statement = (
        select(Receipt)
        .where(Receipt.contract_id == contract.id)
        .options(joinedload(Receipt.document))
        .order_by(Receipt.id)
    )
    return db.session.execute(statement).scalars().all()


def get_own_receipt(who: Actor, slug: str, receipt: str) -> Receipt | None:
    """The waiting receipt of `/my/contracts/<slug>/expenditure/receipts/<receipt>`."""
    contract = get_own_contract(who, slug)
    if contract is None:
        return None
    statement = (
        select(Receipt)
        .where(Receipt.slug == receipt, Receipt.contract_id == contract.id)
        .options(joinedload(Receipt.document), joinedload(Receipt.contract))
    )
    return db.session.execute(statement).scalar()


def get_expenditure(slug: str) -> Expenditure | None:
    """The bill of an address within the scope, with its contract and file."""
    statement = (
        select(Expenditure)
        .where(Expenditure.slug == slug)
        .options(
            joinedload(Expenditure.line),
            joinedload(Expenditure.document),
            joinedload(Expenditure.contract).options(
                joinedload(Contract.act).joinedload(Act.document),
                joinedload(Contract.application).options(
                    joinedload(Application.organisation),
                    joinedload(Application.call).joinedload(Call.municipality),
                ),
            ),
        )
    )
    return db.session.execute(statement).scalar()


def get_expenditure_to_control(_who: Actor, municipality: str, slug: str) -> Expenditure | None:
    """The bill of `/m/<municipality>/expenditure/<slug>`, its municipality entered."""
    return get_expenditure(slug) if entering.enter_by_slug(municipality) else None


def get_own_expenditure(_who: Actor, slug: str) -> Expenditure | None:
    """The bill of `/my/expenditure/<slug>`, its municipality entered."""
    with tenancy.across("own expenditure"):
        expenditure = get_expenditure(slug)
    if expenditure is not None:
        entering.enter(expenditure.contract.application.call.municipality)
    return expenditure


def list_overdue_reports(today: date) -> Sequence[Standing]:
    """The reports that did not come by their day and are not noted as late, anywhere."""
    late = aliased(Standing)
    is_noted = exists().where(
        late.municipality_id == Standing.municipality_id,
        late.organisation_id == Standing.organisation_id,
        late.reference == Standing.reference,
        late.kind == StandingKind.REPORT_LATE,
    )
    statement = (
        select(Standing)
        .where(
            Standing.kind == StandingKind.REPORT_DUE,
            Standing.cleared_at.is_(None),
            Standing.due_on < today,
            ~is_noted,
        )
        .order_by(Standing.id)
    )
    with tenancy.across("reports that are late"):
        return db.session.execute(statement).scalars().all()
