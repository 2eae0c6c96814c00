"""The budget of an application: its lines, its sums and the rules of the call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grants.calls.rules.criteria import BudgetRule, RuleBase
from grants.errors import Problem
from grants.money import round_half_up


@dataclass(frozen=True)
class BudgetLine:
    """One line; amounts in fening, the quantity exact."""

    code: str
    heading: str
    description: str
    unit: str
    quantity: Fraction
    unit_cost: int
    grant: int
    own: int
    tags: frozenset[str] = frozenset()
    activity: str | None = None

    @property
    def cost(self) -> int:
        """Quantity times unit cost, rounded half up to a fening."""
        return round_half_up(self.quantity * self.unit_cost)

    @property
    def total(self) -> int:
        """Grant and own share together, in fening."""
        return self.grant + self.own


@dataclass(frozen=True)
class BudgetTotals:
    """The sums of the columns, in fening."""

    grant: int
    own: int

    @property
    def total(self) -> int:
        """Grant and own share together."""
        return self.grant + self.own


@dataclass(frozen=True)
class RuleMeter:
    """Where a budget stands against one rule, so that a page can draw it; amounts in fening.

    `allowed` is exact (limit times base); `over_by` is what has to go, rounded up to a fening.
    """

    rule: BudgetRule
    numerator: int
    base: int
    allowed: Fraction
    over_by: int

    @property
    def share(self) -> Fraction:
        """The part of the base these lines take; 0 where the base is 0."""
        return Fraction(self.numerator, self.base) if self.base else Fraction(0)

    @property
    def is_over(self) -> bool:
        """Whether the limit is passed; exactly at the limit is allowed."""
        return self.numerator > self.allowed


def budget_totals(lines: Iterable[BudgetLine]) -> BudgetTotals:
    """The sums of the grant and the own column."""
    grant = own = 0
    for line in lines:
        grant += line.grant
        own += line.own
    return BudgetTotals(grant, own)


def budget_sum_problems(lines: Iterable[BudgetLine], *, requested: int) -> list[Problem]:
    """`budget_sum` where the grant column does not add up to what is requested; fening."""
    figure = budget_totals(lines).grant
    if figure == requested:
        return []
    facts = {"figure": figure, "limit": requested, "difference": figure - requested}
    return [Problem("budget_sum", "requested", facts)]


def line_sum_problems(lines: Iterable[BudgetLine]) -> list[Problem]:
    """`line_sum` per line whose quantity times unit cost is not grant plus own; fening."""
    return [
        Problem(
            "line_sum",
            line.code,
            {"figure": line.total, "limit": line.cost, "difference": line.total - line.cost},
        )
        for line in lines
        if line.cost != line.total
    ]


def rule_meter(rule: BudgetRule, lines: Sequence[BudgetLine]) -> RuleMeter:
    """How much of its base the lines with any of the rule's tags take (dossier.md, `rule`)."""
    is_grant = rule.base is RuleBase.GRANT
    numerator = base = 0
    for line in lines:
        amount = line.grant if is_grant else line.grant + line.own
        base += amount
        if not rule.tags.isdisjoint(line.tags):
            numerator += amount
    allowed = rule.limit * base
    excess = numerator - allowed
    over_by = -(-excess.numerator // excess.denominator) if excess > 0 else 0
    return RuleMeter(rule, numerator, base, allowed, over_by)


def rule_problems(rules: Iterable[BudgetRule], lines: Sequence[BudgetLine]) -> list[Problem]:
    """`rule` for each rule of the call that is broken; the place is the rule's code.

    Facts: numerator, base, allowed, excess (fening), share, limit, severity, base_name.
    """
    meters = (rule_meter(rule, lines) for rule in rules)
    return [
        Problem(
            "rule",
            meter.rule.code,
            {
                "numerator": meter.numerator,
                "base": meter.base,
                "base_name": meter.rule.base.value,
                "share": meter.share,
                "limit": meter.rule.limit,
                "allowed": meter.allowed,
                "excess": meter.over_by,
                "severity": meter.rule.severity.value,
            },
        )
        for meter in meters
        if meter.is_over
    ]
