"""The golden lists of the house; `python -m tests.house.golden [routes]` writes them anew.

The difference is reviewed like code: a new line is a new way in, or out of the scope.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask

from grants.app import create_app
from grants.web.gate import Gate
from tests.database import environment
from tests.house.matrix import statuses
from tests.house.sources import callers

HERE = Path(__file__).parent
GATES, UNITS, EXITS, ROUTES = (
    HERE / name for name in ("gates.json", "units.json", "exits.json", "routes.json")
)
# Flask's own, which serves files that are public.
UNGATED = frozenset({"static"})
METHODS = ("GET", "POST")


def read(path: Path) -> Any:
    """A list as it was reviewed."""
    return json.loads(path.read_text("utf-8"))


def write(path: Path, found: dict[str, Any]) -> None:
    """A list with one line for each key, so that two people's new lines seldom meet."""
    lines = [f"{json.dumps(key)}: {json.dumps(found[key])}" for key in sorted(found)]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def gates(app: Flask) -> dict[str, Any]:
    """Endpoint → methods and the names of what stands before it."""
    found: dict[str, Any] = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint in UNGATED:
            continue
        gate: Gate | None = getattr(app.view_functions[rule.endpoint], "gate", None)
        entry = found.setdefault(rule.endpoint, {"methods": [], **_names(gate)})
        methods = {*entry["methods"], *(set(METHODS) & set(rule.methods or ()))}
        entry["methods"] = sorted(methods)
    return found


def _names(gate: Gate | None) -> dict[str, str]:
    if gate is None:
        return {"may": "NO GATE"}
    parts = {"may": gate.may, "on": gate.on, "seen_by": gate.seen_by}
    return {key: _name(part) for key, part in parts.items() if part is not None}


def _name(part: Any) -> str:
    return f"{part.__module__.removeprefix('grants.')}.{part.__qualname__}"


def main(what: list[str]) -> None:
    """Write the lists anew; with `routes` also who gets what from every route (a minute)."""
    with tempfile.TemporaryDirectory() as folder:
        write(GATES, gates(create_app(environment(Path(folder)))))
        write(UNITS, callers("unit_of_work"))
        write(EXITS, callers("across"))
        if "routes" in what:
            write(ROUTES, statuses(Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
