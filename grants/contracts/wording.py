"""What a contract says, as plain facts: frozen in its act, attached to its PDF."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from grants.acts.actions import Draft
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind, amount_in_words
from grants.applications.models import Application
from grants.applications.rules.budget import BudgetLine, budget_totals
from grants.contracts.rules.instalments import Condition, PlannedInstalment
from grants.contracts.rules.terms import Terms
from grants.decisions.models import Decision
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import in_script, speaking
from grants.municipalities.models import Municipality

TEMPLATE = "contracts/contract.pdf.html"


def contract_draft(
    decision: Decision,
    application: Application,
    terms: Terms,
    *,
    lines: Sequence[BudgetLine],
    plan: Sequence[PlannedInstalment],
) -> Draft:
    """The contract of an award as an act to be prepared, in the language of its call."""
    call = application.call
    with speaking(call.language):
        about = _("o dodjeli bespovratnih sredstava za projekat „%(t)s“", t=application.title)
        kind = _("Ugovor")
        basis = legal_texts(call.municipality, ActKind.CONTRACT, call.language).basis
    facts = {
        "act": {"kind": kind, "about": about, "served_to": []},
        "basis": basis,
        **_money_facts(decision, application, lines=lines, plan=plan),
        **_party_facts(decision, application, terms),
    }
    return Draft(
        key=f"contract:{application.id}",
        kind=ActKind.CONTRACT,
        title=f"{kind} {about}",
        template=TEMPLATE,
        facts=facts,
        # The organisation is told of its contract by the contract's own mails.
        subject=replace(application.as_subject(call), organisation_id=None),
    )


def _party_facts(decision: Decision, application: Application, terms: Terms) -> dict[str, Any]:
    call, act = application.call, decision.act
    return {
        "giver": giver_facts(call.municipality, call.language),
        "receiver": receiver_facts(application, terms),
        "decision": {
            "number": act.number,
            "date": act.acted_on.isoformat() if act.acted_on else "",
            "title": act.title,
        },
        "call": {
            "title": call.title,
            "reference": call.reference,
            "programme": call.programme_name,
        },
        "project": _project_facts(application),
        "terms": terms_facts(terms),
    }


def _money_facts(
    decision: Decision,
    application: Application,
    *,
    lines: Sequence[BudgetLine],
    plan: Sequence[PlannedInstalment],
) -> dict[str, Any]:
    words = in_script(amount_in_words(decision.amount), application.call.language)
    return {
        "amount": decision.amount,
        "in_words": words,
        "plan": [asdict(part) for part in plan],
        "lines": [_line_facts(line) for line in lines],
        "own": budget_totals(lines).own,
    }


def condition_text(condition: str, language: str) -> str:
    """A usual condition in words; the call's own text stays as it is, in the language's script."""
    with speaking(language):
        usual = {
            Condition.SIGNING: _("Potpisan ugovor"),
            Condition.INTERIM_REPORT: _("Odobren periodični izvještaj"),
            Condition.FINAL_REPORT: _("Odobren završni izvještaj"),
        }
    return usual.get(condition, in_script(condition, language))  # type: ignore[call-overload,no-any-return]  # a text either way


def giver_facts(municipality: Municipality, language: str) -> dict[str, str]:
    """The municipality as a party."""
    words = {
        "name": municipality.full_name,
        "address": municipality.address,
        "place": municipality.place,
        "representative": municipality.mayor_name,
        "function": municipality.mayor_title,
    }
    return {"jib": municipality.jib} | {
        key: in_script(said, language) for key, said in words.items()
    }


def receiver_facts(application: Application, terms: Terms) -> dict[str, str]:
    """The organisation as a party; what only its profile knows is empty for imported ones."""
    organisation = application.organisation
    place = f"{organisation.postal_code} {organisation.place}".strip() if organisation else ""
    return {
        "name": application.organisation_name,
        "jib": organisation.jib if organisation else "",
        "address": organisation.address if organisation else "",
        "place": place,
        "representative": terms.representative_name,
        "function": terms.representative_title,
    }


def terms_facts(terms: Terms) -> dict[str, Any]:
    """The terms as plain JSON."""
    return {
        "account": terms.account,
        "bank": terms.bank,
        "representative_name": terms.representative_name,
        "representative_title": terms.representative_title,
        "starts_on": terms.starts_on.isoformat(),
        "ends_on": terms.ends_on.isoformat(),
        "copies": terms.copies,
        "report_days": terms.report_days,
        "return_days": terms.return_days,
        "special": terms.special,
    }


def _project_facts(application: Application) -> dict[str, Any]:
    lot = application.lot
    return {
        "title": application.title,
        "reference": application.reference or "",
        "area": lot.title if lot else "",
        "economic_code": (lot.economic_code if lot else "") or application.call.economic_code,
    }


def _line_facts(line: BudgetLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "heading": line.heading,
        "description": line.description,
        "grant": line.grant,
        "own": line.own,
    }
