"""The fairness of a ranking drawn once by the worker, for a chair from whom nothing is hidden."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Generic, TypeVar, overload

from grants.calls.models import Call
from grants.ranking.fair import FAIRNESS, DrawnCut, DrawnTip, Panel, Place, panel_of
from grants.ranking.kept import lines_kept
from grants.ranking.lines import Case, Line
from grants.ranking.marks import read_kept, read_part
from grants.ranking.rules.fairness import Habits
from grants.ranking.rules.outcomes import Outcome

# Under which name the preview of a ranking keeps it.
PANEL = "panel"
Json = dict[str, Any]
Row = TypeVar("Row")


@dataclass(frozen=True)
class Found:
    """The panel, if it is computed; `stale_since` where something happened after that."""

    panel: Panel | None
    stale_since: datetime | None


@dataclass(frozen=True)
class Drawn(Sequence[Row], Generic[Row]):
    """A long list of which only the rows asked for are drawn."""

    kept: Sequence[Any]
    draw: Callable[..., Row]

    def __len__(self) -> int:
        return len(self.kept)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self.draw(*each) for each in self.kept[at]]
        return self.draw(*self.kept[at])


def find_panel(call: Call, *, hidden: Collection[int]) -> Found:
    """The panel as whoever asks may see it; where something is hidden (ids) it is drawn anew."""
    if hidden:
        kept, mark = read_kept(call)
        content = kept.content if kept else {}
        panel = None
        if kept and FAIRNESS in content:
            panel = panel_of(content[FAIRNESS], lines_kept(kept), hidden=hidden)
    else:
        kept, part, mark = read_part(call, PANEL)
        panel = _panel(part) if part else None
    return Found(panel, kept.computed_at if kept and kept.mark != mark else None)


def panel_json(panel: Panel) -> Json:
    """The panel as plain JSON, points as fractions."""
    return {
        "habits": [_plain(astuple(each)) for each in panel.habits],
        "too_few": dict(panel.too_few),
        "places": [
            _plain([astuple(line.case), line.lot, line.total, each.levelled, *each.both])
            for each in panel.places
            for line in [each.line]
        ],
        "cuts": [_plain(astuple(each)) for each in panel.cuts],
        "tips": [_plain(astuple(each)) for each in panel.tips],
        "has_more_tips": panel.has_more_tips,
    }


def _panel(kept: Json) -> Panel:
    return Panel(
        habits=[_habits(*each) for each in kept["habits"]],
        too_few=kept["too_few"],
        places=Drawn(kept["places"], _place),
        cuts=[_cut(*each) for each in kept["cuts"]],
        tips=Drawn(kept["tips"], _tip),
        has_more_tips=kept["has_more_tips"],
    )


def _plain(values: Sequence[Any]) -> list[Any]:
    return [_value(each) for each in values]


def _value(value: Any) -> Any:
    match value:
        case Fraction():
            return str(value)
        case Outcome():
            return value.value
        case list() | tuple():
            return _plain(value)
        case _:
            return value


def _exact(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _habits(member: str, sheets: int, *points: str | None) -> Habits:
    mean, spread, lowest, highest = (Fraction(each or 0) for each in points[:4])
    return Habits(member, sheets, mean, spread, lowest, highest, *map(_exact, points[4:]))


def _place(case: Sequence[Any], lot: str, total: str, levelled: str, *places: int) -> Place:
    # All that is drawn have a rank; of its outcome the panel tells nothing.
    line = Line(Case(*case), lot, Outcome.AWARDED, total=Fraction(total))
    return Place(line, Fraction(levelled), *places)


def _cut(lot: str, last: Sequence[Any], first: Sequence[Any], gap: str) -> DrawnCut:
    return DrawnCut(lot, Case(*last), Case(*first), Fraction(gap))


def _tip(
    case: Sequence[Any], member: str, before: str, after: str, others: Sequence[Any]
) -> DrawnTip:
    return DrawnTip(
        Case(*case), member, Outcome(before), Outcome(after), [Case(*each) for each in others]
    )
