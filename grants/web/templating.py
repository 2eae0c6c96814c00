"""The environment of the templates."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """Jinja whose templates hold their globals in one dictionary.

    A page imports some twenty components, and each import compares the globals of both sides:
    between chained maps that took a sixteenth of the list of applications. Ours are complete
    before the first template is read.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of the environment and those of one template."""
        return {**self.globals, **(d or {})}
