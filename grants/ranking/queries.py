"""Finding calls to rank, their rankings, and what the committee decided about amounts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from grants.acts.models import Act
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call, Lot
from grants.calls.queries import get_call_by_id
from grants.calls.rules.states import CallStatus, Origin
from grants.db import db
from grants.errors import Problem
from grants.evaluation.models import Conflict, Member, Sheet
from grants.evaluation.queries import Progress, get_committee, get_member
from grants.evaluation.queries.blinding import show_applicants
from grants.municipalities import entering
from grants.municipalities.queries import list_holidays
from grants.people.actors import Actor
from grants.ranking.bench import Bench
from grants.ranking.lines import Case, Line
from grants.ranking.models import RankedRow, Ranking, Reduction, TieVote
from grants.ranking.rules.outcomes import Outcome
from grants.workdays import Calendar

_OUT = (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)


def get_call_to_rank(_who: Actor, municipality: str, slug: str) -> Call | None:
    """The call of `/m/<municipality>/calls/<slug>/ranking`, its scope entered."""
    if entering.enter_by_slug(municipality) is None:
        return None
    statement = select(Call).where(Call.slug == slug).options(joinedload(Call.municipality))
    return db.session.execute(statement).scalar()


def get_bench(who: Actor, slug: str, municipality: str = "") -> Bench | None:
    """The call and committee of `/m/<municipality>/calls/<slug>` or of `/committee/<slug>`."""
    if not municipality:
        return get_chaired(who, slug)
    found = get_call_to_rank(who, municipality, slug)
    call = get_call_by_id(found.id) if found else None
    return Bench(call, get_committee(call)) if call else None


def get_overview(who: Actor, municipality: str, slug: str) -> Bench | None:
    """The same for the staff's page, which loads no more than its state needs."""
    call = get_call_to_rank(who, municipality, slug)
    if call is None or call.status is not CallStatus.SCORING:
        return Bench(call, None) if call else None
    return Bench(call, get_committee(call))


def get_plain_bench(who: Actor, slug: str, municipality: str = "") -> Bench | None:
    """As `get_bench`, without the call's lots and funding: for pages that rank nothing."""
    if not municipality:
        return get_chaired_overview(who, slug)
    call = get_call_to_rank(who, municipality, slug)
    return Bench(call, get_committee(call)) if call else None


def get_chaired_overview(who: Actor, slug: str) -> Bench | None:
    """The same for the chair's page."""
    member = get_member(who, slug)
    if member is None:
        return None
    show_applicants()
    call = member.committee.call
    return Bench(call, get_committee(call), member)


def get_chaired(who: Actor, slug: str) -> Bench | None:
    """The own committee of `/committee/<slug>`, its municipality entered."""
    member = get_member(who, slug)
    # No ranking is looked at before scoring is closed; then nobody is hidden any more.
    show_applicants()
    call = get_call_by_id(member.committee.call_id) if member else None
    return Bench(call, get_committee(call), member) if call else None


def list_lots(call: Call) -> Sequence[Lot]:
    """The lots of a call in their order."""
    statement = select(Lot).where(Lot.call_id == call.id).order_by(Lot.position)
    return db.session.execute(statement).scalars().all()


def latest_ranking(call: Call) -> Ranking | None:
    """The newest ranking of a call with its record, None before the first is closed."""
    statement = (
        select(Ranking)
        .where(Ranking.call_id == call.id)
        .options(joinedload(Ranking.record_act).joinedload(Act.document))
        .order_by(Ranking.version.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def get_published_ranking(call: Call) -> Ranking | None:
    """The newest ranking that was published, None before."""
    statement = (
        select(Ranking)
        .where(Ranking.call_id == call.id, Ranking.published_at.is_not(None))
        .order_by(Ranking.version.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def list_lines(
    ranking: Ranking, *, lot: str | None = None, offset: int = 0, limit: int | None = None
) -> list[Line]:
    """The applications of a closed ranking in its order, of one lot or of all."""
    statement = (
        select(RankedRow, Application)
        .join(Application, Application.id == RankedRow.application_id)
        .where(RankedRow.ranking_id == ranking.id)
        .order_by(RankedRow.position)
        .offset(offset)
    )
    if lot is not None:
        statement = statement.where(RankedRow.lot_code == lot)
    if limit is not None:
        statement = statement.limit(limit)
    return [_line(row, application) for row, application in db.session.execute(statement)]


def _line(row: RankedRow, application: Application) -> Line:
    return Line(
        case=_case(application),
        lot=row.lot_code,
        outcome=Outcome(row.outcome),
        rank=row.rank,
        is_tied=row.is_tied,
        reserve=row.reserve,
        sections={code: Fraction(text) for code, text in row.sections.items()} or None,
        total=None if row.total is None else Fraction(row.total),
        amount=row.amount,
        notes=[Problem(note["code"], facts=note["facts"]) for note in row.notes],
    )


def _case(application: Application) -> Case:
    return Case(
        id=application.id,
        slug=application.slug,
        reference=str(application.reference),
        title=application.title,
        organisation=application.organisation_name,
        requested=application.requested,
    )


def list_applications(call: Call) -> Sequence[Application]:
    """Every application of a call that came in and was not withdrawn."""
    statement = select(Application).where(
        Application.call_id == call.id,
        Application.status.not_in(_OUT),
        Application.reference.is_not(None),
    )
    return db.session.execute(statement).scalars().all()


def count_applications(call: Call) -> int:
    """How many they are."""
    statement = select(func.count(Application.id)).where(
        Application.call_id == call.id,
        Application.status.not_in(_OUT),
        Application.reference.is_not(None),
    )
    return db.session.execute(statement).scalar_one()


def list_cases(call: Call) -> dict[str, Case]:
    """The same as lists name them, by reference."""
    return {str(each.reference): _case(each) for each in list_applications(call)}


def get_application(
    call: Call, reference: str, *, hidden: Collection[int] = ()
) -> Application | None:
    """An application of the call by its reference, unless it is one of the hidden (ids)."""
    statement = select(Application).where(
        Application.call_id == call.id,
        Application.reference == reference,
        Application.status.not_in(_OUT),
        Application.id.not_in(hidden),
    )
    return db.session.execute(statement.options(joinedload(Application.call))).scalar()


def get_reduction(application: Application) -> Reduction | None:
    """What the committee proposes for an application instead of the requested amount."""
    statement = select(Reduction).where(Reduction.application_id == application.id)
    return db.session.execute(statement).scalar()


def list_reductions(call: Call) -> dict[str, Reduction]:
    """Every reduced amount of a call by the application's reference."""
    statement = (
        select(Application.reference, Reduction)
        .join(Reduction, Reduction.application_id == Application.id)
        .where(Application.call_id == call.id)
        .order_by(Application.reference)
    )
    return {str(reference): found for reference, found in db.session.execute(statement)}


def get_tie_vote(call: Call) -> TieVote | None:
    """The committee's vote on ties, if it voted."""
    return db.session.execute(select(TieVote).where(TieVote.call_id == call.id)).scalar()


def count_sheets(
    call: Call, progress: Mapping[int, Progress], *, hidden: Collection[int] = ()
) -> dict[str, int]:
    """`given`, `expected` and `recused` sheets of the applications that were not dismissed.

    What an imported call expected is what it brought; of an own one it is counted from the seats
    (`progress` by the member's id). `hidden` are those that whoever asks may not know of.
    """
    scored = (
        Application.call_id == call.id,
        Application.status.not_in((*_OUT, ApplicationStatus.DISMISSED)),
        Application.id.not_in(hidden),
    )
    recusals = (
        select(func.count(Conflict.id))
        .join(Application, Application.id == Conflict.application_id)
        .where(*scored)
    )
    counts = [
        Sheet.is_recused.is_(False),
        Sheet.is_consensus.is_(False),
        Sheet.set_aside_at.is_(None),
    ]
    statement = (
        select(func.count(Sheet.signed_at), func.count(Sheet.id), recusals.scalar_subquery())
        .join(Application, Application.id == Sheet.application_id)
        .where(*scored, *counts)
    )
    given, expected, recused = db.session.execute(statement).one()
    if call.origin is not Origin.IMPORTED:
        given = sum(each.signed for each in progress.values())
        expected = sum(each.expected for each in progress.values())
    return {"given": given, "expected": expected, "recused": recused or 0}


def calendar_of(municipality_id: int) -> Calendar:
    """On which days the municipality works."""
    return Calendar(holidays=list_holidays(municipality_id))


def list_own_conflicts(member: Member | None) -> frozenset[int]:
    """The ids of the applications the member has nothing to do with."""
    if member is None:
        return frozenset()
    statement = select(Conflict.application_id).where(Conflict.member_id == member.id)
    return frozenset(db.session.execute(statement).scalars())


def list_recused(call: Call, references: Collection[str]) -> frozenset[str]:
    """Keys of the members with a conflict with any of these applications of the call."""
    return frozenset().union(*recused_by_reference(call, references).values())


def recused_by_reference(call: Call, references: Collection[str]) -> dict[str, frozenset[str]]:
    """The same for each of these references alone; those without a conflict are left out."""
    return _by_reference(db.session.execute(_recusals(call, references)))


def read_ties(
    call: Call, references: Collection[str]
) -> tuple[TieVote | None, dict[str, frozenset[str]]]:
    """The vote on ties, if there was one, and the same by reference; one statement."""
    recusals = _recusals(call, references).add_columns(Application.call_id).subquery()
    statement = (
        select(TieVote, recusals.c.reference, recusals.c.key)
        .select_from(Call)
        .outerjoin(TieVote, TieVote.call_id == Call.id)
        .outerjoin(recusals, recusals.c.call_id == Call.id)
        .where(Call.id == call.id)
    )
    rows = db.session.execute(statement).all()
    return rows[0][0], _by_reference((row[1], row[2]) for row in rows if row[1] is not None)


def _recusals(call: Call, references: Collection[str]) -> Select[str | None, str]:
    return (
        select(Application.reference, Member.key)
        .join(Conflict, Conflict.member_id == Member.id)
        .join(Application, Application.id == Conflict.application_id)
        .where(Application.call_id == call.id, Application.reference.in_(references))
    )


def _by_reference(pairs: Iterable[Any]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for reference, key in pairs:
        found[str(reference)] = found.get(str(reference), frozenset()) | {key}
    return found


def list_hidden_references(member: Member | None) -> frozenset[str]:
    """The references of the same applications."""
    if member is None:
        return frozenset()
    statement = (
        select(Application.reference)
        .join(Conflict, Conflict.application_id == Application.id)
        .where(Conflict.member_id == member.id)
    )
    return frozenset(str(each) for each in db.session.execute(statement).scalars())
