"""Finding calls, and reading what a call asks for out of its row."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from grants import tenancy
from grants.calls.models import Call, CallDocument, Follower
from grants.calls.rules.criteria import Criteria
from grants.calls.rules.criteria_json import (
    budget_rules_from_json,
    cofinancing_from_json,
    required_documents_from_json,
)
from grants.calls.rules.grid import Grid
from grants.calls.rules.grid_json import grid_from_json
from grants.db import db
from grants.municipalities import entering
from grants.people.actors import Actor
from grants.people.models import User

_WHOLE = (
    joinedload(Call.municipality),
    joinedload(Call.programme),
    selectinload(Call.lots),
    selectinload(Call.funding),
    selectinload(Call.documents).joinedload(CallDocument.document),
)


def get_call(slug: str) -> Call | None:
    """The call of an address within the scope, with its lots, funding and documents."""
    return db.session.execute(select(Call).where(Call.slug == slug).options(*_WHOLE)).scalar()


def get_call_by_id(call_id: int) -> Call | None:
    """The call of a row within the scope, with its lots, funding and documents."""
    return db.session.execute(select(Call).where(Call.id == call_id).options(*_WHOLE)).scalar()


def get_call_to_work_on(_who: Actor, municipality: str, slug: str) -> Call | None:
    """The call of `/m/<municipality>/calls/<slug>`, its municipality entered."""
    return get_call(slug) if entering.enter_by_slug(municipality) else None


def get_public_call(_who: Actor, slug: str) -> Call | None:
    """The call of `/calls/<slug>`, whatever its state, its municipality entered."""
    with tenancy.across("the public face of a call"):
        call = get_call(slug)
    if call is not None:
        entering.enter(call.municipality)
    return call


def is_reference_taken(reference: str) -> bool:
    """Whether any municipality of this installation has a call of that reference."""
    with tenancy.across("references are unique per installation"):
        statement = select(Call.id).where(Call.reference == reference)
        return db.session.execute(statement).first() is not None


def list_followers(call: Call) -> Sequence[User]:
    """Who must hear of a correction, in the order in which they began to follow."""
    statement = (
        select(User)
        .join(Follower, Follower.user_id == User.id)
        .where(Follower.call_id == call.id)
        .order_by(Follower.id)
    )
    return db.session.execute(statement).scalars().all()


def grid_of(call: Call) -> Grid:
    """The evaluation grid of a call."""
    return grid_from_json(call.grid)


def evidence_of(call: Call) -> dict[str, tuple[str, ...]]:
    """Where the answer to each question of the grid stands: keys of the form by question code."""
    return {code: tuple(keys) for code, keys in call.evidence.items()}


def criteria_of(call: Call) -> Criteria:
    """What a call asks of an application; ValueError while a draft has no dates."""
    if call.opens_at is None or call.deadline is None:
        raise ValueError(f"call {call.reference} has no opening or no deadline yet")
    return Criteria(
        grant_min=call.grant_min,
        grant_max=call.grant_max,
        duration_min=call.duration_min,
        duration_max=call.duration_max,
        opens_at=call.opens_at,
        deadline=call.deadline,
        applications_per_organisation=call.applications_per_organisation,
        awards_per_organisation=call.awards_per_organisation,
        organisation_cap=call.organisation_cap,
        cofinancing=cofinancing_from_json(call.cofinancing),
        budget_rules=budget_rules_from_json(call.budget_rules),
        required_documents=required_documents_from_json(call.required_documents),
    )
