"""The commands that read a dossier from a file."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from grants.dossier.cli import dossier
from tests.dossier.making import make_dossier, make_organisation, raw


def test_commands_print_json_as_it_is_spelt(tmp_path: Path) -> None:
    file = tmp_path / "poziv.json"
    content = make_dossier(organisations=[make_organisation(jib="42")])
    content["call"]["reference"] = "Općina-ž"
    file.write_bytes(raw(content))
    ranked = CliRunner().invoke(dossier, ["rank", str(file)])
    checked = CliRunner().invoke(dossier, ["check", str(file)])
    assert (ranked.exit_code, checked.exit_code) == (0, 0)
    assert '"call": "Općina-ž"' in ranked.stdout
    assert json.loads(checked.stdout) == {
        "applications": [{"reference": "A", "violations": ["jib"]}]
    }


@pytest.mark.parametrize("command", ["rank", "check"])
def test_faults_go_to_standard_error_one_a_line(tmp_path: Path, command: str) -> None:
    file = tmp_path / "poziv.json"
    content = make_dossier() | {"x": "\ud800", "y": 1}
    file.write_text(json.dumps(content))
    result = CliRunner().invoke(dossier, [command, str(file)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["$.x", "$.y"]


def test_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "nema.json"):
        result = CliRunner().invoke(dossier, ["rank", str(file)])
        assert (result.exit_code, result.stdout) == (2, "")
        assert len(result.stderr.splitlines()) == 1
