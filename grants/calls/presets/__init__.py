"""Presets a call starts from: versioned files, each with the form that goes with it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Preset:
    """What a new call takes over; `schedule` counts days from the opening and the deadline."""

    key: str
    version: int
    title: str
    lede: str
    call: Mapping[str, Any]
    lots: Sequence[Mapping[str, str]]
    funding: Sequence[str]
    schedule: Mapping[str, int]
    form: Mapping[str, Any]
    # Of whom the committee is to be made, by kind of member; empty: of anybody.
    committee: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """`lod-reload/2`."""
        return f"{self.key}/{self.version}"


@cache
def presets() -> Mapping[str, Preset]:
    """Every preset by its key, in alphabetical order."""
    found = (_read(path) for path in sorted(FOLDER.glob("*.json")) if _is_preset(path))
    return {preset.key: preset for preset in found}


def preset_of(name: str) -> Preset | None:
    """The preset a call was made from, by the name it keeps: `lod-reload/2`."""
    return presets().get(name.partition("/")[0])


def _is_preset(path: Path) -> bool:
    return not path.name.startswith("form-")


def _read(path: Path) -> Preset:
    written: dict[str, Any] = json.loads(path.read_text("utf-8"))
    form: dict[str, Any] = json.loads((FOLDER / written["form"]).read_text("utf-8"))
    return Preset(**(written | {"form": form}))
