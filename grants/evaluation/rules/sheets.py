"""A score sheet in work: where it stands, what may be written into it, what it is hashed as."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from grants.calls.rules.grid import Answer, Grid, points
from grants.errors import Incomplete, Problem, WrongState

LONGEST_COMMENT = 5000


class SheetStatus(StrEnum):
    """Where a score sheet stands."""

    IN_WORK = "in_work"
    SIGNED = "signed"
    LOCKED = "locked"


@dataclass(frozen=True)
class Standing:
    """How far a sheet is: exact points by section and in total, over what is answered so far."""

    sections: Mapping[str, Fraction]
    total: Fraction
    answered: int
    questions: int

    @property
    def is_whole(self) -> bool:
        """Whether every question is answered."""
        return self.answered == self.questions


@dataclass(frozen=True)
class Changes:
    """What a member has just typed; an empty text takes the score or comment away."""

    scores: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)


def standing(grid: Grid, scores: Mapping[str, Answer]) -> Standing:
    """Where a sheet stands; what is not answered counts nowhere, neither as zero."""
    sections: dict[str, Fraction] = {}
    answered = questions = 0
    for section in grid.sections:
        found = [
            points(question, scores[question.code])
            for question in section.questions
            if question.code in scores
        ]
        given = [value for value in found if value is not None]
        sections[section.code] = sum(given, Fraction(0))
        answered += len(given)
        questions += len(section.questions)
    return Standing(sections, sum(sections.values(), Fraction(0)), answered, questions)


def ensure_writable(status: SheetStatus) -> None:
    """Raise WrongState `sheet_signed` or `sheet_locked` once nothing may change any more."""
    if status is not SheetStatus.IN_WORK:
        raise WrongState(Problem(f"sheet_{status.value}"))


def merged_scores(grid: Grid, kept: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """The scores with the changes; Incomplete `not_allowed` for one the grid does not offer."""
    problems = [
        Problem("not_allowed", code, {"figure": value[:40]})
        for code, value in changes.scores.items()
        if value and (code not in grid.by_code or points(grid.by_code[code], value) is None)
    ]
    if problems:
        raise Incomplete(*problems)
    return merged(kept, changes.scores)


def merged_comments(grid: Grid, kept: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """The comments with the changes; Incomplete `comment_long` above 5,000 characters."""
    known = set(grid.by_code) | {section.code for section in grid.sections}
    problems = [
        Problem("comment_long", code, {"most": LONGEST_COMMENT})
        for code, text in changes.comments.items()
        if len(text) > LONGEST_COMMENT
    ]
    if problems:
        raise Incomplete(*problems)
    wanted = {code: text for code, text in changes.comments.items() if code in known}
    return merged(kept, wanted)


def signed_facts(
    reference: str, member: str, *, scores: Mapping[str, Any], comments: Mapping[str, Any]
) -> dict[str, Any]:
    """What the hash of a signed sheet covers."""
    return {
        "application": reference,
        "evaluator": member,
        "scores": dict(scores),
        "comments": dict(comments),
    }


def merged(kept: Mapping[str, Any], changes: Mapping[str, str]) -> dict[str, Any]:
    """What is kept with the changes; an empty text takes its entry away."""
    return {code: text for code, text in {**kept, **changes}.items() if text != ""}
