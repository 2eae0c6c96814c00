"""A question of the form that is answered with a file: the page where one puts it in."""

from collections.abc import Sequence

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.applications.access import may_write_section
from grants.applications.actions.drafting import ensure_writable
from grants.applications.models import Application
from grants.applications.queries import get_own_question
from grants.applications.views.blueprint import blueprint
from grants.applications.views.pages import draft_page
from grants.applications.views.slots import slot_of
from grants.calls.rules.criteria import RequiredDocument
from grants.calls.rules.form import Question, Section
from grants.errors import WrongState
from grants.web.gate import allow

OwnQuestion = tuple[Application, Section, Question]


@blueprint.get("/my/applications/<slug>/sections/<section>/files/<question>")
@allow(may_write_section, on=get_own_question, seen_by=may_write_section)
def file(subject: OwnQuestion) -> ResponseReturnValue:
    """Put a file into a question of the form; what was typed beside it is saved already."""
    application, section, question = subject
    try:
        ensure_writable(application, section.key, at=clock.now())
    except WrongState:
        return redirect(url_for("applications.receipt", slug=application.slug))
    return file_page(application, section, question)


def file_page(
    application: Application, section: Section, question: Question, *, said: Sequence[str] = ()
) -> str:
    """The slot of a file question, with what was wrong with the last file."""
    return draft_page(
        "applications/file.html",
        application,
        here=section.key,
        section=section,
        question=question,
        slot=slot_of(application, wanted_file(question)),
        problems=said,
    )


def wanted_file(question: Question) -> RequiredDocument:
    """What is asked for, as the slots of the call say it."""
    return RequiredDocument(question.slot, question.label, question.is_required)
