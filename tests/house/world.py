"""One of everything in one municipality, somebody in every role, and a stranger in each."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from flask import Flask

from grants import clock
from grants.acts.models import Act
from grants.acts.rules import ActKind, ActStatus
from grants.app import create_app
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call, CallDocument
from grants.contracts.models import Contract, ContractLine
from grants.contracts.rules.states import ContractStatus
from grants.db import db
from grants.decisions.models import Decision, DecisionKind
from grants.evaluation.models import Committee
from grants.municipalities.models import Municipality
from grants.organisations.models import Organisation, OrganisationDocument
from grants.payments.models import Instalment
from grants.people.models import User
from grants.people.rules import Role
from grants.ranking.models import Ranking
from grants.reports.models import Expenditure, Receipt
from tests.database import SQLiteTemplate, environment
from tests.factories import (
    DEADLINE,
    keep,
    make_act,
    make_application,
    make_call,
    make_committee,
    make_document,
    make_municipality,
    make_organisation,
    make_user,
)

NOW = DEADLINE + timedelta(days=30)
EMPTY_RANKING = {
    **dict.fromkeys(("applications", "eligible", "given", "expected", "recused", "ties"), 0),
    "awarded": 0,
    "envelope": 0,
    "lots": [],
    "pool": None,
    "sections": [],
    "max_points": "100",
    "threshold_total": "60",
}
# Enough for every template that a page of this world draws.
FACTS = {
    "act": {"kind": "Rješenje", "about": "o dodjeli", "served_to": []},
    "legal": {"basis": "Zakon", "remedy": "Žalba"},
    "corrects": {"title": "A", "number": "1", "date": "2026-03-02", "sha256": "0" * 64},
    "wrong": "a",
    "right": "b",
    "terms": {},
}


@dataclass(frozen=True)
class World:
    """An installation with one case that has gone all the way, and who may ask for it."""

    app: Flask
    people: Mapping[str, User | None]
    # What stands in an address, by the word before it: `/calls/<slug>` → the call's slug.
    places: Mapping[str, str]


def make_world(template: SQLiteTemplate, folder: Path) -> World:
    """A world on file, committed; the clock stands a month after the deadline."""
    with template.copy(folder) as url, clock.held_at(NOW):
        app = create_app(environment(folder, url))
        with app.app_context():
            town, elsewhere = make_municipality(), make_municipality(name="Laktaši")
            organisation, other = make_organisation(), make_organisation("Udruženje „Drugo“")
            call, people = make_call(town), _staff(town, elsewhere)
            people |= _applicants(organisation, other)
            committee = _committee(call, people)
            application = make_application(call, organisation, status=ApplicationStatus.CONTRACTED)
            draft = make_application(call, organisation, status=ApplicationStatus.DRAFT)
            places = _papers(call, application, draft)
            places |= _of_organisation(organisation)
            db.session.commit()
            places |= {"m": town.slug, "calls": call.slug, "committee": committee.slug}
            db.session.expunge_all()
            db.engine.dispose()
    return World(app, people, places)


def restore(world: World, source: Path) -> None:
    """The database as it was before anybody changed it."""
    instance = world.app.config["SETTINGS"].instance
    with world.app.app_context():
        db.engine.dispose()
    for name in ("poziv.db-wal", "poziv.db-shm"):
        (instance / name).unlink(missing_ok=True)
    shutil.copyfile(source, instance / "poziv.db")


def _staff(town: Municipality, elsewhere: Municipality) -> dict[str, User | None]:
    roles = (Role.OFFICER, Role.FINANCE, Role.SIGNATORY, Role.ADMINISTRATOR, Role.AUDITOR)
    here = {role.value: make_user(role.value, (role, town.id)) for role in roles}
    there = {
        f"{role.value} elsewhere": make_user(f"{role.value} elsewhere", (role, elsewhere.id))
        for role in (Role.OFFICER, Role.SIGNATORY)
    }
    others: dict[str, User | None] = {
        "visitor": None,
        "stranger": make_user("stranger"),
        "platform": make_user("platform", (Role.PLATFORM, 0)),
    }
    return {**others, **here, **there}


def _applicants(organisation: Organisation, other: Organisation) -> dict[str, User | None]:
    roles = (Role.OWNER, Role.MEMBER, Role.REPRESENTATIVE)
    own = {role.value: make_user(role.value, (role, organisation.id)) for role in roles}
    organisation.representative_user_id = own["representative"].id
    organisation.representative_confirmed_at = DEADLINE
    return {
        **own,
        "representative elsewhere": make_user("elsewhere", (Role.REPRESENTATIVE, other.id)),
    }


def _committee(call: Call, people: dict[str, User | None]) -> Committee:
    chair, evaluator = make_user("chair"), make_user("evaluator")
    people |= {"chair": chair, "evaluator": evaluator}
    return make_committee(call, chair, evaluator)


def _papers(call: Call, application: Application, draft: Application) -> dict[str, str]:
    town = call.municipality_id
    act = _issued(call, kind=ActKind.AWARD, subject_id=application.id)
    ranking = keep(
        Ranking(
            municipality_id=town, slug="rang-lista", call_id=call.id, version=1,
            inputs="{}", inputs_sha256="0" * 64, result={}, closed_at=DEADLINE,
            session={"held_on": "2026-03-20"}, summary=EMPTY_RANKING,
        )
    )  # fmt: skip
    decision = keep(
        Decision(
            municipality_id=town, slug="odluka", call_id=call.id, ranking_id=ranking.id,
            application_id=application.id, kind=DecisionKind.AWARD, amount=1_500_000,
            act_id=act.id, prepared_at=DEADLINE,
        )
    )  # fmt: skip
    file = make_document("poziv.pdf")
    keep(
        CallDocument(
            municipality_id=town, call_id=call.id, title="Tekst poziva", document_id=file.id,
            added_at=DEADLINE,
        )
    )  # fmt: skip
    found = _contract(call, application, decision)
    return {
        **found,
        "applications": application.slug,
        "drafts": draft.slug,
        "acts": act.slug,
        "verify": act.verification_code,
        "documents": file.slug,
        "decisions": decision.slug,
        "rankings": ranking.slug,
    }


def _issued(call: Call, *, kind: ActKind, subject_id: int) -> Act:
    number = f"{kind.value}-1/26"
    return make_act(
        call.municipality, kind=kind, status=ActStatus.ISSUED, subject_id=subject_id,
        template="acts/correction.pdf.html", facts=FACTS,
        number=number, year=2026, series=kind.value, ordinal=1, issued_at=DEADLINE,
        acted_on=DEADLINE.date(), document_id=make_document(f"{kind.value}.pdf").id,
    )  # fmt: skip


def _contract(call: Call, application: Application, decision: Decision) -> dict[str, str]:
    town = call.municipality_id
    contract = keep(
        Contract(
            municipality_id=town, slug="ugovor", application_id=application.id,
            decision_id=decision.id, status=ContractStatus.ACTIVE, amount=1_500_000,
            act_id=_issued(call, kind=ActKind.CONTRACT, subject_id=application.id).id,
            account="1010000000000135", starts_on=date(2026, 5, 1), ends_on=date(2026, 12, 1),
            prepared_at=DEADLINE, signed_on=date(2026, 4, 20),
        )
    )  # fmt: skip
    line = keep(
        ContractLine(
            municipality_id=town, contract_id=contract.id, position=0, code="1.1",
            heading="1. Ljudski resursi", description="Voditelj", grant=1_500_000, own=0,
        )
    )  # fmt: skip
    instalment = keep(
        Instalment(
            municipality_id=town, slug="rata", contract_id=contract.id, position=0,
            amount=1_500_000, condition="potpisan ugovor",
        )
    )  # fmt: skip
    spent = keep(
        Expenditure(
            municipality_id=town, slug="racun", contract_id=contract.id, line_id=line.id,
            spent_on=date(2026, 5, 10), supplier="Papirnica", bill_number="17", amount=10_000,
            bill_key="papirnica|17|10000",
            description="Papir", document_id=make_document("racun.pdf").id, entered_at=DEADLINE,
        )
    )  # fmt: skip
    receipt = keep(
        Receipt(
            municipality_id=town, slug="sken", contract_id=contract.id,
            document_id=make_document("sken.pdf").id, added_at=DEADLINE,
        )
    )  # fmt: skip
    return {
        "awards": decision.slug,
        "receipts": receipt.slug,
        "contracts": contract.slug,
        "payments": instalment.slug,
        "expenditure": spent.slug,
    }


def _of_organisation(organisation: Organisation) -> dict[str, str]:
    owner = make_user("somebody")
    file = make_document("statut.pdf")
    keep(
        OrganisationDocument(
            organisation_id=organisation.id, kind="statute", document_id=file.id,
            added_at=DEADLINE, added_by_id=owner.id,
        )
    )  # fmt: skip
    return {"organisations": organisation.slug}
