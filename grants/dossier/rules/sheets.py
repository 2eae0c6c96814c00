"""What the reviews of a dossier owe the grid, the committee and the applications."""

from typing import Any

from grants.calls.rules.grid import BandsQuestion, CoefficientQuestion, Question, ScaleQuestion
from grants.calls.rules.grid_json import grid_from_json
from grants.calls.rules.numbers import decimal_text
from grants.dossier.rules.faults import NOTHING, SECOND, Faults, member, told
from grants.dossier.rules.references import GRID, at, items, look_at_name, names
from grants.evaluation.rules.tally import PointTable

_MOST_LISTED = 12


def look_at_reviews(content: Any, faults: Faults) -> PointTable | None:
    """Enter every fault of the reviews; answers are looked at only against a sound grid.

    Returns the point table it filled on the way, None where the grid is not sound.
    """
    references = names(content, "$.applications", "reference")
    evaluators = names(content, "$.committee", "key")
    table = None
    if faults.is_sound(GRID):
        table = PointTable(grid_from_json(at(content, GRID)))
    seen: set[tuple[str, ...]] = set()
    for path, review in items(content, "$.reviews"):
        look_at_name(review, "application", path, among=references, faults=faults)
        look_at_name(review, "evaluator", path, among=evaluators, faults=faults)
        _look_at_twice(review, path, seen, faults)
        if table is not None:
            _look_at_codes(review, path, table, faults)
            if is_counted(review):
                _look_at_answers(review, path, table, faults)
    return table


def is_counted(review: dict[str, Any]) -> bool:
    """Whether a review, or a consensus sheet, is signed and without conflict."""
    return review.get("signed") is True and review.get("conflict") is False


def _look_at_twice(
    review: dict[str, Any], path: str, seen: set[tuple[str, ...]], faults: Faults
) -> None:
    """One review per application and evaluator, and one consensus sheet per application.

    "At most one" is taken at its word: a second consensus sheet is a fault even where one of them
    is not signed or has a conflict.
    """
    application, evaluator = review.get("application"), review.get("evaluator")
    if not isinstance(application, str) or not isinstance(evaluator, str):
        return
    is_consensus = review.get("consensus") is True
    key = (application,) if is_consensus else (application, evaluator)
    if key in seen and is_consensus:
        faults.add(path, SECOND, f"one consensus sheet for {told(application)}")
    elif key in seen:
        allowed = f"one review of {told(application)} by {told(evaluator)}"
        faults.add(path, SECOND, allowed)
    seen.add(key)


def _look_at_codes(review: dict[str, Any], path: str, table: PointTable, faults: Faults) -> None:
    """Scores go by question codes, comments by question or section codes."""
    scores, comments = review.get("scores"), review.get("comments")
    questions = table.grid.by_code
    if isinstance(scores, dict) and not scores.keys() <= questions.keys():
        for code in sorted(scores.keys() - questions.keys()):
            faults.add(member(f"{path}.scores", code), scores[code], "only questions of the grid")
    if isinstance(comments, dict):
        for code in comments:
            if code not in table.sections and code not in questions:
                allowed = "only sections and questions of the grid"
                faults.add(member(f"{path}.comments", code), comments[code], allowed)


def _look_at_answers(review: dict[str, Any], path: str, table: PointTable, faults: Faults) -> None:
    """A review that counts answers every question with an allowed value."""
    scores = review.get("scores")
    if not isinstance(scores, dict):
        return
    for code, question in table.grid.by_code.items():
        answer = scores.get(code, NOTHING)
        is_answer = type(answer) is int or type(answer) is str
        # A malformed answer was told already; a missing one is told here.
        if (is_answer and table.units(code, answer) is None) or answer is NOTHING:
            faults.add(member(f"{path}.scores", code), answer, _offered(question))


def _offered(question: Question) -> str:
    match question:
        case ScaleQuestion():
            low, high = decimal_text(question.minimum), decimal_text(question.maximum)
            return f"{low} to {high} in steps of {decimal_text(question.step)}"
        case CoefficientQuestion():
            return _listed([str(decimal_text(value)) for value in question.values])
        case BandsQuestion():
            return _listed([told(band.code) for band in question.bands])


def _listed(offered: list[str]) -> str:
    rest = ", …" if len(offered) > _MOST_LISTED else ""
    return f"one of {', '.join(offered[:_MOST_LISTED])}{rest}"
