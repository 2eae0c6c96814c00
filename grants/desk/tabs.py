"""The pages that belong to one call or one case, as a row of links."""

from dataclasses import dataclass

from grants.applications.models import Application
from grants.calls.models import Call
from grants.desk.navigation import find_url
from grants.i18n.languages import gettext as _


@dataclass(frozen=True)
class Tab:
    """One of the pages."""

    label: str
    url: str
    current: bool


def call_tabs(call: Call, current: str) -> list[Tab]:
    """The inner pages of a call in the order of its life; the municipality must be loaded."""
    pages = (
        ("desk.call", _("Pregled")),
        ("calls.edit", _("Sadržaj poziva")),
        ("eligibility.opening", _("Otvaranje i provjera")),
        ("evaluation.committee", _("Komisija")),
        ("ranking.overview", _("Rang-lista")),
        ("decisions.overview", _("Odluke")),
        ("desk.call_history", _("Historija")),
    )
    return _tabs(pages, current, municipality=call.municipality.slug, slug=call.slug)


def case_tabs(application: Application, current: str) -> list[Tab]:
    """The inner pages of a case; its call and municipality must be loaded."""
    pages = (
        ("desk.case", _("Predmet")),
        ("eligibility.check", _("Provjera")),
        ("desk.case_history", _("Historija")),
    )
    slug = application.call.municipality.slug
    return _tabs(pages, current, municipality=slug, slug=application.slug)


def _tabs(pages: tuple[tuple[str, str], ...], current: str, **address: str) -> list[Tab]:
    found = [
        Tab(label, find_url(endpoint, **address), endpoint == current) for endpoint, label in pages
    ]
    return [tab for tab in found if tab.url]
