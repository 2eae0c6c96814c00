"""What makes a file no dossier: every fault with its path, what was found, what is allowed."""

import copy
import json
from typing import Any

import pytest

from grants.dossier.rules.reading import InvalidDossier, parse
from tests.dossier.making import (
    make_application,
    make_call,
    make_dossier,
    make_grid,
    make_line,
    make_organisation,
    make_question,
    make_review,
    raw,
)

ABSENT = object()
Json = dict[str, Any]


def paths(source: bytes) -> list[str]:
    try:
        parse(source)
    except InvalidDossier as invalid:
        for fault in invalid.faults:
            assert "\n" not in str(fault)
            assert len(str(fault).splitlines()) == 1
        return sorted(fault.path for fault in invalid.faults)
    return []


def changed(path: str, value: Any, content: Json | None = None) -> Json:
    """The plain dossier with the member at a path of names and numbers replaced or taken out."""
    content = copy.deepcopy(content or make_dossier())
    *way, last = path.split("/")
    owner: Any = content
    for step in way:
        owner = owner[int(step)] if isinstance(owner, list) else owner[step]
    if value is ABSENT:
        del owner[last]
    elif isinstance(owner, list):
        owner[int(last)] = value
    else:
        owner[last] = value
    return content


def as_path(path: str) -> str:
    steps = (f"[{step}]" if step.isdigit() else f".{step}" for step in path.split("/"))
    return "$" + "".join(steps)


def test_plain_dossier_is_valid() -> None:
    assert paths(raw(make_dossier())) == []


def test_empty_applications_and_reviews_are_valid() -> None:
    assert paths(raw(make_dossier(applications=[], reviews=[]))) == []


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"{",
        b"\xef\xbb\xbf" + raw(make_dossier()),
        raw(make_dossier()).decode().encode("utf-16"),
        b'{"format": "\xff"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        raw(make_dossier()) + b"{}",
        b'{"format": "a\nb"}',
        b"{'format': 1}",
        b'{"format": 01}',
        b'{"format": "a",}',
    ],
)
def test_file_that_is_not_json_is_one_fault(source: bytes) -> None:
    assert paths(source) == ["$"]


@pytest.mark.parametrize("content", [[], None, 1, "a", True])
def test_json_that_is_no_object_is_one_fault(content: Any) -> None:
    assert paths(raw(content)) == ["$"]


NO_AMOUNT = [1, 1.5, "1.", "1.234", "-1", "1,00", "", " 1", "1\n", "١", "1e3", "+1", None, True, []]
NO_NUMBER = ["1.", ".5", "+1", "1e3", " 1", "1 ", "1\n", "½", "１", "", None, True, 1.0, [], {}]
NO_WHOLE = ["1", 1.0, True, None, "", [], {}]
NO_TEXT = [1, None, True, [], {}, "\ud800", "a\udfffb"]
NO_INSTANT = [
    "2024-02-30T10:00Z",
    "2023-02-29T10:00Z",
    "2024-13-01T10:00Z",
    "2024-00-10T10:00Z",
    "2024-01-00T10:00Z",
    "2024-01-01T24:00Z",
    "2024-01-01T10:60Z",
    "2024-01-01T10:00:60Z",
    "2024-01-01T10:00:00.Z",
    "2024-01-01T10:00:00.1234567Z",
    "2024-01-01T10:00:00,5Z",
    "2024-01-01T10:00",
    "2024-01-01T10:00z",
    "2024-01-01t10:00Z",
    "2024-01-01 10:00Z",
    "2024-01-01T10Z",
    "2024-01-01T10:00+0100",
    "2024-01-01T10:00+01",
    "2024-01-01T10:00+24:00",
    "2024-01-01T10:00+01:60",
    "2024-01-01T10:00Z\n",
    " 2024-01-01T10:00Z",
    "２024-01-01T10:00Z",
    "0000-01-01T10:00Z",
    "0001-01-01T00:00+01:00",
    "9999-12-31T23:30-01:00",
    "20240101T1000Z",
    "2024-W01-1T10:00Z",
    1,
    None,
]
NO_DAY = ["2024-02-30", "2024-1-1", "20240101", "2024-01-01T00:00Z", "0000-01-01", "", 1, None]
WRONG = {
    "format": ["grants-dossier/2", 1, None],
    "municipality/kind": ["Općina", "opcina", None, 1],
    "municipality/entity": ["fbih", ""],
    "municipality/canton": [1, "\ud83d"],
    "call/title": NO_TEXT,
    "call/currency": ["EUR", "bam"],
    "call/grant_max": NO_AMOUNT,
    "call/organisation_cap": [value for value in NO_AMOUNT if value is not None],
    "call/opens_at": NO_INSTANT,
    "applications/0/submitted_at": NO_INSTANT,
    "applications/0/posted_at": [value for value in NO_INSTANT if value is not None],
    "organisations/0/registered_on": NO_DAY,
    "organisations/0/prior_awards": ["-1", 1],
    "call/duration_months/max": NO_WHOLE,
    "applications/0/duration_months": NO_WHOLE,
    "call/min_reviews": [0, -1, "2", 1.0, True],
    "call/applications_per_organisation": [-1, "1", True, 1.0],
    "call/awards_per_organisation": [-1, "1", False],
    "call/divergence_limit": [-1, "-0.1", "x", True],
    "call/aggregation": ["median", None],
    "call/tie_breaks": [None, "vote", {}, ABSENT],
    "call/tie_votes": ["A", {}, 1],
    "call/cofinancing": [[], "0.25", 1],
    "call/allocation/mode": ["lottery", None, ABSENT],
    "call/allocation/on_shortfall": [None, ABSENT, "wait", 1],
    "call/allocation/round_to": [0, "0.005", "-1", "0.00", -1, "0.015", True],
    "call/allocation/partial_min_share": [-1, "-0.5", "x"],
    "call/allocation/leftover": ["pot", 1],
    "call/grid/threshold_total": NO_NUMBER,
    "call/grid/declared_total": [value for value in NO_NUMBER if value is not None],
    "call/grid/sections": [[], {}, None, ABSENT],
    "call/grid/sections/0/questions": [[], None],
    "call/grid/sections/0/questions/0/kind": ["stars", None, 1, [], {}, ABSENT],
    "call/grid/sections/0/questions/0/weight": [-1, "-0.1", True, None, ABSENT],
    "call/grid/sections/0/questions/0/step": [0, "0.0", -1, "-1"],
    "call/grid/sections/0/questions/0/min": [-1, 6, "5.1"],
    "call/lots": [{}, None, ABSENT],
    "organisations": [{}, None, ABSENT],
    "applications": [{}, None, ABSENT],
    "committee": [{}, None, ABSENT],
    "reviews": [{}, None, ABSENT],
    "call/grid": [[], None, ABSENT],
    "call/required_documents": [{}, None, ABSENT],
    "call/required_documents/0/mandatory": [1, "true", None],
    "applications/0/channel": ["fax", "Post", None],
    "applications/0/lot": ["2", 1, None],
    "applications/0/organisation": ["o2", None],
    "applications/0/proposed": ["400.01", "-1", 1],
    "applications/0/documents/0": ["pravilnik", 1, None],
    "applications/0/eligibility/outcome": ["ok", None],
    "applications/0/budget/0/quantity": [*NO_NUMBER, -1, "-0.5"],
    "applications/0/budget/0/tags/0": [1, None],
    "applications/0/budget/0/activity": [1],
    "reviews/0/signed": [1, "true", None, ABSENT],
    "reviews/0/conflict": [0, None, ABSENT],
    "reviews/0/consensus": [0, "false"],
    "reviews/0/application": ["B", None],
    "reviews/0/evaluator": ["e8", None],
    "reviews/0/scores": [[], None, ABSENT],
    "reviews/0/comments": [[], None, ABSENT],
    "committee/0/role": ["secretary"],
}


@pytest.mark.parametrize(
    ("path", "value"), [(path, value) for path, values in WRONG.items() for value in values]
)
def test_wrong_value_is_one_fault_at_its_path(path: str, value: Any) -> None:
    content = make_dossier()
    content["applications"][0]["budget"][0]["tags"] = ["admin"]
    text = json.dumps(changed(path, value, content))
    assert paths(text.encode()) == [as_path(path)]


@pytest.mark.parametrize(
    "path",
    [
        "call/applications_per_organisation",
        "call/awards_per_organisation",
        "call/organisation_cap",
        "call/cofinancing",
    ],
)
def test_nullable_member_has_to_be_there(path: str) -> None:
    assert paths(raw(changed(path, None))) == []
    assert paths(raw(changed(path, ABSENT))) == [as_path(path)]


@pytest.mark.parametrize(
    "path",
    [
        "municipality/canton",
        "call/min_reviews",
        "call/divergence_limit",
        "call/tie_votes",
        "call/grid/declared_total",
        "call/grid/sections/0/threshold",
        "call/grid/sections/0/questions/0/step",
        "call/allocation/partial_min_share",
        "call/allocation/round_to",
        "call/allocation/leftover",
        "organisations/0/prior_awards",
        "applications/0/proposed",
        "applications/0/posted_at",
        "applications/0/budget/0/activity",
        "applications/0/eligibility/reason",
        "reviews/0/consensus",
    ],
)
def test_null_in_an_optional_member_means_absent(path: str) -> None:
    content = changed("call/min_reviews", ABSENT)
    content["reviews"].append(make_review("A", "e2"))
    with_null = changed(path, None, content) if path != "call/min_reviews" else content
    assert paths(raw(with_null)) == []
    assert parse(raw(with_null)).sha256() == parse(raw(content)).sha256()


@pytest.mark.parametrize(
    "path",
    ["x", "municipality/x", "call/x", "call/grid/x", "applications/0/x", "reviews/0/x"],
)
def test_unknown_member_is_a_fault(path: str) -> None:
    assert paths(raw(changed(path, None))) == [as_path(path)]


def test_unknown_member_hides_no_other_fault() -> None:
    content = changed("call/grid/x", 1)
    content["reviews"][0]["scores"]["1.1"] = 6
    assert paths(raw(content)) == ["$.call.grid.x", '$.reviews[0].scores["1.1"]']


def test_member_name_with_odd_signs_stays_on_one_line() -> None:
    content = make_dossier() | {"a\nb\u2028": "c\u2028d"}
    assert paths(json.dumps(content).encode()) == ['$["a\\nb\\u2028"]']


def test_doubled_member_names_are_faults_wherever_they_are() -> None:
    text = raw(make_dossier()).decode()
    assert paths(text.replace('"format"', '"format": "x", "format"', 1).encode()) == ["$.format"]
    scored = text.replace('"1.1": 3', '"1.1": 3, "1.1": 3', 1)
    assert paths(scored.encode()) == ['$.reviews[0].scores["1.1"]']
    asked = text.replace('"kind": "scale"', '"kind": "scale", "kind": "scale"', 1)
    assert paths(asked.encode()) == ["$.call.grid.sections[0].questions[0].kind"]


@pytest.mark.parametrize(
    "number", ["1.0", "1e0", "1E2", "NaN", "Infinity", "-Infinity", "9" * 5000]
)
def test_number_that_is_not_whole_is_a_fault(number: str) -> None:
    text = raw(changed("call/grid/threshold_total", "HERE")).decode()
    source = text.replace('"HERE"', number).encode()
    assert paths(source) == ["$.call.grid.threshold_total"]


def test_long_numbers_are_faults_and_never_a_crash() -> None:
    assert paths(raw(changed("call/grant_max", "9" * 5000))) == ["$.call.grant_max"]
    quantity = "applications/0/budget/0/quantity"
    assert paths(raw(changed(quantity, "0." + "9" * 5000))) == [as_path(quantity)]


def test_every_fault_is_told() -> None:
    content = make_dossier(
        applications=[make_application(lot="9", requested="x")],
        reviews=[make_review(evaluator="e9"), make_review(application="Z")],
    )
    content["municipality"]["kind"] = "selo"
    assert paths(raw(content)) == [
        "$.applications[0].lot",
        "$.applications[0].requested",
        "$.municipality.kind",
        "$.reviews[0].evaluator",
        "$.reviews[1].application",
    ]


def test_envelopes_have_to_add_up_to_the_funding() -> None:
    content = changed("call/lots/0/envelope", "999.99")
    with pytest.raises(InvalidDossier) as invalid:
        parse(raw(content))
    assert [str(fault) for fault in invalid.value.faults] == [
        "$.call.lots: found a sum of 999.99, allowed: envelopes that add up to the funding, 1000.00"
    ]


def test_a_call_has_a_lot() -> None:
    content = changed("call/lots", [])
    assert paths(raw(content)) == ["$.applications[0].lot", "$.call.lots"]


def test_each_min_is_at_most_its_max() -> None:
    content = changed("call/duration_months/min", 13)
    content["call"]["grant_min"] = "1000.01"
    assert paths(raw(content)) == ["$.call.duration_months.min", "$.call.grant_min"]


def test_names_are_unique_in_their_lists() -> None:
    document = {"code": "statut", "title": "Statut", "mandatory": False}
    rule = {"code": "r", "tags": [], "base": "grant", "limit": 1, "severity": "warn"}
    lot = {"code": "1", "title": "Prvi", "envelope": "500.00"}
    content = make_dossier(
        call=make_call(
            lots=[lot, lot], budget_rules=[rule, rule], required_documents=[document, document]
        ),
        organisations=[make_organisation(), make_organisation()],
        applications=[
            make_application(documents=["statut", "statut"], budget=[make_line(), make_line()]),
            make_application(),
        ],
    )
    content["committee"].append({"key": "e1", "name": "Opet", "role": "member"})
    assert paths(raw(content)) == [
        "$.applications[0].budget[1].code",
        "$.applications[0].documents[1]",
        "$.applications[1].reference",
        "$.call.budget_rules[1].code",
        "$.call.lots[1].code",
        "$.call.required_documents[1].code",
        "$.committee[7].key",
        "$.organisations[1].key",
    ]


def test_question_codes_are_unique_in_the_whole_grid() -> None:
    section = {"code": "2", "title": "?", "questions": [make_question("1.1")]}
    grid = make_grid()
    grid["sections"][1] = section
    band = {"code": "a", "label": "a", "points": 1}
    bands = {"code": "b", "text": "?", "kind": "bands", "bands": [band, band]}
    grid["sections"].append({"code": "2", "title": "?", "questions": [bands]})
    assert paths(raw(make_dossier(call=make_call(grid=grid), reviews=[]))) == [
        "$.call.grid.sections[1].questions[0].code",
        "$.call.grid.sections[2].code",
        "$.call.grid.sections[2].questions[0].bands[1].code",
    ]


@pytest.mark.parametrize(
    ("breaks", "faulty"),
    [
        (["section:1", "requested:asc", "vote"], []),
        (["vote"], []),
        (["vote", "section:1"], [0]),
        (["vote", "vote"], [0]),
        (["section:9", "sections:1", "requested", "name:asc", "VOTE"], [0, 1, 2, 3, 4]),
    ],
)
def test_tie_breaks_are_known_and_the_vote_is_last(breaks: list[str], faulty: list[int]) -> None:
    content = changed("call/tie_breaks", breaks)
    assert paths(raw(content)) == [f"$.call.tie_breaks[{number}]" for number in faulty]


def test_tie_votes_name_each_application_once() -> None:
    content = changed("call/tie_votes", ["A", "A", "B"])
    assert paths(raw(content)) == ["$.call.tie_votes[1]", "$.call.tie_votes[2]"]


def test_shortfall_is_not_needed_in_proportion() -> None:
    assert paths(raw(changed("call/allocation", {"mode": "proportional"}))) == []


def test_review_that_counts_answers_everything_with_allowed_values() -> None:
    path = '$.reviews[0].scores["1.1"]'
    for answer in (0, 6, "1.5", "x", "", "5.01", -1):
        content = changed("reviews/0/scores", {"1.1": answer, "2.1": "4.00"})
        assert paths(raw(content)) == [path]
    assert paths(raw(changed("reviews/0/scores", {"2.1": 4}))) == [path]


@pytest.mark.parametrize("over", [{"signed": False}, {"conflict": True}])
def test_other_reviews_may_be_partial_and_out_of_range(over: Json) -> None:
    for scores in ({}, {"1.1": 77}, {"1.1": "možda"}):
        for consensus in (None, True, False):
            review = make_review(scores=scores, consensus=consensus, **over)
            assert paths(raw(make_dossier(reviews=[review]))) == []
    for value in (None, True, 1.5, [], {}):
        review = make_review(scores={"1.1": value}, **over)
        assert paths(raw(make_dossier(reviews=[review]))) == ['$.reviews[0].scores["1.1"]']
    review = make_review(scores={"9": 1}, comments={"8": "x", "1": "x", "1.1": "x"}, **over)
    assert paths(raw(make_dossier(reviews=[review]))) == [
        '$.reviews[0].comments["8"]',
        '$.reviews[0].scores["9"]',
    ]


def test_bands_are_answered_by_code_and_coefficients_by_value() -> None:
    bands = [{"code": "1", "label": "do 50", "points": 5}]
    questions = [
        {"code": "b", "text": "?", "kind": "bands", "bands": bands},
        {"code": "c", "text": "?", "kind": "coefficient", "values": ["1.0", "0.5"], "weight": 10},
    ]
    grid = make_grid(sections=[{"code": "1", "title": "?", "questions": questions}])

    def found(b: Any, c: Any) -> list[str]:
        review = make_review(scores={"b": b, "c": c})
        return paths(raw(make_dossier(call=make_call(grid=grid), reviews=[review])))

    assert found("1", 1) == found("1", "0.50") == []
    assert found(1, "1.0") == ["$.reviews[0].scores.b"]
    assert found("1", "0.7") == found("1", "pola") == ["$.reviews[0].scores.c"]


def test_one_review_per_evaluator_and_one_consensus_per_application() -> None:
    consensus = make_review(consensus=True)
    assert paths(raw(make_dossier(reviews=[make_review(), consensus]))) == []
    assert paths(raw(make_dossier(reviews=[make_review(), make_review()]))) == ["$.reviews[1]"]
    second = make_review(evaluator="e2", consensus=True, signed=False)
    assert paths(raw(make_dossier(reviews=[consensus, second]))) == ["$.reviews[1]"]


def test_huge_scale_is_told_without_counting_its_values() -> None:
    grid = make_grid()
    grid["sections"][0]["questions"][0] |= {"max": "1" + "0" * 300, "step": "0.001"}
    review = make_review(scores={"1.1": "0.5", "2.1": 1})
    content = make_dossier(call=make_call(grid=grid), reviews=[review])
    assert paths(raw(content)) == ['$.reviews[0].scores["1.1"]']
