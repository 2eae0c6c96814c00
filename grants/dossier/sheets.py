"""The sheets of a call as its tables read them."""

from collections.abc import Iterator
from typing import Any

from grants.calls.models import Call
from grants.dossier.queries import iterate_sheets
from grants.dossier.tables import Written
from grants.i18n.languages import gettext as _


def read_sheets(call: Call) -> Iterator[Written]:
    """Every sheet of a call, by reference and member."""
    for row in iterate_sheets(call.id):
        is_counted = row.signed_at is not None and not row.is_recused and row.set_aside_at is None
        yield Written(
            reference=row.reference or "",
            title=row.title,
            organisation=row.organisation_name,
            lot=row.lot,
            member=row.name,
            status=_status(row),
            is_consensus=row.is_consensus,
            is_counted=is_counted,
            signed_at=row.signed_at,
            scores=row.scores,
            comments=row.comments,
        )


def _status(row: Any) -> str:
    if row.is_recused:
        return _("izuzet")
    if row.set_aside_at is not None:
        return _("stavljen van računa")
    return _("potpisan") if row.signed_at is not None else _("nije potpisan")
