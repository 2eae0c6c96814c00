"""What a dossier says to the scoring and the ranking of its call."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from grants.calls.rules.allocation import Leftover, Mode, Shortfall
from grants.calls.rules.numbers import exact
from grants.evaluation.rules.scoring import (
    Aggregation,
    Score,
    ScoringTerms,
    Sheet,
    score_applications,
)
from grants.money import from_dossier
from grants.ranking.rules.dossier import Dossier
from grants.ranking.rules.inputs import Allocation, Contender, Lot, Terms, section_thresholds
from grants.ranking.rules.instants import instant

Json = Mapping[str, Any]


def scoring_terms(dossier: Dossier) -> ScoringTerms:
    """How the call turns sheets into results."""
    call = dossier.call
    return ScoringTerms(
        dossier.grid,
        min_reviews=_given(call, "min_reviews", 2),
        aggregation=Aggregation(call["aggregation"]),
        divergence_limit=_number(call.get("divergence_limit")),
    )


def terms(dossier: Dossier) -> Terms:
    """What the call says about order and money."""
    call, grid = dossier.call, dossier.grid
    return Terms(
        lots=tuple(Lot(lot["code"], from_dossier(lot["envelope"])) for lot in call["lots"]),
        allocation=_allocation(call["allocation"]),
        threshold_total=grid.threshold_total,
        section_thresholds=section_thresholds(grid),
        tie_breaks=tuple(call["tie_breaks"]),
        tie_votes=tuple(_given(call, "tie_votes", ())),
        grant_min=from_dossier(call["grant_min"]),
        awards_per_organisation=call["awards_per_organisation"],
        organisation_cap=_amount(call["organisation_cap"]),
        prior_awards={
            each["key"]: from_dossier(_given(each, "prior_awards", "0"))
            for each in dossier.content["organisations"]
        },
    )


def contenders(dossier: Dossier) -> list[Contender]:
    """The applications as a ranking sees them, scored from the sheets."""
    scores = score_applications(sheets(dossier), terms=scoring_terms(dossier), table=dossier.table)
    return [
        _contender(application, scores.get(application["reference"]))
        for application in dossier.content["applications"]
    ]


def sheets(dossier: Dossier) -> Iterator[Sheet]:
    """The reviews as score sheets, in file order."""
    for review in dossier.content["reviews"]:
        yield Sheet(
            application=review["application"],
            evaluator=review["evaluator"],
            is_signed=review["signed"],
            has_conflict=review["conflict"],
            is_consensus=review.get("consensus") is True,
            answers=review["scores"],
        )


def _contender(application: Json, score: Score | None) -> Contender:
    eligibility = application["eligibility"]
    return Contender(
        reference=application["reference"],
        organisation=application["organisation"],
        lot=application["lot"],
        requested=from_dossier(application["requested"]),
        submitted_at=instant(application["submitted_at"]),
        proposed=_amount(application.get("proposed")),
        score=score,
        is_dismissed=eligibility["outcome"] == "dismissed",
        dismissal_reason=eligibility.get("reason"),
    )


def _allocation(json: Json) -> Allocation:
    return Allocation(
        mode=Mode(json["mode"]),
        on_shortfall=Shortfall(_given(json, "on_shortfall", Shortfall.STOP)),
        partial_min_share=exact(_given(json, "partial_min_share", 0)),
        round_to=int(exact(_given(json, "round_to", "0.01")) * 100),
        leftover=Leftover(_given(json, "leftover", Leftover.NONE)),
    )


def _given(json: Json, name: str, default: Any) -> Any:
    """The member, or its default where it is absent; null in an optional member means absent."""
    found = json.get(name)
    return default if found is None else found


def _amount(text: str | None) -> int | None:
    return None if text is None else from_dossier(text)


def _number(value: int | str | None) -> Fraction | None:
    return None if value is None else exact(value)
