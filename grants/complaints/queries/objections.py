"""Objections by their addresses, as lists and as figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from grants import clock, tenancy
from grants.acts.models import Act
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.complaints.models import Objection, ObjectionDocument
from grants.complaints.rules.states import ObjectionStatus, Ruling
from grants.db import db
from grants.municipalities import entering
from grants.notifications.models import Notice
from grants.people.actors import Actor
from grants.people.queries import enter_as_staff
from grants.people.rules import PEOPLE_OF_ORGANISATION
from grants.ranking.models import RankedRow, Ranking
from grants.ranking.rules.kinds import RankingKind

_OF_CALL = joinedload(Application.call).options(
    joinedload(Call.municipality), selectinload(Call.lots)
)
_OF_CASE = (_OF_CALL, joinedload(Application.organisation), joinedload(Application.lot))
_WHOLE = (
    joinedload(Objection.application).options(*_OF_CASE),
    joinedload(Objection.act).joinedload(Act.document),
    selectinload(Objection.documents).joinedload(ObjectionDocument.document),
)
STATES = ("open", "unsettled", "upheld", "rejected", "dismissed", "withdrawn")


def has_objected() -> Any:
    """Whether an application's organisation has objected, as a column of a list of them."""
    return exists().where(
        Objection.application_id == Application.id, Objection.withdrawn_at.is_(None)
    )


@dataclass(frozen=True)
class Figures:
    """How many objections a call has, and how they ended; `open` wait for a ruling."""

    filed: int = 0
    open: int = 0
    unsettled: int = 0
    upheld: int = 0
    rejected: int = 0
    dismissed: int = 0
    withdrawn: int = 0

    @property
    def blocking(self) -> int:
        """How many keep the final list from being made."""
        return self.open + self.unsettled


@dataclass(frozen=True)
class Wanted:
    """Which objections a list shows; `state` is one of STATES or empty for all."""

    state: str = ""


def get_own_application(who: Actor, slug: str) -> Application | None:
    """The application of `/my/applications/<slug>/…`, its municipality entered."""
    with tenancy.across("own objections"):
        own = Application.organisation_id.in_(who.scopes_of(*PEOPLE_OF_ORGANISATION))
        statement = select(Application).where(
            Application.slug == slug, own, Application.status != ApplicationStatus.DRAFT
        )
        application = db.session.execute(statement.options(*_OF_CASE)).scalar()
    if application is not None:
        entering.enter(application.call.municipality)
    return application


def get_own_objection(who: Actor, slug: str, objection: str) -> Objection | None:
    """An objection of an own application by both addresses."""
    application = get_own_application(who, slug)
    if application is None:
        return None
    statement = select(Objection).where(
        Objection.application_id == application.id, Objection.slug == objection
    )
    return db.session.execute(statement.options(*_WHOLE)).scalar()


def get_own_paper(
    who: Actor, slug: str, objection: str, document: str
) -> tuple[Objection, ObjectionDocument] | None:
    """A file of an own objection."""
    return _with_paper(get_own_objection(who, slug, objection), document)


def get_call_with_objections(who: Actor, municipality: str, slug: str) -> Call | None:
    """The call of `/m/<municipality>/calls/<slug>/objections`, its municipality entered."""
    if enter_as_staff(who, municipality) is None:
        return None
    statement = select(Call).where(Call.slug == slug)
    options = (joinedload(Call.municipality), selectinload(Call.lots))
    return db.session.execute(statement.options(*options)).scalar()


def get_objection(who: Actor, municipality: str, slug: str) -> Objection | None:
    """The objection of `/m/<municipality>/objections/<slug>`, its municipality entered."""
    if enter_as_staff(who, municipality) is None:
        return None
    statement = select(Objection).where(Objection.slug == slug).options(*_WHOLE)
    return db.session.execute(statement).scalar()


def get_objection_of_act(who: Actor, municipality: str, slug: str) -> Objection | None:
    """The objection whose ruling has this address among the acts of a municipality."""
    if enter_as_staff(who, municipality) is None:
        return None
    statement = select(Objection).join(Act, Act.id == Objection.act_id).where(Act.slug == slug)
    return db.session.execute(statement.options(*_WHOLE)).scalar()


def get_paper(
    who: Actor, municipality: str, slug: str, document: str
) -> tuple[Objection, ObjectionDocument] | None:
    """A file of an objection, for the staff."""
    return _with_paper(get_objection(who, municipality, slug), document)


def _with_paper(
    objection: Objection | None, slug: str
) -> tuple[Objection, ObjectionDocument] | None:
    if objection is None:
        return None
    found = [each for each in objection.documents if each.document.slug == slug]
    return (objection, found[0]) if found else None


def list_own_objections(application: Application) -> Sequence[Objection]:
    """Every objection of a case, the latest first."""
    statement = (
        select(Objection)
        .where(Objection.application_id == application.id)
        .options(joinedload(Objection.act).joinedload(Act.document))
        .order_by(Objection.id.desc())
    )
    return db.session.execute(statement).scalars().all()


def list_objections(
    call: Call, wanted: Wanted, *, offset: int, limit: int
) -> tuple[Sequence[Objection], int]:
    """One page of a call's objections in the order they came, and how many there are."""
    conditions = [Objection.call_id == call.id, *_conditions(wanted.state)]
    total = db.session.execute(select(func.count(Objection.id)).where(*conditions)).scalar_one()
    statement = _listed().where(*conditions).order_by(Objection.received_on, Objection.id)
    rows = db.session.execute(statement.offset(offset).limit(limit)).scalars().all()
    return rows, total


def list_blocking(call: Call, *, limit: int) -> Sequence[Objection]:
    """The first of those that keep the final list from being made."""
    statement = _listed().where(Objection.call_id == call.id, _is_blocking())
    return db.session.execute(statement.order_by(Objection.id).limit(limit)).scalars().all()


def list_upheld_open(call: Call) -> Sequence[Objection]:
    """Those upheld whose effect is not settled, whole."""
    statement = select(Objection).where(
        Objection.call_id == call.id, Objection.effect.is_not(None), Objection.settled_at.is_(None)
    )
    return db.session.execute(statement.options(*_WHOLE).order_by(Objection.id)).scalars().all()


def list_upheld(call: Call) -> Sequence[Objection]:
    """Those upheld in the order of their rulings, each with its act and application."""
    return db.session.execute(_upheld(call.id)).scalars().all()


def list_settled_since(listed: Ranking) -> Sequence[Objection]:
    """Those upheld that were seen to after a list was made, as `list_upheld`."""
    statement = _upheld(listed.call_id).where(Objection.ruled_at > listed.closed_at)
    return db.session.execute(statement).scalars().all()


def _upheld(call_id: int) -> Select[Any]:
    upheld = _listed().where(Objection.call_id == call_id, Objection.ruling == Ruling.UPHELD)
    return upheld.order_by(Objection.ruled_at, Objection.id)


def _listed() -> Select[Any]:
    return (
        select(Objection)
        .join(Objection.application)
        .options(contains_eager(Objection.application), joinedload(Objection.act))
    )


def is_open() -> Any:
    """Whether it waits for its ruling."""
    return Objection.status == ObjectionStatus.FILED


def is_unsettled() -> Any:
    """Whether it was upheld and is not seen to yet."""
    return (Objection.status == ObjectionStatus.RULED) & Objection.settled_at.is_(None)


def _is_blocking() -> Any:
    return is_open() | is_unsettled()


def _conditions(state: str) -> list[Any]:
    if state == "open":
        return [is_open()]
    if state == "unsettled":
        return [is_unsettled()]
    if state == "withdrawn":
        return [Objection.status == ObjectionStatus.WITHDRAWN]
    return [Objection.ruling == Ruling(state)] if state in list(Ruling) else []


def count_objections(call: Call) -> Figures:
    """The figures of a call in one statement."""

    def having(condition: Any) -> Any:
        return func.count().filter(condition)

    statement = select(
        func.count(),
        having(is_open()),
        having(is_unsettled()),
        having(Objection.ruling == Ruling.UPHELD),
        having(Objection.ruling == Ruling.REJECTED),
        having(Objection.ruling == Ruling.DISMISSED),
        having(Objection.status == ObjectionStatus.WITHDRAWN),
    ).where(Objection.call_id == call.id)
    return Figures(*db.session.execute(statement).one())


def get_newest_filing(call: Call) -> datetime | None:
    """When the newest objection of a call was filed or keyed in."""
    statement = select(func.max(Objection.filed_at)).where(Objection.call_id == call.id)
    return db.session.execute(statement).scalar()


def get_preliminary(call: Call) -> Ranking | None:
    """The newest published preliminary list, whose term decides."""
    return _published(call, RankingKind.PRELIMINARY)


def is_overtaken(final: Ranking) -> bool:
    """Whether something was upheld and settled since a final list was made."""
    statement = select(Objection.id).where(
        Objection.call_id == final.call_id,
        Objection.effect.is_not(None),
        Objection.settled_at > final.closed_at,
    )
    return db.session.execute(statement.limit(1)).first() is not None


def get_final(call: Call) -> Ranking | None:
    """The newest published final list."""
    return _published(call, RankingKind.FINAL)


def _published(call: Call, kind: RankingKind) -> Ranking | None:
    statement = (
        select(Ranking)
        .where(Ranking.call_id == call.id, Ranking.published_at.is_not(None), Ranking.kind == kind)
        .order_by(Ranking.version.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def get_own_row(application: Application) -> RankedRow | None:
    """The result of an application in the newest published list, the list loaded."""
    statement = (
        select(RankedRow)
        .join(RankedRow.ranking)
        .where(RankedRow.application_id == application.id, Ranking.published_at.is_not(None))
        .options(contains_eager(RankedRow.ranking))
        .order_by(Ranking.version.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def get_preliminary_outcome(application: Application) -> str | None:
    """What the newest preliminary list says of an application: that is objected to."""
    statement = (
        select(RankedRow.outcome)
        .join(Ranking, Ranking.id == RankedRow.ranking_id)
        .where(
            RankedRow.application_id == application.id,
            Ranking.published_at.is_not(None),
            Ranking.kind == RankingKind.PRELIMINARY,
        )
        .order_by(Ranking.version.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar()


def get_listed_application(call: Call, reference: str) -> Application | None:
    """An application of a call that the published list names, by its reference."""
    statement = (
        select(Application)
        .where(
            Application.call_id == call.id,
            Application.reference == reference,
            Application.status.not_in((ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)),
        )
        .options(*_OF_CASE)
    )
    return db.session.execute(statement).scalar()


def list_due(*, until: date) -> Sequence[Objection]:
    """The objections of all municipalities that wait and whose ruling is due by a day."""
    statement = (
        _listed()
        .where(is_open(), Objection.ruling_due_on <= until)
        .order_by(Objection.ruling_due_on, Objection.id)
    )
    with tenancy.across("the worker asks which rulings are due"):
        return db.session.execute(statement).scalars().all()


def get_due(objection_id: int) -> Objection | None:
    """One of them that still waits, its case and municipality loaded."""
    statement = select(Objection).where(Objection.id == objection_id, is_open())
    return db.session.execute(statement.options(*_WHOLE)).scalar()


def was_told(path: str, *, on: date) -> bool:
    """Whether anybody was written to on a day about this very place."""
    statement = select(Notice.at).where(Notice.path == path).order_by(Notice.id.desc()).limit(1)
    last = db.session.execute(statement).scalar()
    return last is not None and clock.local_day(last) == on


def list_terms(call_ids: Iterable[int]) -> dict[int, date]:
    """Until when one may object in these calls, by their id; those without a list are left out."""
    statement = (
        select(Ranking.call_id, func.max(Ranking.objections_until))
        .where(
            Ranking.call_id.in_(list(call_ids)),
            Ranking.published_at.is_not(None),
            Ranking.kind == RankingKind.PRELIMINARY,
        )
        .group_by(Ranking.call_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement) if row[1] is not None}
