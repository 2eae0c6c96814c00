"""What one question of a form says of another: conditions, references, numbering, lots."""

from collections import Counter
from collections.abc import Iterator

from grants.calls.rules.form import Condition, Fact, Form, Kind, Question
from grants.errors import Problem

# Answers of these can be named in a condition.
CHOSEN = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.DECLARATION, Kind.LOT})
# Of these one can say that they are answered; the others bring no answer of their own.
ANSWERED = frozenset(Kind) - {Kind.ORGANISATION, Kind.DOCUMENTS}
ROWS = frozenset({Kind.TABLE, Kind.BUDGET, Kind.PARTNERS})
YES = "yes"


def link_problems(form: Form) -> list[Problem]:
    """Everything that points nowhere, or at something that is asked only later."""
    return [*_unique(form), *_conditions(form), *_references(form)]


def answer_codes(question: Question) -> tuple[str, ...] | None:
    """The codes a condition may name of a question; None where they are not the form's own."""
    if question.kind is Kind.LOT:
        return None
    if question.kind is Kind.DECLARATION:
        return (YES,)
    return tuple(choice.code for choice in question.choices)


def users_of(form: Form, key: str) -> list[Question]:
    """The questions that need another one: by a condition, a reference, or by their lots."""
    used = form.question(key)
    is_lot = used is not None and used.fact is Fact.LOT
    return [
        each
        for each in form.questions()
        if each.key != key
        and (
            key in {condition.question for condition in _conditions_of(each)}
            or any(column.of == key for column in each.columns)
            or (is_lot and each.lots)
        )
    ]


def _conditions_of(question: Question) -> list[Condition]:
    return [each for each in (question.shown_when, question.required_when) if each is not None]


def _unique(form: Form) -> Iterator[Problem]:
    for key, times in Counter(each.key for each in form.questions()).items():
        if times > 1:
            yield _problem("form_question_twice", key, found=key)
    facts = Counter(each.fact for each in form.questions() if each.fact)
    for fact, times in facts.items():
        if times > 1:
            yield _problem("form_fact_twice", fact.value, found=fact.value)


def _conditions(form: Form) -> Iterator[Problem]:
    asked: dict[str, Question] = {}
    for question in form.questions():
        for condition in _conditions_of(question):
            yield from _condition(form, question, condition, asked=asked)
        if question.required_when is not None and question.is_required:
            yield _problem("form_required_twice", question.key)
        if question.lots and not any(each.fact is Fact.LOT for each in asked.values()):
            yield _problem("form_lots_early", question.key, label=_name(question))
        asked[question.key] = question


def _condition(
    form: Form, question: Question, condition: Condition, *, asked: dict[str, Question]
) -> Iterator[Problem]:
    facts = {"label": _name(question), "found": condition.question}
    other = asked.get(condition.question)
    if other is None:
        # Only what was asked before can decide: no circles, and a page reads downwards.
        is_later = form.question(condition.question) is not None
        yield _problem("form_later" if is_later else "form_nowhere", question.key, **facts)
    elif other.kind not in ANSWERED or (condition.one_of and other.kind not in CHOSEN):
        yield _problem("form_not_chosen", question.key, **facts)
    else:
        codes = answer_codes(other)
        for code in condition.one_of if codes is not None else ():
            if code not in (codes or ()):
                yield _problem("form_no_answer", question.key, **facts, answer=code)


def _references(form: Form) -> Iterator[Problem]:
    for question in form.questions():
        for column in question.columns:
            other = form.question(column.of)
            if column.kind is Kind.REFERENCE and (other is None or other.kind not in ROWS):
                where = f"{question.key}.{column.key}"
                yield _problem("form_reference", where, label=column.label, found=column.of)
        counted = question.numbered.removeprefix("by:")
        if counted != question.numbered and not _is_reference(question, counted):
            yield _problem("form_numbered", question.key, found=counted)


def _is_reference(question: Question, key: str) -> bool:
    return any(each.key == key and each.kind is Kind.REFERENCE for each in question.columns)


def _name(question: Question) -> str:
    return question.label or question.key


def _problem(code: str, where: str, **facts: object) -> Problem:
    return Problem(code, where, {"where": where, **facts})
