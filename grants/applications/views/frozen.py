"""A section as it was handed in: read, no longer written."""

from flask import render_template, url_for

from grants.applications.models import Application
from grants.applications.queries import get_open_reopening, get_snapshot
from grants.applications.reader import read
from grants.applications.rules.reading import ReadSection
from grants.applications.views.pages import StepLink
from grants.calls.rules.form import Section
from grants.i18n.languages import gettext as _


def frozen_page(application: Application, section: Section) -> str:
    """The newest frozen version of a section, with the way to all others and to the receipt."""
    snapshot = get_snapshot(application)
    shown = read(application, snapshot.read() if snapshot else {})
    parts: list[ReadSection] = shown["sections"]
    part = next((each for each in parts if each.section.key == section.key), None)
    reopening = get_open_reopening(application)
    return render_template(
        "applications/frozen.html",
        application=application,
        section=section,
        part=part or ReadSection(section, ()),
        words=shown["words"],
        snapshot=snapshot,
        steps=_steps(application, parts, here=section.key),
        asked=reopening.parts if reopening else [],
    )


def _steps(application: Application, parts: list[ReadSection], *, here: str) -> list[StepLink]:
    slug = application.slug
    links = [
        StepLink(
            part.section.title,
            url_for("applications.section", slug=slug, section=part.section.key),
            "on" if part.section.key == here else "ok",
        )
        for part in parts
    ]
    return [
        *links,
        StepLink(_("Potvrda o predaji"), url_for("applications.receipt", slug=slug), ""),
    ]
