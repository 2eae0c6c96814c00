"""Questions about a call: asked, keyed in, answered in public, set aside."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grants import clock
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.asked import count_open_of, get_asker, names_of_asker
from grants.calls.models import AnswerVersion, AskedQuestion, Call
from grants.calls.queries import list_followers
from grants.calls.rules.inquiries import (
    MOST_OPEN,
    answer_due,
    answer_problems,
    asking_until,
    ensure_askable,
    named_in,
)
from grants.calls.rules.states import QUESTIONS, QuestionStatus
from grants.db import db
from grants.errors import DomainError, Incomplete, Problem
from grants.municipalities.queries import list_holidays
from grants.notifications.actions import notify
from grants.people.actors import Actor
from grants.people.queries import list_holders
from grants.people.rules import Role
from grants.workdays import Calendar, counting


@dataclass(frozen=True)
class Answer:
    """What is published: the question without names, the answer, and what changed since."""

    question: str
    answer: str
    note: str = ""


def ask_question(call: Call, text: str, *, by: Actor, at: datetime) -> AskedQuestion:
    """Ask in public; who asked is never published. The officers are told.

    Raises WrongState `questions_not_open`, NotNow `questions_closed`, Incomplete `question_empty`,
    DomainError `questions_many` while too many of one's own wait for an answer.
    """
    ensure_askable(call.status, until=asking_until(call.questions_until, call.deadline), at=at)
    if count_open_of(call, int(by.id or 0)) >= MOST_OPEN:
        raise DomainError(Problem("questions_many", "text", {"most": MOST_OPEN}))
    question = _add(call, text, asked_at=at, asked_by_id=by.id)
    facts = {"due_on": question.due_on.isoformat()}
    record(Event.QUESTION_ASKED, question, by=by, at=at, facts=facts)
    officers = list_holders(Role.OFFICER, call.municipality_id)
    notify(
        [user.as_recipient() for user in officers],
        "calls/emails/asked.txt",
        at=at,
        path=f"/m/{call.municipality.slug}/calls/{call.slug}/questions/{question.slug}",
        facts={"call": call.title, "due_on": question.due_on},
    )
    return question


def enter_question(
    call: Call, text: str, *, received_at: datetime, by: Actor, at: datetime
) -> AskedQuestion:
    """Key in a question that came by mail or telephone; its own moment counts for cut-off and term.

    Raises as ask_question, and Incomplete `received_later` for a moment that has not come yet.
    """
    if received_at > at:
        raise Incomplete(Problem("received_later", "received_at", {"at": at}))
    until = asking_until(call.questions_until, call.deadline)
    ensure_askable(call.status, until=until, at=received_at)
    question = _add(call, text, asked_at=received_at, asked_by_id=None)
    facts = {"due_on": question.due_on.isoformat()}
    record(Event.QUESTION_ENTERED, question, by=by, at=at, facts=facts)
    return question


def publish_answer(
    question: AskedQuestion, answer: Answer, *, by: Actor, at: datetime
) -> AnswerVersion:
    """Publish an answer, or a new version of it; followers and whoever asked are told.

    Raises Incomplete (`question_empty`, `answer_empty`; from the second version on also
    `answer_note_missing`; `asker_named` where the text would tell who asked).
    """
    _hold(question)
    QUESTIONS.check(question.status, QuestionStatus.ANSWERED)
    version = len(question.answers) + 1
    _ensure_publishable(question, answer, version)
    published = AnswerVersion(
        municipality_id=question.municipality_id,
        version=version,
        question_text=answer.question.strip(),
        answer=answer.answer.strip(),
        note=answer.note.strip() if version > 1 else "",
        published_at=at,
        published_by_id=by.id,
    )
    question.answers.append(published)
    question.status = QuestionStatus.ANSWERED
    db.session.flush()
    facts = {"version": version, "question": question.slug}
    record(Event.QUESTION_ANSWERED, question.call, by=by, at=at, facts=facts)
    _tell_answer(question, published, by=by, at=at)
    return published


def set_aside_question(question: AskedQuestion, *, reason: str, by: Actor, at: datetime) -> None:
    """Leave a question without a public answer; whoever asked is told why.

    Raises WrongState once it is answered, Incomplete `set_aside_reason` without a reason.
    """
    _hold(question)
    QUESTIONS.check(question.status, QuestionStatus.SET_ASIDE)
    if not reason.strip():
        raise Incomplete(Problem("set_aside_reason", "reason"))
    question.status, question.set_aside_reason = QuestionStatus.SET_ASIDE, reason.strip()
    facts = {"reason": question.set_aside_reason, "question": question.slug}
    record(Event.QUESTION_SET_ASIDE, question.call, by=by, at=at, facts=facts)
    asker = get_asker(question)
    if asker is not None:
        notify(
            [asker.as_recipient()],
            "calls/emails/set_aside.txt",
            at=at,
            path=f"/calls/{question.call.slug}/questions",
            facts={"call": question.call.title, "reason": question.set_aside_reason},
        )


def _add(call: Call, text: str, *, asked_at: datetime, asked_by_id: int | None) -> AskedQuestion:
    if not text.strip():
        raise Incomplete(Problem("question_empty", "text"))
    calendar = Calendar(list_holidays(call.municipality_id))
    due = answer_due(clock.local_day(asked_at), calendar=calendar)
    question = AskedQuestion(
        municipality_id=call.municipality_id,
        slug=secrets.token_urlsafe(9),
        call=call,
        text=text.strip(),
        asked_at=asked_at,
        asked_by_id=asked_by_id,
        due_on=due.ends_on,
        counted=counting(due),
        answers=[],
    )
    db.session.add(question)
    db.session.flush()
    return question


def _hold(question: AskedQuestion) -> None:
    """Hold the row until the end, so that two officers do not both publish the first version."""
    db.session.flush()
    db.session.refresh(question, ["status"], with_for_update=True)


def _ensure_publishable(question: AskedQuestion, answer: Answer, version: int) -> None:
    problems = answer_problems(
        question=answer.question, answer=answer.answer, note=answer.note, version=version
    )
    names = names_of_asker(question)
    for place in ("question", "answer", "note"):
        found = named_in(getattr(answer, place), names)
        if found:
            problems.append(Problem("asker_named", place, {"name": found}))
    if problems:
        raise Incomplete(*problems)


def _tell_answer(
    question: AskedQuestion, published: AnswerVersion, *, by: Actor, at: datetime
) -> None:
    """One message for each: whoever asked gets the one about the own question."""
    asker, call = get_asker(question), question.call
    facts: dict[str, Any] = {
        "call": call.title,
        "question": published.question_text,
        "answer": published.answer,
        "note": published.note,
    }
    path = f"/calls/{call.slug}/questions#{question.slug}"
    told = {by.id}
    if asker is not None and asker.id not in told:
        own = "calls/emails/own_answer.txt"
        notify([asker.as_recipient()], own, at=at, path=path, facts=facts)
        told.add(asker.id)
    others = [user.as_recipient() for user in list_followers(call) if user.id not in told]
    notify(others, "calls/emails/answer.txt", at=at, path=path, facts=facts)
