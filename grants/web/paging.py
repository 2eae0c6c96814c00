"""Lists in pages: how many, which, and the addresses of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request, url_for

Row = TypeVar("Row")
PER_PAGE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list."""

    rows: Sequence[Row]
    number: int
    total: int
    per_page: int = PER_PAGE
    name: str = "page"
    # The page of the list, where a form sent elsewhere shows it again.
    endpoint: str = ""

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.total // self.per_page))

    def address(self, number: int) -> str:
        """The address of another page of the same list."""
        arguments = request.args.to_dict(flat=True) | {self.name: str(number)}
        endpoint = self.endpoint or str(request.endpoint)
        return url_for(endpoint, **((request.view_args or {}) | arguments))


def page_of(rows: Sequence[Row], *, name: str = "page", endpoint: str = "") -> Page[Row]:
    """The page asked for of a list that is there as a whole; `name` where a page has two lists."""
    number = page_number(name)
    start = (number - 1) * PER_PAGE
    return Page(rows[start : start + PER_PAGE], number, len(rows), name=name, endpoint=endpoint)


def page_number(name: str = "page") -> int:
    """The page asked for; nonsense is the first."""
    asked = request.args.get(name, "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
