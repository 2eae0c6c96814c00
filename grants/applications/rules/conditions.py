"""Whether a question is answered, and whether it is answered as a condition wants."""

from collections.abc import Mapping, Sequence

from grants.applications.rules.typed import (
    SEVERAL,
    TABLES,
    Answers,
    columns_of,
    is_blank,
    row_ids,
    text_of,
    texts_of,
)
from grants.calls.rules.form import Condition, Kind, Question

Files = Mapping[str, Sequence[str]]


def is_met(condition: Condition, question: Question, answers: Answers, *, files: Files) -> bool:
    """Whether the answer is one of the condition's; without any, whether there is an answer.

    `answers` are the strings of the section in which the question is asked.
    """
    given = given_answers(question, answers, files=files)
    return bool(given & set(condition.one_of)) if condition.one_of else bool(given)


def given_answers(question: Question, answers: Answers, *, files: Files) -> set[str]:
    """What is answered, blanks left out: texts, the rows of a table, the names of files."""
    if question.kind is Kind.FILE:
        return set(files.get(question.slot, ()))
    if question.kind in TABLES:
        columns = columns_of(question)
        rows = row_ids(answers, question.key)
        return {row for row in rows if not is_blank(answers, question.key, row, columns)}
    if question.kind in SEVERAL:
        texts = texts_of(answers, question.key)
    else:
        texts = [text_of(answers, question.key)]
    if question.kind is Kind.DECLARATION:
        texts = [text for text in texts if text == "yes"]
    return {text.strip() for text in texts} - {""}
