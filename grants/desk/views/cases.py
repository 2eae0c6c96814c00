"""The case file of an application, and its history."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from grants.acts.labels import COLOURS, KINDS
from grants.acts.labels import STATUSES as ACT_STATUSES
from grants.applications.models import Application
from grants.applications.queries import form_of_snapshot
from grants.calls.rules.form import Kind, Section
from grants.desk.access import may_see_case
from grants.desk.case_life import case_stations
from grants.desk.events import Told, tell
from grants.desk.labels import CHANNELS, state_colour, state_label
from grants.desk.navigation import find_url
from grants.desk.queries.cases import get_case, read_case
from grants.desk.queries.histories import list_case_events
from grants.desk.views.blueprint import blueprint
from grants.web.gate import allow
from grants.web.paging import PER_PAGE, Page, page_number

CASE = "/m/<municipality>/applications/<slug>"


@blueprint.get(CASE)
@allow(may_see_case, on=get_case, seen_by=may_see_case)
def case(application: Application) -> ResponseReturnValue:
    """Everything about one application, from what was submitted to the contract."""
    slug = application.call.municipality.slug
    file = read_case(application)
    sections = _sections(application, file.snapshot)
    return render_template(
        "desk/case.html",
        file=file, points=Fraction(file.row.total) if file.row and file.row.total else None,
        application=application, call=application.call,
        state=(state_label(application), state_colour(application)),
        sections=sections,
        lots={lot.code: lot.title for lot in application.call.lots},
        names=_slot_names(application, sections),
        source_titles=_source_titles(sections),
        stations=case_stations(application),
        channel=CHANNELS[application.channel],
        act_words=(KINDS, ACT_STATUSES, COLOURS),
        urls={
            "check": find_url("eligibility.check", municipality=slug, slug=application.slug),
            "contract": find_url(
                "contracts.contract", municipality=slug, slug=file.contract.slug
            ) if file.contract else "",
        },
    )  # fmt: skip


def _sections(application: Application, snapshot: Mapping[str, Any]) -> Sequence[Section]:
    """The sections that were answered, as they were asked; imported history has none."""
    answered = snapshot.get("answers") or {}
    form = form_of_snapshot(application.call, snapshot) if answered else None
    return [each for each in form.sections if each.key in answered] if form else []


def _slot_names(application: Application, sections: Sequence[Section]) -> dict[str, str]:
    """How the documents of the call and the files of its form are called."""
    names = {each["code"]: each["title"] for each in application.call.required_documents}
    asked = [each for section in sections for each in section.questions if each.kind is Kind.FILE]
    return names | {question.slot: question.label for question in asked}


def _source_titles(sections: Sequence[Section]) -> dict[str, str]:
    """Who co-finances, by code, as the form of the frozen version names them."""
    budgets = (q for section in sections for q in section.questions if q.kind is Kind.BUDGET)
    return {source.code: source.title for budget in budgets for source in budget.sources}


@blueprint.get(f"{CASE}/history")
@allow(may_see_case, on=get_case, seen_by=may_see_case)
def case_history(application: Application) -> ResponseReturnValue:
    """Who did what on the case, the latest first."""
    number = page_number()
    entries, total = list_case_events(application, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    return render_template(
        "desk/case_history.html",
        application=application,
        call=application.call,
        page=Page[Told]([tell(entry) for entry in entries], number, total),
    )
