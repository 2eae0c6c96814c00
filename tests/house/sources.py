"""The sources of the project, parsed once, for the tests of the house."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
GRANTS = ROOT / "grants"
TEMPLATES = ROOT / "templates"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of ours."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its path from the root of the project."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lines(self) -> int:
        """How long it is."""
        return self.text.count("\n")


@cache
def modules() -> tuple[Module, ...]:
    """Every module under grants/."""
    found = []
    for path in sorted(GRANTS.rglob("*.py")):
        text = path.read_text("utf-8")
        found.append(Module(path, text, ast.parse(text)))
    return tuple(found)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method of a module."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def length(node: Function) -> int:
    """Lines from `def` to the last one."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                yield called.attr, node
            elif isinstance(called, ast.Name):
                yield called.id, node


def callers(name: str) -> dict[str, list[str]]:
    """Where a function is called with a stated reason: reasons by module, in order of writing."""
    found: dict[str, list[str]] = {}
    for module in modules():
        for called, node in calls(module.tree):
            if called == name:
                found.setdefault(module.name, []).append(_reason(node))
    return found


def _reason(node: ast.Call) -> str:
    first = node.args[0] if node.args else None
    if not isinstance(first, ast.Constant):
        return "(not written out)"
    # A unit that only reads is another thing than one that writes.
    reads = any(
        word.arg == "writing" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in node.keywords
    )
    return f"{first.value} (reads)" if reads else str(first.value)
