"""The form of a call as its applicants will see it, for the staff: nothing typed is saved."""

import secrets
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from grants.applications.rules.drawing import DrawnSection, draw_section
from grants.applications.rules.parsing import Typed
from grants.applications.rules.typed import Answers, add_row, remove_row, take_over
from grants.applications.views.asking import looked_for_in
from grants.applications.views.blueprint import blueprint
from grants.applications.views.meters import budget_view
from grants.applications.views.pages import StepLink
from grants.calls.access import may_see_draft
from grants.calls.models import Call
from grants.calls.queries import FormPlace, get_section_to_work_on
from grants.calls.rules.criteria_json import required_documents_from_json
from grants.calls.rules.form import Choice, Kind, Section
from grants.web.gate import allow


@blueprint.route("/m/<municipality>/calls/<slug>/form/preview/<section>", methods=["GET", "POST"])
@allow(may_see_draft, on=get_section_to_work_on, seen_by=may_see_draft)
def preview(place: FormPlace) -> ResponseReturnValue:
    """One section of the form, with what was just typed into it, so that conditions can be tried.

    A condition on an answer of another section counts as met: here one sees every question.
    """
    section, call = place.section, place.call
    lots = tuple(Choice(lot.code, lot.title) for lot in call.lots)
    blank = Typed(place.form, {}, lots, known={section.key})
    answers = _typed_answers(section, blank.of(section))
    typed = Typed(place.form, {section.key: answers}, lots, known={section.key})
    drawn = draw_section(typed, section, months=call.duration_max)
    return render_template(
        "applications/preview.html",
        call=call,
        section=section,
        drawn=drawn,
        looked_for=looked_for_in(call),
        application=None,
        attached={},
        steps=_steps(place),
        required=required_documents_from_json(call.required_documents),
        **_budget(call, section, drawn, typed),
    )


def _typed_answers(section: Section, blank: Answers) -> Answers:
    """What the page sent, with a row more or less where a button said so."""
    if request.method == "GET":
        return blank
    sent = {name: list(texts) for name, texts in request.form.lists()}
    answers = take_over(section, blank, sent=sent)
    keys = {question.key for question in section.questions}
    if (question := request.form.get("add", "")) in keys:
        heading = request.form.get("add_heading", "")
        cells = {"heading": heading} if heading else {}
        return add_row(answers, question, row=secrets.token_hex(3), cells=cells)
    question, _dot, row = request.form.get("remove", "").partition(".")
    return remove_row(answers, question, row=row) if question in keys else answers


def _steps(place: FormPlace) -> list[StepLink]:
    call = place.call
    return [
        StepLink(
            section.title,
            url_for(
                "applications.preview",
                municipality=call.municipality.slug,
                slug=call.slug,
                section=section.key,
            ),
            "on" if section.key == place.section.key else "",
        )
        for section in place.form.sections
    ]


def _budget(call: Call, section: Section, drawn: DrawnSection, typed: Typed) -> dict[str, Any]:
    """The limits of the budget are known once the call has its dates."""
    is_known = call.opens_at is not None and call.deadline is not None
    if not section.has(Kind.BUDGET) or not is_known:
        return {}
    return {"budget": budget_view(call, drawn, typed)}
