"""The budget as its page draws it: lines by heading, sums by source, every limit with its meter."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from grants import money
from grants.applications.problems import rule_title
from grants.applications.rules.budget import (
    BudgetLine,
    BudgetTotals,
    HeadingTotal,
    InKind,
    budget_totals,
    heading_totals,
    in_kind_of,
    rule_meter,
    source_totals,
)
from grants.applications.rules.columns import source_column
from grants.applications.rules.drawing import DrawnRow, DrawnSection
from grants.applications.rules.facts import budget_lines, headings, sources
from grants.applications.rules.parsing import Typed
from grants.applications.words import vat_sentence, vat_warning
from grants.calls.models import Call
from grants.calls.queries import criteria_of
from grants.calls.rules.criteria import (
    BudgetRule,
    Cofinancing,
    CofinancingBase,
    Criteria,
    RuleBase,
)
from grants.calls.rules.form import Fact, Heading, Source, SourceKind
from grants.i18n.languages import gettext as _
from grants.web.filters import money_km, percent


@dataclass(frozen=True)
class BudgetGroup:
    """The lines under one heading with their sums."""

    heading: Heading
    rows: tuple[DrawnRow, ...]
    total: HeadingTotal


@dataclass(frozen=True)
class SourceColumn:
    """One source of co-financing: its column, and what it gives altogether in fening."""

    source: Source
    key: str
    total: int

    @property
    def is_in_kind(self) -> bool:
        """Whether it gives work and things instead of money."""
        return self.source.kind is SourceKind.IN_KIND


@dataclass(frozen=True)
class Cap:
    """One limit of the budget, as its card draws it; `detail` says base, limit and what is left."""

    title: str
    share: float
    limit: float
    figure: str
    words: str
    verdict: str
    over: bool
    detail: str
    live: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class BudgetView:
    """Everything the page of a budget draws beside its section."""

    groups: tuple[BudgetGroup, ...]
    strays: tuple[DrawnRow, ...]
    headings: Sequence[Heading]
    sources: tuple[SourceColumn, ...]
    totals: BudgetTotals
    caps: tuple[Cap, ...]
    slug: str
    vat: str
    vat_warning: str
    in_kind_limit: Fraction | None


def budget_view(
    call: Call, drawn: DrawnSection, typed: Typed, *, slug: str = "", vat_number: str = ""
) -> BudgetView:
    """The budget of the draft of an address, ready to be drawn; without one, of a preview."""
    criteria, lines, named = criteria_of(call), budget_lines(typed), headings(typed)
    rows = [row for question in drawn.questions for row in question.rows]
    totals, by_source = budget_totals(lines), source_totals(lines, sources(typed))
    question = typed.form.by_fact(Fact.BUDGET)
    limit = question.in_kind_limit if question else None
    return BudgetView(
        groups=_groups(rows, named, lines),
        strays=tuple(row for row in rows if row.heading not in {each.code for each in named}),
        headings=named,
        sources=tuple(
            SourceColumn(each, source_column(each), by_source[each.code]) for each in sources(typed)
        ),
        totals=totals,
        caps=tuple(_caps(criteria, lines, named, limit=limit)),
        slug=slug,
        vat=vat_sentence(call.vat_mode),
        vat_warning=vat_warning(call.vat_mode, vat_number),
        in_kind_limit=limit,
    )


def _groups(
    rows: Sequence[DrawnRow], named: Sequence[Heading], lines: Sequence[BudgetLine]
) -> tuple[BudgetGroup, ...]:
    sums = heading_totals(lines)
    groups = (
        BudgetGroup(
            heading,
            tuple(row for row in rows if row.heading == heading.code),
            sums.get(heading.code, HeadingTotal(heading.code, 0, 0, Fraction(0))),
        )
        for heading in named
    )
    return tuple(group for group in groups if group.rows)


def _caps(
    criteria: Criteria,
    lines: Sequence[BudgetLine],
    named: Sequence[Heading],
    *,
    limit: Fraction | None,
) -> list[Cap]:
    totals, in_kind = budget_totals(lines), in_kind_of(lines, limit=limit)
    caps = [_requested_cap(criteria, totals)]
    if criteria.cofinancing is not None:
        caps.append(_cofinancing_cap(criteria.cofinancing, totals, in_kind))
    if limit is not None:
        caps.append(_in_kind_cap(in_kind))
    return caps + [_rule_cap(rule, lines, named) for rule in criteria.budget_rules]


def _requested_cap(criteria: Criteria, totals: BudgetTotals) -> Cap:
    over, under = totals.grant - criteria.grant_max, criteria.grant_min - totals.grant
    return Cap(
        title=_("Traženi iznos"),
        share=_percent_of(totals.grant, criteria.grant_max),
        limit=_percent_of(criteria.grant_min, criteria.grant_max),
        figure=money_km(totals.grant),
        words=_("od najviše %(most)s", most=money.form(criteria.grant_max)),
        verdict=_verdict(over, under),
        over=over > 0 or under > 0,
        detail=_detail(totals.grant, criteria.grant_max),
        live={"of": "requested", "max": criteria.grant_max, "min": criteria.grant_min},
    )


def _cofinancing_cap(rule: Cofinancing, totals: BudgetTotals, in_kind: InKind) -> Cap:
    is_requested = rule.base is CofinancingBase.REQUESTED
    base = totals.grant if is_requested else totals.total
    least = -(-(rule.share * base).numerator // (rule.share * base).denominator)
    under = least - in_kind.counted
    share = percent(rule.share)
    return Cap(
        title=_("Vlastito učešće"),
        share=_percent_of(in_kind.counted, base),
        limit=_rounded(rule.share),
        figure=money_km(in_kind.counted),
        words=_("najmanje %(share)s traženog iznosa", share=share)
        if is_requested
        else _("najmanje %(share)s ukupnog budžeta", share=share),
        verdict=_verdict(0, under),
        over=under > 0,
        detail=_least_detail(base, least),
        live={
            "of": "counted",
            "base": "requested" if is_requested else "all",
            "least-part": rule.share.numerator,
            "least-whole": rule.share.denominator,
        },
    )


def _in_kind_cap(in_kind: InKind) -> Cap:
    limit = percent(in_kind.limit)
    not_counted = _("%(amount)s se ne računa", amount=money_km(in_kind.over_by))
    return Cap(
        title=_("Doprinos u naturi"),
        share=_percent_of(in_kind.in_kind, in_kind.own),
        limit=_rounded(in_kind.limit),
        figure=percent(Fraction(in_kind.in_kind, in_kind.own)) if in_kind.own else percent(_ZERO),
        words=_("vlastitog učešća, računa se najviše %(limit)s", limit=limit),
        verdict=not_counted if in_kind.over_by else _("u granicama"),
        over=bool(in_kind.over_by),
        detail=_detail(in_kind.in_kind, in_kind.allowed, base=in_kind.own),
        live={
            "of": "in-kind",
            "base": "own",
            "limit-part": in_kind.limit.numerator,
            "limit-whole": in_kind.limit.denominator,
            "softly": "yes",
        },
    )


def _rule_cap(rule: BudgetRule, lines: Sequence[BudgetLine], named: Sequence[Heading]) -> Cap:
    meter = rule_meter(rule, lines)
    limit = percent(rule.limit)
    if rule.base is RuleBase.TOTAL:
        words = _("ukupnog budžeta, najviše %(limit)s", limit=limit)
    else:
        words = _("traženog iznosa, najviše %(limit)s", limit=limit)
    return Cap(
        title=rule_title(tuple(sorted(rule.tags))),
        share=_percent_of(meter.numerator, meter.base),
        limit=_rounded(rule.limit),
        figure=percent(meter.share),
        words=words,
        verdict=_verdict(meter.over_by, 0),
        over=meter.is_over,
        detail=_detail(meter.numerator, meter.allowed, base=meter.base),
        live={
            "groups": " ".join(each.code for each in named if rule.tags & set(each.tags)),
            "base": "requested" if rule.base is RuleBase.GRANT else "all",
            "limit-part": rule.limit.numerator,
            "limit-whole": rule.limit.denominator,
        },
    )


def _verdict(over: int, under: int) -> str:
    if over > 0:
        return _("%(amount)s iznad granice", amount=money_km(over))
    if under > 0:
        return _("%(amount)s ispod granice", amount=money_km(under))
    return _("u granicama")


def _detail(part: int, most: int | Fraction, *, base: int | None = None) -> str:
    """What the meter is made of; budget.js says the same while one types."""
    whole = int(most)
    left = money_km(max(0, whole - part))
    if base is None:
        return _("Ostaje %(left)s.", left=left)
    return _(
        "%(part)s od %(base)s; dopušteno %(most)s, ostaje %(left)s.",
        part=money_km(part),
        base=money_km(base),
        most=money_km(whole),
        left=left,
    )


def _least_detail(base: int, least: int) -> str:
    return _("Od %(base)s to je %(least)s.", base=money_km(base), least=money_km(least))


_ZERO = Fraction(0)


def _percent_of(part: int, whole: int) -> float:
    return _rounded(Fraction(part, whole)) if whole else 0.0


def _rounded(share: Fraction) -> float:
    """For the drawing alone: hundredths of a percent."""
    return money.round_half_up(min(share, Fraction(1)) * 10_000) / 100
