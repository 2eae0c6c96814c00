"""Questions and answers in public; following a call."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.access import may_see_call
from grants.calls.actions.answering import ask_question
from grants.calls.actions.following import follow_call, unfollow_call
from grants.calls.asked import list_answers, list_own_questions
from grants.calls.forms.asking import AskForm
from grants.calls.labels import QUESTION_STATES
from grants.calls.models import Call
from grants.calls.queries import get_public_call
from grants.calls.rules.inquiries import asking_until, is_asking_open
from grants.calls.views.blueprint import blueprint
from grants.errors import DomainError
from grants.i18n.languages import BY_CODE, SOURCE
from grants.i18n.languages import gettext as _
from grants.people.actors import Actor
from grants.web.errors import sentences
from grants.web.filters import day
from grants.web.gate import actor, allow
from grants.web.paging import Page, page_number
from grants.workdays import counted_term

PUBLIC_CALL = "/calls/<slug>"
PER_PAGE = 20


def may_ask(who: Actor, call: Call) -> bool:
    """Whoever is signed in may ask about a public call, and follow it."""
    return who.is_signed_in and may_see_call(who, call)


@blueprint.get(f"{PUBLIC_CALL}/questions")
@allow(may_see_call, on=get_public_call, seen_by=may_see_call)
def questions(call: Call) -> ResponseReturnValue:
    """Every public answer, one's own questions, and the form to ask."""
    return _page(call, AskForm(formdata=None))


@blueprint.post(f"{PUBLIC_CALL}/questions")
@allow(may_ask, on=get_public_call, seen_by=may_see_call)
def ask(call: Call) -> ResponseReturnValue:
    """Ask; a refusal keeps what was typed."""
    form = AskForm()
    if not form.validate_on_submit():
        return _page(call, form), 422
    try:
        question = ask_question(call, form.text.data, by=actor(), at=clock.now())
    except DomainError as refusal:
        form.text.errors = sentences(refusal.problems)
        return _page(call, form), 409
    said = _("Pitanje je poslano. Služba odgovara najkasnije %(day)s.", day=day(question.due_on))
    flash(said, "success")
    return redirect(url_for("calls.questions", slug=call.slug))


@blueprint.post(f"{PUBLIC_CALL}/follow")
@allow(may_ask, on=get_public_call, seen_by=may_see_call)
def follow(call: Call) -> ResponseReturnValue:
    """Hear of every answer and correction."""
    follow_call(call, user_id=actor().id, at=clock.now())
    flash(_("Pratite poziv: javit ćemo vam svaki odgovor i svaku ispravku."), "success")
    return redirect(url_for("register.call", slug=call.slug))


@blueprint.post(f"{PUBLIC_CALL}/unfollow")
@allow(may_ask, on=get_public_call, seen_by=may_see_call)
def unfollow(call: Call) -> ResponseReturnValue:
    """Hear no more."""
    unfollow_call(call, user_id=actor().id)
    flash(_("Više ne pratite poziv. Odgovori i ispravke ostaju na njegovoj stranici."), "success")
    return redirect(url_for("register.call", slug=call.slug))


def _page(call: Call, form: AskForm) -> str:
    words, number = request.args.get("q", "").strip()[:200], page_number()
    who, at = actor(), clock.now()
    found = list_answers(call, words=words)
    until = asking_until(call.questions_until, call.deadline)
    first = (number - 1) * PER_PAGE
    own = list_own_questions(call, who) if who.is_signed_in else []
    return render_template(
        "calls/questions.html",
        call=call,
        form=form,
        words=words,
        page=Page(found[first : first + PER_PAGE], number, len(found), PER_PAGE),
        own=own,
        counted={each.id: counted_term(each.counted) for each in own if each.counted},
        states=QUESTION_STATES,
        until=until,
        is_open=is_asking_open(call.status, until=until, at=at),
        text_tag=BY_CODE.get(call.language, SOURCE).tag,
    )
