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
from grants.evaluation.actions.incompatible import ensure_not_of_office, office_problems
from grants.evaluation.models import Committee, Member
from grants.evaluation.queries import get_committee, list_users_by_email
from grants.evaluation.rules.committee import VOTING, MemberRole, Proposed, committee_problems
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.notifications.actions import notify
from grants.people.actions import Invitation, give_role, invite
from grants.people.actors import Actor
from grants.people.models import User
from grants.people.queries import fold_email
from grants.people.rules import Role

ROLES = {
    MemberRole.CHAIR: Role.CHAIR,
    MemberRole.MEMBER: Role.EVALUATOR,
    MemberRole.SECRETARY: Role.SECRETARY,
}
_APPOINTABLE = (CallStatus.PUBLISHED, CallStatus.OPENED, CallStatus.SCORING)


def propose_committee(
    call: Call,
    members: Sequence[Proposed],
    *,
    quorum: int | None = None,
    by: Actor,
    at: datetime,
) -> Committee:
    """Keep the list of members proposed for a call; it replaces the one proposed before.

    `quorum` is how many members with a vote must be present, None for more than half. Raises
    Incomplete (rules.committee, incompatible.office_problems) or WrongState once the committee is
    appointed.
    """
    if call.status not in _APPOINTABLE:
        raise NotNow(Problem("committee_not_now"))
    problems = committee_problems(members, quorum=quorum) + office_problems(
        call,
        [
            (f"members-{number}-email", each.name, each.email)
            for number, each in enumerate(members)
            if each.role in VOTING
        ],
    )
    if problems:
        raise Incomplete(*problems)
    committee = get_committee(call) or _new_committee(call)
    if committee.appointed_at is not None:
        raise WrongState(Problem("committee_appointed"))
    _clear(committee)
    committee.quorum = quorum
    committee.members = [
        member_from(committee, proposed, position) for position, proposed in enumerate(members)
    ]
    db.session.flush()
    for member, proposed in zip(committee.members, members, strict=True):
        if proposed.deputy_of is not None:
            member.stands_in_for_id = committee.members[proposed.deputy_of].id
    db.session.flush()
    return committee


def _clear(committee: Committee) -> None:
    """Take the proposed members away; deputies first let go of whom they stand in for."""
    standing = list(committee.members)
    for member in standing:
        member.stands_in_for_id = None
    db.session.flush()
    for member in standing:
        db.session.delete(member)
    db.session.flush()


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
    gives it. Raises WrongState when it is appointed already, Incomplete where somebody with a vote
    has come to work for the office since.
    """
    if committee.appointed_at is not None:
        raise WrongState(Problem("committee_appointed"))
    voting = [each for each in committee.members if each.role in VOTING]
    ensure_not_of_office(committee.call, [("members", each.name, each.email) for each in voting])
    with speaking(committee.call.language):
        act = prepare_act(appointment_draft(committee, appointment), by=by, at=at)
    issue_act(act, signature=appointment.signature, by=by, at=at)
    committee.act = act
    committee.appointed_at, committee.appointed_by_id = at, by.id
    _let_in(committee, by=by, at=at)
    facts = {"members": [member.name for member in committee.members], "act": act.number}
    record(Event.COMMITTEE_APPOINTED, committee, by=by, at=at, facts=facts)


def _let_in(committee: Committee, *, by: Actor, at: datetime) -> None:
    seated = [member for member in committee.members if member.is_seated]
    known = list_users_by_email([member.email for member in seated])
    for member in seated:
        member.seated_at = at
        let_in(committee, member, known.get(member.email), by=by, at=at)


def let_in(
    committee: Committee, member: Member, user: User | None, *, by: Actor, at: datetime
) -> None:
    """Give a seated member the role: at once with a mail, or by an invitation without account."""
    call, role = committee.call, ROLES[member.role]
    if user is None:
        place = {"place": _("komisija za poziv „%(title)s“", title=call.title)}
        invitation = Invitation(member.email, member.name, call.language, role, committee.id, place)
        invite(invitation, by=by, at=at)
        return
    member.user_id = user.id
    give_role(user, role=role, scope_id=committee.id, by=by, at=at)
    notify(
        [user.as_recipient()],
        "evaluation/emails/appointed.txt",
        at=at,
        path=f"/committee/{committee.slug}",
        facts={"call": call.title, "role": member.role.value},
    )


def appointment_draft(committee: Committee, appointment: Appointment) -> Draft:
    """The appointing act; speak the call's language around the call."""
    call = committee.call
    names = {each.id: each.name for each in committee.members}
    facts: dict[str, Any] = {
        "call": {"title": call.title, "reference": call.reference},
        "act": {
            "kind": _("Rješenje"),
            "about": _("o imenovanju komisije za ocjenjivanje prijava"),
            "served_to": [_("Članovima komisije"), _("Arhivi")],
        },
        "legal": {"basis": appointment.legal_basis},
        "members": [named(each) for each in committee.members if not each.is_deputy],
        "deputies": [
            {**named(each), "of": names.get(each.stands_in_for_id or 0, "")}
            for each in committee.members
            if each.is_deputy
        ],
        "quorum": committee.quorum,
    }
    return Draft(
        key=f"committee_appointment:{committee.id}",
        kind=ActKind.COMMITTEE_APPOINTMENT,
        title=_("Rješenje o imenovanju komisije"),
        template="evaluation/appointment.pdf.html",
        facts=facts,
        subject=call.as_subject(),
    )


def named(member: Member) -> dict[str, str]:
    """A member as the acts about the committee name one."""
    return {
        "name": member.name,
        "role": member.role.value,
        "kind": member.kind.value,
        "stands_for": member.stands_for,
    }


def _new_committee(call: Call) -> Committee:
    committee = Committee(
        municipality_id=call.municipality_id,
        slug=secrets.token_urlsafe(9),
        call=call,
        members=[],
    )
    db.session.add(committee)
    return committee


def member_from(committee: Committee, proposed: Proposed, position: int) -> Member:
    """Who was proposed as a member of a committee, not yet on it."""
    return Member(
        municipality_id=committee.municipality_id,
        position=position,
        key=f"e{position + 1}",
        name=proposed.name.strip(),
        email=fold_email(proposed.email),
        stands_for=proposed.stands_for.strip(),
        role=proposed.role,
        kind=proposed.kind,
        is_deputy=proposed.is_deputy,
        conflicts=[],
    )
