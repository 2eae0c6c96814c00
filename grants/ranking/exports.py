"""A ranking as a table to take away."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from grants.i18n.languages import gettext as _
from grants.ranking.lines import Line
from grants.ranking.rules.outcomes import Outcome
from grants.ranking.rules.points import shown
from grants.ranking.wording import say_all
from grants.web.tables import Cell


def table_of(sections: Sequence[Any], lines: Iterable[Line]) -> Iterator[Sequence[Cell]]:
    """The head and one row for each line; amounts in KM, points to two decimals."""
    yield [
        _("Lot"),
        _("Rang"),
        _("Izjednačeno"),
        _("Prijava"),
        _("Projekat"),
        _("Organizacija"),
        *(section["title"] for section in sections),
        _("Ukupno"),
        _("Traženo (KM)"),
        _("Predloženo (KM)"),
        _("Ishod"),
        _("Rezerva"),
        _("Razlog"),
    ]
    words = outcome_words()
    for line in lines:
        points = line.sections or {}
        yield [
            line.lot,
            line.rank,
            _("da") if line.is_tied else "",
            line.case.reference,
            line.case.title,
            line.case.organisation,
            *(_points(points.get(section["code"])) for section in sections),
            _points(line.total),
            Decimal(line.case.requested) / 100,
            Decimal(line.amount) / 100,
            words[line.outcome],
            line.reserve,
            "; ".join(say_all(line.notes)),
        ]


def outcome_words() -> dict[Outcome, str]:
    """Every outcome as it is called in lists."""
    return {
        Outcome.AWARDED: _("predloženo"),
        Outcome.RESERVE: _("rezerva"),
        Outcome.REFUSED_LIMIT: _("ograničenje"),
        Outcome.REFUSED_THRESHOLD: _("ispod praga"),
        Outcome.DISMISSED: _("odbačeno"),
        Outcome.NOT_SCORED: _("nije ocijenjeno"),
        Outcome.TIE_UNRESOLVED: _("izjednačeno"),
    }


def _points(points: Any) -> Decimal | None:
    return None if points is None else Decimal(shown(points).replace(",", "."))
