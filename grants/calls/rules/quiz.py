"""What an organisation asks itself before it starts: each condition with its figure, met or not."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from grants.calls.rules.criteria import (
    SARAJEVO,
    Cofinancing,
    CofinancingBase,
    Criteria,
    amount_problems,
    cofinancing_problems,
    duration_problems,
    opening_day,
    registered_late_problems,
)

LONGEST_CONDITION = 300


class Must(StrEnum):
    """The answer that fits the call."""

    YES = "yes"
    NO = "no"


class Verdict(StrEnum):
    """How an answer stands against the call."""

    MET = "met"
    NOT_MET = "not_met"
    UNANSWERED = "unanswered"


class Reports(StrEnum):
    """How an organisation stands with the reports on grants it had."""

    DONE = "done"
    NONE_DUE = "none_due"
    MISSING = "missing"


@dataclass(frozen=True)
class Condition:
    """One of the officer's own questions, the answer that fits, and what would mend another."""

    code: str
    text: str
    must: Must
    remedy: str = ""


@dataclass(frozen=True)
class Answers:
    """What was ticked and typed; None is not answered. Amounts in fening."""

    is_registered: bool | None = None
    has_jib: bool | None = None
    registered_on: date | None = None
    requested: int | None = None
    months: int | None = None
    own: int | None = None
    submitted: int | None = None
    received: int | None = None
    reports: Reports | None = None
    documents: frozenset[str] = frozenset()
    conditions: Mapping[str, bool | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One condition: its code for the sentences, the verdict, and the figures; fening, months."""

    code: str
    verdict: Verdict
    facts: Mapping[str, Any] = field(default_factory=dict)
    condition: Condition | None = None


def conditions_from_json(json: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """The officer's own conditions in their order."""
    return tuple(
        Condition(each["code"], each["text"], Must(each["must"]), each.get("remedy", ""))
        for each in json
    )


def condition_to_json(condition: Condition) -> dict[str, Any]:
    """One condition as a call keeps it."""
    return {
        "code": condition.code,
        "text": condition.text,
        "must": condition.must.value,
        "remedy": condition.remedy,
    }


def find_all(
    criteria: Criteria, conditions: Iterable[Condition], answers: Answers
) -> list[Finding]:
    """Every condition that the call has, in the order of the questions."""
    asked: list[Callable[[Criteria, Answers], Finding | None]] = [
        _registration,
        _jib,
        _age,
        _amount,
        _duration,
        _own_share,
        _applications,
        _cap,
        _reports,
        _documents,
    ]
    found = [finding for ask in asked if (finding := ask(criteria, answers)) is not None]
    return [*found, *(_own_condition(each, answers) for each in conditions)]


def least_own(rule: Cofinancing, requested: int) -> int | None:
    """The least own share for an amount, in whole fening, rounded up so that it is enough.

    Of the total the own share is a part of itself too: own = share / (1 - share) of the amount.
    None where no own share is enough (a share of 100 % of the total).
    """
    if rule.base is CofinancingBase.TOTAL:
        if rule.share >= 1:
            return 0 if requested == 0 else None
        exact = rule.share / (1 - rule.share) * requested
    else:
        exact = rule.share * requested
    return _ceiling(exact)


def whole_months(since: date, until: date) -> int:
    """How many whole months lie between two days; 0 where the second is not later."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(0, months - (until.day < since.day))


def _registration(_criteria: Criteria, answers: Answers) -> Finding:
    return Finding("registered", _verdict(answers.is_registered))


def _jib(_criteria: Criteria, answers: Answers) -> Finding:
    return Finding("jib", _verdict(answers.has_jib))


def _age(criteria: Criteria, answers: Answers) -> Finding:
    latest = opening_day(criteria.opens_at)
    if answers.registered_on is None:
        return Finding("age", Verdict.UNANSWERED, {"latest": latest})
    deadline = criteria.deadline.astimezone(SARAJEVO).date()
    months = whole_months(answers.registered_on, deadline)
    facts = {"registered_on": answers.registered_on, "latest": latest, "months": months}
    late = registered_late_problems(criteria, registered_on=answers.registered_on)
    return Finding("age", _verdict(not late), facts)


def _amount(criteria: Criteria, answers: Answers) -> Finding:
    limits = {"least": criteria.grant_min, "most": criteria.grant_max}
    if answers.requested is None:
        return Finding("amount", Verdict.UNANSWERED, limits)
    problems = amount_problems(criteria, requested=answers.requested)
    under = max(0, criteria.grant_min - answers.requested)
    over = max(0, answers.requested - criteria.grant_max)
    facts = {**limits, "requested": answers.requested, "under": under, "over": over}
    return Finding("amount", _verdict(not problems), facts)


def _duration(criteria: Criteria, answers: Answers) -> Finding:
    limits = {"least": criteria.duration_min, "most": criteria.duration_max}
    if answers.months is None:
        return Finding("duration", Verdict.UNANSWERED, limits)
    problems = duration_problems(criteria, months=answers.months)
    return Finding("duration", _verdict(not problems), {**limits, "months": answers.months})


def _own_share(criteria: Criteria, answers: Answers) -> Finding | None:
    rule = criteria.cofinancing
    if rule is None:
        return None
    facts: dict[str, Any] = {"share": rule.share, "base": rule.base.value}
    if answers.requested is None:
        return Finding("own", Verdict.UNANSWERED, facts)
    facts |= {"requested": answers.requested, "needed": least_own(rule, answers.requested)}
    if answers.own is None:
        return Finding("own", Verdict.UNANSWERED, facts)
    total = answers.requested + answers.own
    problems = cofinancing_problems(
        criteria, own=answers.own, requested=answers.requested, total=total
    )
    missing = max(0, (facts["needed"] or 0) - answers.own)
    return Finding("own", _verdict(not problems), {**facts, "own": answers.own, "missing": missing})


def _applications(criteria: Criteria, answers: Answers) -> Finding | None:
    limit = criteria.applications_per_organisation
    if limit is None:
        return None
    if answers.submitted is None:
        return Finding("applications", Verdict.UNANSWERED, {"limit": limit})
    facts = {"limit": limit, "submitted": answers.submitted}
    left = max(0, limit - answers.submitted)
    return Finding("applications", _verdict(left > 0), {**facts, "left": left})


def _cap(criteria: Criteria, answers: Answers) -> Finding | None:
    """What was received counts against the cap together with what is asked for now."""
    cap = criteria.organisation_cap
    if cap is None:
        return None
    if answers.received is None:
        return Finding("cap", Verdict.UNANSWERED, {"cap": cap})
    left = max(0, cap - answers.received)
    wanted = answers.requested if answers.requested is not None else max(criteria.grant_min, 1)
    facts = {"cap": cap, "received": answers.received, "left": left, "least": criteria.grant_min}
    return Finding("cap", _verdict(wanted <= left), facts)


def _reports(_criteria: Criteria, answers: Answers) -> Finding:
    is_settled = None if answers.reports is None else answers.reports is not Reports.MISSING
    return Finding("reports", _verdict(is_settled))


def _documents(criteria: Criteria, answers: Answers) -> Finding | None:
    """Nothing ticked is an answer too: nothing is at hand yet."""
    needed = [each for each in criteria.required_documents if each.is_mandatory]
    if not needed:
        return None
    missing = tuple(each.title for each in needed if each.code not in answers.documents)
    facts = {"needed": len(needed), "there": len(needed) - len(missing), "missing": missing}
    return Finding("documents", _verdict(not missing), facts)


def _own_condition(condition: Condition, answers: Answers) -> Finding:
    answer = answers.conditions.get(condition.code)
    fits = None if answer is None else answer is (condition.must is Must.YES)
    return Finding("condition", _verdict(fits), condition=condition)


def _verdict(fits: bool | None) -> Verdict:  # noqa: FBT001  the one thing it says
    if fits is None:
        return Verdict.UNANSWERED
    return Verdict.MET if fits else Verdict.NOT_MET


def _ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)
