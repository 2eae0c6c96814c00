"""An auditor recomputes a ranking from the file alone, on a machine that runs no Poziv."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
CASE = HOME / "tests" / "cases" / "tie.json"


def flask(*words: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """`flask --app wsgi …` in an empty environment."""
    environ = {"PATH": "/usr/bin:/bin", "INSTANCE": str(folder)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    return subprocess.run(
        command, cwd=HOME, env=environ, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", ["rank", "check"])
def test_file_is_recomputed_without_any_setting(tmp_path: Path, command: str) -> None:
    done = flask("dossier", command, str(CASE), folder=tmp_path)
    expected = json.loads(CASE.with_suffix(".expected.json").read_text("utf-8"))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == expected[command]
    assert list(tmp_path.iterdir()) == []


def test_other_commands_name_what_is_not_set(tmp_path: Path) -> None:
    done = flask("work", "--once", folder=tmp_path)
    assert (done.returncode, "SECRET_KEY: not set" in done.stderr) == (1, True)
