"""The budget of an award: as applied for, or revised where less was awarded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grants.applications.rules.budget import BudgetLine, budget_totals, rule_problems
from grants.calls.rules.criteria import BudgetRule, Severity
from grants.errors import Problem
from grants.money import share_out


@dataclass(frozen=True)
class Revision:
    """The lines as revised, what keeps them from being contracted, and what is only a warning."""

    lines: tuple[BudgetLine, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def needs_revision(lines: Iterable[BudgetLine], *, awarded: int) -> bool:
    """Whether the grant column of the budget is not what was awarded (fening)."""
    return budget_totals(lines).grant != awarded


def proposed_grants(lines: Sequence[BudgetLine], *, awarded: int) -> list[int]:
    """The award shared out over the lines in proportion to what they asked for, in fening."""
    return share_out(awarded, [line.grant for line in lines])


def revise(
    lines: Sequence[BudgetLine],
    grants: Mapping[int, int],
    *,
    awarded: int,
    rules: Iterable[BudgetRule],
) -> Revision:
    """The lines with a new grant by position (fening), and what does not hold of them.

    `revision_line` per line above what was applied for, `revision_sum` when the lines do not add
    up to the award, `rule` per limit of the call that is broken.
    """
    revised = tuple(
        replace(line, grant=grants.get(at, line.grant)) for at, line in enumerate(lines)
    )
    problems = [
        Problem(
            "revision_line",
            f"grant-{at}",
            {"code": new.code, "amount": new.grant, "cap": old.grant},
        )
        for at, (old, new) in enumerate(zip(lines, revised, strict=True))
        if new.grant > old.grant
    ]
    problems += _sum_problems(revised, awarded=awarded)
    broken = rule_problems(rules, revised)
    blocking = [found for found in broken if found.facts["severity"] == Severity.BLOCK.value]
    warnings = [found for found in broken if found not in blocking]
    return Revision(revised, (*problems, *map(_worded, blocking)), tuple(map(_worded, warnings)))


def _sum_problems(lines: Iterable[BudgetLine], *, awarded: int) -> list[Problem]:
    figure = budget_totals(lines).grant
    if figure == awarded:
        return []
    code = "revision_sum_over" if figure > awarded else "revision_sum_under"
    facts = {"sum": figure, "expected": awarded, "excess": abs(figure - awarded)}
    return [Problem(code, "", facts)]


def _worded(problem: Problem) -> Problem:
    """The same finding under a code of ours: here it is about the revised budget."""
    return Problem("revision_rule", "", {**problem.facts, "rule": problem.place})
