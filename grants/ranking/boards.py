"""A ranking as its pages draw it: lots with their lines, the funding line, the figures on top."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from grants.i18n.languages import gettext as _
from grants.i18n.languages import lazy_gettext as _l
from grants.i18n.languages import ngettext
from grants.ranking.lines import Case, Line
from grants.ranking.previews import Preview
from grants.ranking.rules.outcomes import Outcome
from grants.ranking.rules.points import shown
from grants.ranking.withheld import is_open
from grants.web.filters import money_km

# Up to this many applications a ranking is one page; above, one page of one lot at a time.
ON_ONE_PAGE = 300
PER_PAGE = 100
_TAGS = {
    Outcome.AWARDED: (_l("predloženo"), "green"),
    Outcome.REFUSED_LIMIT: (_l("ograničenje"), "red"),
    Outcome.REFUSED_THRESHOLD: (_l("ispod praga"), ""),
    Outcome.DISMISSED: (_l("odbačeno"), ""),
    Outcome.NOT_SCORED: (_l("nije ocijenjeno"), "red"),
    Outcome.TIE_UNRESOLVED: (_l("izjednačeno"), "red"),
}


@dataclass(frozen=True)
class Bar:
    """One section of a bar: its title, its exact points, and as they are written."""

    label: str
    value: Fraction
    shown: str = ""


@dataclass(frozen=True)
class Entry:
    """A line with its bar, its total as written and the line of money after it."""

    line: Line
    bar: list[Bar]
    total: str
    ends_money: bool = False

    @property
    def tag(self) -> tuple[str, str]:
        """The outcome in a word or two, with its colour."""
        if self.line.outcome is Outcome.RESERVE:
            return _("rezerva %(place)s", place=self.line.reserve or ""), "amber"
        if is_open(self.line):
            return _("otvoreno"), "amber"
        words, colour = _TAGS[self.line.outcome]
        return str(words), colour


@dataclass(frozen=True)
class LotBoard:
    """One lot: amounts in fening, and its applications in their order.

    What is left is None for whoever may not see every application.
    """

    code: str
    title: str
    envelope: int
    awarded: int
    left: int | None
    applications: int
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """The whole page."""

    summary: Mapping[str, Any]
    lots: list[LotBoard]
    sections: list[Bar]

    @property
    def max_points(self) -> Fraction:
        """The most points that an application can have."""
        return Fraction(self.summary["max_points"])

    @property
    def tiles(self) -> list[tuple[str, str]]:
        """The figures on top."""
        summary = self.summary
        return [
            (
                str(summary["applications"]),
                _("prijava, prihvatljivih %(n)s", n=summary["eligible"]),
            ),
            (
                f"{summary['given']} / {summary['expected']}",
                ngettext(
                    "ocjena predato, %(num)d izuzeće",
                    "ocjena predato, %(num)d izuzeća",
                    summary["recused"],
                ),
            ),
            (
                money_km(summary["awarded"]),
                _("predloženo od %(sum)s", sum=money_km(summary["envelope"])),
            ),
            (str(summary["ties"]), _("neriješenih izjednačenja")),
        ]


def board_of(summary: Mapping[str, Any], lines: Iterable[Line]) -> Board:
    """The page of a ranking; whoever has a conflict is given withheld lines and figures."""
    titles = [(each["code"], each["title"]) for each in summary["sections"]]
    by_lot: dict[str, list[Line]] = {lot["code"]: [] for lot in summary["lots"]}
    for line in lines:
        by_lot[line.lot].append(line)
    return Board(
        summary=summary,
        lots=[
            LotBoard(**lot, entries=_entries(by_lot[lot["code"]], titles, summary))
            for lot in summary["lots"]
            if by_lot[lot["code"]] or not lot["applications"]
        ],
        sections=[Bar(title, Fraction(0)) for _code, title in titles],
    )


def _entries(
    lines: Sequence[Line],
    titles: Sequence[tuple[str, str]],
    summary: Mapping[str, Any],
) -> list[Entry]:
    threshold = Fraction(summary["threshold_total"])
    paid = [
        number
        for number, line in enumerate(lines)
        if line.outcome is Outcome.AWARDED
        and not any(note.code == "ranked_from_pool" for note in line.notes)
    ]
    entries = []
    for number, line in enumerate(lines):
        is_last_paid = bool(paid) and number == paid[-1]
        points = line.sections or {}
        bar = [Bar(title, points[code], shown(points[code])) for code, title in titles if points]
        total = "" if line.total is None else shown(line.total, threshold=threshold)
        entries.append(Entry(line, bar, total, ends_money=is_last_paid))
    return entries


def lines_of(shown_now: Preview, cases: Mapping[str, Case]) -> list[Line]:
    """The lines of a computed ranking, in its order."""
    return [
        Line(
            case=cases[each.reference],
            lot=each.lot,
            outcome=each.outcome,
            rank=each.rank,
            is_tied=each.is_tied,
            reserve=each.reserve,
            sections=dict(each.sections) if each.sections else None,
            total=each.total,
            amount=each.amount,
            notes=shown_now.notes[each.reference],
        )
        for each in shown_now.result.applications
    ]
