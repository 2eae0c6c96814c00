"""A call as a dossier: what was imported with what was decided since, or out of its own rows."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from grants.calls.models import Call
from grants.calls.queries import grid_of
from grants.calls.rules.states import Origin
from grants.evaluation.rules.tally import PointTable
from grants.money import to_dossier
from grants.ranking import rows
from grants.ranking.rules.dossier import Dossier
from grants.ranking.rules.instants import instant_text

Json = dict[str, Any]
FORMAT = "grants-dossier/1"
RULE = ("code", "tags", "base", "limit", "severity")
DOCUMENT = ("code", "title", "mandatory")


def read_dossier(call: Call, *, is_whole: bool = True) -> Dossier:
    """The dossier of a call as it stands now.

    The call's municipality, lots and funding are loaded. Without `is_whole` it lacks what no
    ranking rests on (budgets, documents, organisations as they were): enough for a preview.
    """
    table = PointTable(grid_of(call))
    if call.origin is Origin.IMPORTED:
        return Dossier(_imported_content(call), table)
    return Dossier(_own_content(call, is_whole=is_whole), table)


def _imported_content(call: Call) -> Json:
    """What was imported, with the amounts and the vote as the committee has them now."""
    content: Json = json.loads(call.imported_text or "{}")
    amounts = rows.reduced_amounts(call)
    for application in content["applications"]:
        amount = amounts.get(application["reference"])
        application.pop("proposed", None)
        if amount is not None:
            application["proposed"] = to_dossier(amount)
    content["call"].pop("tie_votes", None)
    votes = rows.tie_votes(call)
    if votes is not None:
        content["call"]["tie_votes"] = votes
    envelopes = rows.chosen_envelopes(call)
    for lot in content["call"]["lots"]:
        if lot["code"] in envelopes:
            lot["envelope"] = to_dossier(envelopes[lot["code"]])
    return content


def _own_content(call: Call, *, is_whole: bool) -> Json:
    applications = rows.applications(call)
    keys = _organisation_keys(applications)
    frozen = rows.frozen_organisations(applications) if is_whole else {}
    budgets = rows.budgets(applications) if is_whole else {}
    documents = rows.documents(applications) if is_whole else {}
    awards = rows.prior_awards(call, keys)
    return {
        "format": FORMAT,
        "municipality": _municipality(call),
        "call": _call(call),
        "organisations": [
            _organisation(application, frozen, prior=awards.get(organisation_id, 0))
            | {"key": keys[organisation_id]}
            for organisation_id, application in _latest_of(applications).items()
        ],
        "applications": [
            _application(each, keys[each.organisation_id])
            | {
                "budget": budgets.get(each.id, []),
                "documents": _asked_for(call, documents.get(each.id, [])),
            }
            for each in applications
        ],
        "committee": rows.committee(call),
        "reviews": rows.reviews(call),
    }


def _municipality(call: Call) -> Json:
    municipality = call.municipality
    found = {
        "code": municipality.code,
        "name": municipality.name,
        "kind": municipality.kind.value,
        "entity": municipality.entity.value,
    }
    return found | ({"canton": municipality.canton} if municipality.canton else {})


def _call(call: Call) -> Json:
    if call.opens_at is None or call.deadline is None:
        raise ValueError(f"call {call.reference} has no opening or no deadline yet")
    limits = {
        "applications_per_organisation": call.applications_per_organisation,
        "awards_per_organisation": call.awards_per_organisation,
        "organisation_cap": _amount(call.organisation_cap),
        "cofinancing": _picked(call.cofinancing, ("share", "base")) if call.cofinancing else None,
    }
    optional = {"divergence_limit": call.divergence_limit, "tie_votes": rows.tie_votes(call)}
    return {
        "reference": call.reference,
        "title": call.title,
        "programme": call.programme_name,
        "currency": call.currency,
        "funding": [
            {"source": each.source, "amount": to_dossier(each.amount)} for each in call.funding
        ],
        "lots": _lots(call),
        "grant_min": to_dossier(call.grant_min),
        "grant_max": to_dossier(call.grant_max),
        "duration_months": {"min": call.duration_min, "max": call.duration_max},
        "opens_at": instant_text(call.opens_at),
        "deadline": instant_text(call.deadline),
        "grid": call.grid,
        "min_reviews": call.min_reviews,
        "aggregation": call.aggregation,
        "tie_breaks": call.tie_breaks,
        "allocation": call.allocation,
        "budget_rules": [_picked(rule, RULE) for rule in call.budget_rules],
        "required_documents": [_picked(each, DOCUMENT) for each in call.required_documents],
        **limits,
        **_without_none(optional),
    }


def _lots(call: Call) -> list[Json]:
    """The lots with their envelopes, as published or as moved between them since."""
    moved = rows.chosen_envelopes(call)
    return [
        {
            "code": lot.code,
            "title": lot.title,
            "envelope": to_dossier(moved.get(lot.code, lot.envelope)),
        }
        for lot in call.lots
    ]


def _organisation(
    application: rows.ApplicationRow, frozen: Mapping[int, Json], *, prior: int
) -> Json:
    """The organisation as it was at its latest submission; what was not frozen, as it is now."""
    then = frozen.get(application.id, {})
    organisation = application.organisation
    return {
        "name": application.organisation_name or organisation.name,
        "legal_form": str(then.get("legal_form") or organisation.legal_form.value),
        "jib": str(then.get("jib") or organisation.jib),
        "account": str(then.get("account") or organisation.account),
        "registered_on": str(then.get("registered_on") or organisation.registered_on.isoformat()),
        "prior_awards": to_dossier(prior),
    }


def _application(application: rows.ApplicationRow, key: str) -> Json:
    optional = {
        "proposed": _amount(application.proposed),
        "posted_at": instant_text(application.posted_at) if application.posted_at else None,
    }
    return {
        "reference": application.reference,
        "organisation": key,
        "lot": application.lot_code,
        "title": application.title,
        "requested": to_dossier(application.requested),
        "duration_months": application.duration_months,
        "submitted_at": instant_text(application.submitted_at),
        "channel": application.channel.value,
        "eligibility": application.eligibility,
        **_without_none(optional),
    }


def _organisation_keys(applications: Iterable[rows.ApplicationRow]) -> dict[int, str]:
    """`o01`, `o02` … in the order of the first application."""
    keys: dict[int, str] = {}
    for application in applications:
        keys.setdefault(application.organisation_id, f"o{len(keys) + 1:02d}")
    return keys


def _latest_of(applications: Iterable[rows.ApplicationRow]) -> dict[int, rows.ApplicationRow]:
    return {application.organisation_id: application for application in applications}


def _asked_for(call: Call, codes: Iterable[str]) -> list[str]:
    """The documents handed in that the call asks for, in the call's order."""
    there = set(codes)
    return [each["code"] for each in call.required_documents if each["code"] in there]


def _picked(json_object: Mapping[str, Any], names: Iterable[str]) -> Json:
    return {name: json_object[name] for name in names}


def _without_none(members: Mapping[str, Any]) -> Json:
    return {name: value for name, value in members.items() if value is not None}


def _amount(fening: int | None) -> str | None:
    return None if fening is None else to_dossier(fening)
