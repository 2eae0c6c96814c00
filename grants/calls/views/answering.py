"""The office's side of questions: what waits with its term, answering, setting aside."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.access import may_edit_call, may_see_draft
from grants.calls.actions.answering import (
    Answer,
    enter_question,
    publish_answer,
    set_aside_question,
)
from grants.calls.asked import get_asker, get_question_to_work_on, list_asked
from grants.calls.forms.asking import AnswerForm, EnterForm, SetAsideForm
from grants.calls.labels import QUESTION_STATES
from grants.calls.models import AskedQuestion, Call
from grants.calls.queries import get_call_to_work_on
from grants.calls.rules.inquiries import is_overdue
from grants.calls.rules.states import QuestionStatus
from grants.calls.views.blueprint import CALL, blueprint
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.web.errors import sentences
from grants.web.gate import actor, allow
from grants.web.paging import Page, page_number
from grants.workdays import counted_term

QUESTION = f"{CALL}/questions/<question>"
PER_PAGE = 20


@blueprint.get(f"{CALL}/questions")
@allow(may_see_draft, on=get_call_to_work_on, seen_by=may_see_draft)
def asked(call: Call) -> ResponseReturnValue:
    """The questions about a call, open ones first by their term."""
    form = EnterForm(formdata=None, received_at=clock.now())
    return _list_page(call, form)


@blueprint.post(f"{CALL}/questions")
@allow(may_edit_call, on=get_call_to_work_on, seen_by=may_see_draft)
def enter(call: Call) -> ResponseReturnValue:
    """Key in a question that came by mail or telephone."""
    form = EnterForm()
    if not form.validate_on_submit() or form.received_at.data is None:
        return _list_page(call, form), 422
    try:
        question = enter_question(
            call,
            form.text.data,
            received_at=form.received_at.data,
            by=actor(),
            at=clock.now(),
        )
    except DomainError as refusal:
        _place(form, refusal.problems, other="received_at")
        return _list_page(call, form), 409
    flash(_("Pitanje je upisano. Sada na njega možete odgovoriti."), "success")
    return redirect(_address(question))


@blueprint.get(QUESTION)
@allow(may_see_draft, on=get_question_to_work_on, seen_by=may_see_draft)
def asked_question(question: AskedQuestion) -> ResponseReturnValue:
    """One question with its term and its answers so far."""
    newest = question.answers[-1] if question.answers else None
    form = AnswerForm(
        formdata=None,
        question=newest.question_text if newest else question.text,
        answer=newest.answer if newest else "",
    )
    return _page(question, form)


@blueprint.post(QUESTION)
@allow(may_edit_call, on=get_question_to_work_on, seen_by=may_see_draft)
def answer(question: AskedQuestion) -> ResponseReturnValue:
    """Publish the answer, or a new version of it."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _page(question, form), 422
    wanted = Answer(form.question.data, form.answer.data, form.note.data)
    try:
        publish_answer(question, wanted, by=actor(), at=clock.now())
    except DomainError as refusal:
        _place(form, refusal.problems, other="answer")
        return _page(question, form), 409
    flash(_("Odgovor je objavljen. Obaviješteni su svi koji prate poziv."), "success")
    return redirect(_list_address(question.call))


@blueprint.post(f"{QUESTION}/set-aside")
@allow(may_edit_call, on=get_question_to_work_on, seen_by=may_see_draft)
def set_aside(question: AskedQuestion) -> ResponseReturnValue:
    """Leave it without a public answer, with a reason for whoever asked."""
    form = SetAsideForm()
    if not form.validate_on_submit():
        return _page(question, AnswerForm(formdata=None, question=question.text), aside=form), 422
    set_aside_question(question, reason=form.reason.data, by=actor(), at=clock.now())
    flash(_("Pitanje ostaje bez javnog odgovora. Ko je pitao, dobio je razlog."), "success")
    return redirect(_list_address(question.call))


def _list_page(call: Call, form: EnterForm) -> str:
    number, wanted = page_number(), request.args.get("status", "")
    status = QuestionStatus(wanted) if wanted in set(QuestionStatus) else None
    rows, total = list_asked(call, status=status, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    today = clock.local_day(clock.now())
    return render_template(
        "calls/asked.html",
        call=call,
        form=form,
        page=Page(rows, number, total, PER_PAGE),
        wanted=wanted,
        states=QUESTION_STATES,
        overdue={
            each.id
            for each in rows
            if each.status is QuestionStatus.OPEN and is_overdue(each.due_on, today=today)
        },
        may_enter=may_edit_call(actor(), call),
    )


def _page(question: AskedQuestion, form: AnswerForm, *, aside: SetAsideForm | None = None) -> str:
    may_answer = may_edit_call(actor(), question)
    today = clock.local_day(clock.now())
    return render_template(
        "calls/asked_question.html",
        call=question.call,
        question=question,
        form=form,
        aside=aside or SetAsideForm(formdata=None),
        states=QUESTION_STATES,
        counted=counted_term(question.counted) if question.counted else None,
        is_overdue=question.status is QuestionStatus.OPEN
        and is_overdue(question.due_on, today=today),
        asker=get_asker(question) if may_answer else None,
        may_answer=may_answer,
    )


def _place(form: EnterForm | AnswerForm, problems: Sequence[Problem], *, other: str) -> None:
    """Each refusal at its field, what belongs to none at the `other`."""
    for problem in problems:
        name = problem.place if problem.place in form else other
        form[name].errors = [*form[name].errors, *sentences([problem])]


def _address(question: AskedQuestion) -> str:
    call = question.call
    return url_for(
        "calls.asked_question",
        municipality=call.municipality.slug,
        slug=call.slug,
        question=question.slug,
    )


def _list_address(call: Call) -> str:
    return url_for("calls.asked", municipality=call.municipality.slug, slug=call.slug)
