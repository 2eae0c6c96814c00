"""Questions about a call: until when one may ask, and by when the office answers."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from grants.calls.rules.states import CallStatus
from grants.errors import NotNow, Problem, WrongState
from grants.i18n.script import fold
from grants.workdays import Calendar, Deadline, deadline, working_days

# Answered in writing within three working days (practice of municipal calls, domain.md 2.10).
ANSWER_TERM = working_days(3)
# So many unanswered questions of one person at once; the office answers some first.
MOST_OPEN = 10
LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_NOTE = 3000, 8000, 500
# Anything shorter is too ordinary a word.
_SHORTEST_NAME = 8
_QUOTED = re.compile('[„“”"»«]([^„“”"»«]+)[“”"»«]')


def asking_until(questions_until: datetime | None, deadline: datetime | None) -> datetime | None:
    """The last instant for a question: the cut-off, or where there is none the deadline."""
    return questions_until if questions_until is not None else deadline


def is_asking_open(status: CallStatus, *, until: datetime | None, at: datetime) -> bool:
    """Whether one may ask at a moment; the cut-off's own instant is in time."""
    return status is CallStatus.PUBLISHED and (until is None or at <= until)


def ensure_askable(status: CallStatus, *, until: datetime | None, at: datetime) -> None:
    """Raise WrongState `questions_not_open`, or NotNow `questions_closed` with both times."""
    if status is not CallStatus.PUBLISHED:
        raise WrongState(Problem("questions_not_open"))
    if not is_asking_open(status, until=until, at=at):
        raise NotNow(Problem("questions_closed", "text", {"until": until, "at": at}))


def answer_due(asked_on: date, *, calendar: Calendar) -> Deadline:
    """By when the office answers: three working days after the day of asking, which is not counted.

    Days on which the municipality does not work are left out (domain.md 2.10).
    """
    return deadline(asked_on, term=ANSWER_TERM, calendar=calendar)


def is_overdue(due_on: date, *, today: date) -> bool:
    """Whether the term is over; its last day still counts."""
    return today > due_on


def named_in(text: str, names: Iterable[str]) -> str:
    """The first of the names, addresses or organisations of an asker found in a text; else empty.

    What is published must not tell who asked. Words are compared without accents, case and signs;
    of a name with quotation marks the part inside them is enough.
    """
    bare = _bare(text)
    for name in names:
        writings = (name, *_QUOTED.findall(name))
        if any(len(_bare(each)) >= _SHORTEST_NAME and _bare(each) in bare for each in writings):
            return name
    return ""


def answer_problems(*, question: str, answer: str, note: str, version: int) -> list[Problem]:
    """`question_empty`, `answer_empty`; from the second version on also `answer_note_missing`."""
    problems = []
    if not question.strip():
        problems.append(Problem("question_empty", "question"))
    if not answer.strip():
        problems.append(Problem("answer_empty", "answer"))
    if version > 1 and not note.strip():
        problems.append(Problem("answer_note_missing", "note"))
    return problems


def _bare(text: str) -> str:
    """Its words alone, with a space on either side of each."""
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
