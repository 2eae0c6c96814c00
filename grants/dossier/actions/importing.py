"""A dossier becomes a call: history, with every row that the ranking and the acts rest on."""

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from grants import clock, tenancy
from grants.audit.actions import Doer, record
from grants.audit.events import Event
from grants.calls.models import Call, Funding, Lot
from grants.calls.queries import is_reference_taken, is_slug_taken
from grants.calls.rules.states import CallStatus, Origin
from grants.db import db
from grants.dossier.applications import add_applications
from grants.dossier.committee import add_committee
from grants.dossier.queries import (
    is_municipality_slug_taken,
)
from grants.dossier.rules.keeping import LONGEST_KEY, keeping_problems, text
from grants.errors import DomainError, Problem
from grants.i18n.script import fold
from grants.money import from_dossier
from grants.municipalities.models import Holiday, Municipality
from grants.municipalities.queries import get_municipality_by_code
from grants.municipalities.rules import Entity, Kind
from grants.programmes.actions import ensure_programme
from grants.ranking.models import TieVote
from grants.ranking.rules.dossier import Dossier
from grants.ranking.rules.instants import instant
from grants.workdays import default_holidays

Json = Mapping[str, Any]
_NOT_IN_ADDRESS = re.compile(r"[^a-z0-9]+")
_LONGEST_ADDRESS = 80


def import_dossier(dossier: Dossier, *, by: Doer, at: datetime) -> Call:
    """Keep a call as history (`origin` imported); it stands at scoring, all sheets locked.

    An unknown municipality is made from the dossier's own member; organisations that are
    registered here are tied to their applications by JIB. Raises DomainError with
    `dossier_reference_taken`, or with what no database can keep; nothing is written then.
    """
    reference = dossier.call["reference"]
    problems = keeping_problems(dossier.content)
    if problems:
        raise DomainError(*problems)
    if is_reference_taken(reference):
        raise DomainError(Problem("dossier_reference_taken", facts={"reference": reference}))
    municipality = _municipality(dossier.content["municipality"], at=at)
    with tenancy.within(municipality.id):
        call = _add_call(dossier, municipality, at=at)
        applications = add_applications(dossier, call, at=at)
        add_committee(dossier, call, applications=applications, at=at)
        votes = dossier.call.get("tie_votes")
        if votes is not None:
            vote = TieVote(call_id=call.id, references=list(votes), voted_at=at)
            db.session.add(vote)
        db.session.flush()
    facts = {"sha256": dossier.sha256(), "applications": len(applications)}
    record(Event.DOSSIER_IMPORTED, call, by=by, at=at, facts=facts)
    return call


def _municipality(json: Json, *, at: datetime) -> Municipality:
    known = get_municipality_by_code(json["code"])
    if known is not None:
        return known
    municipality = Municipality(
        code=json["code"],
        slug=_address(text(json["name"]), is_taken=is_municipality_slug_taken),
        name=text(json["name"]),
        kind=Kind(json["kind"]),
        entity=Entity(json["entity"]),
        canton=json.get("canton") and text(json["canton"]),
        place=text(json["name"]),
    )
    db.session.add(municipality)
    db.session.flush()
    year = clock.local_day(at).year
    with tenancy.within(municipality.id):
        for on, name in default_holidays(municipality.entity, over=(year, year + 1)).items():
            db.session.add(Holiday(municipality_id=municipality.id, on=on, name=name))
        db.session.flush()
    return municipality


def _add_call(dossier: Dossier, municipality: Municipality, *, at: datetime) -> Call:
    json = dossier.call
    call = Call(
        municipality=municipality,
        slug=_address(json["reference"], is_taken=is_slug_taken),
        reference=json["reference"],
        origin=Origin.IMPORTED,
        status=CallStatus.SCORING,
        title=text(json["title"]),
        title_folded=fold(text(json["title"])),
        programme_id=_programme(text(json["programme"])),
        programme_name=text(json["programme"]),
        currency=json["currency"],
        imported_text=dossier.canonical().decode(),
        created_at=at,
        published_at=instant(json["opens_at"]),
        **_limits(json),
        **_scoring(json),
    )
    db.session.add(call)
    db.session.flush()
    for position, lot in enumerate(json["lots"]):
        call_lot = Lot(
            call_id=call.id,
            position=position,
            code=lot["code"],
            title=text(lot["title"]),
            envelope=from_dossier(lot["envelope"]),
        )
        db.session.add(call_lot)
    for position, part in enumerate(json["funding"]):
        source, amount = text(part["source"]), from_dossier(part["amount"])
        db.session.add(Funding(call_id=call.id, position=position, source=source, amount=amount))
    db.session.flush()
    return call


def _limits(json: Json) -> dict[str, Any]:
    cap = json["organisation_cap"]
    return {
        "grant_min": from_dossier(json["grant_min"]),
        "grant_max": from_dossier(json["grant_max"]),
        "duration_min": json["duration_months"]["min"],
        "duration_max": json["duration_months"]["max"],
        "opens_at": instant(json["opens_at"]),
        "deadline": instant(json["deadline"]),
        "applications_per_organisation": json["applications_per_organisation"],
        "awards_per_organisation": json["awards_per_organisation"],
        "organisation_cap": None if cap is None else from_dossier(cap),
        "cofinancing": json["cofinancing"],
        "budget_rules": json["budget_rules"],
        "required_documents": json["required_documents"],
    }


def _scoring(json: Json) -> dict[str, Any]:
    limit, least = json.get("divergence_limit"), json.get("min_reviews")
    return {
        "grid": json["grid"],
        "min_reviews": 2 if least is None else least,
        "aggregation": json["aggregation"],
        "divergence_limit": None if limit is None else str(limit),
        "tie_breaks": json["tie_breaks"],
        "allocation": json["allocation"],
    }


def _programme(name: str) -> int | None:
    if not name.strip() or len(name) > LONGEST_KEY:
        return None
    return ensure_programme(name).id


def _address(name: str, *, is_taken: Callable[[str], bool]) -> str:
    """A readable address out of a name, with a few random signs where it is taken."""
    plain = _NOT_IN_ADDRESS.sub("-", fold(name)).strip("-")[:_LONGEST_ADDRESS]
    if plain and not is_taken(plain):
        return plain
    return f"{plain or 'poziv'}-{secrets.token_hex(4)}"
