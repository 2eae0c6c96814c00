"""What a member may see of applications, and how far everybody is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from grants import tenancy
from grants.applications.models import Application, ApplicationDocument, BudgetRow
from grants.calls.models import Call
from grants.db import db
from grants.evaluation.models import Committee, Conflict, Member, Sheet
from grants.evaluation.queries.anew import is_scored_anew, scores_anew
from grants.evaluation.queries.blinding import hide_applicants, is_hidden
from grants.evaluation.queries.seeing import (
    conflicts,
    is_evaluated,
    is_expected,
    knowable,
    visible,
)
from grants.evaluation.queries.succeeding import earlier_holders
from grants.evaluation.rules import scoring
from grants.evaluation.rules.committee import VOTING
from grants.municipalities import entering
from grants.people.actors import Actor
from grants.people.models import MailLink, User
from grants.people.queries import fold_email, list_open_invitations
from grants.people.rules import Role, ScopeKind

COMMITTEE_ROLES = (Role.EVALUATOR, Role.CHAIR, Role.SECRETARY)


@dataclass(frozen=True)
class Reading:
    """One application as one member has it on the table, with the member's own sheet if any."""

    member: Member
    application: Application
    sheet: Sheet | None
    is_anew: bool = False  # after an upheld objection, scoring being closed

    @property
    def call(self) -> Call:
        """The call of the committee."""
        return self.member.committee.call


@dataclass(frozen=True)
class ListedApplication:
    """A row of a member's list."""

    application: Application
    sheet: Sheet | None


@dataclass(frozen=True)
class Progress:
    """How many of the applications a member has to score are signed."""

    signed: int
    expected: int


def get_member(who: Actor, slug: str) -> Member | None:
    """The seat of whoever asks on the committee of `/committee/<slug>`, its scope entered."""
    if who.id is None:
        return None
    with tenancy.across("own committees"):
        member = db.session.execute(_own_seats(who).where(Committee.slug == slug)).scalar()
    if member is not None:
        entering.enter(member.committee.call.municipality)
        hide_applicants(member)
    return member


def list_own_seats(who: Actor) -> Sequence[Member]:
    """Every committee the person sits on, the newest first, over all municipalities."""
    if who.id is None:
        return []
    with tenancy.across("own committees"):
        statement = _own_seats(who).order_by(Committee.id.desc())
        return db.session.execute(statement).scalars().all()


def count_own_progress(members: Sequence[Member]) -> dict[int, Progress]:
    """The progress of each of these seats by its id, in one statement over municipalities."""
    with tenancy.across("own committees"):
        return _progress(members)


def get_reading(who: Actor, slug: str, application: str) -> Reading | None:
    """An application of `/committee/<slug>/<application>` as the member may see it.

    None before the declarations, for another call's application and for one with a conflict: one
    and the same statement decides, so that nothing tells these from one that does not exist.
    """
    member = get_member(who, slug)
    if member is None or member.interests_at is None:
        return None
    statement = _listed(member).where(Application.slug == application)
    found = db.session.execute(statement).first()
    is_anew = found is not None and is_scored_anew(member, found[0])
    return Reading(member, found[0], found[1], is_anew=is_anew) if found else None


def get_reading_of_document(
    who: Actor, slug: str, application: str, document: str
) -> tuple[Reading, ApplicationDocument] | None:
    """A file of an application the member may see."""
    reading = get_reading(who, slug, application)
    # Whatever is attached names whose it is.
    if reading is None or is_hidden(reading.member.committee):
        return None
    attached = [
        each
        for each in list_documents(reading.application)
        if each.document is not None and each.document.slug == document
    ]
    return (reading, attached[0]) if attached else None


def list_applications(member: Member, *, offset: int, limit: int) -> Sequence[ListedApplication]:
    """The applications a member may see, in the order of their references, with own sheets."""
    statement = _listed(member).order_by(Application.reference, Application.id)
    found = db.session.execute(statement.offset(offset).limit(limit)).all()
    return [ListedApplication(row[0], row[1]) for row in found]


def get_neighbours(reading: Reading) -> tuple[str | None, str | None]:
    """The addresses of the applications before and after this one in the member's list."""
    here = reading.application.reference
    own = visible(select(Application.slug), reading.member)
    before = own.where(Application.reference < here).order_by(Application.reference.desc())
    after = own.where(Application.reference > here).order_by(Application.reference)
    return (
        db.session.execute(before.limit(1)).scalar(),
        db.session.execute(after.limit(1)).scalar(),
    )


def list_applicants(member: Member) -> Sequence[Application]:
    """All one may have a conflict with, handed out or not: after the first declaration only."""
    statement = knowable(select(Application), member).options(joinedload(Application.lot))
    return db.session.execute(statement.order_by(Application.reference)).scalars().all()


def list_documents(application: Application) -> Sequence[ApplicationDocument]:
    """The files of an application that were not replaced, with what is known of each."""
    statement = (
        select(ApplicationDocument)
        .where(
            ApplicationDocument.application_id == application.id,
            ApplicationDocument.removed_at.is_(None),
        )
        .options(joinedload(ApplicationDocument.document))
        .order_by(ApplicationDocument.id)
    )
    return db.session.execute(statement).scalars().all()


def list_budget(application: Application) -> Sequence[BudgetRow]:
    """The budget of the newest frozen version, line by line."""
    statement = (
        select(BudgetRow)
        .where(
            BudgetRow.application_id == application.id,
            BudgetRow.version == application.snapshot_version,
        )
        .order_by(BudgetRow.position)
    )
    return db.session.execute(statement).scalars().all()


def list_signed_sheets(reading: Reading) -> Sequence[Sheet]:
    """The signed sheets of an application, once the own one is signed; before that none."""
    if reading.sheet is None or reading.sheet.signed_at is None:
        return []
    statement = (
        select(Sheet)
        .where(
            Sheet.application_id == reading.application.id,
            Sheet.signed_at.is_not(None),
            Sheet.set_aside_at.is_(None),
            Sheet.is_recused.is_(False),
        )
        .options(joinedload(Sheet.member))
        .join(Sheet.member)
        .order_by(Sheet.is_consensus, Member.position)
    )
    return db.session.execute(statement).scalars().all()


def get_committee(call: Call) -> Committee | None:
    """The committee of a call with its members and its act, or the draft of one."""
    statement = (
        select(Committee)
        .where(Committee.call_id == call.id)
        .options(
            selectinload(Committee.members),
            joinedload(Committee.act),
            joinedload(Committee.call),
        )
    )
    return db.session.execute(statement).scalar()


def list_invited(committee: Committee | None) -> Sequence[MailLink]:
    """The invitations to a committee that nobody has taken up yet."""
    return list_open_invitations(ScopeKind.COMMITTEE, committee.id) if committee else []


def get_call_to_staff(_who: Actor, municipality: str, slug: str) -> Call | None:
    """The call of `/m/<municipality>/calls/<slug>/committee`, its municipality entered."""
    if entering.enter_by_slug(municipality) is None:
        return None
    statement = select(Call).where(Call.slug == slug).options(joinedload(Call.municipality))
    return db.session.execute(statement).scalar()


def list_users_by_email(emails: Sequence[str]) -> dict[str, User]:
    """Who of these already has an account, by folded address."""
    folded = [fold_email(email) for email in emails]
    statement = select(User).where(User.email.in_(folded))
    return {user.email: user for user in db.session.execute(statement).scalars()}


def count_progress(committee: Committee, *, hidden: Collection[int] = ()) -> dict[int, Progress]:
    """How many sheets each voting member has signed, of how many, by the member's id.

    Of whoever left nothing more is expected than what was signed. `hidden` are applications that
    whoever asks may not know of: nobody's sheets of them are counted.
    """
    with_vote = [each for each in committee.members if each.role in VOTING and not each.is_deputy]
    counted = _progress(with_vote, hidden=hidden)
    gone = {
        each.id: Progress(counted[each.id].signed, counted[each.id].signed)
        for each in with_vote
        if each.left_at is not None
    }
    return counted | gone


def count_signed_by_application(call: Call) -> dict[int, int]:
    """How many counting sheets each application of a call has, by its id."""
    statement = (
        select(Sheet.application_id, func.count())
        .join(Application, Application.id == Sheet.application_id)
        .where(
            Application.call_id == call.id,
            Sheet.signed_at.is_not(None),
            Sheet.set_aside_at.is_(None),
            Sheet.is_recused.is_(False),
            Sheet.is_consensus.is_(False),
            ~conflicts(Sheet.member_id, Sheet.application_id),
        )
        .group_by(Sheet.application_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def list_reviews(call: Call) -> list[scoring.Sheet]:
    """Every sheet of a call as scoring.md reads it: application by reference, member by key.

    One statement; a sheet not signed is there too, with `is_signed` False.
    """
    statement = (
        select(
            Application.reference,
            Member.key,
            Sheet.signed_at,
            or_(Sheet.is_recused, Conflict.id.is_not(None)),
            Sheet.is_consensus,
            Sheet.scores,
        )
        .join(Application, Application.id == Sheet.application_id)
        .join(Member, Member.id == Sheet.member_id)
        .outerjoin(
            Conflict,
            and_(
                Conflict.member_id == Sheet.member_id,
                Conflict.application_id == Sheet.application_id,
            ),
        )
        .where(Application.call_id == call.id, Sheet.set_aside_at.is_(None))
        .order_by(Application.reference, Member.key, Sheet.id)
    )
    return [
        scoring.Sheet(
            application=str(reference),
            evaluator=key,
            is_signed=signed_at is not None,
            has_conflict=bool(has_conflict),
            is_consensus=is_consensus,
            answers=scores,
        )
        for reference, key, signed_at, has_conflict, is_consensus, scores in db.session.execute(
            statement
        )
    ]


def list_conflicts(call: Call) -> Sequence[Conflict]:
    """Every declared conflict of a call, for its record, the members loaded."""
    statement = (
        select(Conflict)
        .join(Application, Application.id == Conflict.application_id)
        .where(Application.call_id == call.id)
        .options(joinedload(Conflict.member))
        .order_by(Conflict.application_id, Conflict.id)
    )
    return db.session.execute(statement).scalars().all()


def _own_seats(who: Actor) -> Select[Any]:
    """By the account once it is tied, before that by the address the invitation went to."""
    held = who.scopes_of(*COMMITTEE_ROLES)
    untied = and_(Member.user_id.is_(None), Member.email == fold_email(who.email))
    return (
        select(Member)
        .join(Member.committee)
        .where(
            or_(Member.user_id == who.id, untied),
            Committee.id.in_(held),
            Committee.appointed_at.is_not(None),
            or_(Member.is_deputy.is_(False), scores_anew()),
            Member.left_at.is_(None),
        )
        .options(
            contains_eager(Member.committee)
            .joinedload(Committee.call)
            .joinedload(Call.municipality)
        )
    )


def _listed(member: Member) -> Select[Any]:
    own = and_(
        Sheet.application_id == Application.id,
        Sheet.member_id == member.id,
        Sheet.is_consensus.is_(False),
    )
    statement: Select[Any] = select(Application, Sheet).outerjoin(Sheet, own)  # type: ignore[assignment]  # of any rows
    return visible(statement, member).options(joinedload(Application.lot))


def _progress(members: Sequence[Member], *, hidden: Collection[int] = ()) -> dict[int, Progress]:
    """One row per member: what there is to score less the conflicts, and what is signed of it."""
    member_ids = [member.id for member in members]
    expected = is_expected(earlier_holders(members))
    signed = and_(Sheet.signed_at.is_not(None), Sheet.id.is_not(None))
    statement = (
        select(Member.id, func.count(Application.id), func.count(Sheet.id).filter(signed))
        .join(Committee, Committee.id == Member.committee_id)
        .join(Call, Call.id == Committee.call_id)
        .join(Application, Application.call_id == Call.id)
        .outerjoin(
            Sheet,
            and_(
                Sheet.application_id == Application.id,
                Sheet.member_id == Member.id,
                Sheet.is_consensus.is_(False),
            ),
        )
        .where(Member.id.in_(member_ids), *is_evaluated())
        .where(~conflicts(Member.id, Application.id), expected)
        .where(Application.id.not_in(hidden))
        .group_by(Member.id)
    )
    counted = {
        row[0]: Progress(signed=row[2], expected=row[1]) for row in db.session.execute(statement)
    }
    return {member_id: counted.get(member_id, Progress(0, 0)) for member_id in member_ids}
