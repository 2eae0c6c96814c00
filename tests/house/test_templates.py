"""Templates get loaded, named things; they call components and a short list of functions."""

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes

from grants.app import create_app
from tests.database import environment
from tests.house.sources import TEMPLATES

PARSER = jinja2.Environment(autoescape=True)
FUNCTIONS = frozenset(
    {"_", "ngettext", "pgettext", "url_for", "allowed", "csrf_token", "sentence", "caller", "super"}
    | {"dict", "namespace", "range", "get_flashed_messages"}
)
# What may be asked of a value: nothing that reads the database.
METHODS = frozenset({"items", "values", "keys", "get", "isoformat", "address", "split", "strip"})
# Drawing a field of a form, an address handed in as a function.
DRAWN = frozenset({"f", "part", "option", "url"})
SHARED = ("components/", "layouts/")
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\bsrc=)(?![^>]*application/json)"
)


def _templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def _name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def _parsed() -> Iterator[tuple[str, nodes.Template]]:
    for path in _templates():
        yield _name(path), PARSER.parse(path.read_text("utf-8"))


def _own_names(tree: nodes.Template) -> set[str]:
    """The macros a template has imported, one by one or by file, or makes itself."""
    imported = {
        name if isinstance(name, str) else name[1]
        for node in tree.find_all(nodes.FromImport)
        for name in node.names
    }
    modules = {node.target for node in tree.find_all(nodes.Import)}
    return imported | modules | {macro.name for macro in tree.find_all(nodes.Macro)}


def _lent(name: str, trees: dict[str, nodes.Template]) -> set[str]:
    """What a template may call because those that include it have imported it."""
    lending = {
        includer
        for includer, tree in trees.items()
        for node in tree.find_all(nodes.Include)
        if isinstance(node.template, nodes.Const) and node.template.value == name
    }
    return {macro for includer in lending for macro in _names_with_parents(includer, trees)}


def _names_with_parents(name: str, trees: dict[str, nodes.Template]) -> set[str]:
    """The own names and those imported by the templates it extends."""
    tree = trees[name]
    own = _own_names(tree)
    for parent in tree.find_all(nodes.Extends):
        if isinstance(parent.template, nodes.Const):
            own |= _names_with_parents(parent.template.value, trees)
    return own


def _is_allowed(call: nodes.Call, own: set[str]) -> bool:
    called = call.node
    if isinstance(called, nodes.Name):
        return called.name in FUNCTIONS | DRAWN | own
    if isinstance(called, nodes.Getattr):
        root = called.node
        is_drawn = isinstance(root, nodes.Name) and root.name in {"form", "self"} | own
        return called.attr in METHODS or is_drawn
    return False


def test_templates_call_components_and_known_functions_only() -> None:
    strange, trees = [], dict(_parsed())
    for name, tree in trees.items():
        own = _names_with_parents(name, trees) | _lent(name, trees)
        strange += [
            f"{name}:{call.lineno}"
            for call in tree.find_all(nodes.Call)
            if not _is_allowed(call, own)
        ]
    assert strange == []


def test_component_is_one_macro_named_like_its_file() -> None:
    macros = {
        name: [macro.name for macro in tree.find_all(nodes.Macro)]
        for name, tree in _parsed()
        if name.startswith("components/")
    }
    assert {name: [Path(name).stem] for name in macros} == macros


def test_component_says_in_its_first_line_what_it_is() -> None:
    silent = [
        path.name
        for path in (TEMPLATES / "components").iterdir()
        if not path.read_text("utf-8").startswith("{#- ")
    ]
    assert silent == []


def test_nothing_is_inline() -> None:
    found = [
        _name(path)
        for path in _templates()
        if path.suffix == ".html" and INLINE.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_every_template_compiles_with_the_filters_of_the_app(tmp_path: Path) -> None:
    app = create_app(environment(tmp_path))
    assert all(app.jinja_env.get_template(_name(path)) for path in _templates())


def test_every_page_is_drawn_by_a_view() -> None:
    """A page that no code names is left over."""
    code = "\n".join(
        path.read_text("utf-8")
        for folder in ("grants", "templates")
        for path in (TEMPLATES.parent / folder).rglob("*")
        if path.suffix in (".py", ".html", ".txt")
    )
    pages = [name for path in _templates() if not (name := _name(path)).startswith(SHARED)]
    # Mails of one kind may be named together: f"calls/emails/{what}.txt".
    named = [name for name in pages if name in code or f"{Path(name).parent}/{{" in code]
    unused = sorted(set(pages) - set(named))
    assert unused == []
