"""Finding what decisions rest on, and the decisions of a call."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from grants.acts.models import Act
from grants.applications.models import Application
from grants.calls.models import Call
from grants.db import db
from grants.decisions.models import Decision
from grants.eligibility.models import EligibilityOutcome
from grants.municipalities.entering import enter_by_slug
from grants.people.actors import Actor
from grants.ranking.models import RankedRow, Ranking, Reduction

_CASE = (joinedload(Application.organisation), joinedload(Application.lot))
_ROWS = selectinload(Ranking.rows).joinedload(RankedRow.application).options(*_CASE)
_ACT = joinedload(Decision.act).joinedload(Act.document)
_OF_DECISION = joinedload(Decision.application).options(*_CASE)


def get_call_to_decide(_who: Actor, municipality: str, slug: str) -> Call | None:
    """The call of an address with its municipality and lots."""
    if enter_by_slug(municipality) is None:
        return None
    statement = select(Call).where(Call.slug == slug)
    options = (joinedload(Call.municipality), selectinload(Call.lots))
    return db.session.execute(statement.options(*options)).scalar()


def get_published_ranking(call: Call) -> Ranking | None:
    """The latest published ranking with its rows, their applications and the committee's record."""
    statement = (
        select(Ranking)
        .where(Ranking.call_id == call.id, Ranking.published_at.is_not(None))
        .options(_ROWS, joinedload(Ranking.record_act))
        .order_by(Ranking.version.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def list_rows(ranking: Ranking) -> Sequence[RankedRow]:
    """The rows of a ranking alone, to be compared with those of another."""
    statement = select(RankedRow).where(RankedRow.ranking_id == ranking.id)
    return db.session.execute(statement.order_by(RankedRow.position)).scalars().all()


def list_decisions(call: Call) -> Sequence[Decision]:
    """Every decision of a call: the table first, then by application as prepared."""
    statement = select(Decision).where(Decision.call_id == call.id).order_by(Decision.id)
    return db.session.execute(statement.options(_ACT, _OF_DECISION)).scalars().all()


def get_decision_of_act(_who: Actor, municipality: str, slug: str) -> Decision | None:
    """The decision whose act has this address, with its call, municipality and application."""
    if enter_by_slug(municipality) is None:
        return None
    statement = select(Decision).join(Act, Act.id == Decision.act_id).where(Act.slug == slug)
    options = (
        _ACT,
        _OF_DECISION,
        joinedload(Decision.call).joinedload(Call.municipality),
        joinedload(Decision.call).selectinload(Call.lots),
    )
    return db.session.execute(statement.options(*options)).scalar()


def get_decision_by_act(act: Act) -> Decision | None:
    """The decision that an act carries, if any."""
    return db.session.execute(select(Decision).where(Decision.act_id == act.id)).scalar()


def get_replacement(decision: Decision) -> Act | None:
    """The newest act issued later about the same application: from the reserve list, an award."""
    if decision.application_id is None:
        return None
    statement = (
        select(Act)
        .join(Decision, Decision.act_id == Act.id)
        .where(
            Decision.application_id == decision.application_id,
            Decision.id > decision.id,
            Act.issued_at.is_not(None),
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def list_awarded(call: Call) -> Sequence[Decision]:
    """The standing awards of a call, reserve activations among them: issued and not declined."""
    return [
        each
        for each in list_decisions(call)
        if each.amount > 0 and each.declined_at is None and each.act.issued_at is not None
    ]


def list_dismissals(application_ids: Iterable[int]) -> dict[int, EligibilityOutcome]:
    """Why applications were dismissed, by application."""
    statement = select(EligibilityOutcome).where(
        EligibilityOutcome.application_id.in_(list(application_ids)),
        EligibilityOutcome.is_eligible.is_(False),
    )
    return {each.application_id: each for each in db.session.execute(statement).scalars()}


def list_reductions(application_ids: Iterable[int]) -> dict[int, Reduction]:
    """What the committee reduced and why, by application."""
    statement = select(Reduction).where(Reduction.application_id.in_(list(application_ids)))
    return {each.application_id: each for each in db.session.execute(statement).scalars()}
