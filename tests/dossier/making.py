"""Dossiers to test with: one plain call, and small random ones full of corners."""

import json
from random import Random
from typing import Any

Json = dict[str, Any]


def make_question(code: str = "1.1", **over: Any) -> Json:
    scale = {"code": code, "text": "?", "kind": "scale", "min": 1, "max": 5, "weight": 1}
    return scale | over


def make_grid(**over: Any) -> Json:
    sections = [
        {"code": "1", "title": "Prvi", "questions": [make_question("1.1")]},
        {"code": "2", "title": "Drugi", "questions": [make_question("2.1", weight=2)]},
    ]
    return {"threshold_total": 0, "sections": sections} | over


def make_call(**over: Any) -> Json:
    call = {
        "reference": "P-1",
        "title": "Javni poziv",
        "programme": "Program",
        "currency": "BAM",
        "funding": [{"source": "Općina", "amount": "1000.00"}],
        "lots": [{"code": "1", "title": "Jedini", "envelope": "1000.00"}],
        "grant_min": "0.00",
        "grant_max": "1000.00",
        "duration_months": {"min": 1, "max": 12},
        "opens_at": "2024-03-01T08:00:00+01:00",
        "deadline": "2024-04-01T15:00:00+02:00",
        "applications_per_organisation": None,
        "awards_per_organisation": None,
        "organisation_cap": None,
        "cofinancing": None,
        "grid": make_grid(),
        "min_reviews": 1,
        "aggregation": "mean",
        "tie_breaks": [],
        "allocation": {"mode": "ranked_cutoff", "on_shortfall": "stop"},
        "budget_rules": [],
        "required_documents": [{"code": "statut", "title": "Statut", "mandatory": True}],
    }
    return call | over


def make_organisation(key: str = "o1", **over: Any) -> Json:
    organisation = {
        "key": key,
        "name": "Udruženje „Primjer“",
        "legal_form": "udruženje",
        "jib": "4201234500007",
        "account": "1010000000000135",
        "registered_on": "2010-05-05",
    }
    return organisation | over


def make_line(code: str = "1.1", **over: Any) -> Json:
    line = {
        "code": code,
        "heading": "1",
        "description": "Rad",
        "unit": "mjesec",
        "quantity": 1,
        "unit_cost": "400.00",
        "grant": "400.00",
        "own": "0.00",
        "tags": [],
    }
    return line | over


def make_application(reference: str = "A", **over: Any) -> Json:
    application = {
        "reference": reference,
        "organisation": "o1",
        "lot": "1",
        "title": "Projekat",
        "requested": "400.00",
        "duration_months": 6,
        "submitted_at": "2024-03-20T10:00:00+01:00",
        "channel": "online",
        "documents": ["statut"],
        "budget": [make_line()],
        "eligibility": {"outcome": "eligible"},
    }
    return application | over


def make_review(application: str = "A", evaluator: str = "e1", **over: Any) -> Json:
    review = {
        "application": application,
        "evaluator": evaluator,
        "signed": True,
        "conflict": False,
        "scores": {"1.1": 3, "2.1": 4},
        "comments": {},
    }
    return review | over


def make_dossier(**over: Any) -> Json:
    dossier = {
        "format": "grants-dossier/1",
        "municipality": {
            "code": "BA-108",
            "name": "Novo Sarajevo",
            "kind": "općina",
            "entity": "FBiH",
        },
        "call": make_call(),
        "organisations": [make_organisation()],
        "applications": [make_application()],
        "committee": [
            {"key": f"e{number}", "name": f"Član {number}", "role": "member"}
            for number in range(1, 8)
        ],
        "reviews": [make_review()],
    }
    return dossier | over


def raw(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def random_dossier(seed: int) -> Json:
    """A small call in which ties, limits, pools and shortfalls are the rule."""
    chance = Random(seed)  # noqa: S311  seeded, no secret
    lots = [str(number) for number in range(1, chance.choice([1, 1, 2, 3]) + 1)]
    envelopes = [chance.choice([0, 1, 333, 1000, 1500, 2500, 5001]) for _ in lots]
    number = chance.randint(0, 9)
    references = [f"R{each}" for each in range(number)]
    organisations = [f"o{each}" for each in range(1, chance.choice([1, 2, 4, 9]) + 1)]
    call = make_call(
        lots=[
            {"code": code, "title": code, "envelope": _amount(envelope)}
            for code, envelope in zip(lots, envelopes, strict=True)
        ],
        funding=[{"source": "Općina", "amount": _amount(sum(envelopes))}],
        grant_min=_amount(chance.choice([0, 0, 300])),
        grant_max="99.00",
        awards_per_organisation=chance.choice([None, None, None, None, 1, 2, 0]),
        organisation_cap=chance.choice([None, None, "9.00", "20.00"]),
        grid=_random_grid(chance),
        aggregation=chance.choice(["mean", "trimmed_mean"]),
        min_reviews=chance.choice([1, 1, 2]),
        allocation=_random_allocation(chance),
        tie_breaks=_random_tie_breaks(chance),
    )
    if chance.random() < 0.5:
        call["divergence_limit"] = chance.choice([0, 2, "3.5"])
    if chance.random() < 0.6:
        call["tie_votes"] = chance.sample(references, chance.randint(0, number))
    applications = [_random_application(each, organisations, lots, chance) for each in references]
    return make_dossier(
        call=call,
        organisations=[
            make_organisation(key, prior_awards=_amount(chance.choice([0, 0, 500])))
            for key in organisations
        ],
        applications=applications,
        reviews=[each for reference in references for each in _random_reviews(reference, chance)],
    )


def _amount(fening: int) -> str:
    return f"{fening // 100}.{fening % 100:02d}"


def _random_grid(chance: Random) -> Json:
    # Few possible totals, so that ties come up; zero points, so that nobody divides by them.
    first = make_question("1.1", min=0, max=2, weight=chance.choice([1, "0.5"]))
    second = make_question("2.1", min=0, max=1, step="0.5", weight=2)
    sections: list[Json] = [
        {"code": "1", "title": "Prvi", "questions": [first]},
        {"code": "2", "title": "Drugi", "questions": [second]},
    ]
    if chance.random() < 0.3:
        sections[chance.randint(0, 1)]["threshold"] = chance.choice(["0.5", 1])
    return {"threshold_total": chance.choice([0, 0, 1, "1.3"]), "sections": sections}


def _random_allocation(chance: Random) -> Json:
    allocation: Json = {"mode": "ranked_cutoff"}
    allocation["on_shortfall"] = chance.choice(["stop", "skip", "partial"])
    if chance.random() < 0.4:
        allocation["mode"] = "proportional"
    if chance.random() < 0.5:
        allocation["partial_min_share"] = chance.choice([0, "0.5", "0.9", 1, 2])
    if chance.random() < 0.6:
        allocation["round_to"] = chance.choice(["0.01", "0.07", "0.50", 1, "3"])
    if chance.random() < 0.6:
        allocation["leftover"] = chance.choice(["pool", "pool", "none"])
    return allocation


def _random_tie_breaks(chance: Random) -> list[str]:
    names = ["section:1", "section:2", "requested:asc", "requested:desc", "submitted_at:asc"]
    chosen = chance.sample(names, chance.choice([0, 0, 1, 2]))
    return [*chosen, "vote"] if chance.random() < 0.4 else chosen


def _random_application(
    reference: str, organisations: list[str], lots: list[str], chance: Random
) -> Json:
    requested = chance.choice([0, 1, 200, 400, 500, 500, 777, 1500])
    application = make_application(
        reference,
        organisation=chance.choice(organisations),
        lot=chance.choice(lots),
        requested=_amount(requested),
        submitted_at=chance.choice(["2024-03-20T10:00:00+01:00", "2024-03-20T09:00:00Z"]),
    )
    if chance.random() < 0.3:
        application["proposed"] = _amount(requested * chance.randint(0, 4) // 4)
    if chance.random() < 0.1:
        application["eligibility"] = {"outcome": "dismissed", "reason": "late"}
    return application


def _random_reviews(reference: str, chance: Random) -> list[Json]:
    reviews = [
        make_review(
            reference,
            f"e{number}",
            signed=chance.random() < 0.95,
            conflict=chance.random() < 0.08,
            scores=_random_scores(chance),
        )
        for number in range(1, chance.choice([1, 2, 2, 3, 6]) + 1)
    ]
    if chance.random() < 0.1:
        sheet = make_review(reference, "e1", consensus=True, scores=_random_scores(chance))
        reviews.append(sheet | {"signed": chance.random() < 0.8, "conflict": chance.random() < 0.2})
    return reviews


def _random_scores(chance: Random) -> Json:
    return {"1.1": chance.choice([0, 1, "1.0", 2]), "2.1": chance.choice([0, "0.5", "0.50", 1])}
