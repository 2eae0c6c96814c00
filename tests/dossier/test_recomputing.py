"""The ranking of a dossier: the cases, a second implementation, and what must always hold."""

import copy
import json
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.dossier.rules.checking import check_dossier
from grants.dossier.rules.reading import parse
from grants.ranking.rules.printed import rank_dossier
from tests.dossier.making import make_review, random_dossier, raw
from tests.dossier.naive import Naive

CASES = Path(__file__).parent.parent / "cases"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in CASES.glob("*.expected.json"))
Json = dict[str, Any]
SEEDS = st.integers(0, 10**9)


def ranked(content: Json) -> Json:
    result = rank_dossier(parse(raw(content)))
    del result["dossier_sha256"]
    return result


def by_reference(result: Json) -> dict[str, Json]:
    return {each["reference"]: each for each in result["applications"]}


@pytest.mark.parametrize("name", NAMES)
def test_case_gives_exactly_what_is_expected(name: str) -> None:
    dossier = parse((CASES / f"{name}.json").read_bytes())
    expected = json.loads((CASES / f"{name}.expected.json").read_bytes())
    assert {"rank": rank_dossier(dossier), "check": check_dossier(dossier)} == expected


@pytest.mark.parametrize("name", NAMES)
def test_naive_reading_agrees_with_the_cases(name: str) -> None:
    content = json.loads((CASES / f"{name}.json").read_bytes())
    kinds = {q["kind"] for s in content["call"]["grid"]["sections"] for q in s["questions"]}
    if "bands" in kinds or "submitted_at:asc" in content["call"]["tie_breaks"]:
        return  # the naive reading knows neither
    assert ranked(content) == Naive(content).result()


@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_ranking_equals_a_naive_reading_of_the_rules(start: int) -> None:
    for seed in range(start, start + 100):
        content = random_dossier(seed)
        assert ranked(content) == Naive(content).result(), f"seed {seed}"


@settings(deadline=None)
@given(SEEDS)
def test_order_of_lists_changes_nothing(seed: int) -> None:
    content = random_dossier(seed)
    mixed = copy.deepcopy(content)
    chance = Random(seed)  # noqa: S311  seeded, no secret
    for name in ("applications", "organisations", "committee", "reviews"):
        chance.shuffle(mixed[name])
    assert ranked(mixed) == ranked(content)


@settings(deadline=None)
@given(SEEDS, st.booleans())
def test_recused_or_unsigned_sheet_changes_nothing(seed: int, is_signed: bool) -> None:  # noqa: FBT001  hypothesis gives it
    content = random_dossier(seed)
    before = ranked(content)
    for application in content["applications"]:
        sheet = make_review(application["reference"], "e7", scores={"1.1": "bilo šta"})
        content["reviews"].append(sheet | {"signed": is_signed, "conflict": is_signed})
    assert ranked(content) == before


@settings(deadline=None)
@given(SEEDS)
def test_raising_a_score_never_lowers_the_rank_under_mean(seed: int) -> None:
    content = random_dossier(seed)
    content["call"] |= {"aggregation": "mean", "tie_breaks": []}
    chance = Random(seed)  # noqa: S311  seeded, no secret
    raisable = [
        review
        for review in content["reviews"]
        if Fraction(review["scores"]["1.1"]) < 2 and review["signed"] and not review["conflict"]
    ]
    if not raisable:
        return
    review = chance.choice(raisable)
    before = by_reference(ranked(content))[review["application"]]
    review["scores"]["1.1"] = 2
    after = by_reference(ranked(content))[review["application"]]
    assert after.get("rank", 99) <= before.get("rank", 99)


@settings(deadline=None)
@given(SEEDS)
def test_money_is_never_more_than_there_is_nor_than_was_wanted(seed: int) -> None:
    content = random_dossier(seed)
    result = ranked(content)
    found = by_reference(result)
    for application in content["applications"]:
        wanted = application.get("proposed", application["requested"])
        assert Fraction(found[application["reference"]]["amount"]) <= Fraction(wanted)
    envelopes = sum(Fraction(lot["envelope"]) for lot in result["lots"])
    assert sum(Fraction(each["amount"]) for each in found.values()) <= envelopes
    for lot in result["lots"]:
        assert 0 <= Fraction(lot["awarded"]) <= Fraction(lot["envelope"])
    if "pool" in result:
        assert 0 <= Fraction(result["pool"]["awarded"]) <= Fraction(result["pool"]["available"])


@settings(deadline=None)
@given(SEEDS)
def test_proportional_amounts_add_up_to_the_fening(seed: int) -> None:
    content = random_dossier(seed)
    call = content["call"]
    call["allocation"] = {"mode": "proportional"}
    call |= {"awards_per_organisation": None, "organisation_cap": None}
    found = by_reference(ranked(content))
    for lot in call["lots"]:
        wanted = Fraction(0)
        given_out = Fraction(0)
        for application in content["applications"]:
            result = found[application["reference"]]
            if application["lot"] != lot["code"] or "rank" not in result:
                continue
            given_out += Fraction(result["amount"])
            if Fraction(result["total"]) > 0:
                wanted += Fraction(application.get("proposed", application["requested"]))
        assert given_out == min(Fraction(lot["envelope"]), wanted)
