"""The points of a grid by sections, as the bar and its legend draw them."""

from dataclasses import dataclass

from grants.calls.rules.grid import Grid
from grants.web.filters import number


@dataclass(frozen=True)
class Bar:
    """One section of the bar: its width in points, and the points as they are written."""

    label: str
    value: float
    shown: str


def bars_of(grid: Grid) -> list[Bar]:
    """One for each section; widths are for drawing only."""
    return [
        Bar(section.title, float(section.max_points), number(section.max_points))
        for section in grid.sections
    ]
