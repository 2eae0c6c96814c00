"""What happens to a contract: the budget is revised, it is prepared, signed, and takes effect."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from grants import clock
from grants.acts.actions import attach_scan, issue_act, prepare_act, signature_of
from grants.acts.models import Act
from grants.acts.rules import ActKind
from grants.applications.actions.cases import advance
from grants.applications.models import Application
from grants.applications.rules.budget import BudgetLine
from grants.applications.rules.states import LIFECYCLE as APPLICATION_LIFECYCLE
from grants.applications.rules.states import ApplicationStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.rules.criteria_json import budget_rules_from_json
from grants.contracts.models import Contract, ContractLine, RevisedBudget
from grants.contracts.queries import get_contract_of, get_revised_budget, list_budget
from grants.contracts.rules.instalments import PlannedInstalment, shares_from_json, split
from grants.contracts.rules.revising import Revision, needs_revision, revise
from grants.contracts.rules.states import LIFECYCLE, ContractStatus
from grants.contracts.rules.terms import Terms, ensure_signed_on, ensure_terms
from grants.contracts.wording import condition_text, contract_draft
from grants.db import db
from grants.decisions.models import Decision
from grants.documents.models import Document
from grants.errors import DomainError, Incomplete, Problem, WrongState
from grants.notifications.actions import notify
from grants.notifications.rules import Recipient
from grants.organisations.actions.standing import Matter, note_standing
from grants.organisations.rules.identifiers import normalised
from grants.organisations.rules.standing import StandingKind
from grants.people.actors import Actor
from grants.people.queries import list_holders, list_memberships
from grants.people.rules import Role, ScopeKind


def revise_budget(
    decision: Decision, grants: Mapping[int, int], *, by: Actor, at: datetime
) -> Revision:
    """Keep the reduced grant per line (fening by position) of an award below what was asked.

    Raises Incomplete with every line above what was applied for, a wrong sum and every broken
    limit of the call; WrongState once the contract is signed. Warnings are in what it returns.
    """
    application = _application_of(decision)
    contract = get_contract_of(application.id)
    if contract is not None:
        LIFECYCLE.check(contract.status, ContractStatus.PREPARED)
    lines = list_budget(application)
    revision = revise(
        lines,
        grants,
        awarded=decision.amount,
        rules=budget_rules_from_json(application.call.budget_rules),
    )
    if revision.problems:
        raise Incomplete(*revision.problems)
    kept = [line.grant for line in revision.lines]
    revised = get_revised_budget(decision)
    if revised is None:
        revised = RevisedBudget(
            municipality_id=decision.municipality_id, decision_id=decision.id, grants=kept
        )
        db.session.add(revised)
    revised.grants, revised.entered_at, revised.entered_by_id = kept, at, by.id
    record(Event.BUDGET_REVISED, decision, by=by, at=at, facts={"grants": kept})
    return revision


def prepare_contract(decision: Decision, terms: Terms, *, by: Actor, at: datetime) -> Contract:
    """Write the contract of an issued award, or write it anew while nobody has signed.

    Raises Incomplete when the terms are wrong or less was awarded than the budget adds up to and
    nobody has entered the revised one (`revision_missing`); WrongState when it is signed.
    """
    application = _application_of(decision)
    decided_on = decision.act.acted_on or clock.local_day(at)
    terms = replace(terms, account=normalised(terms.account))
    ensure_terms(terms, decided_on=decided_on)
    contract = get_contract_of(application.id)
    if contract is None and application.status is not ApplicationStatus.DECIDED:
        APPLICATION_LIFECYCLE.check(application.status, ApplicationStatus.CONTRACTED)
    if contract is not None:
        LIFECYCLE.check(contract.status, ContractStatus.PREPARED)
    lines = contracted_lines(decision, application)
    plan = planned_instalments(application, decision.amount)
    draft = contract_draft(decision, application, terms, lines=lines, plan=plan)
    act = prepare_act(draft, by=by, at=at)
    contract = contract or _new_contract(decision, application, act)
    _write(contract, terms, plan)
    contract.decision_id, contract.amount = decision.id, decision.amount
    contract.prepared_at, contract.prepared_by_id = at, by.id
    db.session.flush()
    _write_lines(contract, lines)
    record(Event.CONTRACT_PREPARED, contract, by=by, at=at, facts={"amount": contract.amount})
    _tell_signatories(contract, application, at=at)
    return contract


def contracted_lines(decision: Decision, application: Application) -> list[BudgetLine]:
    """The frozen budget with the award's grants; Incomplete `revision_missing` without them."""
    lines = list_budget(application)
    revised = get_revised_budget(decision)
    if revised is not None:
        lines = [
            replace(line, grant=grant) for line, grant in zip(lines, revised.grants, strict=True)
        ]
    if needs_revision(lines, awarded=decision.amount):
        facts = {"amount": decision.amount, "sum": sum(line.grant for line in lines)}
        raise Incomplete(Problem("revision_missing", facts=facts))
    return lines


def planned_instalments(application: Application, amount: int) -> tuple[PlannedInstalment, ...]:
    """The instalments of the call for an amount in fening, their conditions in words."""
    shares = shares_from_json(application.call.instalments)
    language = application.call.language
    return tuple(
        replace(part, condition=condition_text(part.condition, language))
        for part in split(amount, shares)
    )


def sign_contract(contract: Contract, *, number: str = "", by: Actor, at: datetime) -> None:
    """The signatory signs: the contract gets its number and its PDF; the organisation is told.

    `number` is one typed in from the registry. Raises WrongState once it is signed or when the
    award was declined (`award_not_open`), DomainError `number_taken`.
    """
    LIFECYCLE.check(contract.status, ContractStatus.SIGNED)
    _application_of(contract.decision)  # nobody has declined the award in between
    act, application = contract.act, contract.application
    if act.issued_at is None:
        signature = signature_of(
            application.call.municipality, ActKind.CONTRACT, by=by, typed_number=number
        )
        issue_act(act, signature=signature, by=by, at=at)
    contract.status = ContractStatus.SIGNED
    record(Event.CONTRACT_SIGNED, contract, by=by, at=at, facts={"number": act.number})
    tell_organisation(contract, "contracts/emails/to_sign.txt", at=at, is_urgent=True)


def attach_signed_copy(contract: Contract, scan: Document, *, by: Actor, at: datetime) -> None:
    """Keep the scan of the contract with both signatures; a better scan replaces it."""
    attach_scan(contract.act, scan, by=by, at=at)


def activate_contract(contract: Contract, *, signed_on: date, by: Actor, at: datetime) -> None:
    """Note the day on which the second party signed: from now on the contract is in force.

    Raises WrongState unless the signatory has signed, DomainError `signed_copy_missing` without
    the scan, `signed_too_early` or `signed_in_future` for an impossible day.
    """
    LIFECYCLE.check(contract.status, ContractStatus.ACTIVE)
    _application_of(contract.decision)
    if contract.act.scan_id is None:
        raise DomainError(Problem("signed_copy_missing", "file"))
    ensure_signed_on(signed_on, issued_on=contract.act.acted_on, today=clock.local_day(at))
    application = contract.application
    advance(application, ApplicationStatus.CONTRACTED, by=by, at=at)
    contract.status, contract.signed_on = ContractStatus.ACTIVE, signed_on
    _expect_report(contract, at=at)
    facts = {"signed_on": signed_on.isoformat(), "amount": contract.amount}
    record(Event.CONTRACT_ACTIVATED, contract, by=by, at=at, facts=facts)
    tell_organisation(contract, "contracts/emails/in_force.txt", at=at)


def _expect_report(contract: Contract, *, at: datetime) -> None:
    """The final report is due so many days after the end as the contract says."""
    organisation_id = contract.application.organisation_id
    if organisation_id is None:
        return
    days = contract.act.facts.get("terms", {}).get("report_days", Terms.report_days)
    matter = Matter(
        reference=contract.act.number or contract.slug,
        due_on=contract.ends_on + timedelta(days=int(days)),
        path=f"/contracts/{contract.slug}",
    )
    note_standing(organisation_id, StandingKind.REPORT_DUE, matter, at=at)


def tell_organisation(
    contract: Contract,
    template: str,
    *,
    at: datetime,
    part: str = "",
    facts: Mapping[str, object] | None = None,
    is_urgent: bool = False,
) -> None:
    """Write to everybody of the organisation about its contract; `part` of its pages, if any.

    `is_urgent`: at once also to whom the day's mail goes in one letter.
    """
    application = contract.application
    if application.organisation_id is None:
        return
    held = list_memberships(ScopeKind.ORGANISATION, [application.organisation_id])
    people = {membership.user_id: membership.user.as_recipient() for membership in held}
    path = f"/my/contracts/{contract.slug}{part}"
    shared = {"contract": contract, "application": application, **(facts or {})}
    notify(people.values(), template, at=at, path=path, facts=shared, is_urgent=is_urgent)


def _application_of(decision: Decision) -> Application:
    if decision.application is None or decision.act.issued_at is None or decision.declined_at:
        raise WrongState(Problem("award_not_open"))
    return decision.application


def _new_contract(decision: Decision, application: Application, act: Act) -> Contract:
    contract = Contract(
        municipality_id=decision.municipality_id,
        slug=secrets.token_urlsafe(9),
        application=application,
        decision=decision,
        act=act,
        status=ContractStatus.PREPARED,
        lines=[],
    )
    db.session.add(contract)
    return contract


def _write(contract: Contract, terms: Terms, plan: Sequence[PlannedInstalment]) -> None:
    contract.account, contract.bank = terms.account, terms.bank
    contract.starts_on, contract.ends_on = terms.starts_on, terms.ends_on
    contract.plan = [asdict(part) for part in plan]


def _write_lines(contract: Contract, lines: Sequence[BudgetLine]) -> None:
    """The frozen budget has the same lines every time: only what they may cost changes."""
    standing = {line.position: line for line in contract.lines}
    for at, line in enumerate(lines):
        kept = standing.get(at)
        if kept is None:
            kept = ContractLine(municipality_id=contract.municipality_id, position=at)
            contract.lines.append(kept)
        kept.code, kept.heading, kept.description = line.code, line.heading, line.description
        kept.grant, kept.own = line.grant, line.own
    db.session.flush()


def _tell_signatories(contract: Contract, application: Application, *, at: datetime) -> None:
    recipients: list[Recipient] = [
        user.as_recipient() for user in list_holders(Role.SIGNATORY, contract.municipality_id)
    ]
    municipality = application.call.municipality
    notify(
        recipients,
        "contracts/emails/to_issue.txt",
        at=at,
        path=f"/m/{municipality.slug}/contracts/{contract.slug}",
        facts={"contract": contract, "application": application},
    )
