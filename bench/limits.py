"""The speed budget, and whether what was measured holds it."""

from dataclasses import dataclass

Measured = dict[str, float | str]


@dataclass(frozen=True)
class Limit:
    """At most so many milliseconds at the median, and so many statements."""

    p50_ms: float
    queries: int


LIST, CASE, OVERVIEW, SAVE = Limit(60, 8), Limit(60, 12), Limit(100, 8), Limit(25, 8)
LIMITS = {
    "public list of calls": LIST,
    "public call": LIST,
    "list of applications": LIST,
    "applications as CSV": Limit(1_000, 8),
    "case file": CASE,
    "ranking while scoring": OVERVIEW,
    "chair's page while scoring": OVERVIEW,
    "ranking while deciding": OVERVIEW,
    "chair's page while deciding": OVERVIEW,
    "evaluators' overview": OVERVIEW,
    "evaluator's list": OVERVIEW,
    "score sheet": CASE,
    "checks": LIST,
    "checks, by words": LIST,
    "checks, one lot": LIST,
    "checks, one status": LIST,
    "checks, open": LIST,
    "checks, different": LIST,
    "checks, against": LIST,
    "checks, to complete": LIST,
    "checks, clear": LIST,
    "divergence": OVERVIEW,
    "meetings": LIST,
    "agenda of a meeting": LIST,
    "exports": LIST,
    "fairness": OVERVIEW,
    "scenarios": OVERVIEW,
    "record of the committee": OVERVIEW,
    "save a section": SAVE,
    "save a score": SAVE,
    # Of a submission only the statements are limited.
    "submit": Limit(float("inf"), 20),
}
LIST_TIMES_BARE = 3.0
PDF_TIMES_BARE = 1.2
BATCH_TIMES_ONE = 1.6
ZIP_GROWTH_MB = 50


def judged(name: str, measured: dict[str, float]) -> Measured:
    """What was measured beside its limits."""
    limit = LIMITS[name]
    holds = measured["p50_ms"] <= limit.p50_ms and measured["queries"] <= limit.queries
    shown: Measured = {**measured, "limit_queries": limit.queries, "verdict": word(holds=holds)}
    return shown if limit.p50_ms == float("inf") else shown | {"limit_ms": limit.p50_ms}


def word(*, holds: bool) -> str:
    """Within the budget or over it."""
    return "within" if holds else "over"
