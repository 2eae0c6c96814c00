"""What the system finds out itself; the officer confirms it or says otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from grants.applications.rules.budget import (
    BudgetLine,
    budget_sum_problems,
    budget_totals,
    in_kind_of,
    line_sum_problems,
    rule_problems,
)
from grants.applications.rules.states import Channel
from grants.calls.rules.criteria import (
    Criteria,
    amount_problems,
    cofinancing_problems,
    document_problems,
    duration_problems,
    late_problems,
    opening_day,
    registered_late_problems,
)
from grants.eligibility.rules.findings import Finding
from grants.errors import Problem
from grants.organisations.rules.standing import StandingKind


@dataclass(frozen=True)
class Owed:
    """One matter that stands open with this municipality: a report, or money to give back."""

    kind: StandingKind
    reference: str
    due_on: date | None = None


@dataclass(frozen=True)
class Submitted:
    """What the check needs to know of one application; amounts in fening."""

    submitted_at: datetime
    channel: Channel
    requested: int
    duration_months: int
    posted_at: datetime | None = None
    is_by_representative: bool = False
    is_representative_confirmed: bool = False
    registered_on: date | None = None
    number_in_call: int = 1
    activities: int = 0
    partners: int = 0
    lines: tuple[BudgetLine, ...] = ()
    in_kind_limit: Fraction | None = None
    documents: frozenset[str] = field(default_factory=frozenset)
    # What its organisation owes here; None where no profile tells.
    owed: tuple[Owed, ...] | None = ()


@dataclass(frozen=True)
class Figure:
    """What was found for one question, with its figures; the code names the sentence."""

    finding: Finding
    says: tuple[Problem, ...]


def computed(criteria: Criteria, submitted: Submitted) -> dict[str, Figure]:
    """The figure of every computed question by its code."""
    return {code: find(criteria, submitted) for code, find in _FINDERS.items()}


def _on_time(criteria: Criteria, given: Submitted) -> Figure:
    problems = late_problems(
        criteria,
        submitted_at=given.submitted_at,
        is_by_post=given.channel is Channel.POST,
        posted_at=given.posted_at,
    )
    facts = {"at": given.submitted_at, "deadline": criteria.deadline}
    return _figure("on_time", facts, is_well=not problems)


def _signed(_criteria: Criteria, given: Submitted) -> Figure:
    if given.channel is not Channel.ONLINE:
        return Figure(Finding.NOT_APPLICABLE, (Problem("found_on_paper"),))
    return _figure("signed", {}, is_well=given.is_by_representative)


def _applicant(criteria: Criteria, given: Submitted) -> Figure:
    if given.registered_on is None:
        return Figure(Finding.COMPLETION, (Problem("found_registration_unknown"),))
    problems = registered_late_problems(criteria, registered_on=given.registered_on)
    facts = {"on": given.registered_on, "opened": opening_day(criteria.opens_at)}
    return _figure("applicant", facts, is_well=not problems)


def _representative(_criteria: Criteria, given: Submitted) -> Figure:
    is_well = given.is_representative_confirmed
    return _figure("representative", {}, is_well=is_well, otherwise=Finding.COMPLETION)


def _partners(_criteria: Criteria, given: Submitted) -> Figure:
    if not given.partners:
        return Figure(Finding.NOT_APPLICABLE, (Problem("found_no_partners"),))
    return _figure("partners", {"count": given.partners}, is_well=True)


def _number(criteria: Criteria, given: Submitted) -> Figure:
    limit = criteria.applications_per_organisation
    if limit is None:
        return Figure(Finding.NOT_APPLICABLE, (Problem("found_number_unlimited"),))
    facts = {"figure": given.number_in_call, "limit": limit}
    return _figure("number", facts, is_well=given.number_in_call <= limit)


def _owed(_criteria: Criteria, given: Submitted) -> Figure:
    """A report whose term still runs is told and does not stand against the applicant."""
    if given.owed is None:
        return Figure(Finding.NOT_APPLICABLE, (Problem("found_owed_unknown"),))
    late = {each.reference for each in given.owed if each.kind is StandingKind.REPORT_LATE}
    told = [
        each
        for each in given.owed
        if each.kind is not StandingKind.REPORT_DUE or each.reference not in late
    ]
    if not told:
        return _figure("owed", {}, is_well=True)
    is_well = all(each.kind is StandingKind.REPORT_DUE for each in told)
    return Figure(Finding.YES if is_well else Finding.NO, tuple(_say_owed(each) for each in told))


def _say_owed(owed: Owed) -> Problem:
    facts = {"reference": owed.reference, "on": owed.due_on}
    return Problem(f"found_{owed.kind.value}{'' if owed.due_on else '_undated'}", facts=facts)


def _duration(criteria: Criteria, given: Submitted) -> Figure:
    problems = duration_problems(criteria, months=given.duration_months)
    facts = {
        "figure": given.duration_months,
        "min": criteria.duration_min,
        "max": criteria.duration_max,
    }
    return _figure("duration", facts, is_well=not problems)


def _plan(_criteria: Criteria, given: Submitted) -> Figure:
    facts = {"count": given.activities}
    return _figure("plan", facts, is_well=given.activities > 0, otherwise=Finding.COMPLETION)


def _amount(criteria: Criteria, given: Submitted) -> Figure:
    problems = amount_problems(criteria, requested=given.requested)
    facts = {
        "amount": given.requested,
        "min_amount": criteria.grant_min,
        "max_amount": criteria.grant_max,
    }
    return _figure("amount", facts, is_well=not problems)


def _sums(_criteria: Criteria, given: Submitted) -> Figure:
    problems = budget_sum_problems(given.lines, requested=given.requested)
    problems += line_sum_problems(given.lines)
    facts = {"sum": budget_totals(given.lines).grant, "amount": given.requested}
    is_well = bool(given.lines) and not problems
    return _figure("sums", facts, is_well=is_well, otherwise=Finding.COMPLETION)


def _rules(criteria: Criteria, given: Submitted) -> Figure:
    if not criteria.budget_rules:
        return Figure(Finding.NOT_APPLICABLE, (Problem("found_no_rules"),))
    problems = rule_problems(criteria.budget_rules, given.lines)
    if not problems:
        return _figure("rules", {"count": len(criteria.budget_rules)}, is_well=True)
    says = tuple(
        Problem(
            "found_rules_not",
            facts={name: each.facts[name] for name in ("numerator", "base", "share", "limit")},
        )
        for each in problems
    )
    return Figure(Finding.COMPLETION, says)


def _cofinancing(criteria: Criteria, given: Submitted) -> Figure:
    if criteria.cofinancing is None:
        return Figure(Finding.NOT_APPLICABLE, (Problem("found_no_cofinancing"),))
    totals = budget_totals(given.lines)
    own = in_kind_of(given.lines, limit=given.in_kind_limit).counted
    problems = cofinancing_problems(
        criteria, own=own, requested=given.requested, total=totals.total
    )
    facts = {"amount": own, "share": criteria.cofinancing.share}
    is_well = not problems
    return _figure("cofinancing", facts, is_well=is_well, otherwise=Finding.COMPLETION)


def _documents(criteria: Criteria, given: Submitted) -> Figure:
    problems = document_problems(criteria, present=given.documents)
    if not problems:
        return _figure("documents", {"count": len(given.documents)}, is_well=True)
    says = tuple(Problem("found_documents_not", facts=problem.facts) for problem in problems)
    return Figure(Finding.COMPLETION, says)


def _figure(
    code: str,
    facts: Mapping[str, object],
    *,
    is_well: bool,
    otherwise: Finding = Finding.NO,
) -> Figure:
    said = Problem(f"found_{code}" if is_well else f"found_{code}_not", facts=facts)
    return Figure(Finding.YES if is_well else otherwise, (said,))


_FINDERS: Mapping[str, Callable[[Criteria, Submitted], Figure]] = {
    "on_time": _on_time,
    "signed": _signed,
    "applicant_eligible": _applicant,
    "representative_confirmed": _representative,
    "partners_eligible": _partners,
    "number_of_applications": _number,
    "no_outstanding_reports": _owed,
    "duration": _duration,
    "plan": _plan,
    "amount": _amount,
    "budget_sums": _sums,
    "budget_rules": _rules,
    "cofinancing": _cofinancing,
    "documents": _documents,
}
