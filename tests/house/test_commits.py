"""Who commits, who reads the clock, who leaves the scope, who speaks SQL past the models.

The golden lists run with the database stages; `make golden` writes them anew.
"""

import ast

import pytest

from tests.house.golden import EXITS, UNITS, read
from tests.house.sources import callers, calls, modules

MAY_COMMIT = frozenset({"grants/db.py", "grants/web/commit.py"})
MAY_READ_THE_CLOCK = frozenset({"grants/clock.py"})
CLOCKS = frozenset(
    {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "func.now"}
)


def _called(node: ast.Call) -> str:
    called = node.func
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return f"{called.value.id}.{called.attr}"
    return ""


def test_only_the_kernel_commits() -> None:
    committing = {
        module.name
        for module in modules()
        for name, _node in calls(module.tree)
        if name == "commit"
    }
    assert committing <= MAY_COMMIT


def test_only_the_clock_reads_the_clock() -> None:
    reading = {
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.name not in MAY_READ_THE_CLOCK
        for _name, node in calls(module.tree)
        if _called(node) in CLOCKS
    }
    assert reading == set()


@pytest.mark.database
def test_units_of_work_are_those_on_the_list() -> None:
    assert callers("unit_of_work") == read(UNITS)


@pytest.mark.database
def test_ways_out_of_the_scope_are_those_on_the_list() -> None:
    assert callers("across") == read(EXITS)


def test_no_slice_speaks_sql_past_the_models() -> None:
    past = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
                past += [
                    f"{module.name}: {name.name}" for name in node.names if name.name == "text"
                ]
            if isinstance(node, ast.Attribute) and node.attr in ("__table__", "exec_driver_sql"):
                past.append(f"{module.name}:{node.lineno}: {node.attr}")
    assert past == []
