"""The reduced budget: its sum, its lines, the limits of the call."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from grants.applications.rules.budget import BudgetLine
from grants.calls.rules.criteria import BudgetRule, RuleBase, Severity
from grants.contracts.rules.revising import needs_revision, proposed_grants, revise
from grants.errors import Problem


def line(code: str, grant: int, *tags: str, own: int = 0) -> BudgetLine:
    return BudgetLine(
        code=code, heading="hr", description="Opis", unit="komad", quantity=Fraction(1),
        unit_cost=grant + own, grant=grant, own=own, tags=frozenset(tags),
    )  # fmt: skip


LINES = (line("1.1", 300_000, "is_admin"), line("3.1", 500_000), line("5.1", 200_000))
RULE = BudgetRule("admin", frozenset({"is_admin"}), RuleBase.GRANT, Fraction(3, 10))


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any), st.data())
def test_proposal_adds_up_to_the_award_and_no_line_grows(
    grants: list[int], drawn: st.DataObject
) -> None:
    lines = [line(str(at), grant) for at, grant in enumerate(grants)]
    awarded = drawn.draw(st.integers(0, sum(grants)))
    proposed = proposed_grants(lines, awarded=awarded)
    assert sum(proposed) == awarded
    assert all(new <= old for new, old in zip(proposed, grants, strict=True))
    assert not revise(lines, dict(enumerate(proposed)), awarded=awarded, rules=()).problems


def test_revision_holds_when_sum_and_limits_are_kept() -> None:
    revision = revise(LINES, {0: 240_000, 1: 400_000, 2: 160_000}, awarded=800_000, rules=[RULE])
    assert (revision.problems, revision.warnings) == ((), ())
    assert [each.grant for each in revision.lines] == [240_000, 400_000, 160_000]


def test_revision_says_all_that_is_wrong_at_once() -> None:
    revision = revise(LINES, {0: 300_001, 1: 400_000, 2: 160_000}, awarded=800_000, rules=[RULE])
    assert revision.problems == (
        Problem("revision_line", "grant-0", {"code": "1.1", "amount": 300_001, "cap": 300_000}),
        Problem(
            "revision_sum_over", "", {"sum": 860_001, "expected": 800_000, "excess": 60_001}
        ),
        Problem(
            "revision_rule",
            "",
            {
                "numerator": 300_001, "base": 860_001, "base_name": "grant",
                "share": Fraction(300_001, 860_001), "limit": Fraction(3, 10),
                "allowed": Fraction(2_580_003, 10), "excess": 42_001, "severity": "block",
                "rule": "admin",
            },
        ),
    )  # fmt: skip


def test_broken_rule_only_warns_when_its_severity_is_warn() -> None:
    soft = BudgetRule("admin", RULE.tags, RULE.base, RULE.limit, Severity.WARN)
    revision = revise(LINES, {1: 300_000}, awarded=800_000, rules=[soft])
    assert revision.problems == ()
    assert [warning.code for warning in revision.warnings] == ["revision_rule"]


def test_revision_is_needed_when_award_differs_from_the_budget() -> None:
    assert needs_revision(LINES, awarded=999_999)
    assert not needs_revision(LINES, awarded=1_000_000)


def test_short_sum_says_what_is_still_to_be_shared_out() -> None:
    revision = revise(LINES, {0: 0}, awarded=800_000, rules=())
    facts = {"sum": 700_000, "expected": 800_000, "excess": 100_000}
    assert revision.problems == (Problem("revision_sum_under", "", facts),)
