"""What keeps a draft from being submitted: what is missing, contradicts, or breaks a limit."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from grants.applications.rules.budget import (
    BudgetLine,
    budget_sum_problems,
    budget_totals,
    in_kind_of,
    in_kind_problems,
    line_sum_problems,
    rule_problems,
    vat_problems,
)
from grants.applications.rules.consistency import contradictions
from grants.applications.rules.facts import budget_lines
from grants.applications.rules.parsing import Typed
from grants.applications.rules.partners import partner_problems
from grants.applications.rules.typed import cell_name
from grants.calls.rules.criteria import (
    SARAJEVO,
    Criteria,
    amount_problems,
    cofinancing_problems,
    document_problems,
    duration_problems,
    registered_late_problems,
)
from grants.calls.rules.form import Fact
from grants.calls.rules.papers import Paper, slot_problems
from grants.errors import Problem
from grants.organisations.rules.identifiers import account_problems, jib_problems

ORGANISATION = "organisation"


@dataclass(frozen=True)
class Applicant:
    """What is asked of the organisation itself; `missing` names the parts not filled in."""

    jib: str
    account: str
    registered_on: date
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grounds:
    """Against what a draft is held: the call, the applicant, the files, earlier applications.

    `unconfirmed` are the sections that a correction of the form asks to be looked at again;
    `papers` are the dates of the documents in each slot.
    """

    criteria: Criteria
    applicant: Applicant
    documents: Collection[str]
    submitted_before: int = 0
    unconfirmed: tuple[str, ...] = ()
    # The partners whose signed statement stands, by row; the VAT number of one who may deduct it.
    standing: Collection[str] = ()
    deducts_vat: str = ""
    papers: Mapping[str, Sequence[Paper]] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One problem and the section where it is mended; a warning does not keep from submitting.

    The problem's place is the name of a field of that section; `organisation` as section and an
    empty place mean the profile.
    """

    problem: Problem
    section: str
    is_blocking: bool = True


def find_all(typed: Typed, grounds: Grounds) -> list[Finding]:
    """Everything that is missing or wrong, in the order of the form; warnings after the rest."""
    found = [
        *_of_correction(typed, grounds),
        *_of_sections(typed),
        *_of_project(typed, grounds),
        *_of_applicant(typed, grounds),
    ]
    order = [section.key for section in typed.form.sections]
    return sorted(found, key=lambda each: (order.index(each.section), not each.is_blocking))


def blocking(findings: Iterable[Finding]) -> list[Problem]:
    """The problems that keep from submitting."""
    return [finding.problem for finding in findings if finding.is_blocking]


def with_amounts(problem: Problem, *names: str) -> Problem:
    """The problem with its fening also under names that print as money: `figure_amount` …"""
    amounts = {
        f"{name}_amount": _whole(problem.facts[name]) for name in names if name in problem.facts
    }
    return Problem(problem.code, problem.place, {**problem.facts, **amounts})


def _of_correction(typed: Typed, grounds: Grounds) -> Iterator[Finding]:
    """Nothing is submitted under a form that nobody of the organisation has seen."""
    for key in dict.fromkeys(grounds.unconfirmed):
        section = typed.form.section(key) or typed.form.sections[0]
        yield Finding(Problem("form_corrected", "", {"title": section.title}), section.key)


def _of_sections(typed: Typed) -> Iterator[Finding]:
    for section in typed.form.sections:
        parsed = typed.parsed(section)
        for problem in (*parsed.unreadable, *parsed.missing):
            yield Finding(problem, section.key)


def _of_project(typed: Typed, grounds: Grounds) -> Iterator[Finding]:
    criteria, lines = grounds.criteria, budget_lines(typed)
    requested, months = typed.value(Fact.REQUESTED), typed.value(Fact.DURATION)
    if requested is not None:
        yield from _at(typed, Fact.REQUESTED, amount_problems(criteria, requested=requested))
    if isinstance(months, int):
        yield from _at(typed, Fact.DURATION, duration_problems(criteria, months=months))
    elif months is not None:
        yield from _at(typed, Fact.DURATION, [Problem("duration_not_whole")])
    if typed.asks(Fact.BUDGET):
        yield from _of_budget(typed, grounds, lines=lines, requested=requested)
    yield from _inconsistent(typed, grounds)
    for found in partner_problems(typed, standing=grounds.standing):
        yield from _at(
            typed, Fact.PARTNERS, [found.problem], is_blocking=found.is_blocking, keeps=True
        )
    yield from _at(
        typed, Fact.DOCUMENTS, document_problems(criteria, present=grounds.documents), keeps=True
    )
    for wanted in criteria.required_documents:
        yield from _at(
            typed,
            Fact.DOCUMENTS,
            slot_problems(wanted, grounds.papers.get(wanted.code, ())),
            is_blocking=wanted.is_mandatory and wanted.is_dated,
            keeps=True,
        )


def _of_budget(
    typed: Typed, grounds: Grounds, *, lines: Sequence[BudgetLine], requested: int | None
) -> Iterator[Finding]:
    criteria, totals = grounds.criteria, budget_totals(lines)
    question = typed.form.by_fact(Fact.BUDGET)
    in_kind = in_kind_of(lines, limit=question.in_kind_limit if question else None)
    fields = {row["code"]: row["id"] for row in typed.rows(Fact.BUDGET)}
    key = _key(typed, Fact.BUDGET)
    for problem in line_sum_problems(lines):
        place = cell_name(key, fields[problem.place], "requested")
        facts = {**problem.facts, "line": problem.place}
        yield from _at(typed, Fact.BUDGET, [Problem("line_sum", place, facts)], keeps=True)
    if not lines:
        return
    if requested is not None:
        yield from _at(typed, Fact.BUDGET, budget_sum_problems(lines, requested=requested))
        own = cofinancing_problems(
            criteria, own=in_kind.counted, requested=requested, total=totals.total
        )
        yield from _at(typed, Fact.BUDGET, own)
    for problem in (*in_kind_problems(in_kind), *vat_problems(grounds.deducts_vat)):
        yield from _at(typed, Fact.BUDGET, [problem], is_blocking=False)
    tags = {rule.code: tuple(sorted(rule.tags)) for rule in criteria.budget_rules}
    for problem in rule_problems(criteria.budget_rules, lines):
        facts = {**problem.facts, "rule": problem.place, "tags": tags[problem.place]}
        is_blocking = problem.facts["severity"] == "block"
        yield from _at(
            typed, Fact.BUDGET, [Problem(problem.code, "", facts)], is_blocking=is_blocking
        )


def _inconsistent(typed: Typed, grounds: Grounds) -> Iterator[Finding]:
    """What contradicts itself, wherever it is asked (domain.md 2.7)."""
    deadline_on = grounds.criteria.deadline.astimezone(SARAJEVO).date()
    for each in contradictions(typed, deadline_on=deadline_on):
        yield from _at(typed, each.fact, [each.problem], is_blocking=each.is_blocking, keeps=True)


def _of_applicant(typed: Typed, grounds: Grounds) -> Iterator[Finding]:
    applicant = grounds.applicant
    problems = [
        *jib_problems(applicant.jib),
        *account_problems(applicant.account),
        *registered_late_problems(grounds.criteria, registered_on=applicant.registered_on),
        *(Problem("profile_missing", "", {"part": part}) for part in applicant.missing),
    ]
    limit = grounds.criteria.applications_per_organisation
    if limit is not None and grounds.submitted_before >= limit:
        facts = {"figure": grounds.submitted_before + 1, "limit": limit}
        problems.append(Problem("too_many_applications", "", facts))
    question = typed.form.by_fact(Fact.ORGANISATION)
    section = typed.form.section_of(question.key) if question else None
    key = section.key if section else typed.form.sections[0].key
    for problem in problems:
        yield Finding(Problem(problem.code, "", problem.facts), key)


def _at(
    typed: Typed,
    fact: Fact,
    problems: Iterable[Problem],
    *,
    is_blocking: bool = True,
    keeps: bool = False,
) -> Iterator[Finding]:
    """Findings where the fact is asked; `keeps` leaves them their own place."""
    question = typed.form.by_fact(fact)
    section = typed.form.section_of(question.key) if question else None
    if question is None or section is None or not typed.is_shown(question):
        return
    for problem in problems:
        at = problem.place if keeps else question.key
        yield Finding(Problem(problem.code, at, _with_amounts(problem)), section.key, is_blocking)


_AMOUNTS: Mapping[str, tuple[str, ...]] = {
    "amount_below_min": ("figure", "limit"),
    "amount_above_max": ("figure", "limit"),
    "budget_sum": ("figure", "limit", "difference"),
    "line_sum": ("figure", "limit", "difference"),
    "cofinancing": ("figure", "limit"),
    "rule": ("allowed",),
    "in_kind": ("allowed",),
}


def _with_amounts(problem: Problem) -> Mapping[str, Any]:
    return with_amounts(problem, *_AMOUNTS.get(problem.code, ())).facts


def _key(typed: Typed, fact: Fact) -> str:
    question = typed.form.by_fact(fact)
    return question.key if question else ""


def _whole(amount: object) -> int:
    """A limit that is no whole fening, rounded to the next that keeps it; below 0 its size."""
    if isinstance(amount, Fraction):
        return -(-amount.numerator // amount.denominator)
    return abs(int(str(amount)))
