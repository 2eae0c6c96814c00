"""How long a call of 1,000 applications with five sheets each takes to rank."""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from grants.calls.rules.allocation import Leftover, Mode, Shortfall
from grants.calls.rules.grid_json import grid_from_json
from grants.evaluation.rules.scoring import ScoringTerms, Sheet, score_applications
from grants.ranking.rules.inputs import Allocation, Contender, Lot, Terms, section_thresholds
from grants.ranking.rules.result import rank

APPLICATIONS = 1_000
SHEETS = 5
ROUNDS = 5
LOTS = ("1", "2", "3")
SECTIONS = {"1": 4, "2": 5, "3": 5, "4": 3, "5": 2}
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def measure() -> dict[str, Any]:
    """Seconds from the answers on the sheets to the whole result; the median and the slowest."""
    grid, sheets, cases = _call(Random(20))  # noqa: S311  seeded, no secret
    seconds = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        scores = score_applications(sheets, terms=ScoringTerms(grid))
        contenders = [
            Contender(score=scores.get(str(facts["reference"])), **facts) for facts in cases
        ]
        result = rank(contenders, terms=_terms(grid))
        seconds.append(time.perf_counter() - begun)
        assert len(result.applications) == APPLICATIONS
    ordered = sorted(seconds)
    return {
        "applications": APPLICATIONS,
        "sheets": len(sheets),
        "p50_seconds": round(ordered[len(ordered) // 2], 4),
        "worst_seconds": round(ordered[-1], 4),
        "limit_seconds": 1.0,
        "holds": ordered[-1] < 1.0,
    }


def _call(chance: Random) -> tuple[Any, list[Sheet], list[dict[str, Any]]]:
    grid = grid_from_json(_grid())
    codes = list(grid.by_code)
    references = [f"R-{number:04d}" for number in range(APPLICATIONS)]
    sheets = [
        Sheet(
            reference,
            f"e{member}",
            is_signed=True,
            answers={code: str(chance.randint(1, 5)) for code in codes},
        )
        for reference in references
        for member in range(SHEETS)
    ]
    cases = [
        {
            "reference": reference,
            "organisation": f"o{number % 400}",
            "lot": LOTS[number % len(LOTS)],
            "requested": chance.randint(10_000, 35_000) * 100,
            "submitted_at": START + timedelta(seconds=number),
        }
        for number, reference in enumerate(references)
    ]
    return grid, sheets, cases


def _grid() -> dict[str, Any]:
    sections = [
        {
            "code": code,
            "title": code,
            "threshold": questions,
            "questions": [
                {
                    "code": f"{code}.{number}",
                    "text": "?",
                    "kind": "scale",
                    "min": 1,
                    "max": 5,
                    "weight": 1,
                }
                for number in range(1, questions + 1)
            ],
        }
        for code, questions in SECTIONS.items()
    ]
    return {"threshold_total": 40, "sections": sections}


def _terms(grid: Any) -> Terms:
    return Terms(
        lots=tuple(Lot(code, 200_000_000) for code in LOTS),
        allocation=Allocation(Mode.RANKED_CUTOFF, Shortfall.SKIP, leftover=Leftover.POOL),
        threshold_total=grid.threshold_total,
        section_thresholds=section_thresholds(grid),
        tie_breaks=("section:2", "section:5", "submitted_at:asc"),
        awards_per_organisation=2,
        organisation_cap=12_000_000,
    )


if __name__ == "__main__":
    sys.stdout.write(f"{json.dumps(measure(), indent=1)}\n")
