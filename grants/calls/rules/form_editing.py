"""Changing a form by one thing: sections and questions added, changed, moved, taken away."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from grants.calls.rules.form import Form, Question, Section
from grants.calls.rules.form_links import link_problems, users_of
from grants.errors import Incomplete, Problem
from grants.i18n.script import fold

LONGEST_KEY = 40


def free_key(label: str, *, taken: Collection[str]) -> str:
    """A key for a thing with a label, unique among those taken: `opis`, `opis_2`."""
    base = "_".join(re.findall(r"[a-z0-9]+", fold(label)))[:LONGEST_KEY].strip("_")
    if not base or base[0].isdigit():
        base = f"q_{base}".strip("_")
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    return key


def question_keys(form: Form) -> set[str]:
    """Every key a new question must not have."""
    return {question.key for question in form.questions()}


def add_section(form: Form, *, title: str, lede: str = "") -> Form:
    """The form with one more section at its end, empty as yet."""
    key = free_key(title, taken={section.key for section in form.sections})
    return replace(form, sections=(*form.sections, Section(key, title, lede)))


def add_block(form: Form, section: Section) -> Form:
    """The form with a ready-made section at its end.

    Raises Incomplete (`block_there`) where one of its questions is asked already, and with what
    it points to where that is not in the form yet.
    """
    for question in section.questions:
        if form.question(question.key) is not None:
            facts = {"title": section.title, "label": question.label}
            raise Incomplete(Problem("block_there", "block", facts))
    key = free_key(section.key, taken={each.key for each in form.sections})
    return _linked(replace(form, sections=(*form.sections, replace(section, key=key))))


def change_section(form: Form, key: str, *, title: str, lede: str) -> Form:
    """The form with a section called otherwise."""
    return _with_section(form, key, lambda found: replace(found, title=title, lede=lede))


def remove_section(form: Form, key: str) -> Form:
    """The form without a section; Incomplete where another section needs a question of it."""
    section = form.section(key)
    inside = {question.key for question in section.questions} if section else set()
    for question in inside:
        _ensure_unused(form, question, beside=inside)
    return replace(form, sections=tuple(each for each in form.sections if each.key != key))


def move_section(form: Form, key: str, *, by: int) -> Form:
    """The form with a section one place up (-1) or down (1); at the edge it stays.

    Raises Incomplete where a question would be asked before what decides about it.
    """
    sections = list(form.sections)
    at = [section.key for section in sections].index(key)
    to = at + by
    if not 0 <= to < len(sections):
        return form
    sections[at], sections[to] = sections[to], sections[at]
    return _linked(replace(form, sections=tuple(sections)))


def add_question(form: Form, section: str, question: Question) -> Form:
    """The form with one more question at the end of a section; Incomplete for bad conditions."""
    return _linked(
        _with_section(
            form, section, lambda found: replace(found, questions=(*found.questions, question))
        )
    )


def change_question(form: Form, key: str, question: Question) -> Form:
    """The form with a question as it is now; Incomplete where something no longer fits."""
    return _linked(
        replace(
            form,
            sections=tuple(
                replace(
                    section,
                    questions=tuple(
                        question if each.key == key else each for each in section.questions
                    ),
                )
                for section in form.sections
            ),
        )
    )


def remove_question(form: Form, key: str) -> Form:
    """The form without a question; Incomplete (`question_used`) where another one needs it."""
    _ensure_unused(form, key)
    return _without(form, key)


def move_question(form: Form, key: str, *, by: int) -> Form:
    """The form with a question one place up (-1) or down (1), into the next section at the edge.

    Raises Incomplete where it would be asked before what decides about it.
    """
    section, question = form.section_of(key), form.question(key)
    if section is None or question is None:
        return form
    at = section.questions.index(question)
    if 0 <= at + by < len(section.questions):
        others = [each for each in section.questions if each.key != key]
        others.insert(at + by, question)
        moved = tuple(others)
        return _linked(
            _with_section(form, section.key, lambda found: replace(found, questions=moved))
        )
    to = form.sections.index(section) + by
    if not 0 <= to < len(form.sections):
        return form
    return _linked(_moved_to(_without(form, key), form.sections[to].key, question, first=by > 0))


def _moved_to(form: Form, section: str, question: Question, *, first: bool) -> Form:
    return _with_section(
        form,
        section,
        lambda found: replace(
            found,
            questions=(question, *found.questions) if first else (*found.questions, question),
        ),
    )


def _without(form: Form, key: str) -> Form:
    return replace(
        form,
        sections=tuple(
            replace(section, questions=tuple(each for each in section.questions if each.key != key))
            for section in form.sections
        ),
    )


def _with_section(form: Form, key: str, change: Callable[[Section], Section]) -> Form:
    sections = (change(each) if each.key == key else each for each in form.sections)
    return replace(form, sections=tuple(sections))


def _ensure_unused(form: Form, key: str, *, beside: Collection[str] = ()) -> None:
    users = [each for each in users_of(form, key) if each.key not in beside]
    if users:
        raise Incomplete(*(Problem("question_used", "", {"label": each.label}) for each in users))


def _linked(form: Form) -> Form:
    problems = link_problems(form)
    if problems:
        raise Incomplete(*problems)
    return form
