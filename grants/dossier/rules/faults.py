"""What is wrong with a dossier: one line per fault, with its JSON path."""

import json
import re
from dataclasses import dataclass

NOTHING = object()
"""Stands for a member that is not there."""


class Said(str):
    """What was found, already put into words."""

    __slots__ = ()


TWICE = Said("the name more than once")
SECOND = Said("a second one")

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST_FOUND = 80


@dataclass(frozen=True)
class Odd:
    """A JSON value that no dossier may hold: a number with a fraction, NaN, too many digits."""

    text: str
    why: str


class Doubled(dict[str, object]):
    """An object in which a member name occurs more than once."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """One thing that makes a file no dossier."""

    path: str
    found: str
    allowed: str
    is_extra: bool = False
    """Whether it only is too much, so that what is read around it still holds."""

    def __str__(self) -> str:
        return f"{self.path}: found {self.found}, allowed: {self.allowed}"


class Faults:
    """The faults found so far, and which parts of the file are free of them."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: str, found: object, allowed: str, *, is_extra: bool = False) -> None:
        """Enter a fault; the value found is shortened to fit a line."""
        self.found.append(Fault(path, told(found), allowed, is_extra))

    def is_sound(self, *paths: str) -> bool:
        """Whether no fault that matters lies at, below or above any of the paths."""
        return not any(
            _covers(fault.path, path) or _covers(path, fault.path)
            for fault in self.found
            if not fault.is_extra
            for path in paths
        )


def member(path: str, name: str) -> str:
    """The path of a member of the object at a path."""
    if _PLAIN_NAME.fullmatch(name):
        return f"{path}.{name}"
    return f"{path}[{_on_one_line(name)}]"


def item(path: str, number: int) -> str:
    """The path of an item, counted from 0, of the list at a path."""
    return f"{path}[{number}]"


def told(value: object) -> str:
    """What was found, on one line and not too long."""
    if value is NOTHING:
        return "nothing"
    if isinstance(value, Said):
        return str(value)
    if isinstance(value, Odd):
        return f"{_shortened(value.text)} ({value.why})"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return _shortened(_on_one_line(value))


def _on_one_line(value: object) -> str:
    """The value as JSON; signs that break a line or cannot be written are escaped."""
    is_plain = not isinstance(value, str) or value.isprintable()
    return json.dumps(value, ensure_ascii=not is_plain)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_FOUND else f"{text[:_LONGEST_FOUND]}…"


def _covers(outer: str, inner: str) -> bool:
    return inner == outer or (inner.startswith(outer) and inner[len(outer)] in ".[")
