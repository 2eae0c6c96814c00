"""A committee: proposed, appointed by an act, its members invited."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grants.acts.actions import Draft, Signature, issue_act, prepare_act
from grants.acts.rules import ActKind
from grants.audit.actions import record
from grants.audit.events import Event
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import db
from grants.errors import Incomplete, NotNow, Problem, WrongState
from grants.evaluation.models import Committee, Member
from grants.evaluation.queries import get_committee, list_users_by_email
from grants.evaluation.rules.committee import MemberRole, Proposed, committee_problems
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.notifications.actions import notify
from grants.people.actions import Invitation, give_role, invite
from grants.people.actors import Actor
from grants.people.queries import fold_email
from grants.people.rules import Role

ROLES = {
    MemberRole.CHAIR: Role.CHAIR,
    MemberRole.MEMBER: Role.EVALUATOR,
    MemberRole.SECRETARY: Role.SECRETARY,
}
_APPOINTABLE = (CallStatus.PUBLISHED, CallStatus.OPENED, CallStatus.SCORING)


def propose_committee(
    call: Call, members: Sequence[Proposed], *, by: Actor, at: datetime
) -> Committee:
    """Keep the list of members proposed for a call; it replaces the one proposed before.

    Raises Incomplete (rules.committee) or WrongState once the committee is appointed.
    """
    if call.status not in _APPOINTABLE:
        raise NotNow(Problem("committee_not_now"))
    problems = committee_problems(members)
    if problems:
        raise Incomplete(*problems)
    committee = get_committee(call) or _new_committee(call)
    if committee.appointed_at is not None:
        raise WrongState(Problem("committee_appointed"))
    for standing in list(committee.members):
        db.session.delete(standing)
    db.session.flush()
    committee.members = [
        _member(committee, proposed, position) for position, proposed in enumerate(members)
    ]
    db.session.flush()
    return committee


@dataclass(frozen=True)
class Appointment:
    """How the appointing act is signed and numbered, and what it says beside the names."""

    signature: Signature
    legal_basis: str


def appoint_committee(
    committee: Committee, appointment: Appointment, *, by: Actor, at: datetime
) -> None:
    """Appoint the proposed committee by an act and let its members in.

    Whoever has an account gets the role at once and a mail; the others get an invitation that
    gives it. Raises WrongState when it is appointed already.
    """
    if committee.appointed_at is not None:
        raise WrongState(Problem("committee_appointed"))
    with speaking(committee.call.language):
        act = prepare_act(_draft(committee, appointment), by=by, at=at)
    issue_act(act, signature=appointment.signature, by=by, at=at)
    committee.act = act
    committee.appointed_at, committee.appointed_by_id = at, by.id
    _let_in(committee, by=by, at=at)
    facts = {"members": [member.name for member in committee.members], "act": act.number}
    record(Event.COMMITTEE_APPOINTED, committee, by=by, at=at, facts=facts)


def _let_in(committee: Committee, *, by: Actor, at: datetime) -> None:
    call = committee.call
    known = list_users_by_email([member.email for member in committee.members])
    for member in committee.members:
        user, role = known.get(member.email), ROLES[member.role]
        place = _("komisija za poziv „%(title)s“", title=call.title)
        if user is None:
            invitation = Invitation(
                member.email, member.name, call.language, role, committee.id, {"place": place}
            )
            invite(invitation, by=by, at=at)
            continue
        member.user_id = user.id
        give_role(user, role=role, scope_id=committee.id, by=by, at=at)
        notify(
            [user.as_recipient()],
            "evaluation/emails/appointed.txt",
            at=at,
            path=f"/committee/{committee.slug}",
            facts={"call": call.title, "role": member.role.value},
        )


def _draft(committee: Committee, appointment: Appointment) -> Draft:
    call = committee.call
    facts: dict[str, Any] = {
        "call": {"title": call.title, "reference": call.reference},
        "act": {
            "kind": _("Rješenje"),
            "about": _("o imenovanju komisije za ocjenjivanje prijava"),
            "served_to": [_("Članovima komisije"), _("Arhivi")],
        },
        "legal": {"basis": appointment.legal_basis},
        "members": [
            {"name": member.name, "role": member.role.value, "stands_for": member.stands_for}
            for member in committee.members
        ],
    }
    return Draft(
        key=f"committee_appointment:{committee.id}",
        kind=ActKind.COMMITTEE_APPOINTMENT,
        title=_("Rješenje o imenovanju komisije"),
        template="evaluation/appointment.pdf.html",
        facts=facts,
        subject=call.as_subject(),
    )


def _new_committee(call: Call) -> Committee:
    committee = Committee(
        municipality_id=call.municipality_id,
        slug=secrets.token_urlsafe(9),
        call=call,
        members=[],
    )
    db.session.add(committee)
    return committee


def _member(committee: Committee, proposed: Proposed, position: int) -> Member:
    return Member(
        municipality_id=committee.municipality_id,
        position=position,
        key=f"e{position + 1}",
        name=proposed.name.strip(),
        email=fold_email(proposed.email),
        stands_for=proposed.stands_for.strip(),
        role=proposed.role,
        conflicts=[],
    )
