"""Every module says what it is; a package's own file says only that.

Who may import whom is the contract of import-linter, run by `make imports`.
"""

import ast

from tests.house.sources import modules

NO_NAMES = frozenset(
    {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "service"}
)

# Packages whose own file holds more, with the reason.
INHABITED = {
    "grants/applications/queries/__init__.py": "one name for queries that many slices ask",
    "grants/calls/presets/__init__.py": "finds the presets that lie beside it",
    "grants/evaluation/actions/__init__.py": "one name for actions that are split by noun",
    "grants/evaluation/queries/__init__.py": "one name for queries that later slices ask",
}


def test_every_module_has_a_docstring_of_one_line() -> None:
    first_lines = {
        module.name: (ast.get_docstring(module.tree) or "").partition("\n")[0]
        for module in modules()
    }
    assert [name for name, line in first_lines.items() if not line.endswith((".", ":", ";"))] == []


def test_package_file_holds_its_docstring_only() -> None:
    packages = [module for module in modules() if module.path.name == "__init__.py"]
    full = {module.name for module in packages if len(module.tree.body) != 1}
    assert full - set(INHABITED) == set()


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [module.name for module in modules() if {module.path.stem} & NO_NAMES]
    assert named == []


def test_public_functions_of_rules_and_actions_have_docstrings() -> None:
    missing = [
        f"{module.name}:{node.name}"
        for module in modules()
        if "rules" in module.name or "actions" in module.name
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert missing == []
