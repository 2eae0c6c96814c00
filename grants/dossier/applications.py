"""The applications of a dossier as rows: frozen version, budget, documents, outcome, proposal."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from grants.applications.models import Application, ApplicationDocument, BudgetRow, Snapshot
from grants.applications.rules.states import ApplicationStatus, Channel
from grants.audit.rules import canonical
from grants.calls.models import Call, Lot
from grants.db import db
from grants.dossier.queries import organisations_by_jib
from grants.dossier.rules.keeping import text
from grants.eligibility.models import EligibilityOutcome
from grants.i18n.script import fold
from grants.money import from_dossier
from grants.ranking.models import Reduction
from grants.ranking.rules.dossier import Dossier
from grants.ranking.rules.instants import instant

Json = Mapping[str, Any]
VERSION = 1
ORGANISATION = ("name", "legal_form", "jib", "account", "registered_on")


def add_applications(dossier: Dossier, call: Call, *, at: datetime) -> dict[str, Application]:
    """Keep every application of the dossier in file order; they come back by reference."""
    organisations = {each["key"]: each for each in dossier.content["organisations"]}
    known = organisations_by_jib(each["jib"] for each in organisations.values())
    lots = {lot.code: lot for lot in _lots(call)}
    found: dict[str, Application] = {}
    for ordinal, json in enumerate(dossier.content["applications"], start=1):
        organisation = organisations[json["organisation"]]
        application = _application(json, organisation, call=call, lot=lots[json["lot"]])
        application.organisation_id = known.get(organisation["jib"])
        application.ordinal, application.started_at = ordinal, instant(json["submitted_at"])
        found[json["reference"]] = application
    db.session.add_all(found.values())
    db.session.flush()
    for json in dossier.content["applications"]:
        application = found[json["reference"]]
        _freeze(application, json, organisations[json["organisation"]], at=at)
        _add_outcome(application, json, at=at)
    db.session.flush()
    return found


def _lots(call: Call) -> list[Lot]:
    db.session.refresh(call, ["lots"])
    return call.lots


def _application(json: Json, organisation: Json, *, call: Call, lot: Lot) -> Application:
    is_dismissed = json["eligibility"]["outcome"] == "dismissed"
    posted = json.get("posted_at")
    title = text(json["title"])
    return Application(
        slug=secrets.token_urlsafe(9),
        call_id=call.id,
        lot_id=lot.id,
        status=ApplicationStatus.DISMISSED if is_dismissed else ApplicationStatus.ELIGIBLE,
        title=title,
        title_folded=fold(title),
        organisation_name=text(organisation["name"]),
        requested=from_dossier(json["requested"]),
        duration_months=json["duration_months"],
        channel=Channel(json["channel"]),
        reference=json["reference"],
        submitted_at=instant(json["submitted_at"]),
        posted_at=None if posted is None else instant(posted),
        snapshot_version=VERSION,
        imported={"organisation": dict(organisation), "application": dict(json)},
    )


def _freeze(application: Application, json: Json, organisation: Json, *, at: datetime) -> None:
    facts = canonical(_frozen_facts(application, json, organisation))
    snapshot = Snapshot(
        application_id=application.id,
        version=VERSION,
        facts=facts,
        sha256=hashlib.sha256(facts.encode()).hexdigest(),
        made_at=at,
    )
    db.session.add(snapshot)
    for position, line in enumerate(json["budget"]):
        db.session.add(_budget_row(application, line, position=position))
    for code in json["documents"]:
        there = ApplicationDocument(
            application_id=application.id, code=text(code), added_at=instant(json["submitted_at"])
        )
        db.session.add(there)


def _frozen_facts(application: Application, json: Json, organisation: Json) -> dict[str, Any]:
    """What a dossier knows of an application, in the form of every frozen version."""
    return {
        "title": application.title,
        "lot": json["lot"],
        "requested": application.requested,
        "duration_months": application.duration_months,
        "organisation": {name: text(organisation[name]) for name in ORGANISATION},
        "answers": {},
        "logframe": None,
        "activities": [],
        "budget": [
            {**line, **{name: from_dossier(line[name]) for name in ("unit_cost", "grant", "own")}}
            for line in json["budget"]
        ],
        "partners": [],
        "documents": list(json["documents"]),
    }


def _budget_row(application: Application, line: Json, *, position: int) -> BudgetRow:
    activity = line.get("activity")
    return BudgetRow(
        application_id=application.id,
        version=VERSION,
        position=position,
        code=text(line["code"]),
        heading=text(line["heading"]),
        description=text(line["description"]),
        unit=text(line["unit"]),
        quantity=str(line["quantity"]),
        unit_cost=from_dossier(line["unit_cost"]),
        grant=from_dossier(line["grant"]),
        own=from_dossier(line["own"]),
        tags=line["tags"],
        activity=None if activity is None else text(activity),
    )


def _add_outcome(application: Application, json: Json, *, at: datetime) -> None:
    outcome = EligibilityOutcome(
        application_id=application.id,
        is_eligible=json["eligibility"]["outcome"] == "eligible",
        reason=text(json["eligibility"].get("reason") or ""),
        decided_at=at,
    )
    db.session.add(outcome)
    proposed = json.get("proposed")
    if proposed is not None:
        reduction = Reduction(
            application_id=application.id,
            amount=from_dossier(proposed),
            reason="",
            entered_at=at,
        )
        db.session.add(reduction)
