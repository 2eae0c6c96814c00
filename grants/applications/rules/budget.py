"""The budget of an application: its lines, its sums and the rules of the call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grants.calls.rules.criteria import BudgetRule, RuleBase
from grants.calls.rules.form import Source, SourceKind
from grants.errors import Problem
from grants.money import round_half_up


@dataclass(frozen=True)
class Share:
    """What one source gives to a line, in fening."""

    source: str
    kind: SourceKind
    amount: int


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
    # How the own part is shared out; their sum is `own`. Imported lines do not say.
    sources: tuple[Share, ...] = ()

    @property
    def in_kind(self) -> int:
        """The own part that is not money, in fening."""
        return sum(share.amount for share in self.sources if share.kind is SourceKind.IN_KIND)

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

    @property
    def remaining(self) -> int:
        """What still fits while the base stays as it is, in whole fening; 0 when over."""
        return max(0, self.allowed.numerator // self.allowed.denominator - self.numerator)


@dataclass(frozen=True)
class InKind:
    """Contributions in kind against what of them counts; amounts in fening.

    At most `limit` of the whole own part may be in kind; what is above it does not count as
    co-financing. `over_by` is rounded up to a fening, so that `counted` never says too much.
    """

    limit: Fraction
    in_kind: int
    own: int

    @property
    def allowed(self) -> Fraction:
        """How much in kind counts, exactly."""
        return self.limit * self.own

    @property
    def over_by(self) -> int:
        """What does not count."""
        excess = self.in_kind - self.allowed
        return -(-excess.numerator // excess.denominator) if excess > 0 else 0

    @property
    def counted(self) -> int:
        """The co-financing that counts."""
        return self.own - self.over_by


@dataclass(frozen=True)
class HeadingTotal:
    """The sums of one heading in fening, and the part of the whole budget that it takes."""

    heading: str
    grant: int
    own: int
    share: Fraction

    @property
    def total(self) -> int:
        """Grant and own share together."""
        return self.grant + self.own


def in_kind_of(lines: Iterable[BudgetLine], *, limit: Fraction | None) -> InKind:
    """The contributions in kind of a budget; without a limit all of them count."""
    own = in_kind = 0
    for line in lines:
        own += line.own
        in_kind += line.in_kind
    return InKind(Fraction(1) if limit is None else limit, in_kind, own)


def in_kind_problems(in_kind: InKind) -> list[Problem]:
    """`in_kind`, a warning, where contributions in kind are above what counts; fening."""
    if not in_kind.over_by:
        return []
    facts = {
        "numerator": in_kind.in_kind,
        "base": in_kind.own,
        "limit": in_kind.limit,
        "allowed": in_kind.allowed,
        "excess": in_kind.over_by,
    }
    return [Problem("in_kind", "", facts)]


def vat_problems(vat_number: str) -> list[Problem]:
    """`vat_payer`, a warning, for an applicant whose VAT is no cost (domain.md 4.3)."""
    return [Problem("vat_payer", "", {"vat_number": vat_number})] if vat_number else []


def source_totals(lines: Iterable[BudgetLine], sources: Sequence[Source]) -> dict[str, int]:
    """What each source gives altogether, in fening; its code leads to it."""
    totals = {source.code: 0 for source in sources}
    for line in lines:
        for share in line.sources:
            totals[share.source] = totals.get(share.source, 0) + share.amount
    return totals


def heading_totals(lines: Sequence[BudgetLine]) -> dict[str, HeadingTotal]:
    """The sums per heading."""
    whole = budget_totals(lines).total
    sums: dict[str, list[int]] = {}
    for line in lines:
        both = sums.setdefault(line.heading, [0, 0])
        both[0] += line.grant
        both[1] += line.own
    return {
        heading: HeadingTotal(
            heading, grant, own, Fraction(grant + own, whole) if whole else Fraction(0)
        )
        for heading, (grant, own) in sums.items()
    }


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
