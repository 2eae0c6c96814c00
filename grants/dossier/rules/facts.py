"""What a valid dossier says of the call's criteria and of budgets, as the rules want it."""

from collections.abc import Mapping
from typing import Any

from grants.applications.rules.budget import BudgetLine
from grants.calls.rules.criteria import (
    BudgetRule,
    Cofinancing,
    CofinancingBase,
    Criteria,
    RequiredDocument,
    RuleBase,
    Severity,
)
from grants.calls.rules.numbers import exact
from grants.money import from_dossier
from grants.ranking.rules.dossier import Dossier
from grants.ranking.rules.instants import instant

Json = Mapping[str, Any]


def criteria(dossier: Dossier) -> Criteria:
    """What the call asks of an application."""
    call = dossier.call
    return Criteria(
        grant_min=from_dossier(call["grant_min"]),
        grant_max=from_dossier(call["grant_max"]),
        duration_min=call["duration_months"]["min"],
        duration_max=call["duration_months"]["max"],
        opens_at=instant(call["opens_at"]),
        deadline=instant(call["deadline"]),
        applications_per_organisation=call["applications_per_organisation"],
        awards_per_organisation=call["awards_per_organisation"],
        organisation_cap=_amount(call["organisation_cap"]),
        cofinancing=_cofinancing(call["cofinancing"]),
        budget_rules=tuple(_budget_rule(rule) for rule in call["budget_rules"]),
        required_documents=tuple(
            RequiredDocument(each["code"], each["title"], each["mandatory"])
            for each in call["required_documents"]
        ),
    )


def budget(application: Json) -> list[BudgetLine]:
    """The budget lines of one application of a valid dossier, in file order."""
    return [
        BudgetLine(
            code=line["code"],
            heading=line["heading"],
            description=line["description"],
            unit=line["unit"],
            quantity=exact(line["quantity"]),
            unit_cost=from_dossier(line["unit_cost"]),
            grant=from_dossier(line["grant"]),
            own=from_dossier(line["own"]),
            tags=frozenset(line["tags"]),
            activity=line.get("activity"),
        )
        for line in application["budget"]
    ]


def _cofinancing(json: Json | None) -> Cofinancing | None:
    if json is None:
        return None
    return Cofinancing(exact(json["share"]), CofinancingBase(json["base"]))


def _budget_rule(json: Json) -> BudgetRule:
    return BudgetRule(
        code=json["code"],
        tags=frozenset(json["tags"]),
        base=RuleBase(json["base"]),
        limit=exact(json["limit"]),
        severity=Severity(json["severity"]),
    )


def _amount(text: str | None) -> int | None:
    return None if text is None else from_dossier(text)
