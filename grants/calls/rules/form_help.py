"""What the committee looks for in each answer of the form: its grid, read from the other side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grants.calls.rules.grid import BandsQuestion, Grid, ScaleQuestion


@dataclass(frozen=True)
class LookedFor:
    """One question of the grid that an answer is judged by; `points` is the most it brings.

    `scale` holds the lowest and the highest score; `bands` each answer with its points.
    """

    code: str
    text: str
    points: Fraction
    scale: tuple[Fraction, Fraction] | None = None
    bands: tuple[tuple[str, Fraction], ...] = ()


def looked_for(
    grid: Grid, evidence: Mapping[str, Sequence[str]]
) -> dict[str, tuple[LookedFor, ...]]:
    """By key of the form, the questions of the grid that name it as their evidence."""
    found: dict[str, tuple[LookedFor, ...]] = {}
    for question in grid.questions():
        bands: tuple[tuple[str, Fraction], ...] = ()
        scale = None
        if isinstance(question, BandsQuestion):
            bands = tuple((band.label, band.points) for band in question.bands)
        elif isinstance(question, ScaleQuestion):
            scale = (question.minimum, question.highest)
        seen = LookedFor(question.code, question.text, question.max_points, scale, bands)
        for key in dict.fromkeys(evidence.get(question.code, ())):
            found[key] = (*found.get(key, ()), seen)
    return found
