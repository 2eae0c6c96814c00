"""Decisions as acts to be prepared, in the language of their call."""

from collections.abc import Sequence
from typing import Any

from grants.acts.actions import Draft
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind
from grants.applications.models import Application
from grants.calls.models import Call
from grants.decisions.facts import (
    Ground,
    application_facts,
    award_decision_facts,
    dismissal_facts,
    reduction_facts,
    refusal_facts,
    shared_facts,
)
from grants.decisions.models import Decision
from grants.decisions.rules import DecisionKind, decision_for
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.ranking.models import RankedRow


def award_decision_draft(ground: Ground) -> Draft:
    """The decision with the table of the whole call."""
    call = ground.call
    with speaking(call.language):
        kind = _("Odluka")
        about = _(
            "o dodjeli sredstava po pozivu „%(title)s“ broj %(reference)s",
            title=call.title,
            reference=call.reference,
        )
        receivers = [_("Podnosiocima prijava"), _("Službi za finansije"), _("U spis predmeta")]
        facts = shared_facts(ground, ActKind.AWARD_DECISION) | award_decision_facts(ground)
        legal = legal_texts(call.municipality, ActKind.AWARD_DECISION, call.language)
    facts["act"] = {"kind": kind, "about": about, "served_to": receivers}
    return Draft(
        key=f"award_decision:{call.id}",
        kind=ActKind.AWARD_DECISION,
        title=f"{kind} {about}",
        template="decisions/award_decision.pdf.html",
        facts=facts,
        subject=call.as_subject(),
        remedy_days=legal.remedy_days,
    )


def application_draft(row: RankedRow, ground: Ground) -> tuple[DecisionKind, Draft]:
    """The act of one applicant by its frozen outcome; DomainError for one without decision."""
    kind = decision_for(row.outcome)
    with speaking(ground.call.language):
        facts = shared_facts(ground, ActKind(kind.value)) | application_facts(row, ground)
        if kind is DecisionKind.AWARD:
            facts |= reduction_facts(row, ground)
        elif kind is DecisionKind.REFUSAL:
            facts |= refusal_facts(row, ground)
        else:
            facts |= dismissal_facts(row, ground)
    key = f"decision:{row.application_id}"
    return kind, draft_for(row.application, kind, ground.call, facts=facts, key=key)


def activation_draft(
    row: RankedRow, ground: Ground, *, amount: int, words: str, declined: Sequence[Decision]
) -> Draft:
    """The act that gives freed money to the next on the reserve list; the amount in fening."""
    with speaking(ground.call.language):
        facts = shared_facts(ground, ActKind.RESERVE_ACTIVATION) | application_facts(row, ground)
    facts |= {
        "amount": amount,
        "amount_words": words,
        "is_reduced": amount < row.application.requested,
        "declined": [
            {
                "organisation": each.application.organisation_name if each.application else "",
                "number": each.act.number,
                "date": each.act.acted_on.isoformat() if each.act.acted_on else None,
                "amount": each.amount,
            }
            for each in declined
        ],
    }
    kind, key = DecisionKind.RESERVE_ACTIVATION, f"reserve_activation:{row.application_id}"
    return draft_for(row.application, kind, ground.call, facts=facts, key=key)


def draft_for(
    application: Application, kind: DecisionKind, call: Call, *, facts: dict[str, Any], key: str
) -> Draft:
    """The act of one applicant, addressed to its organisation."""
    with speaking(call.language):
        named, about = _name(kind, application)
        receivers = [application.organisation_name, _("U spis predmeta")]
        legal = legal_texts(call.municipality, ActKind(kind.value), call.language)
    facts["act"] = {"kind": named, "about": about, "served_to": receivers}
    return Draft(
        key=key,
        kind=ActKind(kind.value),
        title=f"{named} {about}",
        template=f"decisions/{_TEMPLATES[kind]}.pdf.html",
        facts=facts,
        subject=application.as_subject(call),
        remedy_days=legal.remedy_days,
    )


_TEMPLATES = {
    DecisionKind.AWARD: "award",
    DecisionKind.REFUSAL: "refusal",
    DecisionKind.DISMISSAL: "dismissal",
    DecisionKind.RESERVE_ACTIVATION: "reserve",
}


def _name(kind: DecisionKind, application: Application) -> tuple[str, str]:
    """What the act is called; refused is on the merits, dismissed is formal."""
    title, reference = application.title, application.reference
    match kind:
        case DecisionKind.REFUSAL:
            return _("Rješenje"), _("o odbijanju prijave broj %(reference)s", reference=reference)
        case DecisionKind.DISMISSAL:
            return _("Zaključak"), _(
                "o odbacivanju prijave broj %(reference)s", reference=reference
            )
        case DecisionKind.RESERVE_ACTIVATION:
            return _("Rješenje"), _(
                "o dodjeli sredstava s rezervne liste za projekat „%(title)s“", title=title
            )
        case _:
            return _("Rješenje"), _("o dodjeli sredstava za projekat „%(title)s“", title=title)
