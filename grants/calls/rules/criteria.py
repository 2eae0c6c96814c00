"""What a call asks of an application, and what an application misses of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from grants.errors import NotNow, Problem

SARAJEVO = ZoneInfo("Europe/Sarajevo")


class CofinancingBase(StrEnum):
    """What the least own share is a share of."""

    REQUESTED = "requested"
    TOTAL = "total"


class RuleBase(StrEnum):
    """Which column a budget rule measures: the grant, or grant and own together."""

    GRANT = "grant"
    TOTAL = "total"


class Severity(StrEnum):
    """Whether breaking a budget rule keeps from submitting."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Cofinancing:
    """The least own share, e.g. one quarter of what is requested."""

    share: Fraction
    base: CofinancingBase


@dataclass(frozen=True)
class BudgetRule:
    """Lines with any of the tags may take at most `limit` of the base."""

    code: str
    tags: frozenset[str]
    base: RuleBase
    limit: Fraction
    severity: Severity = Severity.BLOCK


@dataclass(frozen=True)
class RequiredDocument:
    """A document the call asks for.

    `kind` is that of the organisations' vault, where it is one of them. The document may not be
    older than `max_age_days` at submission; one that `may_expire` says until when it holds.
    """

    code: str
    title: str
    is_mandatory: bool
    kind: str = ""
    max_age_days: int | None = None
    may_expire: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether the call asks for its dates."""
        return self.max_age_days is not None or self.may_expire


@dataclass(frozen=True)
class Window:
    """When applications are taken: from `opens_at` to `deadline`, both instants included."""

    opens_at: datetime
    deadline: datetime


@dataclass(frozen=True)
class Criteria:
    """What a call asks: amounts in fening, durations in months, limits None where there is none."""

    grant_min: int
    grant_max: int
    duration_min: int
    duration_max: int
    opens_at: datetime
    deadline: datetime
    applications_per_organisation: int | None = None
    awards_per_organisation: int | None = None
    organisation_cap: int | None = None
    cofinancing: Cofinancing | None = None
    budget_rules: tuple[BudgetRule, ...] = ()
    required_documents: tuple[RequiredDocument, ...] = ()

    @property
    def window(self) -> Window:
        """When applications are taken."""
        return Window(self.opens_at, self.deadline)


@dataclass(frozen=True)
class Submission:
    """Enough of an application to count it against the limit per organisation."""

    reference: str
    organisation: str
    submitted_at: datetime


def ensure_open(window: Window, at: datetime) -> None:
    """Raise NotNow (`not_open_yet`, `deadline_passed`) outside the window, with both times.

    The deadline's own instant is still in time (dossier.md, `late`).
    """
    if window.opens_at <= at <= window.deadline:
        return
    code = "not_open_yet" if at < window.opens_at else "deadline_passed"
    facts = {"at": at, "opens_at": window.opens_at, "deadline": window.deadline}
    raise NotNow(Problem(code, "call", facts))


def amount_problems(criteria: Criteria, *, requested: int) -> list[Problem]:
    """`amount_below_min` or `amount_above_max`; figure and limit in fening."""
    if requested < criteria.grant_min:
        return [_over("amount_below_min", "requested", figure=requested, limit=criteria.grant_min)]
    if requested > criteria.grant_max:
        return [_over("amount_above_max", "requested", figure=requested, limit=criteria.grant_max)]
    return []


def duration_problems(criteria: Criteria, *, months: int) -> list[Problem]:
    """`duration_out_of_range`, with the months and both ends of the range."""
    if criteria.duration_min <= months <= criteria.duration_max:
        return []
    facts = {"figure": months, "min": criteria.duration_min, "max": criteria.duration_max}
    return [Problem("duration_out_of_range", "duration_months", facts)]


def late_problems(
    criteria: Criteria,
    *,
    submitted_at: datetime,
    is_by_post: bool = False,
    posted_at: datetime | None = None,
) -> list[Problem]:
    """`late` after the deadline; by post the day of posting counts where it is known."""
    counts = posted_at if is_by_post and posted_at is not None else submitted_at
    if counts <= criteria.deadline:
        return []
    return [_over("late", "submitted_at", figure=counts, limit=criteria.deadline)]


def registered_late_problems(criteria: Criteria, *, registered_on: date) -> list[Problem]:
    """`registered_late` where the organisation is younger than the opening day in Sarajevo."""
    opened_on = opening_day(criteria.opens_at)
    if registered_on <= opened_on:
        return []
    return [_over("registered_late", "registered_on", figure=registered_on, limit=opened_on)]


def opening_day(opens_at: datetime) -> date:
    """The calendar day of the opening in Europe/Sarajevo."""
    try:
        return opens_at.astimezone(SARAJEVO).date()
    except OverflowError:  # the last hours of the year 9999: no day is later than that
        return date.max


def cofinancing_problems(
    criteria: Criteria, *, own: int, requested: int, total: int
) -> list[Problem]:
    """`cofinancing` where the own share is below share times base, unrounded; fening."""
    rule = criteria.cofinancing
    if rule is None:
        return []
    base = requested if rule.base is CofinancingBase.REQUESTED else total
    least = rule.share * base
    if own >= least:
        return []
    facts = {"figure": own, "limit": least, "base": base, "share": rule.share}
    return [Problem("cofinancing", "own", facts)]


def document_problems(criteria: Criteria, *, present: Iterable[str]) -> list[Problem]:
    """`missing_document` for each mandatory document that is not there; the place is its code."""
    there = set(present)
    return [
        Problem("missing_document", document.code, {"title": document.title})
        for document in criteria.required_documents
        if document.is_mandatory and document.code not in there
    ]


def too_many_applications(
    submissions: Iterable[Submission], *, limit: int | None
) -> dict[str, Problem]:
    """`too_many_applications` by reference, for those beyond the limit of their organisation.

    They count by the moment of submission, equal ones by reference; the first ones stay clean.
    """
    if limit is None:
        return {}
    by_organisation: dict[str, list[Submission]] = defaultdict(list)
    for submission in submissions:
        by_organisation[submission.organisation].append(submission)
    problems = {}
    for group in by_organisation.values():
        ordered = sorted(group, key=lambda each: (each.submitted_at, each.reference))
        for number, submission in enumerate(ordered[limit:], start=limit + 1):
            facts = {"figure": number, "limit": limit}
            problems[submission.reference] = Problem("too_many_applications", "organisation", facts)
    return problems


def _over(code: str, place: str, *, figure: object, limit: object) -> Problem:
    return Problem(code, place, {"figure": figure, "limit": limit})
