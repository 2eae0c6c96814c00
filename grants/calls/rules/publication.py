"""What a call still misses before it may be sent for approval and published."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from grants.calls.rules.allocation import allocation_problems, tie_break_problems
from grants.calls.rules.criteria import BudgetRule, Cofinancing, RequiredDocument
from grants.calls.rules.form import Form
from grants.calls.rules.form_problems import form_problems
from grants.calls.rules.grid import Grid
from grants.calls.rules.grid_problems import grid_problems
from grants.calls.rules.quiz import Condition
from grants.calls.rules.schedule import asking_problems, schedule_problems
from grants.errors import Problem

# The parts of a call as the officer fills them, in order; a problem's place is one of them.
PARTS = (
    "texts",
    "lots",
    "funding",
    "amounts",
    "documents",
    "conditions",
    "budget",
    "grid",
    "scoring",
    "dates",
    "files",
    "form",
    "check",
)
# Longer terms to object or to rule would outlive the projects themselves.
LONGEST_TERM = 60
NEEDED_TEXTS = ("title", "summary", "who_may_apply", "how_to_apply")


@dataclass(frozen=True)
class LotFacts:
    """One lot as typed; the envelope in fening."""

    code: str
    title: str
    envelope: int
    economic_code: str = ""
    description: str = ""
    provenance: str = ""


@dataclass(frozen=True)
class FundingFacts:
    """Who pays how much, in fening."""

    source: str
    amount: int


@dataclass(frozen=True)
class CallFacts:
    """A draft of a call as far as it is filled; amounts in fening, durations in months."""

    texts: Mapping[str, str]
    lots: tuple[LotFacts, ...]
    funding: tuple[FundingFacts, ...]
    programme: str
    economic_code: str
    grant_min: int
    grant_max: int
    duration_min: int
    duration_max: int
    organisation_cap: int | None
    cofinancing: Cofinancing | None
    instalments: tuple[Fraction, ...]
    budget_rules: tuple[BudgetRule, ...]
    required_documents: tuple[RequiredDocument, ...]
    grid: Grid
    evidence: Mapping[str, tuple[str, ...]]
    form: Form
    min_reviews: int
    tie_breaks: tuple[str, ...]
    allocation: Mapping[str, Any]
    opens_at: datetime | None
    deadline: datetime | None
    planned: Mapping[str, date] = field(default_factory=dict)
    questions_until: datetime | None = None
    conditions: tuple[Condition, ...] = ()
    objection_days: int = 8
    ruling_days: int = 15


def missing_for_publication(call: CallFacts) -> list[Problem]:
    """Everything that keeps the call from approval and publication; the place is its part."""
    found = (
        _text_problems(call),
        _lot_problems(call),
        _funding_problems(call),
        _amount_problems(call),
        _document_problems(call),
        _condition_problems(call),
        _budget_problems(call),
        _grid_problems(call),
        evidence_problems(call.grid, call.evidence, form=call.form),
        _scoring_problems(call),
        schedule_problems(call.opens_at, call.deadline, call.planned),
        asking_problems(call.questions_until, (call.opens_at, call.deadline)),
        _form_problems(call),
    )
    return [problem for problems in found for problem in problems]


def too_late_to_publish(deadline: datetime | None, at: datetime) -> list[Problem]:
    """`deadline_gone` when nobody could apply any more."""
    if deadline is None or deadline > at:
        return []
    return [Problem("deadline_gone", "dates", {"deadline": deadline, "at": at})]


def funding_total(call: CallFacts) -> int:
    """What all sources pay together, in fening."""
    return sum(source.amount for source in call.funding)


def lots_total(call: CallFacts) -> int:
    """What all lots spend together, in fening."""
    return sum(lot.envelope for lot in call.lots)


def _text_problems(call: CallFacts) -> Iterator[Problem]:
    for name in NEEDED_TEXTS:
        if not call.texts.get(name):
            yield Problem(f"text_{name}", "texts")


def _lot_problems(call: CallFacts) -> Iterator[Problem]:
    if not call.lots:
        yield Problem("lots_missing", "lots")
    for lot in call.lots:
        if not lot.title:
            yield Problem("lot_untitled", "lots", {"code": lot.code})
        if lot.envelope <= 0:
            yield Problem("lot_without_envelope", "lots", {"code": lot.code, "title": lot.title})
        if not lot.economic_code and not call.economic_code:
            yield Problem("lot_without_code", "lots", {"code": lot.code, "title": lot.title})


def _funding_problems(call: CallFacts) -> Iterator[Problem]:
    if not call.funding:
        yield Problem("funding_missing", "funding")
        return
    for at, source in enumerate(call.funding, start=1):
        if not source.source or source.amount <= 0:
            yield Problem("funding_unfinished", "funding", {"number": at})
    paid, spent = funding_total(call), lots_total(call)
    if paid != spent:
        facts = {"funding_amount": paid, "lots_amount": spent, "over": abs(paid - spent)}
        yield Problem("funding_sum", "funding", facts)


def _amount_problems(call: CallFacts) -> Iterator[Problem]:
    if call.grant_max <= 0:
        yield Problem("grant_max_missing", "amounts")
    elif call.grant_min > call.grant_max:
        facts = {"least": call.grant_min, "most_amount": call.grant_max}
        yield Problem("grant_range", "amounts", facts)
    if not 1 <= call.duration_min <= call.duration_max:
        yield Problem("duration_range", "amounts")
    yield from _cap_problems(call)
    yield from _term_problems(call)
    if call.instalments and sum(call.instalments) != 1:
        yield Problem("instalments_sum", "amounts", {"share": sum(call.instalments)})


def _cap_problems(call: CallFacts) -> Iterator[Problem]:
    if call.organisation_cap is not None:
        if not call.programme:
            yield Problem("cap_without_programme", "amounts")
        if call.organisation_cap < call.grant_min:
            facts = {"cap": call.organisation_cap, "least": call.grant_min}
            yield Problem("cap_below_min", "amounts", facts)
    if call.cofinancing is not None and not 0 < call.cofinancing.share <= 1:
        yield Problem("cofinancing_range", "amounts")


def _term_problems(call: CallFacts) -> Iterator[Problem]:
    if not 1 <= call.objection_days <= LONGEST_TERM:
        yield Problem("objection_days_range", "amounts", {"longest": LONGEST_TERM})
    if not 1 <= call.ruling_days <= LONGEST_TERM:
        yield Problem("ruling_days_range", "amounts", {"longest": LONGEST_TERM})


def _document_problems(call: CallFacts) -> Iterator[Problem]:
    for at, document in enumerate(call.required_documents, start=1):
        if not document.title:
            yield Problem("document_untitled", "documents", {"number": at})
    for title, times in Counter(each.title for each in call.required_documents).items():
        if title and times > 1:
            yield Problem("document_twice", "documents", {"title": title})


def _condition_problems(call: CallFacts) -> Iterator[Problem]:
    for at, condition in enumerate(call.conditions, start=1):
        if not condition.text:
            yield Problem("condition_untold", "conditions", {"number": at})


def _budget_problems(call: CallFacts) -> Iterator[Problem]:
    for at, rule in enumerate(call.budget_rules, start=1):
        if not rule.tags:
            yield Problem("rule_without_tags", "budget", {"number": at})
        if not 0 <= rule.limit <= 1:
            yield Problem("rule_limit_range", "budget", {"number": at})


def _grid_problems(call: CallFacts) -> Iterator[Problem]:
    if call.grid.declared_total is None:
        yield Problem("declared_total_missing", "grid")
    for problem in grid_problems(call.grid):
        yield Problem(problem.code, "grid", {"place": problem.place, **problem.facts})
    if call.grid.threshold_total > call.grid.max_points:
        facts = {"figure": call.grid.threshold_total, "most": call.grid.max_points}
        yield Problem("threshold_total_range", "grid", facts)
    for section in call.grid.sections:
        if not section.title:
            yield Problem("section_untitled", "grid", {"place": section.code})
        if section.threshold is not None and section.threshold > section.max_points:
            limits = {"figure": section.threshold, "most": section.max_points}
            yield Problem("threshold_range", "grid", {"place": section.code, **limits})


def evidence_problems(
    grid: Grid, evidence: Mapping[str, tuple[str, ...]], *, form: Form
) -> Iterator[Problem]:
    """Every question of the grid must be answerable from the form (domain.md 3.2)."""
    for question in grid.questions():
        if not question.text:
            yield Problem("question_untitled", "grid", {"place": question.code})
        keys = evidence.get(question.code, ())
        if not keys:
            yield Problem("evidence_missing", "grid", {"place": question.code})
        for key in keys:
            if form.question(key) is None:
                yield Problem("evidence_unknown", "grid", {"place": question.code, "key": key})


def _form_problems(call: CallFacts) -> list[Problem]:
    return form_problems(
        call.form,
        lots={lot.code for lot in call.lots},
        asks_documents=bool(call.required_documents),
    )


def _scoring_problems(call: CallFacts) -> Iterator[Problem]:
    if call.min_reviews < 1:
        yield Problem("min_reviews_range", "scoring")
    codes = [section.code for section in call.grid.sections]
    yield from tie_break_problems(call.tie_breaks, sections=codes)
    yield from allocation_problems(call.allocation)
