"""What a form still misses before its call may be published."""

from collections.abc import Collection, Iterator

from grants.calls.rules.form import Fact, Form, Kind, Question
from grants.errors import Problem

# What lists, limits, ranking and decisions read out of every application, with its kind.
NEEDED = {
    Fact.ORGANISATION: Kind.ORGANISATION,
    Fact.TITLE: Kind.SHORT_TEXT,
    Fact.LOT: Kind.LOT,
    Fact.DURATION: Kind.NUMBER,
    Fact.REQUESTED: Kind.MONEY,
    Fact.ACTIVITIES: Kind.TABLE,
    Fact.BUDGET: Kind.BUDGET,
}
# Every fact that has a shape may be asked only in one of these ways.
KINDS = {
    **{fact: (kind,) for fact, kind in NEEDED.items()},
    Fact.SUMMARY: (Kind.LONG_TEXT,),
    Fact.STARTS_ON: (Kind.DATE,),
    Fact.RESULTS: (Kind.TABLE,),
    Fact.INDICATORS: (Kind.TABLE,),
    Fact.PARTNERS: (Kind.TABLE, Kind.PARTNERS),
    Fact.DOCUMENTS: (Kind.DOCUMENTS,),
}
# The key under which every budget line looks for its activity.
ACTIVITIES_KEY = "activities"


def form_problems(
    form: Form, *, lots: Collection[str] = (), asks_documents: bool = False
) -> list[Problem]:
    """Everything that keeps a form from being published; the place is always `form`."""
    if not form.sections:
        return [Problem("form_missing", "form")]
    return [
        *_needed(form, asks_documents=asks_documents),
        *_kinds(form),
        *_sections(form),
        *(problem for each in form.questions() for problem in _question(each, lots)),
    ]


def _needed(form: Form, *, asks_documents: bool) -> Iterator[Problem]:
    facts = (*NEEDED, Fact.DOCUMENTS) if asks_documents else tuple(NEEDED)
    for fact in facts:
        question = form.by_fact(fact)
        if question is None:
            yield _problem(f"fact_missing_{fact.value}")
        elif question.shown_when or question.required_when or question.lots:
            yield _problem("fact_conditional", label=question.label)
        elif not question.is_required:
            yield _problem("fact_optional", label=question.label)
    activities = form.by_fact(Fact.ACTIVITIES)
    if activities is not None and activities.key != ACTIVITIES_KEY:
        yield _problem("fact_key", label=activities.label, key=ACTIVITIES_KEY)


def _kinds(form: Form) -> Iterator[Problem]:
    for fact, kinds in KINDS.items():
        question = form.by_fact(fact)
        if question is not None and question.kind not in kinds:
            yield _problem("fact_kind", label=question.label, fact=fact.value)


def _sections(form: Form) -> Iterator[Problem]:
    for section in form.sections:
        if not section.title:
            yield _problem("form_section_untitled", key=section.key)
        if not section.questions:
            yield _problem("form_section_empty", title=section.title)


def _question(question: Question, lots: Collection[str]) -> Iterator[Problem]:
    label = question.label or question.key
    if not question.label:
        yield _problem("form_question_unlabelled", label=label)
    if question.kind in (Kind.CHOICE, Kind.CHOICES) and len(question.choices) < 2:
        yield _problem("form_choices_few", label=label)
    if question.kind is Kind.TABLE and not question.columns:
        yield _problem("form_columns_missing", label=label)
    if question.kind is Kind.BUDGET and not question.headings:
        yield _problem("form_headings_missing", label=label)
    if question.most is not None and question.most < question.least:
        yield _problem("form_bounds", label=label, low=question.least, high=question.most)
    for lot in question.lots:
        if lots and lot not in lots:
            yield _problem("form_lot_unknown", label=label, lot=lot)


def _problem(code: str, **facts: object) -> Problem:
    return Problem(code, "form", facts)
