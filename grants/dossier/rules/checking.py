"""What `dossier check` finds: the call's criteria held against every application of the file."""

from collections.abc import Iterator, Mapping
from typing import Any

from grants.applications.rules.budget import (
    budget_sum_problems,
    budget_totals,
    line_sum_problems,
    rule_problems,
)
from grants.calls.rules.criteria import (
    Criteria,
    Submission,
    amount_problems,
    cofinancing_problems,
    document_problems,
    duration_problems,
    late_problems,
    registered_late_problems,
    too_many_applications,
)
from grants.dossier.rules.facts import budget, criteria
from grants.errors import Problem
from grants.money import from_dossier
from grants.organisations.rules.identifiers import is_account, is_jib
from grants.ranking.rules.dossier import Dossier
from grants.ranking.rules.instants import day, instant

Json = Mapping[str, Any]


def check_dossier(dossier: Dossier) -> dict[str, Any]:
    """The violations of every application in file order, codes sorted (dossier.md)."""
    return {
        "applications": [
            {"reference": reference, "violations": sorted({violation(each) for each in problems})}
            for reference, problems in violations(dossier).items()
        ]
    }


def violations(dossier: Dossier) -> dict[str, list[Problem]]:
    """The problems of every application by reference, with their figures, in file order."""
    wanted = criteria(dossier)
    organisations = {each["key"]: each for each in dossier.content["organisations"]}
    applications = dossier.content["applications"]
    too_many = too_many_applications(
        (_submission(each) for each in applications), limit=wanted.applications_per_organisation
    )
    found: dict[str, list[Problem]] = {}
    for application in applications:
        reference = application["reference"]
        problems = list(_application_problems(application, wanted))
        problems += _organisation_problems(organisations[application["organisation"]], wanted)
        if reference in too_many:
            problems.append(too_many[reference])
        found[reference] = problems
    return found


def violation(problem: Problem) -> str:
    """The code of a problem as `check` prints it: with the line, rule or document it is about."""
    if problem.code in {"line_sum", "rule", "missing_document"}:
        return f"{problem.code}:{problem.place}"
    return problem.code


def _submission(application: Json) -> Submission:
    submitted_at = instant(application["submitted_at"])
    return Submission(application["reference"], application["organisation"], submitted_at)


def _application_problems(application: Json, wanted: Criteria) -> Iterator[Problem]:
    requested = from_dossier(application["requested"])
    posted = application.get("posted_at")
    lines = budget(application)
    totals = budget_totals(lines)
    yield from amount_problems(wanted, requested=requested)
    yield from duration_problems(wanted, months=application["duration_months"])
    yield from late_problems(
        wanted,
        submitted_at=instant(application["submitted_at"]),
        is_by_post=application["channel"] == "post",
        posted_at=None if posted is None else instant(posted),
    )
    yield from budget_sum_problems(lines, requested=requested)
    yield from line_sum_problems(lines)
    yield from cofinancing_problems(wanted, own=totals.own, requested=requested, total=totals.total)
    yield from rule_problems(wanted.budget_rules, lines)
    yield from document_problems(wanted, present=application["documents"])


def _organisation_problems(organisation: Json, wanted: Criteria) -> Iterator[Problem]:
    # In an archive the numbers count as they stand: nothing is normalised here.
    if not is_jib(organisation["jib"]):
        yield Problem("jib", "jib")
    if not is_account(organisation["account"]):
        yield Problem("account", "account")
    yield from registered_late_problems(wanted, registered_on=day(organisation["registered_on"]))
