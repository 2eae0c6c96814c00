"""Nothing grows without limit; what must be longer says why."""

import ast
from statistics import median

from tests.house.sources import Function, functions, length, modules

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_HANDLER = 400, 40, 25
ROUTES = frozenset({"get", "post", "route"})
# Name of a module or `module:function` → why it may be longer.
EXCEPTIONS = {
    "grants/acts/corrections.py:prepare_correction": "it names the sixteen fields of one draft",
}


def _is_handler(node: Function) -> bool:
    return any(
        isinstance(mark, ast.Call)
        and isinstance(mark.func, ast.Attribute)
        and mark.func.attr in ROUTES
        for mark in node.decorator_list
    )


def _body(node: Function) -> int:
    """Lines of the body without its docstring."""
    first = node.body[0]
    has_docstring = ast.get_docstring(node) is not None
    start = (first.end_lineno or 0) + 1 if has_docstring else first.lineno
    return (node.end_lineno or start) - start + 1


def _too_long() -> dict[str, int]:
    found = {module.name: module.lines for module in modules() if module.lines > LONGEST_FILE}
    for module in modules():
        for node in functions(module.tree):
            name = f"{module.name}:{node.name}"
            if length(node) > LONGEST_FUNCTION:
                found[name] = length(node)
            elif _is_handler(node) and _body(node) > LONGEST_HANDLER:
                found[name] = _body(node)
    return found


def test_nothing_is_longer_than_the_house_allows_except_for_a_reason() -> None:
    assert {name: lines for name, lines in _too_long().items() if name not in EXCEPTIONS} == {}


def test_every_exception_is_still_needed_and_says_why() -> None:
    assert set(EXCEPTIONS) - set(_too_long()) == set()
    assert all(len(reason) > 15 for reason in EXCEPTIONS.values())


def test_median_file_and_function_stay_small() -> None:
    files = [module.lines for module in modules() if module.path.name != "__init__.py"]
    sizes = [length(node) for module in modules() for node in functions(module.tree)]
    assert median(files) <= 120
    assert median(sizes) <= 12
