"""A frozen version with the words a page or a print needs to show it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from grants.applications.labels import DAYS, PROFILE
from grants.applications.models import Application
from grants.applications.queries import form_of_snapshot
from grants.applications.rules.reading import ReadSection, read_version
from grants.calls.rules.form import Fact, Form, Kind
from grants.i18n.languages import gettext as _
from grants.organisations.problems import LEGAL_FORMS

Json = Mapping[str, Any]


def read(application: Application, facts: Json) -> dict[str, Any]:
    """What `components/read_section.html` draws: `sections` and `words`; say it in a language.

    The application's call must be loaded with its lots. Imported history has no sections.
    """
    form = form_of_snapshot(application.call, facts)
    sections = read_version(form, facts) if facts.get("answers") else []
    return {
        "sections": sections,
        "words": words_of(application, facts, form),
        "has_stray_documents": bool(facts.get("documents")) and not _asks_documents(sections),
    }


def words_of(application: Application, facts: Json, form: Form) -> dict[str, Any]:
    """How lots, document slots and the profile of a version are called."""
    call = application.call
    slots = {each["code"]: each["title"] for each in call.required_documents}
    asked = {each.slot: each.label for each in form.questions() if each.kind is Kind.FILE}
    return {
        "lots": {lot.code: lot.title for lot in call.lots},
        "slots": slots | asked,
        "profile": list(_profile(facts.get("organisation", {}))),
    }


def _profile(organisation: Json) -> Iterator[tuple[Any, str]]:
    for key, label in PROFILE.items():
        value = organisation.get(key)
        if value is not None and value != "":
            yield label, _written(key, value)


def _written(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("da") if value else _("ne")
    if key in DAYS:
        on = date.fromisoformat(str(value))
        return f"{on.day}.\u00a0{on.month}.\u00a0{on.year}."
    if key == "legal_form":
        return str(LEGAL_FORMS.get(str(value), value))
    return str(value)


def _asks_documents(sections: list[ReadSection]) -> bool:
    questions = (question for part in sections for question in part.section.questions)
    return any(question.fact is Fact.DOCUMENTS for question in questions)
