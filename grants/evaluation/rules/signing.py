"""What a score sheet still lacks before it can be signed (scoring.md 1)."""

from collections.abc import Iterator, Mapping

from grants.calls.rules.grid import Answer, Grid, Question, needs_comment, points
from grants.errors import Problem


def missing_for_signing(
    grid: Grid, *, answers: Mapping[str, Answer], comments: Mapping[str, str]
) -> list[Problem]:
    """Everything a sheet lacks, in grid order; the place is the question's or section's code.

    Codes: `unanswered`, `not_allowed`, `comment_missing` (facts: of `section`, or `question` with
    the answer). Not answered is never zero.
    """
    problems: list[Problem] = []
    for section in grid.sections:
        for question in section.questions:
            problems += _question_problems(question, answers.get(question.code), comments)
        if not _has_text(comments, section.code):
            problems.append(Problem("comment_missing", section.code, {"of": "section"}))
    return problems


def _question_problems(
    question: Question, answer: Answer | None, comments: Mapping[str, str]
) -> Iterator[Problem]:
    if answer is None or answer == "":
        yield Problem("unanswered", question.code)
    elif points(question, answer) is None:
        yield Problem("not_allowed", question.code, {"figure": answer})
    elif needs_comment(question, answer) and not _has_text(comments, question.code):
        yield Problem("comment_missing", question.code, {"of": "question", "figure": answer})


def _has_text(comments: Mapping[str, str], code: str) -> bool:
    return bool(comments.get(code, "").strip())
