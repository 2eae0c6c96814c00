"""Nothing unfinished and nothing of this machine is left in the project."""

import re
import subprocess

from tests.house.sources import ROOT

TEXTS = frozenset(
    (".py", ".html", ".txt", ".css", ".js", ".json", ".toml", ".md", ".po", ".cfg", ".ini", ".yml")
)
MARKS = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
# Paths that exist on one machine only.
PLACES = re.compile(r"(?<![\w.])/(?:wo" + r"rk|ho" + r"me|ro" + r"ot|Us" + r"ers)/[\w.]")


def _texts() -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\n") if listed.returncode == 0 else _walked()
    return {
        name: (ROOT / name).read_text("utf-8")
        for name in names
        if "vendor/" not in name
        and (ROOT / name).is_file()
        and ((ROOT / name).suffix in TEXTS or name == "Makefile" or name.startswith(".ci/"))
    }


def _walked() -> list[str]:
    """All files, where the project was unpacked without its history."""
    return [
        path.relative_to(ROOT).as_posix()
        for folder in ("grants", "templates", "static", "tests", "migrations", "docs", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    ]


def test_nothing_is_marked_unfinished() -> None:
    assert [name for name, text in _texts().items() if MARKS.search(text)] == []


def test_no_path_of_a_machine_is_written_down() -> None:
    assert [name for name, text in _texts().items() if PLACES.search(text)] == []
