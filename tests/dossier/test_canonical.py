"""The canonical form: the same bytes for the same content."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.dossier.rules.reading import parse
from grants.ranking.rules.canonical import canonical
from grants.ranking.rules.instants import day, instant, instant_text
from tests.dossier.making import (
    make_application,
    make_call,
    make_dossier,
    make_grid,
    make_question,
    make_review,
    random_dossier,
    raw,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-01-17T15:00+01:00", "2022-01-17T14:00:00Z"),
        ("2022-01-17T14:00:00.000000Z", "2022-01-17T14:00:00Z"),
        ("2022-01-17T14:00:00.120Z", "2022-01-17T14:00:00.12Z"),
        ("2022-01-17T14:00:00.000001Z", "2022-01-17T14:00:00.000001Z"),
        ("2024-02-29T23:59:59-23:59", "2024-03-01T23:58:59Z"),
        ("0001-01-01T00:00-00:00", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
        ("0999-12-31T23:30-00:30", "1000-01-01T00:00:00Z"),
    ],
)
def test_instant_is_written_in_utc(text: str, expected: str) -> None:
    assert instant_text(instant(text)) == expected


@given(st.datetimes(timezones=st.just(UTC)))
def test_instant_reads_back(moment: datetime) -> None:
    assert instant(instant_text(moment)) == moment


def test_day_is_read_strictly() -> None:
    assert day("2024-02-29").isoformat() == "2024-02-29"
    with pytest.raises(ValueError, match="2024-2-29"):
        day("2024-2-29")


def test_amounts_and_instants_are_canonical_and_the_rest_as_given() -> None:
    grid = make_grid(declared_total=None)
    grid["sections"][0]["questions"] = [make_question("own", weight="1.0")]
    content = make_dossier(
        call=make_call(grid=grid, grant_min="007.5", tie_votes=None),
        applications=[make_application(posted_at=None, requested="400")],
        reviews=[
            make_review(
                scores={"own": "3.0", "2.1": 4}, comments={"own": '\u0001\u007f\u2028č"\\/'}
            )
        ],
    )
    text = parse(raw(content)).canonical().decode()
    assert '"grant_min":"7.50"' in text
    assert '"requested":"400.00"' in text
    assert '"opens_at":"2024-03-01T07:00:00Z"' in text
    assert '"scores":{"2.1":4,"own":"3.0"}' in text
    assert '"comments":{"own":"\\u0001\u007f\u2028č\\"\\\\/"}' in text
    assert '"weight":"1.0"' in text
    assert '"organisation_cap":null' in text
    assert "tie_votes" not in text
    assert "posted_at" not in text
    assert "declared_total" not in text
    assert not text.endswith("\n")


def test_keys_are_sorted_by_code_point() -> None:
    content: dict[str, Any] = {"comments": {"\U0001f600": "", "\uffff": "", "Z": "", "a": ""}}
    assert canonical(content) == '{"comments":{"Z":"","a":"","\uffff":"","\U0001f600":""}}'.encode()


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_hash_survives_reformatting(seed: int) -> None:
    content = random_dossier(seed)
    chance = Random(seed)  # noqa: S311  seeded, no secret

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            names = list(value)
            chance.shuffle(names)
            return {name: shuffled(value[name]) for name in names}
        return [shuffled(each) for each in value] if isinstance(value, list) else value

    dossier = parse(raw(content))
    reformatted = json.dumps(shuffled(content), indent=3, ensure_ascii=True).encode()
    assert parse(reformatted).sha256() == dossier.sha256()
    assert parse(dossier.canonical()).canonical() == dossier.canonical()
    assert sha256(dossier.canonical()).hexdigest() == dossier.sha256()
