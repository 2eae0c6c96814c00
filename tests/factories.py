"""Rows for tests: plain functions, sensible defaults, everything overridable by keyword.

They write rows directly, so that a slice can be tested without walking through all before it.
Call them inside an application context; they flush, the test commits.
"""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from grants import clock, tenancy
from grants.acts.models import Act
from grants.acts.rules import ActKind, ActStatus, make_verification_code
from grants.applications.models import (
    Activity,
    Application,
    ApplicationDocument,
    BudgetRow,
    Snapshot,
)
from grants.applications.rules.states import ApplicationStatus
from grants.audit.rules import canonical
from grants.calls.models import Call, FormVersion, Funding, Lot
from grants.calls.rules.states import CallStatus
from grants.contracts.models import Contract, ContractLine
from grants.contracts.queries import list_budget
from grants.contracts.rules.states import ContractStatus
from grants.db import Base, db
from grants.decisions.models import Decision, DecisionKind
from grants.documents.actions import add_document, keep_made_file
from grants.documents.models import Document
from grants.evaluation.models import Committee, Member, MemberRole, Sheet, SheetStatus
from grants.i18n.script import fold, sort_key
from grants.money import share_out
from grants.municipalities.models import Holiday, Municipality
from grants.municipalities.rules import Entity, Kind
from grants.organisations.models import LegalForm, Organisation
from grants.payments.models import Instalment
from grants.people.actions import give_role
from grants.people.actors import SYSTEM
from grants.people.models import User
from grants.people.rules import Role
from grants.ranking.models import Ranking
from grants.reports.models import Expenditure
from grants.workdays import default_holidays

Row = TypeVar("Row", bound=Base)
CASES = Path(__file__).parent / "cases"
OPENS = datetime(2026, 2, 2, 7, 0, tzinfo=UTC)
DEADLINE = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
AWARDED = datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
CONDITIONS = ("Potpisan ugovor", "Odobren periodični izvještaj", "Odobren završni izvještaj")
# What the simplest act says: enough to be shown and printed.
ACT_FACTS = {
    "act": {"kind": "Rješenje", "about": "o ispravci greške", "served_to": ["U spis predmeta"]},
    "legal": {"basis": "propisa", "remedy": "Žalba u roku od 15 dana."},
    "corrects": {"title": "Rješenje o dodjeli", "number": "02-1-1/26", "date": "2026-01-15"},
    "wrong": "28.000",
    "right": "82.000",
}
_numbers = count(1)


def case(name: str = "novo-sarajevo-reload2") -> dict[str, Any]:
    """One of the dossiers of tests/cases."""
    found: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return found


def keep(row: Row) -> Row:
    """Add and flush one row, over all municipalities."""
    with tenancy.across("tests arrange"):
        db.session.add(row)
        db.session.flush()
    return row


def make_municipality(**over: Any) -> Municipality:
    """Općina Novo Sarajevo, or another with its own slug."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "code": f"BA-TEST-{number}",
        "slug": f"opcina-{number}",
        "name": "Novo Sarajevo",
        "kind": Kind.OPCINA,
        "entity": Entity.FBIH,
        "canton": "KS",
        "place": "Sarajevo",
        "mayor_name": "Amela Mayer",
        "mayor_title": "Općinska načelnica",
        "legal_texts": {},
    }
    municipality = keep(Municipality(**(facts | over)))
    for on, name in default_holidays(municipality.entity, over=range(2021, 2028)).items():
        keep(Holiday(municipality_id=municipality.id, on=on, name=name))
    return municipality


def make_user(name: str = "Amra Ademović", *roles: tuple[Role, int], **over: Any) -> User:
    """A confirmed person with roles: `make_user("Lejla", (Role.OFFICER, municipality.id))`."""
    facts: dict[str, Any] = {
        "email": f"osoba{next(_numbers)}@example.ba",
        "name": name,
        "language": "bs",
        "created_at": OPENS,
        "confirmed_at": OPENS,
        "memberships": [],
    }
    user = keep(User(**(facts | over)))
    for role, scope_id in roles:
        give_role(user, role=role, scope_id=scope_id, by=SYSTEM, at=OPENS)
    db.session.flush()
    return user


def make_organisation(name: str = "Udruženje „Zeleni Miljacka“", **over: Any) -> Organisation:
    """An association with a valid JIB and account."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "slug": f"organizacija-{number}",
        "name": name,
        "name_key": sort_key(name),
        "name_folded": fold(name),
        "legal_form": LegalForm.ASSOCIATION,
        "jib": make_jib(number),
        "account": "1010000000000135",
        "registered_on": date(2016, 6, 15),
        "address": "Zmaja od Bosne 1",
        "postal_code": "71000",
        "place": "Sarajevo",
        "email": f"organizacija{number}@example.ba",
        "representative_name": "Lejla Hodžić",
        "representative_title": "predsjednica",
        "created_at": OPENS,
    }
    return keep(Organisation(**(facts | over)))


def make_jib(number: int) -> str:
    """A synthetic JIB whose control digit is right (domain.md 6.2)."""
    base = f"42{number:010d}"
    weights = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(base, weights, strict=True)) % 11
    control = 11 - rest
    return f"{base}{control if control <= 9 else 0}"


def make_call(municipality: Municipality, **over: Any) -> Call:
    """A published call with the lots, grid and rules of the Novo Sarajevo case."""
    facts = case()["call"]
    number = next(_numbers)
    title = str(over.get("title", facts["title"]))
    made: dict[str, Any] = {
        "municipality_id": municipality.id,
        "municipality": municipality,
        "slug": f"javni-poziv-{number}",
        "reference": f"NS-2026-{number}",
        "status": CallStatus.PUBLISHED,
        "title": title,
        "title_folded": fold(title),
        "programme_name": facts["programme"],
        "economic_code": "614300",
        "grant_min": 1_000_000,
        "grant_max": 3_500_000,
        "duration_min": 5,
        "duration_max": 9,
        "opens_at": OPENS,
        "deadline": DEADLINE,
        "applications_per_organisation": 2,
        "awards_per_organisation": 1,
        "organisation_cap": 12_000_000,
        "grid": facts["grid"],
        "min_reviews": 3,
        "aggregation": "mean",
        "divergence_limit": "25",
        "tie_breaks": facts["tie_breaks"],
        "allocation": facts["allocation"],
        "budget_rules": facts["budget_rules"],
        "required_documents": facts["required_documents"],
        "created_at": OPENS,
        "published_at": OPENS,
    }
    call = keep(Call(**(made | over)))
    _keep_form(call)
    for at, lot in enumerate(facts["lots"]):
        keep(
            Lot(
                municipality_id=municipality.id,
                call_id=call.id,
                position=at,
                code=lot["code"],
                title=lot["title"],
                envelope=_fening(lot["envelope"]),
            )
        )
    for at, source in enumerate(facts["funding"]):
        amount = _fening(source["amount"])
        keep(
            Funding(
                municipality_id=municipality.id,
                call_id=call.id,
                position=at,
                source=source["source"],
                amount=amount,
            )
        )
    with tenancy.across("tests arrange"):
        db.session.refresh(call, ["lots", "funding", "documents"])
    return call


def _keep_form(call: Call) -> None:
    """What publication keeps of a form that was published."""
    if call.form and call.status not in (CallStatus.DRAFT, CallStatus.APPROVED):
        keep(
            FormVersion(
                municipality_id=call.municipality_id,
                call_id=call.id,
                number=call.form.get("version", 1),
                form=call.form,
                published_at=OPENS,
            )
        )


def make_application(
    call: Call, organisation: Organisation | None = None, **over: Any
) -> Application:
    """A submitted application with its frozen version, budget and documents.

    `status`, `title`, `requested`, `lot` (code) and the rest by keyword.
    """
    given = case()["applications"][0]
    organisation = organisation or make_organisation(f"Udruženje {next(_numbers)}")
    code = over.pop("lot", "3")
    lot = next(lot for lot in call.lots if lot.code == code)
    ordinal = int(over.pop("ordinal", next(_numbers)))
    title = str(over.get("title", given["title"]))
    made: dict[str, Any] = {
        "municipality_id": call.municipality_id,
        "call": call,
        "organisation": organisation,
        "lot": lot,
        "slug": f"prijava-{next(_numbers)}",
        "status": ApplicationStatus.SUBMITTED,
        "title": title,
        "title_folded": fold(title),
        "organisation_name": organisation.name,
        "requested": _fening(given["requested"]),
        "duration_months": given["duration_months"],
        "reference": f"{call.reference}-{ordinal:03d}",
        "ordinal": ordinal,
        "started_at": OPENS,
        "submitted_at": DEADLINE - timedelta(days=2),
        "snapshot_version": 1,
    }
    application = keep(Application(**(made | over)))
    _freeze(application, organisation, given)
    return application


def make_committee(call: Call, *users: User, is_declared: bool = True) -> Committee:
    """A committee of these people; the first is the chair."""
    committee = keep(
        Committee(
            municipality_id=call.municipality_id,
            slug=f"komisija-{next(_numbers)}",
            call=call,
            appointed_at=DEADLINE,
        )
    )
    for at, user in enumerate(users):
        role = MemberRole.MEMBER if at else MemberRole.CHAIR
        keep(
            Member(
                municipality_id=call.municipality_id,
                committee=committee,
                position=at,
                key=f"e{at + 1}",
                name=user.name,
                email=user.email,
                role=role,
                user_id=user.id,
                declared_at=DEADLINE if is_declared else None,
                interests_at=DEADLINE if is_declared else None,
                conflicts=[],
            )
        )
        held = Role.EVALUATOR if at else Role.CHAIR
        give_role(user, role=held, scope_id=committee.id, by=SYSTEM, at=DEADLINE)
    with tenancy.across("tests arrange"):
        db.session.flush()
        db.session.refresh(committee, ["members"])
    return committee


def make_sheet(application: Application, member: Member, score: int = 4, **over: Any) -> Sheet:
    """A signed sheet that gives the same score to every question."""
    sections = application.call.grid["sections"]
    codes = [question["code"] for section in sections for question in section["questions"]]
    made: dict[str, Any] = {
        "municipality_id": application.municipality_id,
        "application": application,
        "member": member,
        "status": SheetStatus.SIGNED,
        "scores": dict.fromkeys(codes, str(score)),
        "comments": {section["code"]: "Obrazloženje." for section in sections},
        "saved_at": DEADLINE,
        "signed_at": DEADLINE,
    }
    return keep(Sheet(**(made | over)))


def make_act(municipality: Municipality, **over: Any) -> Act:
    """A draft of an act about nothing in particular."""
    number = next(_numbers)
    made: dict[str, Any] = {
        "municipality_id": municipality.id,
        "slug": f"akt-{number}",
        "key": f"test:{number}",
        "kind": ActKind.AWARD,
        "status": ActStatus.DRAFT,
        "title": "Rješenje o dodjeli sredstava",
        "template": "acts/correction.pdf.html",
        "facts": ACT_FACTS,
        "subject_kind": "Application",
        "subject_id": 1,
        "prepared_at": DEADLINE,
        "verification_code": make_verification_code(),
    }
    return keep(Act(**(made | over)))


def make_decision(application: Application, amount: int | None = None, **over: Any) -> Decision:
    """An issued award of an application, in full where no amount (fening) is said."""
    call, number = application.call, next(_numbers)
    act = make_act(
        call.municipality,
        status=ActStatus.ISSUED,
        subject_id=application.id,
        number=f"02-1-{number}/26",
        year=2026,
        acted_on=AWARDED.date(),
        issued_at=AWARDED,
    )
    ranking = keep(
        Ranking(
            municipality_id=call.municipality_id,
            slug=f"rang-lista-{number}",
            call_id=call.id,
            version=number,
            inputs="{}",
            inputs_sha256="0" * 64,
            result={},
            closed_at=AWARDED,
        )
    )
    made: dict[str, Any] = {
        "municipality_id": call.municipality_id,
        "slug": f"dodjela-{number}",
        "call": call,
        "ranking": ranking,
        "application": application,
        "kind": DecisionKind.AWARD,
        "amount": application.requested if amount is None else amount,
        "act": act,
        "prepared_at": AWARDED,
    }
    return keep(Decision(**(made | over)))


def make_contract(application: Application, **over: Any) -> Contract:
    """A contract in force over the whole budget, from 1 March to 31 October 2026."""
    decision = over.pop("decision", None) or make_decision(application)
    amount, number = decision.amount, next(_numbers)
    act = make_act(
        application.call.municipality,
        kind=ActKind.CONTRACT,
        status=ActStatus.ISSUED,
        template="contracts/contract.pdf.html",
        subject_id=application.id,
        number=f"02-2-{number}/26",
        year=2026,
        acted_on=AWARDED.date(),
        issued_at=AWARDED,
        document=make_document("ugovor.pdf"),
    )
    made: dict[str, Any] = {
        "municipality_id": application.municipality_id,
        "slug": f"ugovor-{number}",
        "application": application,
        "decision": decision,
        "act": act,
        "status": ContractStatus.ACTIVE,
        "amount": amount,
        "account": "1010000000000135",
        "plan": [
            {"amount": part, "condition": text}
            for part, text in zip(share_out(amount, (5, 4, 1)), CONDITIONS, strict=True)
        ],
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 10, 31),
        "prepared_at": AWARDED,
        "signed_on": AWARDED.date(),
        "lines": [],
    }
    contract = keep(Contract(**(made | over)))
    with tenancy.across("tests arrange"):
        for at, line in enumerate(list_budget(application)):
            shared = {"code": line.code, "heading": line.heading, "description": line.description}
            contract.lines.append(
                ContractLine(
                    municipality_id=contract.municipality_id,
                    position=at,
                    grant=line.grant,
                    own=line.own,
                    **shared,
                )
            )
        db.session.flush()
    return contract


def make_instalment(contract: Contract, position: int = 1, **over: Any) -> Instalment:
    """One planned instalment of a contract, as its plan says."""
    part = contract.plan[position - 1]
    made: dict[str, Any] = {
        "municipality_id": contract.municipality_id,
        "slug": f"rata-{next(_numbers)}",
        "contract": contract,
        "position": position,
        "amount": part["amount"],
        "condition": part["condition"],
    }
    return keep(Instalment(**(made | over)))


def make_expenditure(contract: Contract, amount: int = 10_000, **over: Any) -> Expenditure:
    """An entered bill on the first line of a contract."""
    number = next(_numbers)
    made: dict[str, Any] = {
        "municipality_id": contract.municipality_id,
        "slug": f"racun-{number}",
        "contract": contract,
        "line": contract.lines[0],
        "spent_on": contract.starts_on,
        "supplier": "Papirnica Olovka d.o.o.",
        "bill_number": f"17/{number}",
        "bill_key": f"papirnica olovka d.o.o.|17/{number}|{amount}",
        "description": "Uredski materijal",
        "amount": amount,
        "document": make_document("racun.pdf"),
        "entered_at": AWARDED,
    }
    return keep(Expenditure(**(made | over)))


def make_document(name: str = "statut.pdf", content: bytes = b"%PDF-1.7 test") -> Document:
    """A stored file."""
    received = keep_made_file(content, name=name, media_type="application/pdf")
    return add_document(received, by_id=None, at=clock.now())


def _freeze(application: Application, organisation: Organisation, given: dict[str, Any]) -> None:
    shared = {"municipality_id": application.municipality_id, "application_id": application.id}
    for at, line in enumerate(given["budget"]):
        keep(
            BudgetRow(
                **shared,
                version=1,
                position=at,
                code=line["code"],
                heading=line["heading"],
                description=line["description"],
                unit=line["unit"],
                quantity=line["quantity"],
                unit_cost=_fening(line["unit_cost"]),
                grant=_fening(line["grant"]),
                own=_fening(line["own"]),
                tags=line["tags"],
                activity="1.1",
            )
        )
    keep(Activity(**shared, version=1, position=0, code="1.1", title="Radionice", months=[1, 2]))
    for document in given["documents"]:
        keep(ApplicationDocument(**shared, code=document, added_at=OPENS))
    facts = {
        "title": application.title,
        "lot": application.lot.code if application.lot else "",
        "requested": application.requested,
        "duration_months": application.duration_months,
        "organisation": {"name": organisation.name, "jib": organisation.jib},
        "answers": {"summary": {"summary": "Kratak opis projekta."}},
        "activities": [],
        "budget": [],
        "partners": [],
        "documents": given["documents"],
    }
    keep(Snapshot(**shared, version=1, facts=canonical(facts), sha256="0" * 64, made_at=OPENS))


def _fening(text: str) -> int:
    whole, _, rest = text.partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0"))
