"""What happens to instalments: planned with the contract, met, ordered, approved, paid."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from grants import clock
from grants.audit.actions import record
from grants.audit.events import Event
from grants.contracts.actions import activate_contract, tell_organisation
from grants.contracts.models import Contract
from grants.contracts.rules.instalments import Condition
from grants.contracts.rules.states import RUNNING
from grants.contracts.wording import condition_text
from grants.db import db
from grants.errors import DomainError, Problem
from grants.notifications.actions import notify
from grants.organisations.actions.standing import clear_standing
from grants.organisations.rules.identifiers import account_problems, normalised
from grants.organisations.rules.standing import StandingKind
from grants.payments.models import Instalment
from grants.payments.queries import list_others
from grants.payments.rules import (
    LIFECYCLE,
    InstalmentStatus,
    Order,
    ensure_paid_on,
    ensure_running,
    ensure_second_person,
    ensure_within_contract,
)
from grants.people.actors import Actor
from grants.people.queries import list_holders
from grants.people.rules import Role


def start_contract(
    contract: Contract, *, signed_on: date, by: Actor, at: datetime
) -> Sequence[Instalment]:
    """Both have signed: the contract is in force and its instalments are planned.

    Raises what `activate_contract` raises.
    """
    activate_contract(contract, signed_on=signed_on, by=by, at=at)
    planned = [
        Instalment(
            municipality_id=contract.municipality_id,
            slug=secrets.token_urlsafe(9),
            contract=contract,
            position=position,
            amount=part["amount"],
            condition=part["condition"],
            status=InstalmentStatus.PLANNED,
        )
        for position, part in enumerate(contract.plan, start=1)
    ]
    db.session.add_all(planned)
    db.session.flush()
    return planned


def mark_met(instalment: Instalment, *, note: str = "", by: Actor, at: datetime) -> None:
    """The condition of an instalment is met; finance is told. `note` says what proves it.

    Raises WrongState when it already is, NotNow when the contract is not in force.
    """
    LIFECYCLE.check(instalment.status, InstalmentStatus.CONDITION_MET)
    _ensure_running(instalment)
    instalment.status = InstalmentStatus.CONDITION_MET
    instalment.met_at, instalment.met_by_id, instalment.met_note = at, by.id, note
    if _is_for_final_report(instalment):
        _clear_report(instalment.contract, at=at)
    facts = {"position": instalment.position, "note": note}
    record(Event.INSTALMENT_CONDITION_MET, instalment, by=by, at=at, facts=facts)
    _tell_staff(Role.FINANCE, instalment, "payments/emails/to_order.txt", at=at)


def order_payment(instalment: Instalment, order: Order, *, by: Actor, at: datetime) -> None:
    """Finance writes the payment order; the signatory is told.

    Raises WrongState unless the condition is met, DomainError `order_account` or
    `beyond_contract`, NotNow when the contract is not in force.
    """
    LIFECYCLE.check(instalment.status, InstalmentStatus.ORDERED)
    _ensure_running(instalment)
    if account_problems(order.account):
        raise DomainError(Problem("order_account", "account", {"typed": order.account[:60]}))
    contracted = instalment.contract.amount
    ensure_within_contract(instalment.amount, list_others(instalment), contracted=contracted)
    instalment.status = InstalmentStatus.ORDERED
    instalment.ordered_at, instalment.ordered_by_id = at, by.id
    instalment.order_account = normalised(order.account)
    instalment.order_purpose, instalment.order_reference = order.purpose, order.reference
    instalment.return_reason = ""
    facts = {
        "amount": instalment.amount,
        "account": instalment.order_account,
        "reference": order.reference,
    }
    record(Event.PAYMENT_ORDERED, instalment, by=by, at=at, facts=facts)
    _tell_staff(Role.SIGNATORY, instalment, "payments/emails/to_approve.txt", at=at)


def approve_payment(instalment: Instalment, *, by: Actor, at: datetime) -> None:
    """The signatory approves; the bank may be told.

    Raises DomainError `own_order` for whoever wrote the order, WrongState, NotNow.
    """
    LIFECYCLE.check(instalment.status, InstalmentStatus.APPROVED)
    _ensure_running(instalment)
    ensure_second_person(ordered_by_id=instalment.ordered_by_id, by_id=by.id)
    ensure_within_contract(
        instalment.amount, list_others(instalment), contracted=instalment.contract.amount
    )
    instalment.status = InstalmentStatus.APPROVED
    instalment.approved_at, instalment.approved_by_id = at, by.id
    record(Event.PAYMENT_APPROVED, instalment, by=by, at=at, facts={"amount": instalment.amount})
    _tell_staff(Role.FINANCE, instalment, "payments/emails/approved.txt", at=at)


def return_order(instalment: Instalment, *, reason: str, by: Actor, at: datetime) -> None:
    """The signatory sends an order back to finance, saying what to change. Raises WrongState."""
    if instalment.status is not InstalmentStatus.ORDERED:
        LIFECYCLE.check(instalment.status, InstalmentStatus.APPROVED)
    LIFECYCLE.check(instalment.status, InstalmentStatus.CONDITION_MET)
    instalment.status = InstalmentStatus.CONDITION_MET
    instalment.ordered_at, instalment.ordered_by_id = None, None
    instalment.return_reason = reason
    record(Event.PAYMENT_RETURNED, instalment, by=by, at=at, facts={"reason": reason})
    _tell_staff(Role.FINANCE, instalment, "payments/emails/returned.txt", at=at)


@dataclass(frozen=True)
class Payment:
    """What the bank says: the day it paid and its reference."""

    on: date
    reference: str


def note_payment(instalment: Instalment, payment: Payment, *, by: Actor, at: datetime) -> None:
    """Finance notes that the bank has paid; the organisation is told.

    Raises WrongState unless approved, DomainError for an impossible day.
    """
    LIFECYCLE.check(instalment.status, InstalmentStatus.PAID)
    approved_on = clock.local_day(instalment.approved_at or at)
    ensure_paid_on(payment.on, approved_on=approved_on, today=clock.local_day(at))
    instalment.status = InstalmentStatus.PAID
    instalment.paid_on, instalment.bank_reference = payment.on, payment.reference
    facts = {
        "amount": instalment.amount,
        "on": payment.on.isoformat(),
        "reference": payment.reference,
    }
    record(Event.PAYMENT_PAID, instalment, by=by, at=at, facts=facts)
    tell_organisation(
        instalment.contract,
        "payments/emails/paid.txt",
        at=at,
        part="/payments",
        facts={"instalment": instalment},
    )


def _is_for_final_report(instalment: Instalment) -> bool:
    language = instalment.contract.application.call.language
    return instalment.condition == condition_text(Condition.FINAL_REPORT, language)


def _clear_report(contract: Contract, *, at: datetime) -> None:
    """The final report was approved: the organisation owes none on this contract any more."""
    organisation_id = contract.application.organisation_id
    if organisation_id is not None:
        reference = contract.act.number or contract.slug
        kinds = (StandingKind.REPORT_DUE, StandingKind.REPORT_LATE)
        clear_standing(organisation_id, reference, kinds=kinds, at=at)


def _ensure_running(instalment: Instalment) -> None:
    ensure_running(is_running=instalment.contract.status in RUNNING)


def _tell_staff(role: Role, instalment: Instalment, template: str, *, at: datetime) -> None:
    contract = instalment.contract
    place = contract.application.call.municipality
    notify(
        [user.as_recipient() for user in list_holders(role, instalment.municipality_id)],
        template,
        at=at,
        path=f"/m/{place.slug}/payments/{instalment.slug}",
        facts={
            "instalment": instalment,
            "contract": contract,
            "application": contract.application,
        },
    )
