"""Which decision follows an outcome, when, and who is next in reserve."""

from datetime import date
from fractions import Fraction

import pytest

from grants.decisions.rules import (
    DecisionKind,
    Freed,
    Ground,
    Next,
    Rules,
    Waiting,
    decision_for,
    ensure_decidable,
    ground_of,
    next_from_reserve,
)
from grants.errors import DomainError, NotNow

DAY = date(2026, 3, 30)


def make_waiting(number: int, *, wanted: int = 100, **over: object) -> Waiting:
    given: dict[str, object] = {
        "application_id": number,
        "reference": f"R-{number}",
        "organisation_id": number,
        "lot": "1",
        "position": number,
        "total": Fraction(80 - number),
        "wanted": wanted,
    }
    return Waiting(**(given | over))  # type: ignore[arg-type]


def make_rules(on_shortfall: str = "stop", **over: object) -> Rules:
    given = {"on_shortfall": on_shortfall, "grant_min": 0, "partial_min_share": Fraction(0)}
    return Rules(**(given | over))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("published", "until", "today", "code"),
    [
        (None, None, DAY, "ranking_not_published"),
        (DAY, DAY, DAY, "objections_open"),
        (DAY, DAY, date(2026, 3, 29), "objections_open"),
    ],
)
def test_call_is_not_decided_while_objections_may_be_filed(
    published: date | None, until: date | None, today: date, code: str
) -> None:
    with pytest.raises(NotNow, match=code):
        ensure_decidable(published, objections_until=until, today=today)


def test_call_is_decided_on_the_day_after_the_term() -> None:
    ensure_decidable(DAY, objections_until=DAY, today=date(2026, 3, 31))


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        ("awarded", DecisionKind.AWARD),
        ("reserve", DecisionKind.REFUSAL),
        ("refused_threshold", DecisionKind.REFUSAL),
        ("refused_limit", DecisionKind.REFUSAL),
        ("dismissed", DecisionKind.DISMISSAL),
    ],
)
def test_formal_is_dismissed_and_on_the_merits_is_refused(outcome: str, kind: DecisionKind) -> None:
    assert decision_for(outcome) is kind


@pytest.mark.parametrize("outcome", ["not_scored", "tie_unresolved", "anything"])
def test_open_outcome_is_not_decided(outcome: str) -> None:
    with pytest.raises(DomainError, match="undecidable_outcome"):
        decision_for(outcome)


@pytest.mark.parametrize(
    ("outcome", "reason", "ground"),
    [
        ("reserve", None, Ground.FUNDS),
        ("refused_threshold", "section:2", Ground.SECTION),
        ("refused_threshold", "total", Ground.TOTAL),
        ("refused_limit", "awards_per_organisation", Ground.AWARDS_PER_ORGANISATION),
        ("refused_limit", "organisation_cap", Ground.ORGANISATION_CAP),
    ],
)
def test_ground_follows_the_frozen_reason(outcome: str, reason: str | None, ground: Ground) -> None:
    assert ground_of(outcome, reason) is ground


@pytest.mark.parametrize(
    ("on_shortfall", "amount", "expected"),
    [
        ("stop", 100, Next(1, 100)),
        ("stop", 99, None),
        ("skip", 99, Next(2, 50)),
        ("skip", 49, None),
        ("partial", 80, Next(1, 80)),
        ("partial", 79, None),
    ],
)
def test_next_in_reserve_follows_the_rule_of_the_call(
    on_shortfall: str, amount: int, expected: Next | None
) -> None:
    waiting = [make_waiting(2, wanted=50), make_waiting(1)]
    rules = make_rules(on_shortfall, partial_min_share=Fraction(4, 5), grant_min=60)
    assert next_from_reserve(waiting, Freed(amount, "1"), rules=rules) == expected


def test_barred_application_and_other_lot_are_passed_over() -> None:
    waiting = [make_waiting(1), make_waiting(2, lot="2", position=1), make_waiting(3)]
    rules = make_rules(barred={1})
    assert next_from_reserve(waiting, Freed(100, "1"), rules=rules) == Next(3, 100)


def test_pool_goes_by_exact_total_over_lots() -> None:
    waiting = [
        make_waiting(1, total=Fraction(239, 3)),
        make_waiting(2, lot="2", position=1, total=Fraction(80)),
    ]
    assert next_from_reserve(waiting, Freed(100, None), rules=make_rules()) == Next(2, 100)


def test_tie_in_reserve_is_never_decided_silently() -> None:
    waiting = [make_waiting(1, position=1), make_waiting(2, position=1)]
    with pytest.raises(DomainError, match="reserve_tied"):
        next_from_reserve(waiting, Freed(199, "1"), rules=make_rules())
    assert next_from_reserve(waiting, Freed(200, "1"), rules=make_rules()) == Next(1, 100)
