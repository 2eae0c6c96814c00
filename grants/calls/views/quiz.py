"""The quiz before starting: answers stand in the address only, nothing is written down."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.access import may_see_call
from grants.calls.forms.quiz import hints, quiz_form
from grants.calls.life_line import stage_of
from grants.calls.models import Call
from grants.calls.queries import criteria_of, get_public_call
from grants.calls.quiz_words import say
from grants.calls.rules.quiz import Finding, Verdict, conditions_from_json, find_all
from grants.calls.rules.states import Stage
from grants.calls.views.blueprint import blueprint
from grants.i18n.languages import BY_CODE, SOURCE
from grants.web.gate import allow


@blueprint.get("/calls/<slug>/quiz")
@allow(may_see_call, on=get_public_call, seen_by=may_see_call)
def quiz(call: Call) -> ResponseReturnValue:
    """The questions, and once they were sent each condition with what would mend it."""
    criteria, conditions = criteria_of(call), conditions_from_json(call.conditions)
    form = quiz_form(criteria, conditions, request.args, programme=call.programme_name)
    found = find_all(criteria, conditions, form.answers()) if request.args else []
    return render_template(
        "calls/quiz.html",
        call=call,
        form=form,
        hints=hints(criteria),
        findings=[say(finding) for finding in sorted(found, key=_what_to_mend_first)],
        failed=sum(finding.verdict is Verdict.NOT_MET for finding in found),
        unanswered=sum(finding.verdict is Verdict.UNANSWERED for finding in found),
        may_start=stage_of(call, at=clock.now()) is Stage.APPLICATIONS,
        text_tag=BY_CODE.get(call.language, SOURCE).tag,
    )


def _what_to_mend_first(finding: Finding) -> int:
    return (Verdict.NOT_MET, Verdict.UNANSWERED, Verdict.MET).index(finding.verdict)
