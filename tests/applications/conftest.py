"""The clock of these tests runs from noon on a Monday in March, a week before the deadline."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from grants import clock
from tests.conftest import NOON

Move = Callable[[datetime], None]


@pytest.fixture
def move_to(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Set the clock of every request to a moment, from which it runs on."""

    def move(moment: datetime) -> None:
        offset = moment - datetime.now(UTC)  # noqa: TID251  what the clock itself would read
        monkeypatch.setattr(clock, "_offset", [lambda: offset])

    return move


@pytest.fixture
def at(move_to: Move) -> datetime:
    """Noon, a week before the deadline."""
    move_to(NOON)
    return NOON
