"""The ruling upon an objection as an act to be prepared, in the language of its call."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from grants import clock
from grants.acts.actions import Draft
from grants.acts.legal import legal_texts
from grants.acts.rules import ActKind, amount_in_words
from grants.complaints.labels import AGAINST, CHANNELS_IN_ACT, EFFECTS, GROUNDS_IN_ACT
from grants.complaints.models import Objection
from grants.complaints.rules.filing import is_late
from grants.complaints.rules.ruling import Proposal
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import in_script, speaking
from grants.ranking.models import RankedRow, Ranking
from grants.ranking.rules.changes import Standing
from grants.ranking.rules.outcomes import Outcome
from grants.ranking.rules.points import shown
from grants.ranking.wording import in_words

TEMPLATE = "complaints/ruling.pdf.html"
Json = dict[str, Any]


@dataclass(frozen=True)
class Correction:
    """Where the application stands corrected by the figures of a day; None: not known yet."""

    on: date
    after: Standing | None


def ruling_draft(
    objection: Objection,
    proposal: Proposal,
    *,
    listed: Ranking,
    row: RankedRow | None,
    correction: Correction | None = None,
) -> Draft:
    """The act with all parts of a ruling; the application, its call and organisation are loaded."""
    application = objection.application
    call = application.call
    with speaking(call.language):
        legal = legal_texts(call.municipality, ActKind.RULING, call.language)
        kind = _("Rješenje")
        about = _("o prigovoru na prijavu broj %(reference)s", reference=application.reference)
        facts: Json = {
            "act": {
                "kind": kind,
                "about": about,
                "served_to": [application.organisation_name, _("U spis predmeta")],
            },
            "legal": {"basis": legal.basis, "remedy": legal.remedy},
            "call": {"title": call.title, "reference": call.reference},
            "application": _application(objection),
            "objection": _objection(objection),
            "listed": _listed(listed, row),
            "ruling": proposal.as_facts() | _words(proposal, call.language),
        }
        if correction is not None:
            facts["corrected"] = _corrected(row, correction)
    return Draft(
        key=f"ruling:{objection.id}",
        kind=ActKind.RULING,
        title=f"{kind} {about}",
        template=TEMPLATE,
        facts=facts,
        subject=application.as_subject(call),
        remedy_days=legal.remedy_days,
    )


def _application(objection: Objection) -> Json:
    application = objection.application
    organisation = application.organisation
    return {
        "reference": application.reference,
        "title": application.title,
        "requested": application.requested,
        "organisation": application.organisation_name,
        "jib": organisation.jib if organisation else "",
        "address": (
            f"{organisation.address}, {organisation.postal_code} {organisation.place}"
            if organisation
            else ""
        ),
    }


def _objection(objection: Objection) -> Json:
    posted = objection.posted_on
    return {
        "against": str(AGAINST[objection.against]),
        "channel": str(CHANNELS_IN_ACT[objection.channel]),
        "text": objection.text,
        "asks_for": objection.asks_for,
        "filed_on": clock.local_day(objection.filed_at).isoformat(),
        "received_on": objection.received_on.isoformat(),
        "posted_on": posted.isoformat() if posted else None,
        "protocol": objection.protocol_number,
        "filed_until": objection.filed_until.isoformat(),
        "is_late": is_late(objection.received_on, posted, until=objection.filed_until),
        "documents": [each.document.name for each in objection.documents],
    }


def _listed(listed: Ranking, row: RankedRow | None) -> Json:
    published = listed.published_at
    return {
        "published_on": clock.local_day(published).isoformat() if published else None,
        "sha256": listed.inputs_sha256,
        "rank": row.rank if row else None,
        "total": shown(Fraction(row.total)) if row and row.total else "",
        "outcome": row.outcome if row else "",
        "amount": row.amount if row else 0,
    }


def _corrected(row: RankedRow | None, correction: Correction) -> Json:
    """Points, place, outcome and amount in words: as published, and corrected."""
    total = Fraction(row.total) if row and row.total else None
    before = (
        Standing(Outcome(row.outcome), row.rank, total, row.amount, row.reserve) if row else None
    )
    return {
        "on": correction.on.isoformat(),
        "before": in_words(before) if before else "",
        "after": in_words(correction.after) if correction.after else "",
        "is_same": before == correction.after,
    }


def _words(proposal: Proposal, language: str) -> Json:
    amount = proposal.amount
    return {
        "amount_words": "" if amount is None else in_script(amount_in_words(amount), language),
        "effect_words": str(EFFECTS[proposal.effect]) if proposal.effect else "",
        "ground_words": str(GROUNDS_IN_ACT[proposal.ground]) if proposal.ground else "",
    }
