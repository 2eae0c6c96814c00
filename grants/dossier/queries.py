"""Finding what an import must know of, and the call that an export writes."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload, undefer

from grants import tenancy
from grants.calls.models import Call
from grants.db import db
from grants.municipalities.models import Municipality
from grants.organisations.models import Organisation
from grants.organisations.rules.identifiers import is_jib


def get_call_of_reference(reference: str) -> Call | None:
    """The call of a reference, whichever municipality's, with what its dossier says of it."""
    statement = (
        select(Call)
        .where(Call.reference == reference)
        .options(
            joinedload(Call.municipality),
            selectinload(Call.lots),
            selectinload(Call.funding),
            undefer(Call.imported_text),
        )
    )
    with tenancy.across("a dossier is asked for by its reference alone"):
        return db.session.execute(statement).scalar()


def is_municipality_slug_taken(slug: str) -> bool:
    """Whether a municipality has this address."""
    statement = select(Municipality.id).where(Municipality.slug == slug)
    return db.session.execute(statement).first() is not None


def organisations_by_jib(numbers: Iterable[str]) -> dict[str, int]:
    """The ids of the registered organisations among these, by JIB."""
    wanted = {number for number in numbers if is_jib(number)}
    statement = select(Organisation).where(Organisation.jib.in_(wanted))
    return {each.jib: each.id for each in db.session.execute(statement).scalars()}
