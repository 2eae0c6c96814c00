"""The ranking of a call as it would be now: computed from its dossier, kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grants.calls.models import Call
from grants.calls.queries import criteria_of
from grants.calls.rules.criteria import RequiredDocument
from grants.calls.rules.numbers import exact
from grants.errors import Problem
from grants.ranking.dossiers import read_dossier
from grants.ranking.rules.closing import blocking_problems
from grants.ranking.rules.dossier import Dossier
from grants.ranking.rules.explaining import Explainer
from grants.ranking.rules.facts import contenders, terms
from grants.ranking.rules.inputs import Contender, Terms
from grants.ranking.rules.order import tied_groups
from grants.ranking.rules.outcomes import BlockingReason, RankingResult
from grants.ranking.rules.result import rank


@dataclass(frozen=True)
class Preview:
    """A computed ranking with what it was computed from, and a reason for every outcome."""

    dossier: Dossier
    terms: Terms
    contenders: list[Contender]
    result: RankingResult
    notes: dict[str, list[Problem]]


def preview(call: Call, *, is_whole: bool = False) -> Preview:
    """Rank a call from its sheets, amounts and votes as they stand.

    With `is_whole` the dossier is the complete one, fit to be frozen.
    """
    dossier, asked = read_preview(call, is_whole=is_whole)
    return compute(dossier, min_reviews=asked.min_reviews, documents=asked.documents)


@dataclass(frozen=True)
class Asked:
    """What the sentences of a ranking need beside its dossier."""

    min_reviews: int
    documents: Sequence[RequiredDocument]


def read_preview(call: Call, *, is_whole: bool = False) -> tuple[Dossier, Asked]:
    """Everything `compute` takes; reading is the part that needs the database."""
    documents = criteria_of(call).required_documents
    return read_dossier(call, is_whole=is_whole), Asked(call.min_reviews, documents)


def compute(
    dossier: Dossier, *, min_reviews: int, documents: Sequence[RequiredDocument]
) -> Preview:
    """Rank a dossier; nothing is read here."""
    found, asked = contenders(dossier), terms(dossier)
    result = rank(found, terms=asked)
    explainer = Explainer(dossier.grid, asked, min_reviews, documents)
    return Preview(dossier, asked, found, result, explainer.explain(result, found))


def open_items(
    shown: Preview, *, reasons: Sequence[BlockingReason] = tuple(BlockingReason)
) -> list[Problem]:
    """What keeps a ranking from being closed, in sentences; the place is the reference."""
    call = shown.dossier.call
    limit = call.get("divergence_limit")
    return blocking_problems(
        (each for each in shown.result.blocking if each.reason in reasons),
        spreads=spreads(shown),
        limit=None if limit is None else exact(limit),
        min_reviews=call.get("min_reviews") or 2,
    )


def ties_of(shown: Preview) -> list[list[str]]:
    """The groups of references equal in all but a vote."""
    ranked = shown.result.applications
    return tied_groups(shown.contenders, terms=shown.terms, ranked=ranked)


def spreads(shown: Preview) -> dict[str, Fraction]:
    """How far the sheets of each diverging application lie apart, in points by reference."""
    return {
        each.reference: each.scored.spread
        for each in shown.contenders
        if each.scored is not None and each.scored.diverges
    }


def summary_of(shown: Preview, *, sheets: dict[str, int]) -> dict[str, Any]:
    """The figures of the ranking's pages as plain JSON; amounts in fening, points as texts."""
    result, call = shown.result, shown.dossier.call
    titles = {lot["code"]: lot["title"] for lot in call["lots"]}
    number: dict[str, int] = dict.fromkeys(titles, 0)
    for each in result.applications:
        number[each.lot] += 1
    pool = result.pool
    return {
        "applications": len(shown.contenders),
        "eligible": sum(not each.is_dismissed for each in shown.contenders),
        **sheets,
        "awarded": sum(each.amount for each in result.applications),
        "envelope": sum(lot.envelope for lot in result.lots),
        "ties": sum(each.reason == "tie_unresolved" for each in result.blocking),
        "lots": [
            {
                "code": lot.code,
                "title": titles[lot.code],
                "envelope": lot.envelope,
                "awarded": lot.awarded,
                "left": lot.left,
                "applications": number[lot.code],
            }
            for lot in result.lots
        ],
        "pool": None
        if pool is None
        else {"available": pool.available, "awarded": pool.awarded, "left": pool.left},
        "sections": [
            {"code": each.code, "title": each.title, "max": str(each.max_points)}
            for each in shown.dossier.grid.sections
        ],
        "max_points": str(shown.dossier.grid.max_points),
        "threshold_total": str(shown.terms.threshold_total),
    }
