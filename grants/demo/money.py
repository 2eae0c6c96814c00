"""The money of the Novo Sarajevo case: a contract in force, a payment, bills."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from grants import clock, tenancy
from grants.calls.models import Call
from grants.contracts.actions import attach_signed_copy, prepare_contract, sign_contract
from grants.contracts.models import Contract
from grants.contracts.queries import get_award, get_contract
from grants.contracts.rules.terms import Terms, end_of
from grants.demo.cast import Cast, settle
from grants.demo.history import award_of
from grants.demo.people import NOVO_SARAJEVO
from grants.documents.actions import add_document
from grants.payments.actions import (
    Payment,
    approve_payment,
    mark_met,
    note_payment,
    order_payment,
    start_contract,
)
from grants.payments.models import Instalment
from grants.payments.queries import get_instalment
from grants.payments.rules import Order
from grants.people.actors import Actor
from grants.reports.actions import add_receipt, control_expenditure, enter_expenditure
from grants.reports.queries import get_expenditure
from grants.reports.rules.bills import Bill, Control, Verdict

CONTRACTED = "NS-2021-RELOAD2-001"
_REPRESENTATIVE = "amra.delic"


@dataclass(frozen=True)
class _Spent:
    """One bill: the file, the position of its budget line, and what it says; amount in fening."""

    file: str
    line: int
    days: int
    supplier: str
    number: str
    description: str
    amount: int


_BILLS = (
    _Spent(
        *("racun-sadnice", 2, 40, "Rasadnik Primjer d.o.o.", "214/1"),
        *("Sadnice, zemlja i baštenski alat za dvije škole", 238_640),
    ),
    _Spent(
        *("racun-trener", 4, 22, "Obrt za edukaciju „Lopatica“", "17"),
        *("Dvodnevna edukacija učitelja", 189_000),
    ),
)


def spend_award(call: Call, cast: Cast) -> None:
    """The contract of one award, from its text to the first bills."""
    with tenancy.within(cast.towns[NOVO_SARAJEVO].id):
        slug = _contract(call, cast)
        for slug_of_instalment in _start(slug, cast)[:1]:
            _pay(slug_of_instalment, cast)
        for spent in _BILLS:
            _enter(slug, spent, cast)
        _wait(slug, cast)


def _read(slug: str) -> Contract:
    contract = get_contract(slug)
    if contract is None:
        raise LookupError(slug)
    return contract


def _contract(call: Call, cast: Cast) -> str:
    officer, signatory = cast.people["selma.karic"], cast.people["jasna.peric"]
    award = get_award(award_of(call, CONTRACTED).slug)
    if award is None or award.application is None or award.application.organisation is None:
        raise LookupError(CONTRACTED)
    organisation = award.application.organisation
    starts_on = clock.local_day(cast.moments.before(60))
    terms = Terms(
        account=organisation.account,
        bank=organisation.bank,
        representative_name=organisation.representative_name,
        representative_title=organisation.representative_title,
        starts_on=starts_on,
        ends_on=end_of(starts_on, months=award.application.duration_months),
    )
    contract = prepare_contract(award, terms, by=officer, at=cast.moments.before(66, "10:30"))
    settle()
    sign_contract(_read(contract.slug), by=signatory, at=cast.moments.before(63, "09:20"))
    settle()
    return contract.slug


def _start(slug: str, cast: Cast) -> Sequence[str]:
    officer, at = cast.people["selma.karic"], cast.moments.before(62, "13:10")
    scan = add_document(cast.files["ugovor-potpisan"], by_id=officer.id, at=at)
    attach_signed_copy(_read(slug), scan, by=officer, at=at)
    settle()
    planned = start_contract(_read(slug), signed_on=clock.local_day(at), by=officer, at=at)
    slugs = [instalment.slug for instalment in planned]
    settle()
    return slugs


def _pay(slug: str, cast: Cast) -> None:
    officer, finance = cast.people["selma.karic"], cast.people["damir.juric"]
    instalment = _instalment(slug)
    mark_met(
        instalment,
        note="Ugovor su potpisale obje strane.",
        by=officer,
        at=cast.moments.before(60, "13:40"),
    )
    settle()
    instalment = _instalment(slug)
    order = Order(
        account=instalment.contract.account,
        purpose="Prva rata po ugovoru, Zelene učionice u školama Novog Sarajeva",
        reference="61-2-1/1",
    )
    order_payment(instalment, order, by=finance, at=cast.moments.before(57, "08:50"))
    settle()
    at = cast.moments.before(54, "10:15")
    approve_payment(_instalment(slug), by=cast.people["jasna.peric"], at=at)
    settle()
    at = cast.moments.before(51, "14:20")
    payment = Payment(on=clock.local_day(at), reference="IZV-118/7")
    note_payment(_instalment(slug), payment, by=finance, at=at)
    settle()


def _instalment(slug: str) -> Instalment:
    instalment = get_instalment(slug)
    if instalment is None:
        raise LookupError(slug)
    return instalment


def _enter(slug: str, spent: _Spent, cast: Cast) -> None:
    """The organisation enters a bill; the officer has controlled the one that is older."""
    by, at = cast.people[_REPRESENTATIVE], cast.moments.before(spent.days - 3, "17:45")
    receipt = add_receipt(_read(slug), add_document(cast.files[spent.file], by_id=by.id, at=at),
                          by=by, at=at)  # fmt: skip
    contract = _read(slug)
    bill = Bill(
        line_id=contract.lines[spent.line].id,
        spent_on=clock.local_day(cast.moments.before(spent.days)),
        supplier=spent.supplier,
        number=spent.number,
        description=spent.description,
        amount=spent.amount,
    )
    entered = enter_expenditure(receipt, bill, by=by, at=at + timedelta(minutes=5)).slug
    settle()
    if spent.file == _BILLS[0].file:
        _control(entered, cast.people["selma.karic"], cast)


def _control(slug: str, officer: Actor, cast: Cast) -> None:
    expenditure = get_expenditure(slug)
    if expenditure is None:
        raise LookupError(slug)
    control = Control(
        Verdict.PART,
        amount=230_140,
        note="Kantica boje od 85,00 KM nije planirana u budžetu, pa taj dio ne priznajemo.",
    )
    control_expenditure(expenditure, control, by=officer, at=cast.moments.before(30, "11:30"))
    settle()


def _wait(slug: str, cast: Cast) -> None:
    """A third receipt lies there whose figures nobody has entered."""
    by, at = cast.people[_REPRESENTATIVE], cast.moments.before(4, "18:10")
    document = add_document(cast.files["racun-stampa"], by_id=by.id, at=at)
    add_receipt(_read(slug), document, by=by, at=at)
    settle()
