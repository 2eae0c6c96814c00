"""Finding what an import must know of, and the call that an export writes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from grants import tenancy
from grants.acts.models import Act
from grants.applications.models import Application, ApplicationDocument, Snapshot
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import AnswerVersion, AskedQuestion, Call, CallDocument, Correction, Lot
from grants.calls.rules.states import QuestionStatus
from grants.complaints.models import Objection, ObjectionDocument
from grants.db import db
from grants.dossier.models import Bundle
from grants.evaluation.models import Committee, Member, Sheet
from grants.evaluation.queries.seeing import conflicts
from grants.municipalities import entering
from grants.municipalities.models import Municipality
from grants.organisations.models import Organisation
from grants.organisations.rules.identifiers import is_jib
from grants.people.actors import Actor
from grants.ranking.models import Ranking


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


def get_call_to_take_away(_who: Actor, municipality: str, slug: str) -> Call | None:
    """The call of `/m/<municipality>/calls/<slug>/exports`, its scope entered."""
    if entering.enter_by_slug(municipality) is None:
        return None
    statement = select(Call).where(Call.slug == slug).options(joinedload(Call.municipality))
    return db.session.execute(statement).scalar()


@dataclass(frozen=True)
class AskedTable:
    """A table of a call's sheets, by its name."""

    call: Call
    name: str


def get_table(who: Actor, municipality: str, slug: str, table: str) -> AskedTable | None:
    """The table of an address; what it holds is asked for when it is written."""
    call = get_call_to_take_away(who, municipality, slug)
    return AskedTable(call, table) if call is not None else None


def get_bundle_to_take(who: Actor, municipality: str, slug: str, bundle: str) -> Bundle | None:
    """The zip of an address, with its call."""
    call = get_call_to_take_away(who, municipality, slug)
    if call is None:
        return None
    statement = select(Bundle).where(Bundle.call_id == call.id, Bundle.slug == bundle)
    return db.session.execute(statement.options(joinedload(Bundle.call))).scalar()


def list_bundles(call: Call, *, limit: int) -> Sequence[Bundle]:
    """The newest zips of a call, the latest first."""
    statement = select(Bundle).where(Bundle.call_id == call.id).order_by(Bundle.id.desc())
    return db.session.execute(statement.limit(limit)).scalars().all()


def get_bundle(bundle_id: int) -> Bundle | None:
    """A zip that is being built."""
    return db.session.get(Bundle, bundle_id)


def get_bundle_to_pack(bundle_id: int) -> Bundle | None:
    """The same with what its dossier needs of its call."""
    call = joinedload(Bundle.call)
    options = (
        call.joinedload(Call.municipality),
        call.selectinload(Call.lots),
        call.selectinload(Call.funding),
        call.undefer(Call.imported_text),
    )
    statement = select(Bundle).where(Bundle.id == bundle_id).options(*options)
    return db.session.execute(statement).scalar()


def _packed(call_id: int) -> tuple[Any, ...]:
    return (Application.call_id == call_id, Application.status != ApplicationStatus.DRAFT)


def list_packed_ids(call_id: int) -> Sequence[int]:
    """The applications of a call that were handed in, by reference."""
    statement = select(Application.id).where(*_packed(call_id)).order_by(Application.reference)
    return db.session.execute(statement).scalars().all()


def list_packed(ids: Sequence[int]) -> Sequence[Application]:
    """These applications with their files, the removed ones included, and their receipts."""
    statement = (
        select(Application)
        .where(Application.id.in_(ids))
        .options(
            selectinload(Application.documents).joinedload(ApplicationDocument.document),
            joinedload(Application.receipt),
        )
        .order_by(Application.reference)
    )
    return db.session.execute(statement).scalars().all()


def snapshots_of(ids: Sequence[int]) -> dict[int, list[Snapshot]]:
    """Every frozen version of these applications by application, the first first."""
    statement = (
        select(Snapshot)
        .where(Snapshot.application_id.in_(ids))
        .options(joinedload(Snapshot.pdf))
        .order_by(Snapshot.application_id, Snapshot.version)
    )
    found: dict[int, list[Snapshot]] = {}
    for snapshot in db.session.execute(statement).scalars():
        found.setdefault(snapshot.application_id, []).append(snapshot)
    return found


def list_issued_of(reference: str) -> Sequence[Act]:
    """The issued acts and records of a call with their files, in the order of issue."""
    statement = (
        select(Act)
        .where(Act.call_reference == reference, Act.issued_at.is_not(None))
        .options(joinedload(Act.document), joinedload(Act.scan))
        .order_by(Act.issued_at, Act.id)
    )
    return db.session.execute(statement).scalars().all()


def list_members_of(call_id: int) -> Sequence[Member]:
    """The members of a call's committee with what they declared, in their order."""
    statement = (
        select(Member)
        .join(Committee, Committee.id == Member.committee_id)
        .where(Committee.call_id == call_id)
        .order_by(Member.position, Member.id)
    )
    return db.session.execute(statement).scalars().all()


def list_objections_of(call_id: int) -> Sequence[Objection]:
    """The objections of a call with their cases, acts and documents, in the order of filing."""
    statement = (
        select(Objection)
        .where(Objection.call_id == call_id)
        .options(
            joinedload(Objection.application),
            joinedload(Objection.act),
            selectinload(Objection.documents).joinedload(ObjectionDocument.document),
        )
        .order_by(Objection.filed_at, Objection.id)
    )
    return db.session.execute(statement).scalars().all()


def list_call_files(call_id: int) -> Sequence[CallDocument]:
    """The files that belong to the call."""
    statement = (
        select(CallDocument)
        .where(CallDocument.call_id == call_id)
        .options(joinedload(CallDocument.document))
        .order_by(CallDocument.id)
    )
    return db.session.execute(statement).scalars().all()


def list_answers(call_id: int) -> Sequence[Any]:
    """Every published version of every answer: question, answer, version, moment."""
    statement = (
        select(
            AnswerVersion.question_text,
            AnswerVersion.answer,
            AnswerVersion.version,
            AnswerVersion.published_at,
        )
        .join(AskedQuestion, AskedQuestion.id == AnswerVersion.question_id)
        .where(AskedQuestion.call_id == call_id, AskedQuestion.status == QuestionStatus.ANSWERED)
        .order_by(AskedQuestion.id, AnswerVersion.version)
    )
    return db.session.execute(statement).all()


def list_corrections(call_id: int) -> Sequence[Correction]:
    """The published corrections of a call by number."""
    statement = select(Correction).where(
        Correction.call_id == call_id, Correction.published_at.is_not(None)
    )
    return db.session.execute(statement.order_by(Correction.number)).scalars().all()


def list_rankings(call_id: int) -> Sequence[Ranking]:
    """Every closed ranking of a call, with what each was computed from and what came out."""
    statement = (
        select(Ranking)
        .where(Ranking.call_id == call_id)
        .options(undefer(Ranking.inputs), undefer(Ranking.result))
        .order_by(Ranking.version)
    )
    return db.session.execute(statement).scalars().all()


def iterate_sheets(call_id: int) -> Iterator[Any]:
    """Every sheet of a call that was begun, by reference and member, never whole in memory."""
    recused = or_(Sheet.is_recused, conflicts(Sheet.member_id, Sheet.application_id))
    statement = (
        select(
            Application.reference,
            Application.title,
            Application.organisation_name,
            func.coalesce(Lot.code, "").label("lot"),
            Member.name,
            Member.key,
            Sheet.is_consensus,
            recused.label("is_recused"),
            Sheet.set_aside_at,
            Sheet.signed_at,
            Sheet.signed_sha256,
            Sheet.scores,
            Sheet.comments,
        )
        .join(Application, Application.id == Sheet.application_id)
        .join(Member, Member.id == Sheet.member_id)
        .outerjoin(Lot, Lot.id == Application.lot_id)
        .where(Application.call_id == call_id)
        .order_by(Application.reference, Sheet.is_consensus, Member.position, Sheet.id)
        .execution_options(yield_per=500)
    )
    yield from db.session.execute(statement)
