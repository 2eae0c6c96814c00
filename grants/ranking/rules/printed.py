"""A ranking's result as it is printed and kept (dossier.md, "What `rank` prints")."""

from typing import Any

from grants.money import to_dossier
from grants.ranking.rules.dossier import Dossier
from grants.ranking.rules.facts import contenders, terms
from grants.ranking.rules.outcomes import (
    LotResult,
    PoolResult,
    RankedApplication,
    RankingResult,
)
from grants.ranking.rules.points import filed
from grants.ranking.rules.result import rank


def rank_dossier(dossier: Dossier) -> dict[str, Any]:
    """The result of a call in the form of dossier.md, "What `rank` prints"."""
    result = rank(contenders(dossier), terms=terms(dossier))
    return result_json(result, reference=dossier.call["reference"], sha256=dossier.sha256())


def result_json(result: RankingResult, *, reference: str, sha256: str) -> dict[str, Any]:
    """Any ranking result in the form of dossier.md; the hash is that of the canonical dossier."""
    printed: dict[str, Any] = {
        "call": reference,
        "dossier_sha256": sha256,
        "lots": [_lot(lot) for lot in result.lots],
    }
    if result.pool is not None:
        printed["pool"] = _pool(result.pool)
    return printed | {
        "applications": [_application(each) for each in result.applications],
        "closable": result.is_closable,
        "blocking": [
            {"reference": each.reference, "reason": each.reason.value} for each in result.blocking
        ],
    }


def _lot(lot: LotResult) -> dict[str, str]:
    return {
        "code": lot.code,
        "envelope": to_dossier(lot.envelope),
        "awarded": to_dossier(lot.awarded),
        "left": to_dossier(lot.left),
    }


def _pool(pool: PoolResult) -> dict[str, str]:
    return {
        "available": to_dossier(pool.available),
        "awarded": to_dossier(pool.awarded),
        "left": to_dossier(pool.left),
    }


def _application(ranked: RankedApplication) -> dict[str, Any]:
    printed: dict[str, Any] = {
        "reference": ranked.reference,
        "outcome": ranked.outcome.value,
        "reason": ranked.reason,
        "lot": ranked.lot,
        "rank": ranked.rank,
        "tie": True if ranked.is_tied else None,
        "reserve": ranked.reserve,
        "amount": to_dossier(ranked.amount),
    }
    if ranked.sections is not None and ranked.total is not None:
        printed["sections"] = {code: filed(points) for code, points in ranked.sections.items()}
        printed["total"] = filed(ranked.total)
    return {name: value for name, value in printed.items() if value is not None}
