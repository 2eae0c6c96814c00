"""Every route has its gate, and the gate is the one that was reviewed."""

from pathlib import Path

import pytest

from grants.app import create_app
from tests.database import environment
from tests.house.golden import GATES, gates, read


@pytest.fixture
def found(tmp_path: Path) -> dict[str, dict[str, object]]:
    """The gates of the application as it is now."""
    return gates(create_app(environment(tmp_path)))


def test_no_route_is_ungated(found: dict[str, dict[str, object]]) -> None:
    assert [endpoint for endpoint, gate in found.items() if gate["may"] == "NO GATE"] == []


@pytest.mark.database
def test_gates_are_those_on_the_list(found: dict[str, dict[str, object]]) -> None:
    """After a review: `make golden`."""
    assert found == read(GATES)
