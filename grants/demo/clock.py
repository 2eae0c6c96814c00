"""The demo clock: how far it stands from the real one, kept in a file for web and worker."""

import os
import re
from datetime import timedelta
from pathlib import Path

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_SHIFT = re.compile(r"([+-]?)(\d{1,4})([hdw])")
# Ten years either way: enough for every term, and far from the ends of the calendar.
FARTHEST = timedelta(days=3653)


def parse_shift(text: str) -> timedelta | None:
    """The distance of `+9d`, `3h`, `-2w`; None when it is none."""
    found = _SHIFT.fullmatch(text.strip())
    if found is None:
        return None
    distance = timedelta(**{_UNITS[found[3]]: int(found[2])})
    return -distance if found[1] == "-" else distance


class DemoClock:
    """An offset in whole seconds in one file, read anew only when the file has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = -1
        self._offset = timedelta(0)

    def offset(self) -> timedelta:
        """How far the clock stands from the real one."""
        try:
            changed = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return timedelta(0)
        if changed != self._seen:
            self._offset = timedelta(seconds=int(self._path.read_text()))
            self._seen = changed
        return self._offset

    def move(self, distance: timedelta) -> None:
        """Move the clock on or back; it stays within ten years of the real one."""
        self._keep(max(-FARTHEST, min(FARTHEST, self.offset() + distance)))

    def reset(self) -> None:
        """Show the real time again."""
        self._keep(timedelta(0))

    def _keep(self, offset: timedelta) -> None:
        # Written beside and renamed: a reader never meets half a number.
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        draft.write_text(str(int(offset.total_seconds())))
        draft.replace(self._path)
