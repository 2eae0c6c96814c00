"""Sums and rules of a budget."""

from fractions import Fraction

from grants.applications.rules.budget import (
    BudgetLine,
    BudgetTotals,
    budget_sum_problems,
    budget_totals,
    line_sum_problems,
    rule_meter,
    rule_problems,
)
from grants.calls.rules.criteria import BudgetRule, RuleBase
from grants.errors import Problem


def make_line(code: str = "1.1", **over: object) -> BudgetLine:
    terms: dict = {
        "heading": "1",
        "description": "Koordinator",
        "unit": "mjesec",
        "quantity": Fraction(1),
        "unit_cost": 0,
        "grant": 0,
        "own": 0,
    }
    return BudgetLine(code, **terms | over)


def make_rule(**over: object) -> BudgetRule:
    terms: dict = {
        "code": "admin-30",
        "tags": frozenset({"admin"}),
        "base": RuleBase.GRANT,
        "limit": Fraction(3, 10),
    }
    return BudgetRule(**terms | over)


ADMIN = frozenset({"admin", "other"})


def test_totals_add_up_both_columns() -> None:
    lines = [make_line(grant=100, own=20), make_line(grant=1, own=2)]
    assert budget_totals(lines) == BudgetTotals(101, 22)
    assert budget_totals(lines).total == 123


def test_budget_sum_problem_tells_the_difference() -> None:
    facts = {"figure": 100, "limit": 101, "difference": -1}
    assert budget_sum_problems([make_line(grant=100)], requested=100) == []
    assert budget_sum_problems([make_line(grant=100)], requested=101) == [
        Problem("budget_sum", "requested", facts)
    ]
    assert len(budget_sum_problems([], requested=1)) == 1


def test_line_sum_rounds_one_half_up() -> None:
    fine = make_line(quantity=Fraction(1, 2), unit_cost=3, grant=1, own=1)
    wrong = make_line("1.2", quantity=Fraction(1, 2), unit_cost=3, grant=1)
    facts = {"figure": 1, "limit": 2, "difference": -1}
    assert line_sum_problems([fine, wrong]) == [Problem("line_sum", "1.2", facts)]


def test_rule_is_kept_exactly_at_the_limit() -> None:
    lines = [make_line(grant=30, tags=ADMIN), make_line(grant=70, own=50)]
    meter = rule_meter(make_rule(), lines)
    assert (meter.numerator, meter.base, meter.share) == (30, 100, Fraction(3, 10))
    assert (meter.allowed, meter.over_by, meter.is_over) == (30, 0, False)
    assert rule_problems([make_rule()], lines) == []


def test_rule_problem_carries_what_a_page_needs() -> None:
    lines = [make_line(grant=31, own=9, tags=ADMIN), make_line(grant=70, own=1)]
    rule = make_rule(base=RuleBase.TOTAL)
    assert rule_problems([rule], lines) == [
        Problem(
            "rule",
            "admin-30",
            {
                "numerator": 40,
                "base": 111,
                "base_name": "total",
                "share": Fraction(40, 111),
                "limit": Fraction(3, 10),
                "allowed": Fraction(333, 10),
                "excess": 7,
                "severity": "block",
            },
        )
    ]


def test_rule_of_an_empty_budget_is_kept() -> None:
    meter = rule_meter(make_rule(limit=Fraction(0)), [])
    assert (meter.share, meter.is_over) == (0, False)
