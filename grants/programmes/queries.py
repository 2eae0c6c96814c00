"""Finding programmes, and what organisations were awarded under them, over all municipalities."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from grants import tenancy
from grants.db import db
from grants.programmes.models import AwardEntry, Programme


def get_programme_by_name(name: str) -> Programme | None:
    """The programme of a name."""
    return db.session.execute(select(Programme).where(Programme.name == name)).scalar()


def list_programme_names() -> list[str]:
    """Every programme's name, in alphabetical order."""
    return list(db.session.execute(select(Programme.name).order_by(Programme.name)).scalars())


def list_prior_awards(
    programme_id: int | None, organisation_ids: Iterable[int], *, until: datetime | None = None
) -> dict[int, int]:
    """What each organisation was awarded under a programme anywhere, in fening; 0 for the others.

    Withdrawn awards do not count. Without a programme nobody has prior awards. With `until` it is
    what was known at that moment: a closed ranking counts nothing that came after it.
    """
    wanted = list(organisation_ids)
    totals = dict.fromkeys(wanted, 0)
    if programme_id is None or not wanted:
        return totals
    statement = (
        select(AwardEntry.organisation_id, func.sum(AwardEntry.amount))
        .where(
            AwardEntry.programme_id == programme_id,
            AwardEntry.organisation_id.in_(wanted),
            *_standing(until),
        )
        .group_by(AwardEntry.organisation_id)
    )
    with tenancy.across("caps of a programme over municipalities"):
        for organisation_id, awarded in db.session.execute(statement):
            totals[organisation_id] = int(awarded)
    return totals


def mark_of_awards(programme_id: int | None) -> str:
    """Changes when an award under the programme is entered or withdrawn anywhere."""
    if programme_id is None:
        return ""
    statement = select(func.count(), func.sum(AwardEntry.amount), func.max(AwardEntry.id)).where(
        AwardEntry.programme_id == programme_id, *_standing(None)
    )
    with tenancy.across("caps of a programme over municipalities"):
        return "/".join(str(each or 0) for each in db.session.execute(statement).one())


def _standing(until: datetime | None) -> list[ColumnElement[bool]]:
    """Which entries count: those that nobody withdrew, now or at the moment."""
    if until is None:
        return [AwardEntry.withdrawn_at.is_(None)]
    return [
        AwardEntry.entered_at <= until,
        or_(AwardEntry.withdrawn_at.is_(None), AwardEntry.withdrawn_at > until),
    ]


def get_award_entry(source: str) -> AwardEntry | None:
    """The award of the scope's municipality that came from a source, e.g. `decision:12`."""
    return db.session.execute(select(AwardEntry).where(AwardEntry.source == source)).scalar()
