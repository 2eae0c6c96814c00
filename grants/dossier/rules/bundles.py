"""Everything of one call in one zip: where its building stands, and how its files are named."""

import re
from enum import StrEnum

from grants.errors import DomainError, NotNow, Problem
from grants.i18n.script import fold

_LONGEST_NAME = 80
_UNSAFE = re.compile(r"[^a-z0-9._-]+")


class BundleStatus(StrEnum):
    """Waiting for the worker, being built, ready, or failed with its reason."""

    WAITING = "waiting"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"


UNDER_WAY = (BundleStatus.WAITING, BundleStatus.BUILDING)


def safe_name(name: str, *, otherwise: str = "dokument") -> str:
    """A name that every system can unpack: folded letters, no path, at most 80 signs."""
    stem, dot, ending = name.strip().rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,5}", ending):
        stem, ending = name, ""
    written = _UNSAFE.sub("-", fold(stem)).strip("-.") or otherwise
    return written[:_LONGEST_NAME] + (f".{ending.lower()}" if ending else "")


class Paths:
    """Gives every file of a zip a path of its own: the second of a name becomes `name-2`."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, folder: str, name: str) -> str:
        """The path in the folder; the same name twice is told apart by a number."""
        wanted = safe_name(name)
        stem, dot, ending = wanted.rpartition(".")
        if not dot:
            stem, ending = wanted, ""
        inside = f"{folder}/" if folder else ""
        path, number = f"{inside}{wanted}", 1
        while path in self._given:
            number += 1
            path = f"{inside}{stem}-{number}" + (f".{ending}" if ending else "")
        self._given.add(path)
        return path


def ensure_askable(*, is_under_way: bool, is_open: bool) -> None:
    """Raise NotNow `bundle_call_open` before the applications are opened, `bundle_under_way`."""
    if is_open:
        raise NotNow(Problem("bundle_call_open"))
    if is_under_way:
        raise DomainError(Problem("bundle_under_way"))
