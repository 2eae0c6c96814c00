"""Reading questions about a call: what the public may see, what the office works on.

What is handed to the public pages knows nothing of who asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from grants.calls.models import AnswerVersion, AskedQuestion, Call
from grants.calls.rules.states import CallStatus, QuestionStatus
from grants.db import db
from grants.i18n.script import fold
from grants.municipalities import entering
from grants.organisations.models import Organisation
from grants.people.actors import Actor
from grants.people.models import Membership, User
from grants.people.rules import ScopeKind


@dataclass(frozen=True)
class Published:
    """One published version of an answer."""

    version: int
    question: str
    answer: str
    note: str
    published_at: datetime


@dataclass(frozen=True)
class PublicAnswer:
    """An answer as the public sees it: the newest version, and the earlier ones."""

    slug: str
    newest: Published
    earlier: Sequence[Published]


@dataclass(frozen=True)
class AnswerCount:
    """How many questions were answered in public, and when last."""

    count: int
    latest_at: datetime | None


@dataclass(frozen=True)
class Unanswered:
    """The open questions of one call."""

    slug: str
    title: str
    count: int
    overdue: int
    due_on: date


def list_answers(call: Call, *, words: str = "") -> list[PublicAnswer]:
    """The public answers of a call that have these words, the newest first.

    All of a call are read and searched here: they are some dozens, and no folded column is kept.
    """
    statement = (
        select(AskedQuestion.slug, AnswerVersion)
        .join(AnswerVersion, AnswerVersion.question_id == AskedQuestion.id)
        .where(AskedQuestion.call_id == call.id, AskedQuestion.status == QuestionStatus.ANSWERED)
        .order_by(AnswerVersion.published_at.desc(), AnswerVersion.id.desc())
    )
    versions: dict[str, list[Published]] = {}
    for slug, row in db.session.execute(statement):
        versions.setdefault(slug, []).append(_published(row))
    wanted = fold(words).split()[:8]
    found = [PublicAnswer(slug, rows[0], rows[1:]) for slug, rows in versions.items()]
    return [each for each in found if _has(each.newest, wanted)]


def counting_answers(call: Call) -> Select[int, datetime]:
    """How many public answers a call has and when the latest came, to be asked with more.

    A new version counts as the latest, not as another.
    """
    return (
        select(
            func.count(func.distinct(AnswerVersion.question_id)),
            func.max(AnswerVersion.published_at),
        )
        .join(AskedQuestion, AskedQuestion.id == AnswerVersion.question_id)
        .where(AskedQuestion.call_id == call.id, AskedQuestion.status == QuestionStatus.ANSWERED)
    )


def list_own_questions(call: Call, who: Actor) -> Sequence[AskedQuestion]:
    """What this person asked about a call, the latest first."""
    statement = (
        select(AskedQuestion)
        .where(AskedQuestion.call_id == call.id, AskedQuestion.asked_by_id == who.id)
        .order_by(AskedQuestion.id.desc())
    )
    return db.session.execute(statement).scalars().all()


def count_open_of(call: Call, user_id: int) -> int:
    """How many questions of one person still wait for an answer."""
    statement = select(func.count(AskedQuestion.id)).where(
        AskedQuestion.call_id == call.id,
        AskedQuestion.asked_by_id == user_id,
        AskedQuestion.status == QuestionStatus.OPEN,
    )
    return db.session.execute(statement).scalar_one()


def list_asked(
    call: Call, *, status: QuestionStatus | None, offset: int, limit: int
) -> tuple[Sequence[AskedQuestion], int]:
    """One page of the questions about a call, open ones first by their term, and how many."""
    conditions = [AskedQuestion.call_id == call.id]
    if status is not None:
        conditions.append(AskedQuestion.status == status)
    is_open = AskedQuestion.status == QuestionStatus.OPEN
    statement = (
        select(AskedQuestion)
        .where(*conditions)
        .options(selectinload(AskedQuestion.answers))
        .order_by(
            case((is_open, 0), else_=1),
            case((is_open, AskedQuestion.due_on)),
            AskedQuestion.id.desc(),
        )
    )
    total = db.session.execute(select(func.count(AskedQuestion.id)).where(*conditions)).scalar_one()
    return db.session.execute(statement.offset(offset).limit(limit)).scalars().all(), total


def get_question_to_work_on(
    who: Actor, municipality: str, slug: str, question: str
) -> AskedQuestion | None:
    """The question of `/m/<municipality>/calls/<slug>/questions/<question>`, with its call."""
    if entering.enter_by_slug(municipality) is None:
        return None
    statement = (
        select(AskedQuestion)
        .join(AskedQuestion.call)
        .where(AskedQuestion.slug == question, Call.slug == slug)
        .options(
            joinedload(AskedQuestion.call).joinedload(Call.municipality),
            selectinload(AskedQuestion.answers),
        )
    )
    return db.session.execute(statement).scalar()


def get_asker(question: AskedQuestion) -> User | None:
    """Who asked, for the officers alone; None where an officer keyed the question in."""
    if question.asked_by_id is None:
        return None
    return db.session.execute(select(User).where(User.id == question.asked_by_id)).scalar()


def names_of_asker(question: AskedQuestion) -> list[str]:
    """By what one could tell who asked: name, address, the organisations; nothing may be public."""
    asker = get_asker(question)
    if asker is None:
        return []
    statement = (
        select(Organisation.name)
        .join(Membership, Membership.scope_id == Organisation.id)
        .where(Membership.user_id == asker.id, Membership.scope_kind == ScopeKind.ORGANISATION)
        .distinct()
    )
    organisations = db.session.execute(statement).scalars()
    return [asker.name, asker.email, *organisations]


def list_unanswered(*, today: date) -> list[Unanswered]:
    """The calls of the municipality with open questions, the nearest term first."""
    is_late = case((AskedQuestion.due_on < today, 1), else_=0)
    first_due = func.min(AskedQuestion.due_on)
    statement = (
        select(Call.slug, Call.title, func.count(AskedQuestion.id), func.sum(is_late), first_due)
        .join(Call, Call.id == AskedQuestion.call_id)
        .where(AskedQuestion.status == QuestionStatus.OPEN, Call.status != CallStatus.CANCELLED)
        .group_by(Call.id, Call.slug, Call.title)
        .order_by(first_due, Call.id)
    )
    return [Unanswered(*row) for row in db.session.execute(statement)]


def _published(row: AnswerVersion) -> Published:
    return Published(row.version, row.question_text, row.answer, row.note, row.published_at)


def _has(published: Published, words: Sequence[str]) -> bool:
    text = fold(f"{published.question} {published.answer}")
    return all(word in text for word in words)
