"""Drafts for tests: a call with the preset form, its applicant, sections filled in as typed."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from grants import calls, tenancy
from grants.applications.models import Application, ApplicationDocument, DraftSection
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.municipalities.models import Municipality
from grants.organisations.models import Organisation
from grants.people.actors import Actor
from grants.people.models import User
from grants.people.rules import Role
from tests.client import commit
from tests.factories import (
    DEADLINE,
    OPENS,
    keep,
    make_call,
    make_document,
    make_municipality,
    make_organisation,
    make_user,
)

PRESET = Path(calls.__file__).parent / "presets" / "form-lod.json"
FORM: dict[str, Any] = json.loads(PRESET.read_text("utf-8"))
FILLED: dict[str, dict[str, Any]] = {
    "organisation": {
        "contact_name": "Amra Ademović",
        "contact_email": "amra@example.ba",
        "no_double_funding": "yes",
    },
    "summary": {
        "title": "Zelene učionice u školama Novog Sarajeva",
        "lot": "3",
        "location": "MZ Grbavica",
        "starts_on": "1. 4. 2026.",
        "duration_months": "7",
        "requested": "20.420,00",
        "summary_text": "Vrtovi u pet škola.",
    },
    "problem": {
        "problem_analysis": "Djeca ne poznaju prirodu.",
        "relevance": "Zaštita okoliša.",
        "target_groups.rows": "1",
        "target_groups.1.group": "Učenici",
        "target_groups.1.women": "210",
        "target_groups.1.men": "190",
        "sustainability": "Škole preuzimaju vrtove.",
    },
    "logframe": {
        "overall_objective": "Zdraviji grad.",
        "specific_objective": "Pet školskih vrtova.",
        "results.rows": "1 2",
        "results.1.text": "Vrtovi su posađeni.",
        "results.2.text": "Učitelji su obučeni.",
        "indicators.rows": "1 2",
        "indicators.1.result": "1",
        "indicators.1.name": "Broj vrtova",
        "indicators.1.baseline": "0",
        "indicators.1.target": "5",
        "indicators.1.source": "Zapisnici",
        "indicators.2.result": "2",
        "indicators.2.name": "Broj učitelja",
        "indicators.2.baseline": "0",
        "indicators.2.target": "20",
        "indicators.2.source": "Liste prisustva",
        "risks": "Suša.",
    },
    "plan": {
        "activities.rows": "1 2",
        "activities.1.result": "1",
        "activities.1.title": "Sadnja",
        "activities.1.responsible": "Udruženje",
        "activities.1.months": ["1", "2"],
        "activities.2.result": "2",
        "activities.2.title": "Obuka",
        "activities.2.responsible": "Udruženje",
        "activities.2.months": ["3"],
        "methodology": "Radionice.",
        "visibility": "Plakati.",
    },
    "budget": {},
    "team": {
        "team.rows": "1",
        "team.1.name": "Amra Ademović",
        "team.1.role": "koordinatorica",
        "team.1.experience": "Deset projekata",
        "has_partners": "no",
    },
}
LINES = [
    ("1", "Koordinator projekta", "mjesec", "7", "600,00", "4.200,00", "0,00", "1"),
    ("2", "Lokalni prijevoz tima", "mjesec", "7", "80,00", "560,00", "0,00", "1"),
    ("3", "Zasadi i alat za školske vrtove", "komplet", "6", "1.000,00", "6.000,00", "", "1"),
    ("5", "Treneri i predavači", "dan", "18", "420,00", "7.560,00", "0,00", "2"),
    ("5", "Promocija i vidljivost", "paušal", "1", "2.600,00", "2.100,00", "500,00", "2"),
]
COLUMNS = ("heading", "description", "unit", "quantity", "price", "requested", "own", "activity")


def make_budget(lines: list[tuple[str, ...]] = LINES) -> dict[str, str]:
    """A budget section as typed: one line a tuple, see COLUMNS."""
    fields = {"budget.rows": " ".join(str(at) for at in range(1, len(lines) + 1))}
    for at, line in enumerate(lines, start=1):
        for column, text in zip(COLUMNS, line, strict=True):
            fields[f"budget.{at}.{column}"] = text
    return fields


FILLED["budget"] = make_budget()


@dataclass(frozen=True)
class Arranged:
    """A call and a draft with its people."""

    municipality: Municipality
    call: Call
    organisation: Organisation
    application: Application
    representative: User
    member: User
    stranger: User

    @property
    def own(self) -> Actor:
        """The representative as whoever asks for the own draft."""
        held = frozenset({(Role.REPRESENTATIVE, self.organisation.id)})
        return Actor(id=self.representative.id, name=self.representative.name, roles=held)

    @property
    def base(self) -> str:
        """The address of the application."""
        return f"/my/applications/{self.application.slug}"


def make_draft(
    call: Call, organisation: Organisation, *, is_filled: bool = True, **over: Any
) -> Application:
    """A draft, everything the preset form asks for filled in unless told otherwise."""
    made = {
        "municipality_id": call.municipality_id,
        "call": call,
        "organisation": organisation,
        "slug": f"nacrt-{call.id}-{organisation.id}-{over.pop('number', 1)}",
        "status": ApplicationStatus.DRAFT,
        "organisation_name": organisation.name,
        "started_at": OPENS,
    }
    application = keep(Application(**(made | over)))
    shared = {"municipality_id": call.municipality_id, "application_id": application.id}
    for key, answers in FILLED.items() if is_filled else ():
        keep(DraftSection(**shared, key=key, answers=answers, version=1, saved_at=OPENS))
    for slot in call.required_documents if is_filled else ():
        if slot["mandatory"]:
            document = make_document(f"{slot['code']}.pdf")
            keep(
                ApplicationDocument(
                    **shared, code=slot["code"], document_id=document.id, added_at=OPENS
                )
            )
    return application


def arrange(app: Flask, *, is_filled: bool = True, **over: Any) -> Arranged:
    """A whole small world around one draft; keywords go to the call."""
    with app.app_context(), tenancy.across("tests arrange"):
        municipality = make_municipality()
        call = make_call(municipality, **({"form": FORM, "deadline": DEADLINE} | over))
        organisation = make_organisation(register_name="MP KS", register_number="12")
        representative = make_user("Lejla Hodžić", (Role.REPRESENTATIVE, organisation.id))
        member = make_user("Amra Ademović", (Role.MEMBER, organisation.id))
        other = make_organisation("Udruženje „Drugo“")
        stranger = make_user("Neko Drugi", (Role.OWNER, other.id))
        application = make_draft(call, organisation, is_filled=is_filled)
        commit()
        return Arranged(
            municipality, call, organisation, application, representative, member, stranger
        )
