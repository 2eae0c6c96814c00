"""Applications of the story: a project as written down becomes the strings that people type."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from grants.applications.actions.documents import attach_document
from grants.applications.actions.drafting import save_section, start_application
from grants.applications.actions.statements import ask_statement, keep_statement_scan
from grants.applications.actions.submitting import submit_application
from grants.applications.models import Application
from grants.applications.queries import (
    get_draft_to_submit,
    get_own_draft,
    get_own_section,
    typed_of,
)
from grants.applications.rules.typed import Answers
from grants.calls.models import Call
from grants.calls.queries import get_call_by_id
from grants.calls.rules.form import Fact
from grants.demo.cast import Cast, settle, signed_in
from grants.documents.actions import add_document
from grants.organisations.models import Organisation
from grants.people.actors import Actor

FILE = Path(__file__).parent / "projects.json"
Project = Mapping[str, Any]
Fields = dict[str, str | list[str]]
PARTNER = (
    *("name", "kind", "jib", "country", "role"),
    *("representative", "email", "brings", "contribution"),
)
# Synthetic, with the usual control digit; nobody's.
JIB, SIGNATORY = "4299999900003", "Zlatan Primjerović"
SECTIONS = ("organisation", "summary", "problem", "logframe", "plan", "budget", "team")


@dataclass(frozen=True)
class Plan:
    """One application to come: whose, which project, in which lot, begun how many days ago."""

    organisation: str
    project: str
    lot: str
    begun: int
    # How far it got: the sections filled in, and whether the documents are there.
    sections: Sequence[str] = SECTIONS
    has_documents: bool = True


def begin(
    call: Call, plan: Plan, organisation: Organisation, *, by: Actor, cast: Cast
) -> Application:
    """A draft in the state that its plan says, saved section by section."""
    project = read_projects()[plan.project]
    at = cast.moments.before(plan.begun, "18:20")
    application = start_application(_read(call), organisation, by=by, at=at)
    settle()
    typed = write_sections(project, lot=plan.lot, by=by, starts_on=_first_day(call))
    for number, key in enumerate(plan.sections):
        save(application.slug, key, typed[key], by=by, at=at + timedelta(minutes=17 * number))
    if "team" in plan.sections:
        _state_partners(application.slug, plan, by=by, at=at + timedelta(hours=2), cast=cast)
    if plan.has_documents:
        _attach(application.slug, by=by, at=at + timedelta(hours=3), cast=cast)
    return application


def submit(application: Application, *, by: Actor, at: datetime) -> None:
    """The representative submits a draft that is ready."""
    draft = get_draft_to_submit(signed_in(by), application.slug)
    if draft is None:
        raise LookupError(application.slug)
    submit_application(draft, by=by, at=at)
    settle()


def _read(call: Call) -> Call:
    found = get_call_by_id(call.id)
    if found is None:
        raise LookupError(call.id)
    return found


def _first_day(call: Call) -> date:
    """The first day of the month after the planned decision."""
    decided = date.fromisoformat(call.planned["decision_on"])
    return (decided.replace(day=1) + timedelta(days=32)).replace(day=1)


def save(slug: str, key: str, fields: Fields, *, by: Actor, at: datetime) -> None:
    """Put fields into an untouched section."""
    found = get_own_section(signed_in(by), slug, key)
    if found is None:
        raise LookupError(key)
    application, section = found

    def change(kept: Answers) -> Answers:
        return {**kept, **fields}

    save_section(application, section, change=change, version=0, by=by, at=at)
    settle()


def _attach(slug: str, *, by: Actor, at: datetime, cast: Cast) -> None:
    draft = get_draft_to_submit(signed_in(by), slug)
    if draft is None:
        raise LookupError(slug)
    wanted = [slot["code"] for slot in draft.call.required_documents if slot["mandatory"]]
    for code in wanted:
        document = add_document(cast.files[code], by_id=by.id, at=at)
        attach_document(draft, document, code=code, by=by, at=at)
    settle()


def _state_partners(slug: str, plan: Plan, *, by: Actor, at: datetime, cast: Cast) -> None:
    """Partners of what is to be submitted signed on paper; the others are asked by link."""
    draft = get_own_draft(signed_in(by), slug)
    if draft is None:
        raise LookupError(slug)
    for row in typed_of(draft).rows(Fact.PARTNERS):
        if not plan.has_documents:
            ask_statement(draft, row, language=by.language or "bs", by=by, at=at)
            continue
        scan = replace(next(iter(cast.files.values())), name="izjava-partnera.pdf")
        document = add_document(scan, by_id=by.id, at=at)
        keep_statement_scan(draft, row, document, by=by, at=at)
    settle()


@cache
def read_projects() -> Mapping[str, Project]:
    """Every project of the story by its key."""
    found: Mapping[str, Project] = json.loads(FILE.read_text("utf-8"))
    return found


def requested(project: Project) -> int:
    """What a project asks for, in whole marks."""
    return sum(line[3] * line[4] - line[5] for line in project["budget"])


def write_sections(
    project: Project, *, lot: str, by: Actor, starts_on: date
) -> Mapping[str, Fields]:
    """Every section of the preset's form, as a person would type it."""
    return {
        "organisation": {
            "contact_name": by.name,
            "contact_email": by.email,
            "no_double_funding": "yes",
        },
        "summary": _summary(project, lot=lot, starts_on=starts_on),
        "problem": _texts(project, "problem_analysis", "problem")
        | _texts(project, "relevance", "added_value", "initiatives", "sustainability", own=True)
        | _table("target_groups", ("group", "women", "men"), project["groups"]),
        "logframe": _logframe(project),
        "plan": _plan(project),
        "budget": _budget(project),
        "team": _team(project),
    }


def _texts(project: Project, *keys: str, own: bool = False) -> Fields:
    """Texts under their own names, or one (form's key, project's key) under the form's."""
    if own:
        return {key: str(project[key]) for key in keys}
    return {keys[0]: str(project[keys[1]])}


def _summary(project: Project, *, lot: str, starts_on: date) -> Fields:
    return {
        "title": project["title"],
        "lot": lot,
        "location": project["location"],
        "starts_on": f"{starts_on.day}. {starts_on.month}. {starts_on.year}.",
        "duration_months": str(project["months"]),
        "requested": _marks(requested(project)),
        "summary_text": project["summary"],
    }


def _logframe(project: Project) -> Fields:
    results = project["results"]
    indicators = [
        (str(number), *cells)
        for number, result in enumerate(results, start=1)
        for cells in result["indicators"]
    ]
    columns = ("result", "name", "baseline", "target", "source")
    rows = [(result["text"], result["assumptions"]) for result in results]
    fields = {
        "overall_objective": project["overall"],
        "specific_objective": project["specific"],
        "risks": project["risks"],
    }
    return {
        **fields,
        **_table("results", ("text", "assumptions"), rows),
        **_table("indicators", columns, indicators),
    }


def _activities(project: Project) -> Iterator[tuple[str, int, Sequence[Any]]]:
    """Code (1.1, 1.2 …), number of the result and cells of every activity, in order."""
    for number, result in enumerate(project["results"], start=1):
        for place, cells in enumerate(result["activities"], start=1):
            yield f"{number}.{place}", number, cells


def _plan(project: Project) -> Fields:
    rows = [
        (str(number), title, responsible, [str(month) for month in months])
        for _code, number, (title, responsible, months) in _activities(project)
    ]
    fields: Fields = _table("activities", ("result", "title", "responsible", "months"), rows)
    return fields | _texts(project, "methodology", "visibility", own=True)


def _budget(project: Project) -> Fields:
    ids = {code: str(at) for at, (code, *_rest) in enumerate(_activities(project), start=1)}
    columns = (
        *("heading", "description", "unit", "quantity", "price"),
        *("requested", "own", "activity"),
    )
    rows = [
        (
            *(heading, description, unit, str(quantity), _marks(price)),
            *(_marks(quantity * price - own), _marks(own - _from_others(others)), ids[activity]),
        )
        for heading, description, unit, quantity, price, own, activity, *others in project["budget"]
    ]
    fields = _table("budget", columns, rows)
    for at, (*_cells, last) in enumerate(project["budget"], start=1):
        if isinstance(last, dict):
            fields |= {f"budget.{at}.{source}": _marks(amount) for source, amount in last.items()}
    return fields


def _from_others(others: Sequence[Mapping[str, int]]) -> int:
    """What other sources than the applicant's own pay of a line."""
    return sum(amount for each in others for amount in each.values())


def _team(project: Project) -> Fields:
    experience = [
        (title, donor, _marks(int(amount)), period)
        for title, donor, amount, period in project["experience"]
    ]
    return {
        **_table("team", ("name", "role", "experience"), project["team"]),
        **_table("experience", ("title", "donor", "amount", "period"), experience),
        "has_partners": "yes" if project["partners"] else "no",
        **_table("partners", PARTNER, [_partner(each) for each in project["partners"]]),
    }


def _partner(told: Sequence[str]) -> tuple[Any, ...]:
    """Name, role and contribution; a partner from abroad says the country too."""
    name, role, contribution, *abroad = told
    signs = (SIGNATORY, "partner@example.ba")
    if abroad:
        return (name, "diaspora", "", abroad[0], role, *signs, ["knowledge"], contribution)
    kind = "public" if "kola" in name or "Centar" in name else "local"
    return (name, kind, JIB, "", role, *signs, ["equipment"], contribution)


def _table(key: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Fields:
    fields: Fields = {f"{key}.rows": " ".join(str(at) for at in range(1, len(rows) + 1))}
    for at, row in enumerate(rows, start=1):
        for column, cell in zip(columns, row, strict=True):
            fields[f"{key}.{at}.{column}"] = cell if isinstance(cell, list) else str(cell)
    return fields


def _marks(whole: int) -> str:
    """`20.070,00`."""
    return f"{whole:,}".replace(",", ".") + ",00"
