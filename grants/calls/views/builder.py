"""The form builder: sections and questions of a draft's form, one thing at a time."""

from collections.abc import Callable, Sequence

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.access import may_edit_call, may_see_draft
from grants.calls.actions.making import change_call
from grants.calls.form_words import KINDS
from grants.calls.forms.builder import (
    ADDED_KINDS,
    NewSectionForm,
    QuestionForm,
    SectionForm,
    Surroundings,
    question_facts,
)
from grants.calls.forms.rows import redraw
from grants.calls.models import Call
from grants.calls.pages import editor_page, part_page
from grants.calls.presets.blocks import blocks
from grants.calls.queries import (
    CallPart,
    FormPlace,
    form_of,
    get_call_to_work_on,
    get_question_to_work_on,
    get_section_to_work_on,
)
from grants.calls.rules.form import Choice, Form, Kind, Question
from grants.calls.rules.form_editing import (
    add_block,
    add_question,
    add_section,
    change_question,
    change_section,
    free_key,
    move_question,
    move_section,
    question_keys,
    remove_question,
    remove_section,
)
from grants.calls.rules.form_writing import write_form
from grants.calls.views.blueprint import CALL, blueprint
from grants.errors import DomainError, Incomplete, Problem
from grants.i18n.languages import gettext as _
from grants.web.gate import actor, allow

FORM = f"{CALL}/edit/form"
PART = "form"


@blueprint.post(f"{FORM}/sections")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def new_section(call: Call) -> ResponseReturnValue:
    """Add an empty section at the end."""
    typed = NewSectionForm()
    if not typed.validate_on_submit():
        return part_page(CallPart(call, PART), typed), 422
    return change_form(call, lambda form: add_section(form, title=typed.title.data))


@blueprint.post(f"{FORM}/blocks")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def new_block(call: Call) -> ResponseReturnValue:
    """Add a ready-made section."""
    block = blocks().get(request.form.get("block", "")) or abort(400)
    return change_form(call, lambda form: add_block(form, block.section))


@blueprint.post(f"{FORM}/order")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def move(call: Call) -> ResponseReturnValue:
    """Move the section or question whose button was pressed: `up=question:title`."""
    by = -1 if "up" in request.form else 1
    what, _colon, key = request.form.get("up" if by < 0 else "down", "").partition(":")
    form, step = form_of(call), move_section if what == "section" else move_question
    if not (form.section(key) if what == "section" else form.question(key)):
        abort(400)
    anchor = f"dio-{key}" if what == "section" else f"pitanje-{key}"
    return change_form(call, lambda old: step(old, key, by=by), place=anchor)


@blueprint.route(f"{FORM}/sections/<section>", methods=["GET", "POST"])
@allow(may_edit_call, on=get_section_to_work_on, seen_by=may_see_draft)
def section(place: FormPlace) -> ResponseReturnValue:
    """Call a section otherwise, or take it away with its questions."""
    call, key = place.call, place.section.key
    typed = SectionForm(data={"title": place.section.title, "lede": place.section.lede})
    if request.method == "GET":
        return _section_page(place, typed)
    if "remove_section" in request.form:
        return change_form(call, lambda form: remove_section(form, key))
    if not typed.validate_on_submit():
        return _section_page(place, typed), 422
    title, lede = typed.title.data, typed.lede.data or ""
    return change_form(
        call, lambda form: change_section(form, key, title=title, lede=lede), place=f"dio-{key}"
    )


@blueprint.route(f"{FORM}/sections/<section>/questions", methods=["GET", "POST"])
@allow(may_edit_call, on=get_section_to_work_on, seen_by=may_see_draft)
def new_question(place: FormPlace) -> ResponseReturnValue:
    """Ask one more question in a section, of the kind named by `?kind=`."""
    kind = next((each for each in ADDED_KINDS if each == request.args.get("kind")), None)
    if kind is None:
        abort(400)
    blank = Question(key="", label="", kind=kind)
    typed = _question_form(place, blank)
    if request.method == "GET" or redraw(typed, request.form):
        return _redrawn(place, blank, typed)
    if not typed.validate_on_submit():
        return _question_page(place, blank, typed), 422
    made = typed.as_question(blank)

    def change(form: Form) -> Form:
        key = free_key(made.label, taken=question_keys(form))
        return add_question(form, place.section.key, _keyed(made, key))

    return _kept(place, blank, typed, change)


@blueprint.route(f"{FORM}/questions/<question>", methods=["GET", "POST"])
@allow(may_edit_call, on=get_question_to_work_on, seen_by=may_see_draft)
def question(place: FormPlace) -> ResponseReturnValue:
    """Change a question, or take it away."""
    old = place.question or abort(404)
    typed = _question_form(place, old)
    if request.method == "GET":
        return _question_page(place, old, typed)
    if "remove_question" in request.form:
        return change_form(place.call, lambda form: remove_question(form, old.key))
    if redraw(typed, request.form):
        return _redrawn(place, old, typed)
    if not typed.validate_on_submit():
        return _question_page(place, old, typed), 422
    return _kept(
        place, old, typed, lambda form: change_question(form, old.key, typed.as_question(old))
    )


def change_form(
    call: Call, change: Callable[[Form], Form], *, place: str = ""
) -> ResponseReturnValue:
    """Change the form of a draft and show its list; a refusal is said there, nothing is lost."""
    try:
        _change(call, change)
    except DomainError as refusal:
        status = 422 if isinstance(refusal, Incomplete) else 409
        return part_page(
            CallPart(call, PART), None, problems=without_places(refusal.problems)
        ), status
    flash(_("Sačuvano."), "success")
    return redirect(f"{_address(call)}#{place}" if place else _address(call))


def without_places(problems: Sequence[Problem]) -> list[Problem]:
    """The sentences alone: what they speak of has no field on the page that says them."""
    return [Problem(problem.code, "", problem.facts) for problem in problems]


def _kept(
    place: FormPlace, old: Question, typed: QuestionForm, change: Callable[[Form], Form]
) -> ResponseReturnValue:
    """The same for a question: a refusal is said beside what was typed."""
    try:
        _change(place.call, change)
    except DomainError as refusal:
        status = 422 if isinstance(refusal, Incomplete) else 409
        return _question_page(place, old, typed, problems=refusal.problems), status
    flash(_("Pitanje je sačuvano."), "success")
    return redirect(f"{_address(place.call)}#dio-{place.section.key}")


def _change(call: Call, change: Callable[[Form], Form]) -> None:
    seen = request.form.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    form = write_form(change(form_of(call)))
    change_call(call, {"form": form}, version=version, by=actor(), at=clock.now())


def _question_form(place: FormPlace, question: Question) -> QuestionForm:
    typed = QuestionForm(data=question_facts(question))
    typed.fit(question.kind, _around(place, question))
    return typed


def _redrawn(place: FormPlace, question: Question, typed: QuestionForm) -> str:
    """The same page with a row more or less, and the answers of the questions chosen now."""
    typed.fit(question.kind, _around(place, question))
    return _question_page(place, question, typed)


def _around(place: FormPlace, question: Question) -> Surroundings:
    at = place.form.sections.index(place.section)
    before = [each for section in place.form.sections[:at] for each in section.questions]
    beside = [each.key for each in place.section.questions]
    end = beside.index(question.key) if question.key in beside else len(beside)
    before += place.section.questions[:end]
    lots = [Choice(lot.code, lot.title) for lot in place.call.lots]
    has_lot = any(each.kind is Kind.LOT for each in before)
    return Surroundings(place.form, before, lots if has_lot else [])


def _keyed(question: Question, key: str) -> Question:
    return Question(**{**vars(question), "key": key})


def _section_page(place: FormPlace, typed: SectionForm) -> str:
    return editor_page("calls/form_section.html", place.call, part=PART, form=typed, place=place)


def _question_page(
    place: FormPlace, question: Question, typed: QuestionForm, *, problems: Sequence[Problem] = ()
) -> str:
    return editor_page(
        "calls/form_question.html",
        place.call,
        part=PART,
        form=typed,
        problems=without_places(problems),
        place=place,
        question=question,
        kind_name=KINDS[question.kind],
    )


def _address(call: Call) -> str:
    return url_for("calls.edit", municipality=call.municipality.slug, slug=call.slug, part=PART)
