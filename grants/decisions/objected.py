"""What the objections changed between the list objected to and the final one, for the acts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from grants import clock
from grants.complaints.labels import effect_done
from grants.complaints.models import Objection
from grants.complaints.queries.objections import Figures
from grants.i18n.languages import gettext as _
from grants.money import form
from grants.ranking.models import RankedRow, Ranking
from grants.ranking.rules.outcomes import Outcome
from grants.ranking.rules.points import shown

Facts = dict[str, Any]


@dataclass(frozen=True)
class Objected:
    """How the objections of a call ended, and the rows of the list they were filed against."""

    figures: Figures
    # Those that the final list already follows, each with its act and its application.
    upheld: Sequence[Objection]
    before: Mapping[int, RankedRow]


def objected_of(
    upheld: Sequence[Objection], *, figures: Figures, before: Sequence[RankedRow], until: datetime
) -> Objected:
    """The same from what is stored; a ruling made after the final list says nothing of it."""
    followed = [each for each in upheld if each.ruled_at is not None and each.ruled_at <= until]
    return Objected(figures, followed, {row.application_id: row for row in before})


def final_facts(objected: Objected, final: Ranking) -> Facts:
    """The final list and what it rests on beside the committee's record."""
    figures, before = objected.figures, objected.before.values()
    return {
        "version": final.version,
        "on": _day(final.published_at),
        "is_same": _state(before) == _state(final.rows),
        "filed": figures.filed,
        "rejected": figures.rejected,
        "dismissed": figures.dismissed,
        "withdrawn": figures.withdrawn,
        "upheld": [_ruling(each) for each in objected.upheld],
    }


def changed_facts(row: RankedRow, objected: Objected | None) -> Facts | None:
    """What an upheld objection changed for one application, the own or another's; None if none."""
    before = objected.before.get(row.application_id) if objected else None
    if objected is None or before is None:
        return None
    own = [each for each in objected.upheld if each.application_id == row.application_id]
    is_other = _result(before) != _result(row)
    if not own and not (is_other and objected.upheld):
        return None
    return {
        "is_own": bool(own),
        "before": _in_words(before),
        "after": _in_words(row),
        "rulings": [_ruling(each) for each in own or objected.upheld],
    }


def _ruling(objection: Objection) -> Facts:
    act = objection.act
    return {
        "number": act.number if act else None,
        "date": act.acted_on.isoformat() if act and act.acted_on else None,
        "reference": objection.application.reference,
        "effect": effect_done(objection),
    }


def _state(rows: Iterable[RankedRow]) -> dict[int, tuple[Any, ...]]:
    return {row.application_id: (*_result(row), row.total, row.rank) for row in rows}


def _result(row: RankedRow) -> tuple[Any, ...]:
    return row.outcome, row.amount, row.reserve


def _in_words(row: RankedRow) -> str:
    """`86,00 bodova, predloženo 20.000,00 KM`"""
    said = _outcome(row)
    if not row.total:
        return said
    return _("%(points)s bodova", points=shown(Fraction(row.total))) + f", {said}"


def _outcome(row: RankedRow) -> str:
    match row.outcome:
        case Outcome.AWARDED:
            return _("predloženo %(amount)s\u00a0KM", amount=form(row.amount))
        case Outcome.RESERVE:
            return _("%(place)s. mjesto na rezervnoj listi", place=row.reserve or "")
        case Outcome.REFUSED_THRESHOLD:
            return _("ispod praga")
        case Outcome.REFUSED_LIMIT:
            return _("bez sredstava zbog ograničenja po organizaciji")
        case Outcome.DISMISSED:
            return _("odbačena")
        case _:
            return _("nije ocijenjena")


def _day(moment: datetime | None) -> str | None:
    return clock.local_day(moment).isoformat() if moment else None
