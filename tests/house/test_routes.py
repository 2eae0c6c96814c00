"""Who gets what from every route, as it was reviewed."""

from pathlib import Path

import pytest

from tests.house.golden import ROUTES, read
from tests.house.matrix import statuses


@pytest.mark.database
@pytest.mark.one_database
def test_every_route_answers_every_role_as_on_the_list(tmp_path: Path) -> None:
    """After a review: `python -m tests.house.golden routes`."""
    assert statuses(tmp_path) == read(ROUTES)


def test_nobody_gets_a_broken_page() -> None:
    broken = [name for name, told in read(ROUTES).items() if "5" in _hundreds(told)]
    assert broken == []


def _hundreds(told: dict[str, str]) -> set[str]:
    return {answer.strip()[0] for text in told.values() for answer in text.split(";")}
