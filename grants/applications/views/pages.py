"""What every page of a draft carries: its steps, its deadline, the section as drawn."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from grants.applications.models import Application, ApplicationDocument
from grants.applications.queries import present_documents, typed_of
from grants.applications.queries.lessons import last_lesson
from grants.applications.rules.drawing import draw_section
from grants.applications.rules.parsing import Typed
from grants.applications.rules.states import ApplicationStatus
from grants.applications.rules.steps import list_steps
from grants.applications.views.asking import corrections_of, looked_for_in
from grants.applications.views.meters import budget_view
from grants.applications.views.slots import fitting_codes, slots_of
from grants.applications.views.standing import statements_of
from grants.calls.corrected import list_corrections_since
from grants.calls.queries import criteria_of
from grants.calls.rules.form import Kind, Section
from grants.i18n.languages import gettext as _
from grants.i18n.languages import ngettext
from grants.organisations.rules.profile import iban_of

CHECK = "check"


@dataclass(frozen=True)
class StepLink:
    """One entry of the list of steps."""

    label: str
    url: str
    state: str
    note: str = ""


def draft_page(template: str, application: Application, *, here: str, **more: Any) -> str:
    """A page of a draft with its steps and its deadline; `here` is the section or `check`."""
    typed = more.pop("typed", None) or typed_of(application)
    return render_template(
        template,
        application=application,
        call=application.call,
        steps=_step_links(application, typed, here=here),
        call_corrections=list_corrections_since(application.call, application.started_at),
        is_draft=application.status is ApplicationStatus.DRAFT,
        corrections=corrections_of(application),
        **more,
    )


def section_page(
    application: Application, section: Section, *, with_missing: bool, **more: Any
) -> str:
    """The page of one section as it is kept."""
    typed = typed_of(application)
    row = next((each for each in application.sections if each.key == section.key), None)
    return draft_page(
        "applications/section.html",
        application,
        here=section.key,
        typed=typed,
        version=row.version if row else 0,
        saved_at=row.saved_at if row else None,
        lesson=last_lesson(application.call, section.key),
        **drawn_section(application, section, typed=typed, with_missing=with_missing),
        **more,
    )


def drawn_section(
    application: Application, section: Section, *, typed: Typed, with_missing: bool = False
) -> dict[str, Any]:
    """Everything `applications/section_body.html` draws of one section; others reuse it so.

    The application is loaded by queries.get_own_draft and given to the template too.
    """
    drawn = draw_section(
        typed, section, months=application.call.duration_max, with_missing=with_missing
    )
    found: dict[str, Any] = {
        "section": section,
        "drawn": drawn,
        "looked_for": looked_for_in(application.call),
        "attached": attached_files(application),
    }
    if section.has(Kind.BUDGET):
        found["budget"] = budget_view(
            application.call, drawn, typed, slug=application.slug, vat_number=vat_of(application)
        )
    if section.has(Kind.DOCUMENTS):
        found["slots"] = slots_of(application)
    if section.has(Kind.PARTNERS):
        found |= statements_of(application, section, typed)
    if section.has(Kind.ORGANISATION) and application.organisation is not None:
        found["iban"] = iban_of(application.organisation.account)
    return found


def attached_files(application: Application) -> dict[str, list[ApplicationDocument]]:
    """The files in each slot now."""
    found: dict[str, list[ApplicationDocument]] = {}
    for each in present_documents(application):
        found.setdefault(each.code, []).append(each)
    return found


def section_place(application: Application, section: Section) -> str:
    """The address where a section is written: a reopened one on the page of its request."""
    if application.status is ApplicationStatus.COMPLETION_REQUESTED:
        return _completion(application)
    return url_for("applications.section", slug=application.slug, section=section.key)


def _completion(application: Application) -> str:
    # A later slice has the page.
    return f"/my/applications/{application.slug}/completion"


def file_place(application: Application, section: Section, question: str) -> str:
    """The address where a file is put into a question of a section."""
    return url_for(
        "applications.file", slug=application.slug, section=section.key, question=question
    )


def vat_of(application: Application) -> str:
    """The VAT number of the applicant, empty where there is none."""
    return application.organisation.vat_number if application.organisation else ""


def next_place(application: Application, section: Section, sections: tuple[Section, ...]) -> str:
    """Where one goes on after a section; a reopened one leads back to the request."""
    if application.status is not ApplicationStatus.DRAFT:
        return _completion(application)
    at = [each.key for each in sections].index(section.key)
    if at + 1 == len(sections):
        return url_for("applications.check", slug=application.slug)
    return url_for("applications.section", slug=application.slug, section=sections[at + 1].key)


def _step_links(application: Application, typed: Typed, *, here: str) -> list[StepLink]:
    present = fitting_codes(application)
    required = criteria_of(application.call).required_documents
    links = [
        StepLink(
            step.section.title,
            url_for("applications.section", slug=application.slug, section=step.section.key),
            "on" if step.section.key == here else step.state.value,
            ngettext("%(num)d nedostaje", "%(num)d nedostaju", step.missing)
            if step.missing
            else "",
        )
        for step in list_steps(typed, required=required, present=present)
    ]
    check = url_for("applications.check", slug=application.slug)
    return [*links, StepLink(_("Provjera i predaja"), check, "on" if here == CHECK else "")]
