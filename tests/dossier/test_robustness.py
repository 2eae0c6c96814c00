"""Whatever is in a file: faults or a result, never a crash."""

import json
from random import Random
from typing import Any

import pytest

from grants.dossier.rules.checking import check_dossier
from grants.dossier.rules.reading import InvalidDossier, parse
from grants.ranking.rules.printed import rank_dossier
from tests.dossier.making import make_line, random_dossier

JUNK: list[Any] = [
    None,
    True,
    0,
    -1,
    1,
    2,
    10**400,
    "",
    "1",
    "0.5",
    "-0",
    "vote",
    "\ud800",
    "9" * 2000,
    "0001-01-01T00:00+23:59",
    "0001-01-01T00:00Z",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31",
    [],
    [[]],
    [None],
    {},
    {"code": "1"},
    {"kind": []},
    {"": {}},
]


def places(content: Any) -> list[tuple[Any, Any]]:
    """Every place of the content: its owner and its name or number there."""
    found = []
    names = content if isinstance(content, dict) else range(len(content))
    for name in names:
        found.append((content, name))
        if isinstance(content[name], dict | list):
            found += places(content[name])
    return found


@pytest.mark.parametrize("start", range(0, 1000, 250))
def test_spoilt_dossier_has_faults_or_a_result(start: int) -> None:
    for seed in range(start, start + 250):
        content = random_dossier(seed)
        if content["applications"]:
            content["applications"][0]["budget"] = [make_line(), make_line("1.2", tags=["a"])]
        chance = Random(seed)  # noqa: S311  seeded, no secret
        for _ in range(chance.choice([1, 1, 2, 5])):
            owner, name = chance.choice(places(content))
            action = chance.random()
            if action < 0.7:
                owner[name] = chance.choice(JUNK)
            elif isinstance(owner, list):
                owner.append(owner[name])
            else:
                del owner[name]
        try:
            dossier = parse(json.dumps(content).encode())
        except InvalidDossier:
            continue
        assert len(rank_dossier(dossier)["applications"]) == len(content["applications"])
        assert len(check_dossier(dossier)["applications"]) == len(content["applications"])
        assert parse(dossier.canonical()).canonical() == dossier.canonical()
