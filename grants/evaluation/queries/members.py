"""One member of a committee for the staff, and the acts by which its members changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from grants.acts.models import Act
from grants.acts.queries import list_acts
from grants.acts.rules import ActKind
from grants.applications.models import Application
from grants.calls.models import Call
from grants.db import db
from grants.eligibility.models import Check
from grants.evaluation.models import Committee, Member
from grants.evaluation.queries import get_call_to_staff, get_committee
from grants.people.actors import Actor
from grants.people.models import Membership, User
from grants.people.queries import fold_email
from grants.people.rules import STAFF


def list_changes(call: Call) -> list[Act]:
    """The acts by which the committee of a call was changed, prepared ones included."""
    acts = list_acts("Call", [call.id])
    return [act for act in acts if act.kind is ActKind.COMMITTEE_CHANGE]


def list_office_among(call: Call, emails: Iterable[str]) -> set[str]:
    """Which of these addresses are of the municipality's staff, or of who checked the call."""
    wanted = {fold_email(email) for email in emails if email}
    if not wanted:
        return set()
    is_staff = exists().where(
        Membership.user_id == User.id,
        Membership.role.in_(STAFF),
        Membership.scope_id == call.municipality_id,
    )
    has_checked = exists().where(
        Check.checked_by_id == User.id,
        Check.application_id == Application.id,
        Application.call_id == call.id,
    )
    statement = select(User.email).where(User.email.in_(wanted), or_(is_staff, has_checked))
    return set(db.session.execute(statement).scalars())


@dataclass(frozen=True)
class Seat:
    """One member of an appointed committee, for the staff."""

    call: Call
    committee: Committee
    member: Member

    @property
    def municipality_id(self) -> int:
        """Whose committee it is."""
        return self.committee.municipality_id


def get_seat_to_staff(who: Actor, municipality: str, slug: str, member: str) -> Seat | None:
    """The member of `/m/<municipality>/calls/<slug>/committee/members/<member>`."""
    call = get_call_to_staff(who, municipality, slug)
    committee = get_committee(call) if call else None
    if call is None or committee is None or committee.appointed_at is None:
        return None
    found = next((each for each in committee.members if each.key == member), None)
    return Seat(call, committee, found) if found else None
