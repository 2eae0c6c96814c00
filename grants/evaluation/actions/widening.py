"""Deputies are named by a supplementary act, the committee being at work or done."""

from datetime import datetime
from typing import Any

from grants.acts.actions import Draft, Signature, issue_act, prepare_act, take_back_approval
from grants.acts.legal import legal_texts
from grants.acts.models import Act
from grants.acts.queries import get_act_by_key
from grants.acts.rules import ActKind, ActStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.errors import Incomplete, NotNow, Problem
from grants.evaluation.actions.appointing import member_from, named
from grants.evaluation.actions.incompatible import office_problems
from grants.evaluation.actions.replacing import places_of
from grants.evaluation.models import Committee
from grants.evaluation.queries.members import list_changes
from grants.evaluation.rules.widening import Widening, widening_problems
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.people.actors import Actor

# Once decided nothing is scored any more.
_S = CallStatus
_WIDENED = (_S.PUBLISHED, _S.OPENED, _S.SCORING, _S.RANKED, _S.OBJECTIONS)


def widening_key(committee: Committee) -> str:
    """Under which key the next act is kept; one that is not signed is written anew."""
    named_before = [each for each in list_changes(committee.call) if "widening" in each.facts]
    issued = sum(each.issued_at is not None for each in named_before)
    return f"committee_deputies:{committee.id}:{issued + 1}"


def is_widenable(committee: Committee | None) -> bool:
    """Whether deputies can be named now: appointed, and nothing decided yet."""
    is_appointed = committee is not None and committee.appointed_at is not None
    return is_appointed and committee is not None and committee.call.status in _WIDENED


def propose_deputies(committee: Committee, wanted: Widening, *, by: Actor, at: datetime) -> Act:
    """Prepare the act for the signatory; until it is signed nothing changes.

    Raises NotNow `widening_not_now`, Incomplete (rules.widening).
    """
    if not is_widenable(committee):
        raise NotNow(Problem("widening_not_now"))
    problems = widening_problems(wanted, places_of(committee.members)) + office_problems(
        committee.call,
        [
            (f"members-{number}-email", each.name, each.email)
            for number, each in enumerate(wanted.deputies)
        ],
    )
    if problems:
        raise Incomplete(*problems)
    prepared = get_act_by_key(widening_key(committee))
    if prepared is not None and prepared.status is ActStatus.APPROVED:
        take_back_approval(prepared, by=by, at=at)
    with speaking(committee.call.language):
        return prepare_act(_draft(committee, wanted), by=by, at=at)


def name_deputies(
    committee: Committee, wanted: Widening, signature: Signature, *, by: Actor, at: datetime
) -> Act:
    """Issue the act: the deputies wait without a vote, as those appointed with the committee.

    They are let in when they take a seat or are given a sheet. Raises as `propose_deputies`.
    """
    act = propose_deputies(committee, wanted, by=by, at=at)
    issue_act(act, signature=signature, by=by, at=at)
    _seat(committee, wanted)
    facts = {"deputies": [each.name for each in wanted.deputies], "act": act.number}
    record(Event.DEPUTIES_NAMED, committee, by=by, at=at, facts=facts)
    return act


def _seat(committee: Committee, wanted: Widening) -> None:
    first = max(each.position for each in committee.members) + 1
    for position, each in enumerate(wanted.deputies, start=first):
        committee.members.append(member_from(committee, each, position))
    db.session.flush()


def _draft(committee: Committee, wanted: Widening) -> Draft:
    call = committee.call
    facts: dict[str, Any] = {
        "call": {"title": call.title, "reference": call.reference},
        "act": {
            "kind": _("Rješenje"),
            "about": _("o dopuni sastava komisije za ocjenjivanje prijava"),
            "served_to": [_("Članovima komisije"), _("Arhivi")],
        },
        "legal": {
            "basis": legal_texts(call.municipality, ActKind.COMMITTEE_CHANGE, call.language).basis
        },
        "appointment": {"number": committee.act.number if committee.act else ""},
        "widening": wanted.as_json(),
        "members": [named(each) for each in committee.members if each.is_seated],
    }
    return Draft(
        key=widening_key(committee),
        kind=ActKind.COMMITTEE_CHANGE,
        title=_("Rješenje o dopuni sastava komisije"),
        template="evaluation/widening.pdf.html",
        facts=facts,
        subject=call.as_subject(),
    )
