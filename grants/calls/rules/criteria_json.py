"""The criteria's parts as JSON, in the dossier's form (dossier.md): read and written."""

from collections.abc import Iterable, Mapping
from typing import Any

from grants.calls.rules.criteria import (
    BudgetRule,
    Cofinancing,
    CofinancingBase,
    RequiredDocument,
    RuleBase,
    Severity,
)
from grants.calls.rules.numbers import decimal_text, exact

Json = Mapping[str, Any]


def cofinancing_from_json(json: Json | None) -> Cofinancing | None:
    """The least own share, None where the call asks for none."""
    if not json:
        return None
    return Cofinancing(exact(json["share"]), CofinancingBase(json["base"]))


def cofinancing_to_json(rule: Cofinancing | None) -> dict[str, Any] | None:
    """`{"share": "0.25", "base": "requested"}`."""
    if rule is None:
        return None
    return {"share": decimal_text(rule.share), "base": rule.base.value}


def budget_rules_from_json(json: Iterable[Json]) -> tuple[BudgetRule, ...]:
    """The budget rules in their order."""
    return tuple(
        BudgetRule(
            code=rule["code"],
            tags=frozenset(rule["tags"]),
            base=RuleBase(rule["base"]),
            limit=exact(rule["limit"]),
            severity=Severity(rule["severity"]),
        )
        for rule in json
    )


def budget_rule_to_json(rule: BudgetRule) -> dict[str, Any]:
    """One budget rule, its tags in alphabetical order."""
    return {
        "code": rule.code,
        "tags": sorted(rule.tags),
        "base": rule.base.value,
        "limit": decimal_text(rule.limit),
        "severity": rule.severity.value,
    }


def required_documents_from_json(json: Iterable[Json]) -> tuple[RequiredDocument, ...]:
    """The documents asked for, in their order."""
    return tuple(
        RequiredDocument(
            code=document["code"],
            title=document["title"],
            is_mandatory=bool(document["mandatory"]),
            # The office's own: a dossier does not know them (dossier.md).
            kind=document.get("kind") or "",
            max_age_days=document.get("max_age_days"),
            may_expire=bool(document.get("may_expire")),
        )
        for document in json
    )
