"""The applications of a call as a table to take away."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from grants.desk.labels import state_words
from grants.i18n.languages import gettext as _
from grants.web.filters import moment
from grants.web.tables import Cell


def table_of(rows: Iterable[Any]) -> Iterator[Sequence[Cell]]:
    """The head and one row for each application of `list_case_rows`; amounts in KM."""
    yield [
        _("Broj"),
        _("Projekat"),
        _("Organizacija"),
        _("Oblast"),
        _("Podnesena"),
        _("Traženo (KM)"),
        _("Mjeseci"),
        _("Stanje"),
    ]
    for row in rows:
        yield [
            row.reference or "",
            row.title,
            row.organisation_name,
            row.lot or "",
            moment(row.submitted_at).replace("\u00a0", " "),
            Decimal(row.requested) / 100,
            row.duration_months,
            state_words(row.status, row.outcome),
        ]
