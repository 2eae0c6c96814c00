"""A member leaves in the middle of the work; somebody takes the seat, by an act."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from grants import clock
from grants.acts.actions import Draft, Signature, issue_act, prepare_act, take_back_approval
from grants.acts.legal import legal_texts
from grants.acts.models import Act
from grants.acts.queries import get_act_by_key
from grants.acts.rules import ActKind, ActStatus
from grants.audit.actions import record
from grants.audit.events import Event
from grants.db import db
from grants.errors import Incomplete
from grants.evaluation.actions.appointing import ROLES, let_in, named
from grants.evaluation.actions.incompatible import ensure_not_of_office
from grants.evaluation.actions.rereading import ask_who_reads_again
from grants.evaluation.models import Committee, Member
from grants.evaluation.queries import list_invited, list_users_by_email
from grants.evaluation.queries.succeeding import list_unsigned_assignments
from grants.evaluation.rules.committee import VOTING, MemberRole
from grants.evaluation.rules.replacing import (
    NOBODY,
    SOMEBODY,
    Place,
    Replacement,
    replacement_problems,
)
from grants.i18n.languages import gettext as _
from grants.i18n.rendering import speaking
from grants.notifications.actions import notify
from grants.people.actions import revoke_invitation, take_role
from grants.people.actors import Actor
from grants.people.models import User
from grants.people.queries import fold_email, get_user


def places_of(members: Sequence[Member]) -> list[Place]:
    """The people of a committee as the rules see them."""
    keys = {each.id: each.key for each in members}
    return [
        Place(
            key=each.key,
            email=each.email,
            role=each.role,
            is_deputy=each.is_deputy,
            is_gone=each.left_at is not None,
            deputy_of=keys.get(each.stands_in_for_id or 0, ""),
        )
        for each in members
    ]


def change_key(committee: Committee, leaving: Member) -> str:
    """Under which key the act about a member's leaving is kept; one leaves once."""
    return f"committee_change:{committee.id}:{leaving.key}"


def propose_replacement(
    committee: Committee, leaving: Member, wanted: Replacement, *, by: Actor, at: datetime
) -> Act:
    """Prepare the act for the signatory; until it is signed nothing changes.

    One that was approved before is written anew all the same, and its approval is void. Raises
    Incomplete (rules.replacing), WrongState when the act is already issued.
    """
    _ensure(committee, leaving, wanted, at=at)
    prepared = get_act_by_key(change_key(committee, leaving))
    if prepared is not None and prepared.status is ActStatus.APPROVED:
        take_back_approval(prepared, by=by, at=at)
    with speaking(committee.call.language):
        return prepare_act(_draft(committee, leaving, wanted), by=by, at=at)


def replace_member(
    committee: Committee,
    leaving: Member,
    wanted: Replacement,
    signature: Signature,
    *,
    by: Actor,
    at: datetime,
) -> Act:
    """Issue the act: the role of who leaves is taken, the successor is seated and let in.

    What was signed stays signed and counts; only the rest is the successor's to score. Raises what
    `propose_replacement` does.
    """
    act = propose_replacement(committee, leaving, wanted, by=by, at=at)
    issue_act(act, signature=signature, by=by, at=at)
    role = leaving.role
    _let_go(committee, leaving, wanted, by=by, at=at)
    facts = {"member": leaving.key, "name": leaving.name, "reason": leaving.left_reason}
    record(Event.MEMBER_LEFT, leaving, by=by, at=at, facts={**facts, "number": act.number})
    successor = _seat(committee, leaving, wanted, at=at)
    chair = _by_key(committee, wanted.chair) if role is MemberRole.CHAIR else None
    if successor is not None:
        successor.role = MemberRole.MEMBER if chair else role
        _welcome(committee, successor, by=by, at=at)
        facts = {"member": successor.key, "name": successor.name, "instead": leaving.name}
        record(Event.MEMBER_SEATED, successor, by=by, at=at, facts=facts)
    if chair is not None:
        _take_role(chair, by=by, at=at)
        chair.role = MemberRole.CHAIR
        _welcome(committee, chair, by=by, at=at)
    ask_who_reads_again(committee.call, at=at)
    return act


def _ensure(committee: Committee, leaving: Member, wanted: Replacement, *, at: datetime) -> None:
    today = clock.local_day(at)
    appointed = clock.local_day(committee.appointed_at) if committee.appointed_at else today
    problems = replacement_problems(
        wanted, places_of(committee.members), leaving=leaving.key, days=(appointed, today)
    )
    if problems:
        raise Incomplete(*problems)
    if leaving.role in VOTING:
        ensure_not_of_office(committee.call, [_successor_named(committee, wanted)])


def _successor_named(committee: Committee, wanted: Replacement) -> tuple[str, str, str]:
    """Who would take the seat: field of the form, name, address."""
    deputy = _by_key(committee, wanted.takes_over)
    if deputy is None:
        return "email", wanted.name, wanted.email
    return "takes_over", deputy.name, deputy.email


def _let_go(
    committee: Committee, leaving: Member, wanted: Replacement, *, by: Actor, at: datetime
) -> None:
    user = _take_role(leaving, by=by, at=at)
    _revoke_invitations(committee, leaving, by=by, at=at)
    leaving.left_at, leaving.left_reason = at, wanted.reason.strip()
    if user is not None:
        notify(
            [user.as_recipient()],
            "evaluation/emails/left.txt",
            at=at,
            path="/committee",
            facts={"call": committee.call.title, "from_on": wanted.from_on},
        )


def _revoke_invitations(committee: Committee, member: Member, *, by: Actor, at: datetime) -> None:
    for link in list_invited(committee):
        if fold_email(link.email) == member.email:
            revoke_invitation(link, by=by, at=at)


def _take_role(member: Member, *, by: Actor, at: datetime) -> User | None:
    """The account is tied to the seat at the first declaration; before that the address is."""
    user = get_user(member.user_id) if member.user_id else None
    user = user or list_users_by_email([member.email]).get(member.email)
    if user is not None:
        take_role(user, role=ROLES[member.role], scope_id=member.committee_id, by=by, at=at)
    return user


def _seat(
    committee: Committee, leaving: Member, wanted: Replacement, *, at: datetime
) -> Member | None:
    if wanted.takes_over == NOBODY:
        return None
    successor = _by_key(committee, wanted.takes_over)
    if successor is None:
        successor = _newcomer(committee, wanted)
    successor.is_deputy, successor.seated_at = False, at
    successor.stands_in_for_id = leaving.id
    db.session.flush()
    _hand_over(leaving, successor)
    return successor


def _hand_over(leaving: Member, successor: Member) -> None:
    """What was handed out and not signed goes to the successor; what was signed stays and counts.

    What the successor was handed out or has scored already, as a deputy, is not given twice.
    """
    for handed in list_unsigned_assignments(leaving, besides=successor):
        handed.member_id = successor.id
    db.session.flush()


def _newcomer(committee: Committee, wanted: Replacement) -> Member:
    position = max(each.position for each in committee.members) + 1
    newcomer = Member(
        municipality_id=committee.municipality_id,
        position=position,
        key=f"e{position + 1}",
        name=wanted.name.strip(),
        email=fold_email(wanted.email),
        stands_for=wanted.stands_for.strip(),
        role=MemberRole.MEMBER,
        kind=wanted.kind,
        conflicts=[],
    )
    committee.members.append(newcomer)
    return newcomer


def _welcome(committee: Committee, member: Member, *, by: Actor, at: datetime) -> None:
    _revoke_invitations(committee, member, by=by, at=at)
    user = list_users_by_email([member.email]).get(member.email)
    let_in(committee, member, user, by=by, at=at)


def _by_key(committee: Committee, key: str) -> Member | None:
    return next((each for each in committee.members if each.key == key), None)


def _draft(committee: Committee, leaving: Member, wanted: Replacement) -> Draft:
    call = committee.call
    facts: dict[str, Any] = {
        "call": {"title": call.title, "reference": call.reference},
        "act": {
            "kind": _("Rješenje"),
            "about": _("o izmjeni sastava komisije za ocjenjivanje prijava"),
            "served_to": [leaving.name, _("Članovima komisije"), _("Arhivi")],
        },
        "legal": {
            "basis": legal_texts(call.municipality, ActKind.COMMITTEE_CHANGE, call.language).basis
        },
        "appointment": {"number": committee.act.number if committee.act else ""},
        "change": {"member": leaving.key, **wanted.as_json()},
        "leaving": named(leaving),
        "from_on": _day(wanted.from_on),
        "reason": wanted.reason.strip(),
        "successor": _named_successor(committee, leaving, wanted),
        "chair": _chair_name(committee, leaving, wanted),
        "members": _after(committee, leaving, wanted),
        "quorum": committee.quorum,
    }
    return Draft(
        key=change_key(committee, leaving),
        kind=ActKind.COMMITTEE_CHANGE,
        title=_("Rješenje o izmjeni sastava komisije"),
        template="evaluation/change.pdf.html",
        facts=facts,
        subject=call.as_subject(),
    )


def _named_successor(
    committee: Committee, leaving: Member, wanted: Replacement
) -> dict[str, Any] | None:
    """Who takes the seat, as the act names one; from a deputy its own data."""
    if wanted.takes_over == NOBODY:
        return None
    role = MemberRole.MEMBER if wanted.chair else leaving.role
    if wanted.takes_over == SOMEBODY:
        person = {
            "name": wanted.name.strip(),
            "kind": wanted.kind.value,
            "stands_for": wanted.stands_for.strip(),
        }
        return {**person, "role": role.value, "was_deputy": False}
    deputy = _by_key(committee, wanted.takes_over)
    return {**named(deputy), "role": role.value, "was_deputy": True} if deputy else None


def _chair_name(committee: Committee, leaving: Member, wanted: Replacement) -> str:
    if leaving.role is not MemberRole.CHAIR:
        return ""
    chair = _by_key(committee, wanted.chair)
    return chair.name if chair else ""


def _after(committee: Committee, leaving: Member, wanted: Replacement) -> list[dict[str, Any]]:
    """The committee as it is from that day on."""
    seated = [each for each in committee.members if each.is_seated and each.key != leaving.key]
    chair = wanted.chair if leaving.role is MemberRole.CHAIR else ""
    stay = [
        {**named(each), **({"role": MemberRole.CHAIR.value} if each.key == chair else {})}
        for each in seated
    ]
    successor = _named_successor(committee, leaving, wanted)
    return stay + ([successor] if successor else [])


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None
