"""The record of how the representative of the organisations was chosen."""

from collections.abc import Mapping, Sequence
from typing import Any

from grants.acts.actions import Draft, Signature
from grants.acts.rules import ActKind
from grants.calls.models import Call
from grants.evaluation.models import Candidate, SeatCall
from grants.evaluation.queries.seats import chosen_of
from grants.evaluation.rules.seats import CandidateStatus
from grants.i18n.languages import gettext as _

_STOOD = (CandidateStatus.STANDING, CandidateStatus.CHOSEN, CandidateStatus.NOT_CHOSEN)


def draft_selection(
    call: Call,
    seat_call: SeatCall,
    votes: Mapping[int, int],
    *,
    earlier: Sequence[Mapping[str, Any]],
    signature: Signature,
) -> Draft:
    """The record as an act; speak the call's language around the call.

    `votes` counts by candidate, those of candidates set aside included; `earlier` are the votes
    that were held again (`until`, `votes`, `results`).
    """
    is_voted = seat_call.votes_until is not None
    chosen = chosen_of(seat_call)
    stood = [each for each in seat_call.candidates if each.status in _STOOD]
    facts: dict[str, Any] = {
        "record": _head(signature),
        "call": {"title": call.title, "reference": call.reference},
        "opens_at": seat_call.opens_at.isoformat(),
        "closes_at": seat_call.closes_at.isoformat(),
        "votes_until": seat_call.votes_until.isoformat() if seat_call.votes_until else None,
        "votes": sum(votes.values()),
        "candidates": [
            _candidate(each, votes.get(each.id, 0) if is_voted else None)
            for each in seat_call.candidates
        ],
        "earlier": [dict(each) for each in earlier],
        "chosen": chosen.name if chosen else "",
        # Everybody else fell out during the vote, so nobody was chosen by its count.
        "is_last": is_voted and chosen is not None and len(stood) == 1,
    }
    return Draft(
        key=f"record_of_selection:{seat_call.id}",
        kind=ActKind.RECORD_OF_SELECTION,
        title=_("Zapisnik o izboru predstavnika organizacija"),
        template="evaluation/selection.pdf.html",
        facts=facts,
        subject=call.as_subject(),
    )


def _candidate(candidate: Candidate, votes: int | None) -> dict[str, Any]:
    return {
        "name": candidate.name,
        "organisation": candidate.organisation.name,
        "status": candidate.status.value,
        "reason": candidate.reason,
        "votes": votes,
    }


def _head(signature: Signature) -> dict[str, Any]:
    return {
        "kind": _("Zapisnik"),
        "about": _("o izboru predstavnika organizacija civilnog društva u komisiju"),
        "signatories": [{"function": signature.title, "name": signature.name}],
    }
